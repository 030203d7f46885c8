"""The years of dates that a text writes without one: 9月1日, July 1, 下周三, seen from the day of publication.

Knows dates as they are found; does not know what a date is of.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from monitor.tag.stated_dates import Lean, WrittenDate

__all__ = ["completed"]

_FAR_DAYS = 183  # of the years a date without one may have, the nearest to the day of publication
_LATE_DAYS = 7  # a text may be dated some days before what it tells of: zones, and wrong clocks
_NEWS_DAYS = 10  # days before publication that are told without a year beside older dates with one
_YEAR_REACH = 120  # characters between a date without a year and the one that lends it its own


def completed(dates: Sequence[WrittenDate], at: int, published: date | None, lean: Lean) -> str | None:
    """Return ``dates[at]`` in ISO 8601 as far as it is known, or None where its year is not.

    ``dates`` are those of its sentence and what stands before; a date with a year lends it to the one behind it.
    ``published`` is the day of publication in the zone of the page.
    """
    found = dates[at]
    if found.year is not None:
        return _iso(found.year, found.month, found.day)
    if found.weekday is not None:
        return _on_weekday(found.weekday, found.weeks, published, lean)
    if found.days is not None:
        return (published + timedelta(days=found.days)).isoformat() if published else None
    year = _lent(dates, at, published, lean)
    if year is not None:
        return _iso(year, found.month, found.day)
    if published is None:
        return None
    if found.years is not None:
        return _iso(published.year + found.years, found.month, found.day)
    if found.months is not None:
        return _in_month(found, published, lean)
    return _nearest(found, published, found.turn or lean)


def _on_weekday(weekday: int, weeks: int | None, published: date | None, lean: Lean) -> str | None:
    """Return a day of the week: of the week that is told, else the last one, or the next for what is to come."""
    if published is None:
        return None
    away = weekday - published.weekday()
    if weeks is not None:
        return (published + timedelta(days=away + 7 * weeks)).isoformat()
    days = away % 7 if lean is Lean.FUTURE else -(-away % 7)
    return (published + timedelta(days=days)).isoformat()


def _lent(dates: Sequence[WrittenDate], at: int, published: date | None, lean: Lean) -> int | None:
    """Return the year that the date before lends: its own, or the next where the month would lie before it."""
    found = dates[at]
    lender = next((one for one in reversed(dates[max(0, at - 4) : at]) if one.year is not None), None)
    if lender is None or lender.year is None or found.start - lender.end > _YEAR_REACH:
        return None
    if found.follows is not None:
        return lender.year + found.follows
    if found.years is not None or found.months is not None or found.month is None or found.turn is not None:
        return None
    if published is not None and (lender.year < published.year - 1 or _is_news(found, published)):
        return None  # a look back at an older rule lends its year to nobody, nor to what has just happened
    year = lender.year + (lean is not Lean.PAST and lender.month is not None and found.month < lender.month)
    is_over = lean is Lean.FUTURE and published is not None and _day(year, found) < published.replace(day=1)
    return None if is_over else year


def _is_news(found: WrittenDate, published: date) -> bool:
    away = published - _day(published.year, found)
    return found.day is not None and 0 <= away.days <= _NEWS_DAYS


def _in_month(found: WrittenDate, published: date, lean: Lean) -> str | None:
    """Return a day of the month of publication; a day yet to come is one of the month before, if it is past."""
    months = published.year * 12 + published.month - 1 + (found.months or 0)
    is_bare = lean is Lean.PAST and found.day is not None and found.months == 0
    if is_bare and found.day is not None and found.day > published.day + 1:
        months -= 1
    return _iso(months // 12, months % 12 + 1, found.day)


def _nearest(found: WrittenDate, published: date, lean: Lean) -> str | None:
    if found.month is None:
        return None
    near = {year: _day(year, found) - published for year in range(published.year - 1, published.year + 2)}
    if lean is Lean.PAST:
        near = {year: away for year, away in near.items() if away.days <= _LATE_DAYS}
    elif lean is Lean.FUTURE:
        near = {year: away for year, away in near.items() if away.days >= -_LATE_DAYS - 31 * (found.day is None)}
    elif abs(near[published.year].days) <= _FAR_DAYS:
        return _iso(published.year, found.month, found.day)
    year = min(near, key=lambda year: abs(near[year].days))
    return _iso(year, found.month, found.day)


def _day(year: int, found: WrittenDate) -> date:
    month = found.month or 1
    return date(year, month, min(found.day or 1, monthrange(year, month)[1]))


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if not 1000 <= year <= 9999:
        return None
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if day <= monthrange(year, month)[1] else None
