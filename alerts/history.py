"""What was usual for each entity before a day, from the counts of all. Pure; remembers what it worked out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import median

from alerts.background import LEARNT_DAYS, Background, Day, Season, background, season
from storage.counts import HOURS_A_DAY, StoryCounts

__all__ = ["LEARNING_DAYS", "History"]

LEARNING_DAYS = 7
"""Days that must have been watched before anything is usual: one of each weekday."""


class History:
    """The counts of a store, and how stories spread over the week and the day in the weeks before each day of it."""

    def __init__(self, counts: StoryCounts) -> None:
        self.counts = counts
        self._totals = _by_day(counts.total)
        self._common: dict[int, Season] = {}

    def learnt_days(self, day: int) -> tuple[int, ...]:
        """Return the days from which is learnt what is usual on a day.

        One without a new story in the whole store was hardly watched.
        """
        first = self.counts.first_whole_day()
        if first is None:
            return ()
        return tuple(at for at in range(max(first, day - LEARNT_DAYS), day) if at in self._totals)

    def background(self, hours: Mapping[int, int], day: int) -> Background | None:
        """Return what is usual on a day for the entity with these stories by hour; None while too little is known."""
        learnt = self.learnt_days(day)
        if len(learnt) < LEARNING_DAYS:
            return None
        return background(self._days(_by_day(hours), learnt, day), self._season(day))

    def is_plain(self, hours: Mapping[int, int], day: int) -> bool:
        """Say of a day that it is no busier than the same weekday mostly was, nor any hour of it: no fit is needed."""
        alike = [at for at in self.learnt_days(day) if (day - at) % 7 == 0]
        if len(alike) < _MANY_ALIKE:
            return False
        middle = median(_of_day(hours, at) for at in alike)
        if _of_day(hours, day) > middle + math.sqrt(middle) / 2:
            return False
        means = [middle * share for share in self._season(day).hours]
        told = (hours.get(day * HOURS_A_DAY + hour, 0) for hour in range(HOURS_A_DAY))
        return all(count <= mean + 2 * math.sqrt(mean) + 1 for count, mean in zip(told, means, strict=True))

    def was_watched(self, day: int) -> bool:
        """Say whether the store has any new story of a day: else it says nothing of what was usual."""
        return day in self._totals

    def watched(self, day: int, hours: range) -> float:
        """Return how much of the usual news some hours of a day (0-23) had, 0 to 1, in the whole store.

        Holidays have less for all, and a service that was off has none for all: neither makes an entity silent.
        """
        learnt = self.learnt_days(day)
        told = self._totals.get(day)
        if told is None or not learnt:
            return 0.0
        common = self._season(day)
        a_day = sum(sum(self._totals[at]) for at in learnt) / len(learnt)
        share = sum(common.hours[hour] for hour in hours)
        expected = a_day * common.weekdays[self.counts.weekday_of(day)] * share
        return min((sum(told[hour] for hour in hours) + 1) / (expected + 1), 1.0)

    def _season(self, day: int) -> Season:
        if day not in self._common:
            self._common[day] = season(self._days(self._totals, self.learnt_days(day), day))
        return self._common[day]

    def _days(self, by_day: Mapping[int, tuple[int, ...]], learnt: tuple[int, ...], day: int) -> list[Day]:
        return [Day(age=day - at, weekday=self.counts.weekday_of(at), hours=by_day.get(at, _NONE)) for at in learnt]


_NONE = (0,) * HOURS_A_DAY
_MANY_ALIKE = 4


def _of_day(hours: Mapping[int, int], day: int) -> int:
    return sum(hours.get(hour, 0) for hour in range(day * HOURS_A_DAY, (day + 1) * HOURS_A_DAY))


def _by_day(hours: Mapping[int, int]) -> dict[int, tuple[int, ...]]:
    """Return the counts of the hours of each day that has any."""
    days = sorted({hour // HOURS_A_DAY for hour, count in hours.items() if count})
    return {day: tuple(hours.get(day * HOURS_A_DAY + hour, 0) for hour in range(HOURS_A_DAY)) for day in days}
