"""Dates as feeds, list pages and APIs write them, kept to the precision that was written.

Knows RFC 822, ISO 8601, seconds and smaller units since 1970, and the Chinese and English forms, also those relative
to the time of the fetch. Pure; gives None for what is no date or cannot be one, and never raises.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

from storage.records import Published

__all__ = ["CHINA", "parse_date"]

CHINA = timezone(timedelta(hours=8))

_MAX_CHARACTERS = 120
_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # before the web: a default that somebody forgot to fill in
_AHEAD = timedelta(days=1)
_DATE = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)\s*(?:[年./-]\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})(?!\d)\s*日?|"
    r"(?P<month2>0[1-9]|1[0-2])(?P<day2>[0-3]\d)(?!\d))"
)
_EPOCH = re.compile(r"\d{10}(?:\d{3}){0,2}(?:\.\d{1,9})?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?")
_REPUBLIC = re.compile(r"民[国國]\s*(\d{2,3})\s*年")  # the year 1 of Taiwan is 1912
_SHORT_YEAR = re.compile(r"(?<![\d.-])(\d\d)-(\d\d)-(\d\d)(?![\d.-])")
_NUMERALS = {ord(sign): str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {
    ord("零"): "0",
    ord("○"): "0",
}
_CHINESE_DATE = re.compile(
    r"[〇○零一二三四五六七八九]{4}年[元一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_CHINESE_PART = re.compile(r"[一二三四五六七八九]?十?[一二三四五六七八九]?")
_MONTH_DAY = re.compile(r"(?<![\d./-])(?P<month>\d{1,2})(?:\s*月\s*|[-/.])(?P<day>\d{1,2})(?![\d./-])\s*日?")
_TIME = re.compile(
    r"^[T\s,，-]*(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上|晚间)?\s*"
    r"(?P<hour>\d{1,2})\s*[:：时時点點]\s*(?P<minute>\d{2})(?:\s*[:：分]\s*(?P<second>\d{2})(?:[.,]\d+)?)?\s*[分秒]?"
    r"(?:\s*(?P<half>[apAP])\.?[mM]\b)?"
)
_ZONE = re.compile(r"^\s*(?:(?P<utc>Z|UTC|GMT)\b|(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2})?)", re.IGNORECASE)
_AGO = re.compile(
    r"(?<![月\d])(?P<count>\d{1,4}|[半一二两兩三四五六七八九十])\s*[个個]?\s*"
    r"(?P<unit>秒[钟鐘]?|分[钟鐘]?|小[时時]|[钟鐘][头頭]|天|日|周|週|星期)\s*[之以]?前"
)
_ENGLISH_AGO = re.compile(
    r"\b(?P<count>\d{1,4}|an?|one)\s*(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?|w(?:eeks?)?)\s+ago\b",
    re.IGNORECASE,
)
_COUNTS = {"半": 0.5, "两": 2.0, "兩": 2.0, "a": 1.0, "an": 1.0, "one": 1.0} | {
    sign: float(value) for value, sign in enumerate("一二三四五六七八九十", 1)
}
_DAYS_AGO = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2, "today": 0, "yesterday": 1}
_UNITS = {"秒": 1.0, "分": 60.0, "小": 3_600.0, "钟": 3_600.0, "鐘": 3_600.0, "天": 86_400.0, "日": 86_400.0,
          "周": 604_800.0, "週": 604_800.0, "星": 604_800.0,
          "s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0, "w": 604_800.0}  # fmt: skip
_JUST_NOW = ("刚刚", "剛剛", "刚才", "just now")
_ONLY_CLOCK = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "晚间"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\\.?"
_ENGLISH = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s-]{_MONTH},?[\s-](?P<year>\d{{4}}|\d{{2}})(?!\d)",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?\s+(?P<year>\d{{4}})(?!\d)",
    )
)
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d{2}")
_ZONE_NAME = re.compile(r"^\s*\(?([A-Z]{3,4})\b")
_HOURS = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
          "CET": 1, "CEST": 2, "BST": 1, "JST": 9, "KST": 9, "HKT": 8, "SGT": 8}  # fmt: skip


def parse_date(text: str, now: datetime, *, origin: str, zone: timezone = CHINA) -> Published | None:
    """Return the date in ``text``; ``zone`` holds where the text names none, and CST means China's where it is used.

    A number alone is seconds since 1970, or milli- or microseconds; a time alone is the last such time before ``now``.
    Dates before 1990 and more than a day after ``now`` are taken for mistakes.
    """
    compact = _spelt_out(" ".join(text[:_MAX_CHARACTERS].split()))
    found = (
        _number(compact, zone)
        or _numeric(compact, zone)
        or _relative(compact, now, zone)
        or _english(compact, zone)
        or _short_year(compact, zone)
        or _yearless(compact, now, zone)
        or _clock_alone(compact, now, zone)
    )
    if found is None:
        return None
    moment, precision = found
    try:
        if not _EARLIEST <= moment.astimezone(UTC) <= now + _AHEAD:
            return None
    except OverflowError:
        return None
    return Published(value=_spell(moment, precision), precision=precision, origin=origin)


_Found = tuple[datetime, str] | None


def _spelt_out(text: str) -> str:
    """Return a text with plain digits: full-width ones, 二〇二三年七月二日 and years of the Republic are rewritten."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text)
    written = _CHINESE_DATE.search(plain)
    if written:
        year, _, rest = written[0].partition("年")
        month, _, day = rest.rstrip("日").partition("月")
        digits = f"{year.translate(_NUMERALS)}年{_counted(month)}月{_counted(day)}日"
        plain = plain.replace(written[0], digits, 1)
    return _REPUBLIC.sub(lambda found: f"{int(found[1]) + 1911}年", plain)


def _counted(text: str) -> int:
    """Return what 一 to 三十一 count, 元 for the first month; 0 for anything else."""
    if text == "元":
        return 1
    if not _CHINESE_PART.fullmatch(text):
        return 0
    tens, ten, ones = text.rpartition("十") if "十" in text else ("", "", text)
    values = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}
    return (values.get(tens, 1) if ten else 0) * 10 + values.get(ones, 0)


def _number(text: str, zone: timezone) -> _Found:
    """Read a number alone: ``20230702083000`` as it stands, others as seconds, milli- or microseconds since 1970."""
    if compact := _COMPACT.fullmatch(text):
        year, month, day, hour, minute = map(int, compact.groups()[:5])
        second = compact[6]
        return _moment((year, month, day), (hour, minute, int(second or 0)), zone, "second" if second else "minute")
    if not _EPOCH.fullmatch(text):
        return None
    return datetime.fromtimestamp(int(text[:10]), zone), "second"


def _short_year(text: str, zone: timezone) -> _Found:
    """Read ``23-07-02`` where China's zone holds: elsewhere nobody knows what comes first."""
    found = _SHORT_YEAR.search(text) if zone == CHINA else None
    if not found:
        return None
    return _with_time(text[found.end() :], (2000 + int(found[1]), int(found[2]), int(found[3])), zone)


def _clock_alone(text: str, now: datetime, zone: timezone) -> _Found:
    """Read ``08:30``: today, or yesterday where that is still to come."""
    if not _ONLY_CLOCK.fullmatch(text):
        return None
    for days in (0, 1):
        day = now.astimezone(zone) - timedelta(days=days)
        timed = _with_time(text, (day.year, day.month, day.day), zone)
        if timed and timed[1] != "day" and timed[0] <= now:
            return timed
    return None


def _numeric(text: str, zone: timezone) -> _Found:
    """Read ISO 8601 and ``2023年7月2日 08:30``."""
    found = _DATE.search(text)
    if not found:
        return None
    month, day = found["month"] or found["month2"], found["day"] or found["day2"]
    return _with_time(text[found.end() :], (int(found["year"]), int(month), int(day)), zone)


def _yearless(text: str, now: datetime, zone: timezone) -> _Found:
    """Read ``07-02 08:30`` and ``7月2日``: the last such day that is not after now."""
    found = _MONTH_DAY.search(text)
    if not found:
        return None
    today = now.astimezone(zone)
    for year in (today.year, today.year - 1):
        dated = _with_time(text[found.end() :], (year, int(found["month"]), int(found["day"])), zone)
        if dated and dated[0] <= today + _AHEAD:
            return dated
    return None


def _with_time(rest: str, date: tuple[int, int, int], zone: timezone) -> _Found:
    time = _TIME.match(rest)
    if not time:
        return _moment(date, (0, 0, 0), zone, "day")
    named = _zone(rest[time.end() :], zone) or zone
    hour = int(time["hour"])
    if time["half"]:
        hour = hour % 12 + (12 if time["half"] in "pP" else 0)
    elif time["part"] in _AFTERNOON and hour < 12:
        hour += 12
    clock = (hour, int(time["minute"]), int(time["second"] or 0))
    precision = "second" if time["second"] else "minute"
    return _moment(date, clock, named, precision) or _moment(date, (0, 0, 0), zone, "day")


def _moment(date: tuple[int, int, int], clock: tuple[int, int, int], zone: timezone, precision: str) -> _Found:
    try:
        return datetime(*date, *clock, tzinfo=zone), precision
    except ValueError:
        return None


def _zone(text: str, default: timezone) -> timezone | None:
    found = _ZONE.match(text)
    if not found:
        return _named_zone(text, default)
    if found["utc"]:
        return UTC
    offset = timedelta(hours=int(found["hours"]), minutes=int(found["minutes"] or 0))
    return timezone(-offset if found["sign"] == "-" else offset) if offset < timedelta(hours=24) else None


def _named_zone(text: str, default: timezone) -> timezone | None:
    found = _ZONE_NAME.match(text)
    hours = _HOURS.get(found[1]) if found else None
    if hours is None or (found and found[1] == "CST" and default == CHINA):
        return None
    return timezone(timedelta(hours=hours))


def _relative(text: str, now: datetime, zone: timezone) -> _Found:
    """Read ``5分钟前``, ``2 hours ago``, ``昨天 08:30`` and ``刚刚``."""
    local = now.astimezone(zone)
    if ago := _AGO.search(text) or _ENGLISH_AGO.search(text):
        count, unit = ago["count"].lower(), _UNITS[ago["unit"][0].lower()]
        passed = timedelta(seconds=(float(count) if count.isdecimal() else _COUNTS[count]) * unit)
        return local - passed, "day" if unit >= _UNITS["天"] else "minute"
    lowered = text.lower()
    for word, days in _DAYS_AGO.items():
        if word in lowered:
            day = local - timedelta(days=days)
            return _with_time(lowered.partition(word)[2], (day.year, day.month, day.day), zone)
    return (local, "minute") if any(word in lowered for word in _JUST_NOW) else None


def _english(text: str, zone: timezone) -> _Found:
    """Read ``Sun, 02 Jul 2023 08:30:00 +0800``, ``July 2, 2023`` and ``Sun Jul 2 08:30:00 2023``."""
    found = next((found for form in _ENGLISH if (found := form.search(text))), None)
    if not found:
        return None
    year = int(found["year"])
    if year < 100:  # RFC 2822 section 4.3
        year += 2000 if year < 50 else 1900
    date = (year, _MONTHS.index(found["month"][:3].lower()) + 1, int(found["day"]))
    clock = _CLOCK.search(text)
    return _with_time(text[clock.start() :] if clock else "", date, zone)


def _spell(moment: datetime, precision: str) -> str:
    if precision == "day":
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds" if precision == "second" else "minutes")
