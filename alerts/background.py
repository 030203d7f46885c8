"""What is usual for an entity: how many new stories a day and an hour bring, and how far that strays by chance.

Pure. Learns from the counts of the days before and knows nothing of the day that it is asked about, nor what is done
with the answer. Formulas and constants: docs/design/0018-bursts.md; ``bench.bursts`` pins what they achieve.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from alerts.negative_binomial import tail

__all__ = ["LEARNT_DAYS", "Background", "Day", "Season", "background", "season"]

LEARNT_DAYS = 56
"""Eight weeks: what was before says little about now."""

_HOURS = 24
_HALF_LIFE = 21.0  # days after which a day counts half
_DISPERSIONS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6)  # 1/size of the distribution of a day
_GROWTHS = ((-0.01, 0.1), (-0.005, 0.25), (0.0, 0.3), (0.005, 0.25), (0.01, 0.1))  # a day; with their prior chances
_PRIOR = 0.5  # stories: Jeffreys' gamma prior of a rate
_PRIOR_WEEKDAY, _PRIOR_HOUR = 20.0, 240.0  # stories of the common season that an entity's own begins with
_PRIOR_CLUMPS = 5.0  # pairs of stories of one hour, as chance has them
_LEAST_WEIGHT = 0.01  # of an assumption that is worth being heard
_MOST_BURST_DAYS = 7  # what lasts longer is no burst but the new level
_BURST_BEFORE = 1e-4  # chance of a day that is left out of what is usual


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The stories of one day by hour (UTC), how many days ago it was (1: yesterday), and its weekday (0 Monday)."""

    age: int
    weekday: int
    hours: tuple[int, ...]

    @property
    def count(self) -> int:
        """Return all stories of the day."""
        return sum(self.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """How stories spread: ``weekdays`` have 1 on average, ``hours`` are shares of a day.

    ``weekday_variance`` and ``hour_variance`` say how sure that is: of the logarithm of each.
    """

    weekdays: tuple[float, ...]
    hours: tuple[float, ...]
    weekday_variance: tuple[float, ...]
    hour_variance: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Assumption:
    """One way in which the days before may have come about: the mean of a day now, and how far it strays.

    ``stories`` is what the level is known from. ``weight`` (0-1) is the chance that this is the way.
    """

    weight: float
    level: float
    dispersion: float
    stories: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """What is usual for one entity on a day. Several assumptions, weighed by how well they fit the days before.

    ``days`` and ``stories`` are what it was learnt from, ``weeks_with`` the weeks back that had a story.
    """

    days: int
    weeks_with: int
    stories: int
    season: Season
    clumps: float
    assumptions: tuple[_Assumption, ...]

    def level(self) -> float:
        """Return the stories that are expected of an average day of the week."""
        return sum(one.weight * one.level for one in self.assumptions)

    def mean(self, weekday: int) -> float:
        """Return the stories that are expected of a day."""
        return self.level() * self.season.weekdays[weekday]

    def day_tail(self, count: int, weekday: int) -> float:
        """Return the chance of ``count`` stories or more on a day."""
        share, variance = self.season.weekdays[weekday], self.season.weekday_variance[weekday]
        return self._tail(count, share, variance, 0.0)

    def hour_tail(self, count: int, weekday: int, hour: int) -> float:
        """Return the chance of ``count`` stories or more in an hour."""
        share = self.season.weekdays[weekday] * self.season.hours[hour]
        variance = self.season.weekday_variance[weekday] + self.season.hour_variance[hour]
        return self._tail(count, share, variance, self.clumps)

    def quiet(self, shares: Sequence[float]) -> float:
        """Return the chance that days pass without a story; each has its share of an average day."""
        return sum(one.weight * _none(one, shares) for one in self.assumptions)

    def _tail(self, count: int, share: float, variance: float, clumps: float) -> float:
        chance = sum(
            one.weight * tail(count, one.level * share, _size(max(one.dispersion, clumps), one.stories, variance))
            for one in self.assumptions
        )
        return min(chance, 1.0)  # the weights add up to a little more


def season(days: Sequence[Day], common: Season | None = None) -> Season:
    """Return how the stories of some days spread over the week and the day, which begins as even, or as ``common``."""
    common = common or _EVEN
    mean = sum(day.count for day in days) / max(len(days), 1)
    told = [0.0] * 7
    expected = [0.0] * 7
    for day in days:
        told[day.weekday] += day.count
        expected[day.weekday] += mean * common.weekdays[day.weekday]
    by_weekday = [
        common.weekdays[at] * (told[at] + _PRIOR_WEEKDAY) / (expected[at] + _PRIOR_WEEKDAY) for at in range(7)
    ]
    by_hour = [sum(day.hours[at] for day in days) + _PRIOR_HOUR * common.hours[at] for at in range(_HOURS)]
    return Season(
        weekdays=tuple(7 * one / sum(by_weekday) for one in by_weekday),
        hours=tuple(one / sum(by_hour) for one in by_hour),
        weekday_variance=tuple(1 / (one + _PRIOR_WEEKDAY) for one in told),
        hour_variance=tuple(1 / one for one in by_hour),
    )


def background(days: Sequence[Day], common: Season) -> Background:
    """Return what is usual after ``days``, at least one, of which those of earlier bursts are left out."""
    kept = _without_bursts(days, common)
    own = season(kept, common)
    assumptions = _fitted(kept, own)
    return Background(
        days=len(kept),
        weeks_with=len({(day.age - 1) // 7 for day in kept if day.count}),
        stories=sum(day.count for day in kept),
        season=own,
        clumps=_clumps(kept, own),
        assumptions=assumptions,
    )


def _even(share: float, count: int) -> tuple[float, ...]:
    return (share,) * count


_EVEN = Season(
    weekdays=_even(1.0, 7),
    hours=_even(1 / _HOURS, _HOURS),
    weekday_variance=_even(1 / _PRIOR_WEEKDAY, 7),
    hour_variance=_even(_HOURS / _PRIOR_HOUR, _HOURS),
)


def _without_bursts(days: Sequence[Day], common: Season) -> list[Day]:
    """Leave out the days that the quieter ones make all but impossible, seven of eight weeks at most.

    The busiest are left out together and taken back one by one, so that several bursts do not hide each other.
    """
    ranked = sorted(days, key=lambda day: day.count / common.weekdays[day.weekday])
    most = len(days) * _MOST_BURST_DAYS // LEARNT_DAYS
    kept, doubted = ranked[: len(ranked) - most], ranked[len(ranked) - most :]
    if not doubted or not _is_burst(doubted[-1], kept, common):
        return list(days)
    for day in doubted:
        if _is_burst(day, kept, common):
            break
        kept.append(day)
    return kept


def _is_burst(day: Day, others: Sequence[Day], common: Season) -> bool:
    """Say whether a day is all but impossible beside the others."""
    usual = Background(days=0, weeks_with=0, stories=0, season=common, clumps=0.0, assumptions=_fitted(others, common))
    return usual.day_tail(day.count, day.weekday) < _BURST_BEFORE


def _fitted(days: Sequence[Day], own: Season) -> tuple[_Assumption, ...]:
    weights = [0.5 ** (day.age / _HALF_LIFE) for day in days]
    told = sum(weight * day.count for weight, day in zip(weights, days, strict=True))
    ways = {one: _ways(days, weights, one) for one in _DISPERSIONS}
    found = []
    for growth, chance in _GROWTHS:
        shares = [own.weekdays[day.weekday] * math.exp(-growth * day.age) for day in days]
        level = (told + _PRIOR) / sum(weight * share for weight, share in zip(weights, shares, strict=True))
        cells = [(weight, day.count, level * share) for weight, day, share in zip(weights, days, shares, strict=True)]
        for dispersion in _DISPERSIONS:
            fit = math.log(chance) + ways[dispersion] + _fit(cells, dispersion)
            stories = _PRIOR + sum(weight * mean / (1 + dispersion * mean) for weight, _, mean in cells)
            found.append((fit, _Assumption(weight=0.0, level=level, dispersion=dispersion, stories=stories)))
    return _weighed(found)


def _ways(days: Sequence[Day], weights: Sequence[float], dispersion: float) -> float:
    """Return the part of the logarithm of the likelihood that does not depend on the means."""
    if not dispersion:
        return 0.0
    size = 1 / dispersion
    ways = {count: math.lgamma(count + size) - math.lgamma(size) for count in {day.count for day in days}}
    return sum(weight * ways[day.count] for weight, day in zip(weights, days, strict=True))


def _fit(cells: Sequence[tuple[float, int, float]], dispersion: float) -> float:
    """Return the part of the logarithm of the likelihood that depends on the means; a cell has weight, count, mean."""
    if not dispersion:
        return sum(weight * (count * math.log(mean) - mean) for weight, count, mean in cells)
    size = 1 / dispersion
    return sum(
        weight * (count * math.log(mean / (size + mean)) - size * math.log1p(mean / size))
        for weight, count, mean in cells
    )


def _weighed(found: Sequence[tuple[float, _Assumption]]) -> tuple[_Assumption, ...]:
    best = max(fit for fit, _ in found)
    heard = [(math.exp(fit - best), one) for fit, one in found if fit - best > math.log(_LEAST_WEIGHT)]
    whole = sum(weight for weight, _ in heard)
    return tuple(
        _Assumption(weight=weight / whole, level=one.level, dispersion=one.dispersion, stories=one.stories)
        for weight, one in heard
    )


def _clumps(days: Sequence[Day], own: Season) -> float:
    """Return by how much more pairs of stories fall into one hour than chance would have it; 0 for not more."""
    mean = sum(day.count for day in days) / max(len(days), 1)
    by_hour = sum(share * share for share in own.hours)
    expected = sum((mean * own.weekdays[day.weekday]) ** 2 * by_hour for day in days)
    pairs = sum(count * (count - 1) for day in days for count in day.hours)
    return max((pairs + _PRIOR_CLUMPS) / (expected + _PRIOR_CLUMPS) - 1, 0.0)


def _size(dispersion: float, stories: float, variance: float) -> float:
    """Return the size that takes in what is not known of the level and of the season.

    Variances of factors multiply: those of the day, of the level (known from so many stories), of the season.
    """
    return 1 / ((1 + dispersion) * (1 + 1 / stories) * (1 + variance) - 1)


def _none(one: _Assumption, shares: Sequence[float]) -> float:
    means = (one.level * share for share in shares)
    expected = sum(math.log1p(one.dispersion * mean) / one.dispersion if one.dispersion else mean for mean in means)
    return math.exp(-one.stories * math.log1p(expected / one.stories))
