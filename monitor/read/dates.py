"""Publication dates in the forms that pages write them, as far as they are known and no further.

A date without a time stays a day; a time of exactly 00:00 is what systems write when they know only the day. A time
without a zone is China's (Asia/Shanghai has had no summer time since 1991) where the page is Chinese, otherwise the
date is cut to the day. A month and a day without a year are read only where a page's own date stands, never in
running text, where they name events.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from storage.records import Published

__all__ = ["DateContext", "date_spans", "from_url", "parse_date"]

CHINA = timezone(timedelta(hours=8))
_FIRST_YEAR = 1990
_HAN_DIGITS = {
    c: d for d, cs in enumerate(("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for c in cs
}
_ZONES = {"z": 0, "utc": 0, "gmt": 0, "edt": -4, "est": -5, "cdt": -5, "cst": -6, "pdt": -7, "pst": -8, "bst": 1,
          "cet": 1, "cest": 2, "jst": 9, "kst": 9, "hkt": 8, "sgt": 8}  # fmt: skip
_MONTHS = {name: i for i, name in enumerate(("jan", "feb", "mar", "apr", "may", "jun"), 1)} | {
    name: i for i, name in enumerate(("jul", "aug", "sep", "oct", "nov", "dec"), 7)
}

_CLOCK = (
    r"(?:[\sT,|]*(?:at|星期.|周.|\(.{1,3}\)|北京时间)?[\sT,]*(?P<half>上午|下午|凌晨|早上|中午|晚上|晚)?\s*"
    r"(?P<hour>\d{1,2})\s*[:时点]\s*(?P<minute>\d{2})(?:\s*[:分]\s*(?P<second>\d{2})(?:\.\d+)?)?(?:秒|分)?"
    r"\s*(?P<ampm>[ap]\.?m\b\.?)?\s*(?P<zone>[+-]\d{2}:?\d{2}|Z\b|(?:UTC|GMT|E[DS]T|C[DS]T|P[DS]T|BST|CES?T|JST|KST|HKT|SGT)\b)?)?"
)
_MONTH = r"(?P<month>\d{1,2})"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
_NAMED = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?:[年./-]|年\s*)\s*{_MONTH}\s*[月./-]\s*{_DAY}\s*[日号]?" + _CLOCK,
        r"(?P<han>[二一][〇零○Ｏ一二三四五六七八九]{3})年(?P<hanmonth>[一二三四五六七八九十]{1,2})月"
        r"(?P<handay>[一二三四五六七八九十廿卅]{1,3})日" + _CLOCK,
        rf"(?:中华)?民国\s*(?P<minguo>\d{{2,3}})\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日" + _CLOCK,
        rf"{_NAMED}\s+{_DAY}(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)(?!\d)" + _CLOCK,
        rf"(?<!\d){_DAY}(?:st|nd|rd|th)?\s+(?:de\s+)?{_NAMED},?\s+(?:de\s+)?(?P<year>(?:19|20)\d\d)(?!\d)" + _CLOCK,
    )
)
_SHORT_FORMS = (
    re.compile(rf"(?<![\d./-])(?<!\d:)(?P<short>\d\d)-(?P<month>\d\d)-{_DAY}(?![-/.\d])" + _CLOCK, re.IGNORECASE),
    re.compile(rf"(?<![\d./年-])(?<!\d:)(?P<month>\d{{1,2}})(?:月|-)\s*{_DAY}日?" + _CLOCK, re.IGNORECASE),
)
_RELATIVE = re.compile(
    r"(?P<just>刚刚|刚才|just now)"
    r"|(?P<n>\d{1,3})\s*(?P<unit>秒|分钟|小时|天|seconds?|minutes?|mins?|hours?|hrs?|days?)\s*(?:前|之前|ago)"
    r"|(?P<word>今天|今日|昨天|昨日|前天|today|yesterday)" + _CLOCK,
    re.IGNORECASE,
)
_MAY_HOLD_DATE = re.compile(r"\d|[年刚今昨前]|just now|yesterday|today", re.IGNORECASE)
_EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
_COMPACT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:T?([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?(?!\d)"
)
_URL_FORMS = (
    re.compile(r"[/_-]t?((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[/_.-]|[A-Z]|\d{0,12}(?:\.|_|/|$))"),
    re.compile(r"[/_-]((?:19|20)\d\d)[/_-]([01]?\d)[/_-]?([0-3]\d)(?=[/_.-]|$)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DateContext:
    """What dates are read against: when the page was fetched, and the zone of times that name none."""

    fetched_at: datetime | None = None
    zone: timezone | None = None


def parse_date(text: str, origin: str, context: DateContext, *, loose: bool = False) -> Published | None:
    """Return the first date in ``text``, or None.

    ``loose`` also reads two-digit years, a month and day without a year, 昨天 and ``5分钟前``: for the place where a
    page states its own date. Dates before 1990 and later than a day after the fetch are no publication dates.
    """
    flat = unicodedata.normalize("NFKC", text[:400]).strip()
    if _EPOCH.fullmatch(flat):
        return _from_epoch(int(flat), origin, context)
    for match in _matches(flat, loose):
        published = _published(match, origin, context)
        if published:
            return published
    return _from_compact(flat, origin, context) or (_from_mail_form(flat, origin, context) if "," in flat else None)


def date_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where dates stand in a line that has been folded 1:1 (loose forms included, never overlapping)."""
    if not _MAY_HOLD_DATE.search(text):
        return
    taken = -1
    for match in sorted(_matches(text, loose=True), key=lambda m: (m.start(), -m.end())):
        if match.start() >= taken and not _is_event_day(match):
            taken = match.end()
            yield match.span()


def _is_event_day(match: re.Match[str]) -> bool:
    """Tell whether a match is a month and a day without year and time: such days are named in running text."""
    return match.re is _SHORT_FORMS[1] and match["hour"] is None


def _matches(text: str, loose: bool) -> Iterator[re.Match[str]]:
    for form in _FORMS:
        yield from form.finditer(text)
    if loose:
        yield from _RELATIVE.finditer(text)
        for form in _SHORT_FORMS:
            yield from form.finditer(text)


def from_url(url: str, context: DateContext) -> Published | None:
    """Return the day that an address carries in its path (``/2024/0424/``, ``/20200911/``), or None."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for form in _URL_FORMS:
        found = form.search(path)
        if found:
            year, month, day = (int(group) for group in found.groups())
            return _day(year, month, day, "url", context)
    return None


def _published(match: re.Match[str], origin: str, context: DateContext) -> Published | None:
    groups = match.groupdict()
    if groups.get("just") or groups.get("n") or groups.get("word"):
        return _from_relative(groups, origin, context)
    day = _calendar_day(groups, context)
    return _timed(day, groups, origin, context) if day else None


def _calendar_day(groups: dict[str, str | None], context: DateContext) -> tuple[int, int, int] | None:
    if han := groups.get("han"):
        year = int("".join(str(_HAN_DIGITS[c]) for c in han))
        return year, _han_number(groups["hanmonth"] or ""), _han_number(groups["handay"] or "")
    name = groups.get("name")
    month = _MONTHS[name.lower()] if name else int(groups["month"] or 0)
    day = int(groups["day"] or 0)
    if minguo := groups.get("minguo"):
        return int(minguo) + 1911, month, day
    if short := groups.get("short"):
        return 2000 + int(short), month, day
    if year_text := groups.get("year"):
        return int(year_text), month, day
    return _without_year(month, day, groups, context)


def _without_year(
    month: int, day: int, groups: dict[str, str | None], context: DateContext
) -> tuple[int, int, int] | None:
    """Return the latest such day that is not after the fetch; only a day with its time is taken for a date."""
    if context.fetched_at is None or groups.get("hour") is None:
        return None
    today = context.fetched_at.astimezone(context.zone or UTC)
    year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    return year, month, day


def _han_number(text: str) -> int:
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return _HAN_DIGITS.get(text, 0)
    tens, _, ones = text.partition("十")
    return 10 * (_HAN_DIGITS.get(tens, 0) if tens else 1) + (_HAN_DIGITS.get(ones, 0) if ones else 0)


def _timed(
    day: tuple[int, int, int], groups: dict[str, str | None], origin: str, context: DateContext
) -> Published | None:
    clock = _clock(groups)
    zone = _zone(groups.get("zone"), context)
    if clock is None or zone is None or clock == (0, 0, 0):
        return _day(*day, origin, context)
    try:
        moment = datetime(*day, *clock, tzinfo=zone)
    except ValueError:
        return _day(*day, origin, context)
    return _moment(moment, "second" if groups.get("second") else "minute", origin, context)


def _clock(groups: dict[str, str | None]) -> tuple[int, int, int] | None:
    if not groups.get("hour"):
        return None
    hour, minute, second = (int(groups.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (groups.get("half") or groups.get("ampm") or "").lower()[:2]
    if half in {"下午", "晚上", "晚", "p", "pm", "p."} and hour < 12:
        hour += 12
    elif half in {"凌晨", "a", "am", "a."} and hour == 12:
        hour = 0
    return hour, minute, second


def _zone(text: str | None, context: DateContext) -> timezone | None:
    if not text:
        return context.zone
    if text[0] in "+-":
        digits = text[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-offset if text[0] == "-" else offset) if offset < timedelta(hours=15) else context.zone
    return timezone(timedelta(hours=_ZONES[text.lower()]))


def _day(year: int, month: int, day: int, origin: str, context: DateContext) -> Published | None:
    try:
        moment = datetime(year, month, day, tzinfo=context.zone or UTC)
    except ValueError:
        return None
    return (
        Published(value=moment.date().isoformat(), precision="day", origin=origin)
        if _is_past(moment, context)
        else None
    )


def _moment(moment: datetime, precision: str, origin: str, context: DateContext) -> Published | None:
    if context.zone and moment.utcoffset() == timedelta(0):
        moment = moment.astimezone(context.zone)  # a machine's UTC on a page whose readers live elsewhere
    if not _is_past(moment, context):
        return None
    timespec = "seconds" if precision == "second" else "minutes"
    return Published(value=moment.isoformat(timespec=timespec), precision=precision, origin=origin)


def _is_past(moment: datetime, context: DateContext) -> bool:
    if moment.year < _FIRST_YEAR:
        return False
    return context.fetched_at is None or moment <= context.fetched_at + timedelta(days=1)


def _from_relative(groups: dict[str, str | None], origin: str, context: DateContext) -> Published | None:
    if context.fetched_at is None:
        return None
    now = context.fetched_at.astimezone(context.zone or UTC)
    if groups.get("just"):
        return _moment(now, "minute", origin, context)
    if number := groups.get("n"):
        unit = (groups["unit"] or "").lower()
        if unit.startswith(("天", "day")):
            past = now - timedelta(days=int(number))
            return _day(past.year, past.month, past.day, origin, context)
        seconds = 1 if unit.startswith(("秒", "sec")) else 60 if unit.startswith(("分", "min")) else 3600
        return _moment(now - timedelta(seconds=seconds * int(number)), "minute", origin, context)
    back = {"昨": 1, "y": 1, "前": 2}.get((groups["word"] or " ")[0].lower(), 0)
    past = now - timedelta(days=back)
    return _timed((past.year, past.month, past.day), groups, origin, context)


def _from_epoch(value: int, origin: str, context: DateContext) -> Published | None:
    seconds = value / 1000 if value > 10**11 else value
    return _moment(datetime.fromtimestamp(int(seconds), context.zone or UTC), "second", origin, context)


def _from_compact(text: str, origin: str, context: DateContext) -> Published | None:
    found = _COMPACT.search(text)
    if not found or len(text) > 40:
        return None
    year, month, day, hour, minute, second = found.groups()
    groups = {"hour": hour, "minute": minute, "second": second}
    return _timed((int(year), int(month), int(day)), groups, origin, context)


def _from_mail_form(text: str, origin: str, context: DateContext) -> Published | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        return _day(moment.year, moment.month, moment.day, origin, context)
    try:
        return _moment(moment, "second", origin, context)
    except (ValueError, OverflowError):
        return None
