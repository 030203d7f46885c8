"""Publication dates in the forms that pages write them, as far as they are known and no further.

A date without a time stays a day, one without a day a month; a time of exactly 00:00 is what systems write when they
know only the day. A time keeps the offset it is written with. A time without a zone is China's (Asia/Shanghai has had
no summer time since 1991) where the page is Chinese, otherwise the date is cut to the day; the time that a plain text
states of itself is kept without a zone. A month and a day without a year are read only where a page's own date stands,
never in running text, where they name events.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from storage.records import Published

from .date_forms import (
    CLOCK_BEFORE,
    COMPACT,
    EPOCH,
    FORMS,
    HAN_DIGITS,
    MAY_HOLD_DATE,
    MONTH_FORMS,
    MONTHS,
    NOT_A_DATE,
    PHRASE_BEFORE,
    RELATIVE,
    SHORT_FORMS,
    SPOKEN_BEHIND,
    URL_FORMS,
    YEARLESS,
)
from .zones import AMERICAN, CHINA, zone_named

__all__ = ["CHINA", "DateContext", "date_spans", "from_url", "parse_date"]

_FIRST_YEAR = 1990
_UNITS = {"秒": 1, "s": 1, "分": 60, "m": 60, "小": 3600, "时": 3600, "時": 3600, "h": 3600}
_DAYS = {"天": 1, "日": 1, "d": 1, "周": 7, "週": 7, "星": 7, "礼": 7, "w": 7}
_Groups = dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateContext:
    """What dates are read against: when the page was fetched, the zone of times that name none, and whether the page
    writes July 2 as 7/2 (None if its region is not known). ``keeps_local`` says that a time whose zone is not known
    is kept without one."""

    fetched_at: datetime | None = None
    zone: timezone | None = None
    month_first: bool | None = None
    keeps_local: bool = False


def parse_date(text: str, origin: str, context: DateContext, *, loose: bool = False) -> Published | None:
    """Return the first date in ``text``, or None.

    ``loose`` also reads two-digit years, a month and day without a year, 昨天 and ``5分钟前``: for the place where a
    page states its own date. A month alone is read if there is nothing else. Dates before 1990 and later than a day
    after the fetch are no publication dates.
    """
    flat = unicodedata.normalize("NFKC", text[:400]).strip()
    if EPOCH.fullmatch(flat):
        return _from_epoch(float(flat), origin, context)
    for match in _matches(flat, loose):
        if not NOT_A_DATE.search(flat, 0, match.start()) and (found := _published(match, origin, context)):
            return found
    return (
        _from_compact(flat, origin, context)
        or (_from_mail_form(flat, origin, context) if "," in flat else None)
        or _from_month(flat, origin, context)
    )


def date_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where dates stand in a line that has been folded 1:1 (loose forms included, never overlapping)."""
    if not MAY_HOLD_DATE.search(text):
        return
    taken = -1
    for match in sorted(_matches(text, loose=True), key=lambda m: (m.start(), -m.end())):
        if match.start() >= taken and not _is_event_day(match):
            taken = match.end()
            yield _with_clock_before(match), taken


def _with_clock_before(match: re.Match[str]) -> int:
    """Return where a date begins, with the time that stands before it if none follows."""
    before = None if match.groupdict().get("hour") else CLOCK_BEFORE.search(match.string, 0, match.start())
    return before.start() if before else match.start()


def _is_event_day(match: re.Match[str]) -> bool:
    """Tell whether a match is a month and a day without year and time: such days are named in running text."""
    return match.re in YEARLESS and match["hour"] is None


def _matches(text: str, loose: bool) -> Iterator[re.Match[str]]:
    for form in FORMS:
        yield from form.finditer(text)
    if loose:
        yield from (match for match in RELATIVE.finditer(text) if not _is_spoken(match))
        for form in SHORT_FORMS:
            yield from form.finditer(text)


def _is_spoken(relative: re.Match[str]) -> bool:
    """Tell whether ``今日`` belongs to a phrase (``新规今日发布``) or a name (``今日头条``), and is no date."""
    text, (start, end) = relative.string, relative.span()
    if SPOKEN_BEHIND.match(text, end):
        return True
    return not (relative["n"] or relative["hour"]) and PHRASE_BEFORE.search(text[:start]) is not None


def from_url(url: str, context: DateContext) -> Published | None:
    """Return the day that an address carries in its path (``/2024/0424/``, ``/20200911/``), or None."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for form in URL_FORMS:
        if found := form.search(path):
            year, month, day = found.groups()
            return _day(int(year), MONTHS.get(month) or int(month), int(day), "url", context)
    return None


def _published(match: re.Match[str], origin: str, context: DateContext) -> Published | None:
    groups = match.groupdict()
    if groups.get("just") or groups.get("n") or groups.get("word"):
        return _from_relative(groups, origin, context)
    if not groups.get("hour") and (before := CLOCK_BEFORE.search(match.string, 0, match.start())):
        groups |= before.groupdict()
    day = _calendar_day(groups, context)
    return _timed(day, groups, origin, context) if day else None


def _calendar_day(groups: _Groups, context: DateContext) -> tuple[int, int, int] | None:
    if han := groups.get("han"):
        year = int("".join(str(HAN_DIGITS[c]) for c in han))
        return year, _han_number(groups["hanmonth"] or ""), _han_number(groups["handay"] or "")
    if minguo := groups.get("minguohan"):
        year = _han_year(minguo) + 1911
        return year, _han_number(groups["hanmonth"] or ""), _han_number(groups["handay"] or "")
    if groups.get("first"):
        return _by_slashes(groups, context)
    name = groups.get("name")
    month = MONTHS[name.lower()] if name else int(groups["month"] or 0)
    day = int(groups["day"] or 0)
    if minguo := groups.get("minguo"):
        return int(minguo) + 1911, month, day
    if short := groups.get("short"):
        return 2000 + int(short), month, day
    if year_text := groups.get("year"):
        return int(year_text), month, day
    return _without_year(month, day, groups, context)


def _by_slashes(groups: _Groups, context: DateContext) -> tuple[int, int, int] | None:
    """Return the day of ``07/02/2023``, or None where nothing says which number is the month."""
    year, first, second = (int(groups[name] or 0) for name in ("year", "first", "next"))
    is_american = (groups.get("zone") or "").strip().lower() in AMERICAN
    if first > 12 or second > 12 or first == second:
        month_first = second > 12 or first == second
    elif is_american or context.month_first is not None:
        month_first = is_american or context.month_first is True
    else:
        return None
    return (year, first, second) if month_first else (year, second, first)


def _without_year(month: int, day: int, groups: _Groups, context: DateContext) -> tuple[int, int, int] | None:
    """Return the latest such day that is not after the fetch; only a day with its time is taken for a date."""
    if context.fetched_at is None or groups.get("hour") is None:
        return None
    today = context.fetched_at.astimezone(context.zone or UTC)
    year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    return year, month, day


def _han_year(text: str) -> int:
    """Read a year of the Republic: ``一一二`` or ``一百一十二``."""
    if not set(text) & {"十", "百"}:
        return int("".join(str(HAN_DIGITS[c]) for c in text))
    hundreds, _, rest = text.rpartition("百")
    return 100 * HAN_DIGITS.get(hundreds, 0) + _han_number(rest.lstrip("〇零"))


def _han_number(text: str) -> int:
    text = text.replace("廿", "二十").replace("卅", "三十")
    if "十" not in text:
        return HAN_DIGITS.get(text, 0)
    tens, _, ones = text.partition("十")
    return 10 * (HAN_DIGITS.get(tens, 0) if tens else 1) + (HAN_DIGITS.get(ones, 0) if ones else 0)


def _timed(day: tuple[int, int, int], groups: _Groups, origin: str, context: DateContext) -> Published | None:
    clock = _clock(groups)
    known = _day(*day, origin, context)
    if clock is None or known is None or clock == (0, 0, 0):
        return known
    zone = zone_named(groups.get("zone") or "", date(*day), context.zone)
    if zone is None and not context.keeps_local:
        return known
    try:
        moment = datetime(*day, *clock, tzinfo=zone or UTC)
    except ValueError:
        return known
    found = _moment(moment, "second" if groups.get("second") else "minute", origin, context)
    return found if zone or not found else replace(found, value=found.value.removesuffix("+00:00"))


def _clock(groups: _Groups) -> tuple[int, int, int] | None:
    if not groups.get("hour"):
        return None
    hour, minute, second = (int(groups.get(name) or 0) for name in ("hour", "minute", "second"))
    half = (groups.get("half") or groups.get("ampm") or "").lower()
    if half.startswith(("下午", "傍晚", "晚", "午後", "오후", "p")) and hour < 12:
        hour += 12
    elif half.startswith(("凌晨", "오전", "a")) and hour == 12:
        hour = 0
    return hour, minute, second


def _day(year: int, month: int, day: int, origin: str, context: DateContext) -> Published | None:
    try:
        moment = datetime(year, month, day, tzinfo=context.zone or UTC)
    except ValueError:
        return None
    if not _is_past(moment, context):
        return None
    return Published(value=moment.date().isoformat(), precision="day", origin=origin)


def _moment(moment: datetime, precision: str, origin: str, context: DateContext) -> Published | None:
    if not _is_past(moment, context):
        return None
    timespec = "seconds" if precision == "second" else "minutes"
    return Published(value=moment.isoformat(timespec=timespec), precision=precision, origin=origin)


def _is_past(moment: datetime, context: DateContext) -> bool:
    if moment.year < _FIRST_YEAR:
        return False
    return context.fetched_at is None or moment <= context.fetched_at + timedelta(days=1)


def _from_relative(groups: _Groups, origin: str, context: DateContext) -> Published | None:
    if context.fetched_at is None:
        return None
    now = context.fetched_at.astimezone(context.zone or UTC)
    if groups.get("just"):
        return _moment(now, "minute", origin, context)
    if groups.get("n"):
        return _from_ago(groups, now, origin, context)
    back = {"昨": 1, "y": 1, "前": 2}.get((groups["word"] or " ")[0].lower(), 0)
    past = now - timedelta(days=back)
    return _timed((past.year, past.month, past.day), groups, origin, context)


def _from_ago(groups: _Groups, now: datetime, origin: str, context: DateContext) -> Published | None:
    """Read ``5分钟前`` and ``2 days ago``: the moment up to hours, the day beyond."""
    number, unit = (groups["n"] or "").lower(), (groups["unit"] or " ").lower()
    count = float(number) if number.isdecimal() else 0.5 if number in {"半", "half an"} else 1.0
    if days := _DAYS.get(unit[0]):
        past = now - timedelta(days=days * count)
        return _day(past.year, past.month, past.day, origin, context)
    return _moment(now - timedelta(seconds=_UNITS[unit[0]] * count), "minute", origin, context)


def _from_epoch(value: float, origin: str, context: DateContext) -> Published | None:
    seconds = value / 1000 if value > 10**11 else value
    moment = datetime.fromtimestamp(int(seconds), context.zone or UTC)
    if seconds % 86_400 == 0 and context.zone is None:
        return _day(moment.year, moment.month, moment.day, origin, context)
    return _moment(moment, "second", origin, context)


def _from_compact(text: str, origin: str, context: DateContext) -> Published | None:
    found = COMPACT.search(text)
    if not found or len(text) > 40:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    groups: _Groups = {"hour": hour, "minute": minute, "second": second, "zone": zone}
    return _timed((int(year), int(month), int(day)), groups, origin, context)


def _from_mail_form(text: str, origin: str, context: DateContext) -> Published | None:
    try:
        moment = parsedate_to_datetime(text)
        if moment.tzinfo is None:
            return _day(moment.year, moment.month, moment.day, origin, context)
        return _moment(moment, "second", origin, context)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _from_month(text: str, origin: str, context: DateContext) -> Published | None:
    for form in MONTH_FORMS:
        if (found := form.search(text)) and len(text) <= 40:
            name = found.groupdict().get("name")
            month = MONTHS[name.lower()] if name else int(found["month"])
            if _day(int(found["year"]), month, 1, origin, context):
                return Published(value=f"{int(found['year'])}-{month:02}", precision="month", origin=origin)
    return None
