"""Bursts and lulls: entities with more new stories than chance ever brings, or with none for improbably long.

Pure: counts in, findings out, at the rate of false alarms that is asked for. Knows no store, no channel and no names.
Formulas and constants: docs/design/0018-bursts.md; ``bench.bursts`` pins what they achieve.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.background import LEARNT_DAYS, Background
from alerts.history import LEARNING_DAYS, History
from alerts.windows import LEAST_STORIES, Limits, Unit, Window, alarms_of, day_window, limits
from storage.counts import HOURS_A_DAY, StoryCounts

__all__ = ["FALSE_ALARMS", "READ_DAYS", "Burst", "Lull", "Outlook", "find_bursts", "find_lulls", "outlook"]

FALSE_ALARMS = 1 / 100
"""Bursts of one entity in a day that chance may make, and as many lulls: at most one in 100 days."""
READ_DAYS = LEARNT_DAYS + LEARNING_DAYS
"""Days of counts that are needed from before the time in which bursts are looked for."""

_NOW = HOURS_A_DAY  # hours since the last alarm in which a burst still goes on
_STEADY_WEEKS, _STEADY_STORIES = 4, 8  # in which a name must have had stories to fall silent: talk of some days ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Burst:
    """An entity with improbably many new stories, from the first window that has them to the last one.

    ``peak`` is the least probable window. ``is_now``: the last window ended less than a day ago.
    """

    entity: str
    begins_at: datetime
    ends_at: datetime
    is_now: bool
    stories: int
    peak: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Lull:
    """An entity that fell silent: its last new story came in the hour from ``last_at``.

    ``since`` is the hour from which on the time without is improbable: then the lull began. ``expected`` stories would
    have come since the last one; ``chance`` (0-1) is that of none. ``per_day`` is what was usual.
    """

    entity: str
    last_at: datetime
    since: datetime
    per_day: float
    expected: float
    chance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What is usual for an entity today (UTC), and what would be a burst.

    ``days`` and ``stories`` are what that was learnt from.
    """

    days: int
    stories: int
    today: Window
    limits: Limits


def find_bursts(
    counts: StoryCounts, *, since: datetime, now: datetime, false_alarms: float = FALSE_ALARMS
) -> tuple[Burst, ...]:
    """Return the bursts that went on after ``since``: those of now first, then the latest."""
    history = History(counts)
    first = max(counts.hour_of(since) // HOURS_A_DAY - LEARNING_DAYS, 0)
    days = range(first, counts.hour_of(now) // HOURS_A_DAY + 1)
    found = [
        burst
        for entity, hours in counts.entities.items()
        for alarms in _runs(history, hours, days, false_alarms)
        if (burst := _burst(counts, entity, hours, alarms, now)).ends_at > since
    ]
    return tuple(sorted(found, key=lambda one: (not one.is_now, -one.ends_at.timestamp(), one.peak.chance, one.entity)))


def find_lulls(counts: StoryCounts, *, now: datetime, false_alarms: float = FALSE_ALARMS) -> tuple[Lull, ...]:
    """Return the entities with a steady background that fell silent, the least probable first."""
    history = History(counts)
    found = (_lull(history, entity, hours, now, false_alarms) for entity, hours in counts.entities.items() if hours)
    return tuple(sorted(filter(None, found), key=lambda one: (one.chance, one.entity)))


def outlook(counts: StoryCounts, entity: str, *, now: datetime, false_alarms: float = FALSE_ALARMS) -> Outlook | None:
    """Return what is usual for an entity on the day of ``now``; None while too little is known."""
    hours, day = counts.entities.get(entity, {}), counts.hour_of(now) // HOURS_A_DAY
    usual = History(counts).background(hours, day)
    if usual is None:
        return None
    return Outlook(
        days=usual.days,
        stories=usual.stories,
        today=day_window(counts, usual, hours, day),
        limits=limits(usual, counts.weekday_of(day), false_alarms),
    )


def _alarms(history: History, hours: Mapping[int, int], days: range, false_alarms: float) -> Iterator[Window]:
    """Yield the windows with too many stories to be chance, in order of time, a day before its hours.

    A day is judged whole from its first hour on: its count only grows, so that asking often adds no false alarm.
    """
    for day in days:
        stories = sum(hours.get(hour, 0) for hour in range(day * HOURS_A_DAY, (day + 1) * HOURS_A_DAY))
        is_busy = stories >= LEAST_STORIES and not history.is_plain(hours, day)
        usual = history.background(hours, day) if is_busy else None
        if usual is not None:
            yield from alarms_of(history.counts, usual, hours, day, false_alarms)


def _runs(history: History, hours: Mapping[int, int], days: range, false_alarms: float) -> list[list[Window]]:
    """Return the alarms of some days in groups, with a usual day between any two of them.

    What seems to begin with the first of the days is followed back: a burst that lasts keeps its beginning.
    """
    runs = _grouped(history, hours, _alarms(history, hours, days, false_alarms))
    if not runs or days.start == 0 or _has_ended(history, hours, days.start - 1, runs[0]):
        return runs
    return _runs(history, hours, range(max(days.start - LEARNING_DAYS, 0), days.stop), false_alarms)


def _grouped(history: History, hours: Mapping[int, int], alarms: Iterator[Window]) -> list[list[Window]]:
    groups: list[list[Window]] = []
    last = 0
    for window in alarms:
        day = history.counts.hour_of(window.begins_at) // HOURS_A_DAY
        if groups and (day - last < 2 or not _has_ended(history, hours, last, groups[-1], before=day)):
            groups[-1].append(window)
        else:
            groups.append([window])
        last = day
    return groups


def _has_ended(
    history: History, hours: Mapping[int, int], day: int, alarms: Sequence[Window], *, before: int | None = None
) -> bool:
    """Say whether a usual day lies between a day and ``before``, or the first of the alarms.

    Usual is what was before them: they teach nothing about their own end. A day that was not watched says nothing.
    """
    counts = history.counts
    first = counts.hour_of(alarms[0].begins_at) // HOURS_A_DAY
    usual = history.background(hours, first)
    between = range(day + 1, first if before is None else before)
    windows = (day_window(counts, usual, hours, at) for at in between if usual and history.was_watched(at))
    return any(window.stories <= window.high for window in windows)


def _burst(counts: StoryCounts, entity: str, hours: Mapping[int, int], alarms: list[Window], now: datetime) -> Burst:
    begin, end = counts.hour_of(alarms[0].begins_at), max(_end(counts, window) for window in alarms)
    return Burst(
        entity=entity,
        begins_at=counts.time_of(begin),
        ends_at=min(counts.time_of(end), now),
        is_now=counts.hour_of(now) < end + _NOW,
        stories=sum(count for hour, count in hours.items() if begin <= hour < end),
        peak=min(alarms, key=lambda one: one.chance),
    )


def _end(counts: StoryCounts, window: Window) -> int:
    return counts.hour_of(window.begins_at) + (HOURS_A_DAY if window.unit is Unit.DAY else 1)


def _lull(history: History, entity: str, hours: Mapping[int, int], now: datetime, false_alarms: float) -> Lull | None:
    counts, last = history.counts, max(hours)
    usual = history.background(hours, last // HOURS_A_DAY + 1)
    if usual is None or usual.weeks_with < _STEADY_WEEKS or usual.stories < _STEADY_STORIES:
        return None
    begin, end, per_day = last + 1, counts.hour_of(now), usual.stories / usual.days
    limit = false_alarms / max(per_day, 1.0)  # every story begins another time without any
    shares = _passed(history, usual, begin, end)
    chance = usual.quiet(shares)
    if chance > limit:
        return None
    passed = range(begin, end)
    silent = bisect_left(passed, True, key=lambda hour: usual.quiet(_passed(history, usual, begin, hour)) <= limit)
    return Lull(
        entity=entity,
        last_at=counts.time_of(last),
        since=counts.time_of(begin + silent),
        per_day=per_day,
        expected=usual.level() * sum(shares),
        chance=chance,
    )


def _passed(history: History, usual: Background, begin: int, end: int) -> list[float]:
    """Return how much of an average day passed on each day between two hours, by what the whole store was told."""
    shares = []
    for day in range(begin // HOURS_A_DAY, -(-end // HOURS_A_DAY)):
        first = day * HOURS_A_DAY
        hours = range(max(begin - first, 0), min(end - first, HOURS_A_DAY))
        share = usual.season.weekdays[history.counts.weekday_of(day)] * sum(usual.season.hours[hour] for hour in hours)
        shares.append(share * history.watched(day, hours))
    return shares
