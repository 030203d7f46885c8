"""When: dates, and reaches before now, as people write them in a query.

A date stands for its first moment in the zone of the reader. Asks no clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo

from storage.fold import fold

__all__ = ["moment_of"]

_DATE = re.compile(r"(?P<year>\d{4})(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?|月)?|年)?")
_THIS_YEAR = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日?")
_TIMED = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:\d\d)?")
_UNITS = {
    "w": "weeks", "周": "weeks", "星期": "weeks",
    "d": "days", "天": "days", "日": "days",
    "h": "hours", "小时": "hours", "时": "hours",
    "m": "minutes", "分钟": "minutes", "分": "minutes",
    "s": "seconds", "秒": "seconds",
}  # fmt: skip
_PART = re.compile(rf"(\d{{1,9}})\s*({'|'.join(sorted(_UNITS, key=len, reverse=True))})(?:前|内)?")
_LONGEST = timedelta(days=36_600)
_DAYS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1}


def moment_of(written: str, *, now: datetime | None, zone: tzinfo) -> datetime | timedelta | None:
    """Return the instant (UTC) or the reach before now that is written; None where it is neither.

    Without ``now`` a date needs its year: the query outlives the day on which it is read.
    """
    text = fold(written).strip()
    if _TIMED.fullmatch(text):
        return _instant(datetime.fromisoformat, text.upper(), zone)
    if found := _DATE.fullmatch(text):
        return _day(found["year"], found["month"], found["day"], zone)
    if now is not None and text in _DAYS:
        day = now.astimezone(zone) - timedelta(days=_DAYS[text])
        return _day(str(day.year), str(day.month), str(day.day), zone)
    if now is not None and (found := _THIS_YEAR.fullmatch(text)):
        return _latest(found["month"], found["day"], now, zone)
    return _reach(text)


def _day(year: str, month: str | None, day: str | None, zone: tzinfo) -> datetime | None:
    return _instant(lambda text: datetime.strptime(text, "%Y-%m-%d"), f"{year}-{month or 1}-{day or 1}", zone)  # noqa: DTZ007  # the zone comes next


def _instant(read: Callable[[str], datetime], text: str, zone: tzinfo) -> datetime | None:
    try:
        moment = read(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _latest(month: str, day: str, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the latest such day that has come."""
    year = now.astimezone(zone).year
    days = (_day(str(year - back), month, day, zone) for back in range(9))  # February 29
    return next((found for found in days if found is not None and found <= now), None)


def _reach(text: str) -> timedelta | None:
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip():
        return None
    try:
        reach = sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
    except OverflowError:
        return None
    return reach if reach <= _LONGEST else None
