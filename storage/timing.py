"""What publication dates of different precision say of each other: which was first, and by how much.

A page that gives only a day leaves open when on that day; what follows from such dates is a number of days, never of
hours. Days and times without a zone are China's, as they are for the reader of pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from storage.records import Published

__all__ = ["Lag", "earliest", "lag", "latest", "publication_order"]

_ZONE = timezone(timedelta(hours=8))
_NEVER = datetime.max.replace(tzinfo=UTC)
_UNRANKED = "~"  # behind every precedence
_TIMED = frozenset({"minute", "second"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How long after another article one was published.

    ``days`` counts calendar days as their pages name them. ``seconds`` is None unless both name a time of day.
    """

    days: int
    seconds: int | None


def earliest(published: Published | None) -> datetime | None:
    """Return the beginning of what a date leaves open: of its day or its month; None for no usable date."""
    if published is None or published.precision in _TIMED:
        return latest(published)
    day = _day(published.value)
    return None if day is None else datetime(day.year, day.month, day.day, tzinfo=_ZONE)


def latest(published: Published | None) -> datetime | None:
    """Return the end of what a date leaves open: a day without a time ends at midnight; None for no usable date."""
    if published is None:
        return None
    if published.precision in _TIMED:
        return _moment(published.value)
    try:
        after = _after(published)
        return None if after is None else datetime(after.year, after.month, after.day, tzinfo=_ZONE)
    except OverflowError:  # the last day of the calendar
        return None


def publication_order(
    published: Published | None, precedence: str, article_id: int, *, leads: bool = False
) -> tuple[datetime, bool, str, int]:
    """Return what sorts articles of a story as they were published, the first one first.

    Those without a usable date come last. Where dates leave it open, the canonical article, the one that ``leads``,
    comes before all, then the better ``precedence``, and of articles stored before there was one the earlier arrival.
    """
    at = earliest(published) if leads else latest(published)
    return at or _NEVER, not leads, precedence or _UNRANKED, article_id


def lag(first: Published | None, later: Published | None) -> Lag | None:
    """Return how far ``later`` lies behind ``first``; None where one names no day."""
    if first is None or later is None or "month" in (first.precision, later.precision):
        return None
    since, day = _day(first.value), _day(later.value)
    if since is None or day is None:
        return None
    return Lag(days=(day - since).days, seconds=_seconds(first, later))


def _seconds(first: Published, later: Published) -> int | None:
    if not {first.precision, later.precision} <= _TIMED:
        return None
    since, moment = _moment(first.value), _moment(later.value)
    return None if since is None or moment is None else round((moment - since).total_seconds())


def _moment(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=_ZONE)


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10] if len(value) >= 10 else f"{value}-01")
    except ValueError:
        return None


def _after(published: Published) -> date | None:
    """Return the first day after the day or the month that a date names."""
    day = _day(published.value)
    if day is None or published.precision != "month":
        return None if day is None else day + timedelta(days=1)
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
