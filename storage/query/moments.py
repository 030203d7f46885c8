"""When: dates, reaches before now, and periods, as people write them in a query.

A date stands for its first moment in the zone of the reader, or as a period for all of it. Asks no clock.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TypeAlias

from storage.fold import fold

__all__ = ["Moment", "Period", "instant", "moment_of", "period_of"]

_DATE = re.compile(r"(?P<year>\d{4})(?:[-/.年](?P<month>\d{1,2})(?:[-/.月](?P<day>\d{1,2})日?|月)?|年)?")
_THIS_YEAR = re.compile(r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日?")
_TIMED = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?P<seconds>:\d\d(?:\.\d{1,6})?)?(?:z|[+-]\d\d:\d\d)?")
_UNITS = {
    "w": "weeks", "周": "weeks", "星期": "weeks",
    "d": "days", "天": "days", "日": "days",
    "h": "hours", "小时": "hours", "时": "hours",
    "m": "minutes", "分钟": "minutes", "分": "minutes",
    "s": "seconds", "秒": "seconds",
}  # fmt: skip
_PART = re.compile(rf"(\d{{1,9}})\s*({'|'.join(sorted(_UNITS, key=len, reverse=True))})(?:前|内)?")
_LONGEST = timedelta(days=36_600)
_DAYS = {"today": 0, "今天": 0, "yesterday": 1, "昨天": 1, "前天": 2}
_COMPARED = re.compile(r"(?P<sign>[<>]=?|[≤≥])(?P<moment>.+)")
_FROM_TO = re.compile(r"(?P<first>[^~至到]*?)(?:\.\.|[~至到])(?P<last>[^~至到]*)")

Moment: TypeAlias = datetime | timedelta
"""An instant (UTC), or so long before now."""


@dataclass(frozen=True, slots=True)
class Period:
    """From a moment on, until before another one; None where it has no such end."""

    start: Moment | None
    stop: Moment | None

    def is_empty(self) -> bool:
        """Tell whether it surely ends before it begins: of an instant and a reach nobody knows before it is asked."""
        match self.start, self.stop:
            case (datetime() as start, datetime() as stop):
                return start >= stop
            case (timedelta() as start, timedelta() as stop):
                return start <= stop
        return False


@dataclass(frozen=True, slots=True)
class _Clock:
    """What a written time is read with; ``now`` is None in a query that outlives the day on which it is read."""

    now: datetime | None
    zone: tzinfo


def instant(moment: Moment, now: datetime) -> datetime:
    """Return the instant that a moment is when it is asked at ``now``."""
    return now - moment if isinstance(moment, timedelta) else moment


def moment_of(written: str, *, now: datetime | None, zone: tzinfo) -> Moment | None:
    """Return the instant (UTC) or the reach before now that is written; None where it is neither.

    Without ``now`` a date needs its year: the query outlives the day on which it is read.
    """
    found = _one(fold(written).strip(), _Clock(now, zone))
    return None if found is None else found.start


def period_of(written: str, *, now: datetime | None, zone: tzinfo) -> Period | None:
    """Return the period that is written; None where there is none.

    A date is all of it, a reach what lies between then and now; ``>=``, ``>``, ``<``, ``<=`` before one, or ``..``
    between two (also ``~``, 至, 到), begin and end a period with the whole of a date.
    """
    text, clock = fold(written).strip(), _Clock(now, zone)
    if compared := _COMPARED.fullmatch(text):
        return _compared(compared["sign"], _one(compared["moment"].strip(), clock))
    if found := _FROM_TO.fullmatch(text):
        return _from_to(found["first"].strip(), found["last"].strip(), clock)
    one = _one(text, clock)
    return Period(one.start, None) if one is not None and isinstance(one.start, timedelta) else one


def _compared(sign: str, one: Period | None) -> Period | None:
    if one is None:
        return None
    if sign in (">", ">=", "≥"):
        return Period(one.stop if sign == ">" else one.start, None)
    return Period(None, one.start if sign == "<" else one.stop)


def _from_to(first: str, last: str, clock: _Clock) -> Period | None:
    start, stop = (_one(part, clock) for part in (first, last))
    if not (first or last) or (first and start is None) or (last and stop is None):
        return None
    return Period(start.start if start else None, stop.stop if stop else None)


def _one(text: str, clock: _Clock) -> Period | None:
    """Return the whole of a date, or a reach as a period of no length."""
    if timed := _TIMED.fullmatch(text):
        length = timedelta(seconds=1) if timed["seconds"] else timedelta(minutes=1)
        return _lasting(_instant(datetime.fromisoformat, text.upper(), clock.zone), length)
    if found := _DATE.fullmatch(text):
        return _calendar(found["year"], found["month"], found["day"], clock.zone)
    if clock.now is not None and text in _DAYS:
        day = clock.now.astimezone(clock.zone) - timedelta(days=_DAYS[text])
        return _calendar(str(day.year), str(day.month), str(day.day), clock.zone)
    if clock.now is not None and (found := _THIS_YEAR.fullmatch(text)):
        return _latest(found["month"], found["day"], clock.now, clock.zone)
    reach = _reach(text)
    return None if reach is None else Period(reach, reach)


def _lasting(start: datetime | None, length: timedelta) -> Period | None:
    if start is None:
        return None
    return Period(start, start + length if start < datetime.max.replace(tzinfo=UTC) - length else None)


def _calendar(year: str, month: str | None, day: str | None, zone: tzinfo) -> Period | None:
    """Return a year, a month or a day in a zone."""
    start = _midnight(f"{year}-{month or 1}-{day or 1}", zone)
    return None if start is None else Period(start, _midnight(_next(int(year), month, day), zone))


def _next(year: int, month: str | None, day: str | None) -> str:
    """Return the first day behind a year, a month or a day that there is."""
    if month is None:
        return f"{year + 1}-1-1"
    if day is None:
        return f"{year + int(month) // 12}-{int(month) % 12 + 1}-1"
    last = date(year, int(month), int(day))
    return "" if last == date.max else (last + timedelta(days=1)).isoformat()


def _midnight(day: str, zone: tzinfo) -> datetime | None:
    return _instant(lambda text: datetime.strptime(text, "%Y-%m-%d"), day, zone)  # noqa: DTZ007  # the zone comes next


def _instant(read: Callable[[str], datetime], text: str, zone: tzinfo) -> datetime | None:
    try:
        moment = read(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _latest(month: str, day: str, now: datetime, zone: tzinfo) -> Period | None:
    """Return the latest such day that has come."""
    year = now.astimezone(zone).year
    days = (_calendar(str(year - back), month, day, zone) for back in range(9))  # February 29
    return next((found for found in days if found and isinstance(found.start, datetime) and found.start <= now), None)


def _reach(text: str) -> timedelta | None:
    parts = _PART.findall(text)
    if not parts or _PART.sub("", text).strip():
        return None
    try:
        reach = sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in parts), timedelta())
    except OverflowError:
        return None
    return reach if reach <= _LONGEST else None
