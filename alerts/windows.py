"""Hours and days with their stories beside what was expected of them, and from how many stories on is a burst. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from alerts.background import Background
from storage.counts import HOURS_A_DAY, StoryCounts

__all__ = ["LEAST_STORIES", "Limits", "Unit", "Window", "alarms_of", "day_window", "limits"]

LEAST_STORIES = 3
"""Of a burst, in one window: two are none, however rare the name."""

_DAYS_PART, _HOURS_PART = 0.75, 0.25  # of the false alarms, for whole days and for single hours
_MARGIN = 0.75  # of the promise is asked for: what eight weeks teach errs, and chance then has more (bench.bursts)
_USUAL = 0.05  # of the windows have more than is usual, and as many less


class Unit(StrEnum):
    """How long a window is."""

    DAY = "day"
    HOUR = "hour"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """An hour or a day (UTC) with its stories beside what was expected of it.

    From ``low`` to ``high`` is what nine of ten such windows have. ``chance`` (0-1) is that of so many stories or more.
    """

    unit: Unit
    begins_at: datetime
    stories: int
    expected: float
    low: int
    high: int
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """From how many stories on a day, and each of its hours, is a burst.

    ``false_alarms`` is the chance that the day gives a false alarm: never more than promised, less where counts are
    small, because they are whole numbers.
    """

    day: int
    hours: tuple[int, ...]
    false_alarms: float


def day_window(counts: StoryCounts, usual: Background, hours: Mapping[int, int], day: int) -> Window:
    """Return a day with the stories that it has of ``hours``."""
    weekday, begin = counts.weekday_of(day), day * HOURS_A_DAY
    stories = sum(hours.get(hour, 0) for hour in range(begin, begin + HOURS_A_DAY))

    def tail(count: int) -> float:
        return usual.day_tail(count, weekday)

    return _window(Unit.DAY, counts.time_of(begin), stories, usual.mean(weekday), tail)


def alarms_of(
    counts: StoryCounts, usual: Background, hours: Mapping[int, int], day: int, false_alarms: float
) -> Iterator[Window]:
    """Yield the windows of a day with too many stories to be chance, the day before its hours.

    So many ``false_alarms`` a day are allowed for.
    """
    weekday, begin = counts.weekday_of(day), day * HOURS_A_DAY
    told = [hours.get(begin + at, 0) for at in range(HOURS_A_DAY)]
    stories = sum(told)
    if stories >= LEAST_STORIES and usual.day_tail(stories, weekday) <= _allowed(Unit.DAY, false_alarms):
        yield day_window(counts, usual, hours, day)
    for at, count in enumerate(told):
        if count >= LEAST_STORIES and usual.hour_tail(count, weekday, at) <= _allowed(Unit.HOUR, false_alarms):
            yield _hour_window(counts, usual, begin + at, count)


def limits(usual: Background, weekday: int, false_alarms: float) -> Limits:
    """Return from how many stories on a day of that weekday, and each of its hours, is a burst."""

    def by_day(count: int) -> float:
        return usual.day_tail(count, weekday)

    def by_hour(hour: int) -> Callable[[int], float]:
        return lambda count: usual.hour_tail(count, weekday, hour)

    day = max(_least(by_day, _allowed(Unit.DAY, false_alarms)), LEAST_STORIES)
    allowed = _allowed(Unit.HOUR, false_alarms)
    hours = tuple(max(_least(by_hour(hour), allowed), LEAST_STORIES) for hour in range(HOURS_A_DAY))
    chance = by_day(day) + sum(by_hour(hour)(count) for hour, count in enumerate(hours))
    return Limits(day=day, hours=hours, false_alarms=chance / _MARGIN)


def _hour_window(counts: StoryCounts, usual: Background, hour: int, stories: int) -> Window:
    """Return an hour, by its number, with its stories."""
    weekday, at = counts.weekday_of(hour // HOURS_A_DAY), hour % HOURS_A_DAY
    expected = usual.mean(weekday) * usual.season.hours[at]

    def tail(count: int) -> float:
        return usual.hour_tail(count, weekday, at)

    return _window(Unit.HOUR, counts.time_of(hour), stories, expected, tail)


def _window(unit: Unit, begins_at: datetime, stories: int, expected: float, tail: Callable[[int], float]) -> Window:
    return Window(
        unit=unit,
        begins_at=begins_at,
        stories=stories,
        expected=expected,
        low=_least(tail, 1 - _USUAL) - 1 if tail(1) > 1 - _USUAL else 0,
        high=_least(tail, _USUAL) - 1,
        chance=tail(stories),
    )


def _allowed(unit: Unit, false_alarms: float) -> float:
    """Return the chance of a window from which on it is an alarm."""
    part = _DAYS_PART if unit is Unit.DAY else _HOURS_PART / HOURS_A_DAY
    return false_alarms * _MARGIN * part


def _least(tail: Callable[[int], float], chance: float) -> int:
    """Return the least count whose tail is at most ``chance``."""
    above = 1
    while tail(above) > chance:
        above *= 2
    below = above // 2
    while above - below > 1:
        middle = (above + below) // 2
        below, above = (middle, above) if tail(middle) > chance else (below, middle)
    return above
