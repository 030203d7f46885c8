"""How many new stories there were in each hour, and how many of them name an entity. Values only; knows no tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

__all__ = ["HOURS_A_DAY", "StoryCounts"]

HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryCounts:
    """New stories by hour; hours and days are numbered from ``begins_at``, a midnight of UTC.

    ``total`` counts all of them, ``entities`` those that name an entity; hours without any are left out. A story
    counts once for an entity, in the hour of its first article that names it. ``watched_from`` is when the first
    article of all was seen, None in an empty store.
    """

    begins_at: datetime
    watched_from: datetime | None
    total: Mapping[int, int]
    entities: Mapping[str, Mapping[int, int]]

    def hour_of(self, moment: datetime) -> int:
        """Return the number of the hour that a time is in."""
        return int((moment - self.begins_at) // timedelta(hours=1))

    def time_of(self, hour: int) -> datetime:
        """Return when an hour begins."""
        return self.begins_at + timedelta(hours=hour)

    def weekday_of(self, day: int) -> int:
        """Return the weekday of a day, 0 for Monday."""
        return (self.begins_at.weekday() + day) % 7

    def first_whole_day(self) -> int | None:
        """Return the first day that was watched from its beginning on; None in an empty store."""
        if self.watched_from is None:
            return None
        return max(self.hour_of(self.watched_from) // HOURS_A_DAY + 1, 0)
