"""A source's rhythm: how much news it has at which hour of which weekday, and what follows for polling and for silence.

Pure: learns from polls, answers with rates and times. Knows no bounds of settings and no servers' wishes; those are
``monitor.fetch.pace``'s. All hours and weekdays are UTC's. Formulas and constants: docs/design/0009-polling.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

__all__ = [
    "Rhythm",
    "expected_per_day",
    "learn",
    "next_poll_s",
    "note_list",
    "roll_off_s",
    "seed",
    "silent_at",
    "start",
]

_HOUR = timedelta(hours=1)
_HALF_LIFE_H = 21 * 24.0
_LONGEST_WINDOW = timedelta(days=7)  # between two polls; of a longer one nobody knows when its news came
_SEED_WINDOW = timedelta(days=28), timedelta(hours=6)
_SEED_WEIGHT = 0.5  # dates are the source's word, and a list shows its last entries only
_HOUR_PRIOR, _DAY_PRIOR = 2.0, 2.0  # pieces of news of the mean rate that an hour or weekday begins with
_START_H = 4.0  # hours of the starting rate that a new source begins with

_POLL_COST_H = 0.0556
"""Item-hours of delay that one poll is worth: four pieces of news an hour are then asked for every 10 minutes."""
_ROLL_OFF = 0.5  # of a list may be replaced between two polls
_MAX_BOOST = 16.0

_KNOWN_GAPS, _KNOWN_H = 8, 150.0  # a week, less what fades of it: before that no weekend is known
_MANY_GAPS = 20
_IMPROBABLE = math.log(1_000)
_FLOOR = timedelta(hours=6)
_UNKNOWN = timedelta(days=7)
_SILENT_ANYWAY = timedelta(days=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What is known of a source's news, older news counting less.

    ``news`` and ``hours`` are pieces of news and hours watched by hour of the day, ``day_news`` and ``day_hours`` the
    same by weekday (0 Monday). ``arrivals`` counts polls that had news, ``batch`` is how much they had, ``longest_s``
    the longest time without. ``listed`` is how many entries a list has. ``boost`` shortens intervals while lists are
    mostly new. ``quiet`` are weekdays on which the source says it has no news.
    """

    news: tuple[float, ...]
    hours: tuple[float, ...]
    day_news: tuple[float, ...]
    day_hours: tuple[float, ...]
    arrivals: int = 0
    batch: float = 1.0
    longest_s: float = 0.0
    listed: float = 0.0
    boost: float = 1.0
    quiet: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return JSON values; ``from_json`` reads them."""
        return {
            "news": _short(self.news),
            "hours": _short(self.hours),
            "day_news": _short(self.day_news),
            "day_hours": _short(self.day_hours),
            "arrivals": self.arrivals,
            "batch": round(self.batch, 2),
            "longest_s": round(self.longest_s),
            "listed": round(self.listed, 1),
            "boost": self.boost,
            "quiet": list(self.quiet),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Rhythm:
        """Return the rhythm that ``to_json`` wrote."""
        parts: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in value.items()}
        return cls(**parts)

    def rate(self, moment: datetime) -> float:
        """Return the pieces of news an hour that are expected at a time."""
        day = moment.weekday()
        return 0.0 if day in self.quiet else self._mean() * self._by_hour(moment.hour) * self._by_day(day)

    def day_total(self, weekday: int) -> float:
        """Return the pieces of news that are expected on a weekday."""
        if weekday in self.quiet:
            return 0.0
        return self._mean() * self._by_day(weekday) * sum(self._by_hour(hour) for hour in range(24))

    def _mean(self) -> float:
        return sum(self.news) / max(sum(self.hours), 1e-9)

    def _by_hour(self, hour: int) -> float:
        return (self.news[hour] + _HOUR_PRIOR) / (self._mean() * self.hours[hour] + _HOUR_PRIOR)

    def _by_day(self, day: int) -> float:
        return (self.day_news[day] + _DAY_PRIOR) / (self._mean() * self.day_hours[day] + _DAY_PRIOR)


def start(interval_s: float) -> Rhythm:
    """Return the rhythm of a source that nothing is known of: it is first polled about every ``interval_s``."""
    rate = 2.0 * _POLL_COST_H / (interval_s / 3_600.0) ** 2
    return Rhythm(
        news=(rate * _START_H / 24.0,) * 24,
        hours=(_START_H / 24.0,) * 24,
        day_news=(rate * _START_H / 7.0,) * 7,
        day_hours=(_START_H / 7.0,) * 7,
    )


def seed(rhythm: Rhythm, dates: Iterable[datetime], now: datetime) -> Rhythm:
    """Take what the dates in a first list say of the time before, at half its weight."""
    longest, shortest = _SEED_WINDOW
    known = sorted(date for date in dates if now - longest < date <= now)
    if len(known) < 3:
        return rhythm
    since = min(known[0], now - shortest)
    parts = [(at, hours, 0.0) for at, hours, _ in _parts(rhythm, since, now)]
    dated = [(date, 0.0, 1.0) for date in known[1:]]
    return _added(rhythm, [(at, hours * _SEED_WEIGHT, count * _SEED_WEIGHT) for at, hours, count in parts + dated])


def learn(rhythm: Rhythm, since: datetime, until: datetime, news: int, *, gap_s: float | None) -> Rhythm:
    """Take in that ``news`` pieces came between two polls; ``gap_s`` is the time without news that they end, if known.

    They are spread over the hours between as the rhythm so far expects them.
    """
    since = max(since, until - _LONGEST_WINDOW)
    if until <= since:
        return rhythm
    parts = list(_parts(rhythm, since, until))
    expected = sum(weight for _, _, weight in parts)
    shares = [weight / expected if expected > 0 else 1.0 / len(parts) for _, _, weight in parts]
    faded = _faded(rhythm, 0.5 ** (_hours(until - since) / _HALF_LIFE_H))
    learnt = _added(faded, [(at, hours, news * share) for (at, hours, _), share in zip(parts, shares, strict=True)])
    if not news:
        return learnt
    return replace(
        learnt,
        arrivals=rhythm.arrivals + 1,
        batch=rhythm.batch + 0.1 * (news - rhythm.batch),
        longest_s=max(gap_s or 0.0, rhythm.longest_s * 0.99),
    )


def note_list(rhythm: Rhythm, *, seen: int, new: int) -> Rhythm:
    """Take in a list of ``seen`` entries, ``new`` of them unknown: the share of known ones is the quickest signal.

    As in Media Cloud's rss-fetcher below 33 % known the interval halves; without any it is quartered.
    """
    if seen == 0:
        return replace(rhythm, boost=max(1.0, rhythm.boost / 2.0))
    known = (seen - new) / seen
    factor = 4.0 if known <= 0 else 2.0 if known < 0.33 else 0.5
    listed = seen if not rhythm.listed else rhythm.listed + 0.2 * (seen - rhythm.listed)
    return replace(rhythm, listed=listed, boost=min(max(1.0, rhythm.boost * factor), _MAX_BOOST))


def next_poll_s(rhythm: Rhythm, now: datetime, *, longest_s: float) -> float:
    """Return after how many seconds to poll again, at most ``longest_s``.

    Polls cost, and so does delay: their sum is least where polls are as dense as the square root of the rate. The
    interval ends where that density adds up to one poll, so it ends in the morning although it began at night; or
    where half of the list is expected to be new.
    """

    def density(moment: datetime) -> float:
        return rhythm.boost * math.sqrt(rhythm.rate(moment) / (2.0 * _POLL_COST_H))

    return min(_reach(1.0, density, now, longest_s), roll_off_s(rhythm, now, longest_s=longest_s))


def roll_off_s(rhythm: Rhythm, now: datetime, *, longest_s: float) -> float:
    """Return after how many seconds half of the list is expected to be new, at most ``longest_s``."""
    if not rhythm.listed:
        return longest_s
    return _reach(max(rhythm.listed * _ROLL_OFF, 1.0), rhythm.rate, now, longest_s)


def expected_per_day(rhythm: Rhythm) -> float | None:
    """Return the pieces of news of a mean day; None while less than a day was watched."""
    if sum(rhythm.hours) - _START_H < 24.0:
        return None
    return sum(rhythm.day_total(day) for day in range(7)) / 7.0


def silent_at(rhythm: Rhythm, since: datetime) -> datetime:
    """Return when a source without news since ``since`` is silent.

    With a known rhythm (a week watched, 8 arrivals): when no arrival for so long is less probable than 0.1 %
    (Poisson, by hour and weekday, arrivals being batches), or, of 20 known gaps, three times the longest has passed;
    never before one and a half times the longest gap known, nor before 6 hours. Without a rhythm: after 7 days.
    """
    longest = timedelta(seconds=rhythm.longest_s)
    if rhythm.arrivals < _KNOWN_GAPS or sum(rhythm.hours) < _KNOWN_H:
        return since + max(_UNKNOWN, 1.5 * longest)
    at = _improbable_at(rhythm, since)
    if rhythm.arrivals >= _MANY_GAPS and not rhythm.quiet:
        at = min(at, since + 3.0 * longest)
    return max(at, since + max(_FLOOR, 1.5 * longest))


def _improbable_at(rhythm: Rhythm, since: datetime) -> datetime:
    wanted, moment, end = _IMPROBABLE * max(rhythm.batch, 1.0), since, since + _SILENT_ANYWAY
    totals = [rhythm.day_total(day) for day in range(7)]
    while moment < end:
        is_whole = moment.hour == 0 and moment.minute == 0
        if is_whole and totals[moment.weekday()] < wanted:
            wanted, moment = wanted - totals[moment.weekday()], moment + timedelta(days=1)
            continue
        following = _next_hour(moment)
        expected = rhythm.rate(moment) * _hours(following - moment)
        if expected >= wanted:
            return moment + (following - moment) * (wanted / expected)
        wanted, moment = wanted - expected, following
    return end


def _reach(wanted: float, per_hour: Callable[[datetime], float], now: datetime, longest_s: float) -> float:
    """Return the seconds until something that is constant within an hour adds up to ``wanted``."""
    waited_s = 0.0
    while waited_s < longest_s:
        moment = now + timedelta(seconds=waited_s)
        end_s = min(waited_s + (_next_hour(moment) - moment).total_seconds(), longest_s)
        added = per_hour(moment) * (end_s - waited_s) / 3_600.0
        if added >= wanted:
            return waited_s + (end_s - waited_s) * wanted / added
        wanted, waited_s = wanted - added, end_s
    return longest_s


def _parts(rhythm: Rhythm, since: datetime, until: datetime) -> Iterator[tuple[datetime, float, float]]:
    """Split a window at full hours; give each part's start, hours and expected news."""
    moment = since
    while moment < until:
        end = min(_next_hour(moment), until)
        hours = _hours(end - moment)
        yield moment, hours, rhythm.rate(moment) * hours
        moment = end


def _faded(rhythm: Rhythm, share: float) -> Rhythm:
    def less(values: tuple[float, ...]) -> tuple[float, ...]:
        return tuple(value * share for value in values)

    return replace(
        rhythm,
        news=less(rhythm.news),
        hours=less(rhythm.hours),
        day_news=less(rhythm.day_news),
        day_hours=less(rhythm.day_hours),
    )


def _added(rhythm: Rhythm, parts: Iterable[tuple[datetime, float, float]]) -> Rhythm:
    news, hours = list(rhythm.news), list(rhythm.hours)
    day_news, day_hours = list(rhythm.day_news), list(rhythm.day_hours)
    for moment, watched, count in parts:
        at = moment.astimezone(UTC)
        news[at.hour] += count
        hours[at.hour] += watched
        day_news[at.weekday()] += count
        day_hours[at.weekday()] += watched
    return replace(rhythm, news=tuple(news), hours=tuple(hours), day_news=tuple(day_news), day_hours=tuple(day_hours))


def _next_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + _HOUR


def _hours(span: timedelta) -> float:
    return span / _HOUR


def _short(values: tuple[float, ...]) -> list[float]:
    return [float(f"{value:.4g}") for value in values]
