"""When a feed wants to be asked: RSS's ttl, skipHours and skipDays, and the syndication module of RSS 1.0.

Sources: RSS 2.0 specification, "Optional channel elements"; web.resource.org/rss/1.0/modules/syndication. Days and
hours are those of GMT there. A wish that would silence a feed for good is not believed. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

__all__ = ["Wishes"]

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS_S = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_MAX_FLOOR_S = 86_400
_SOONEST_S = 900
"""The next poll is hardly sooner; an hour that begins within this time is one of those to skip."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The wishes as written; "" where a feed has none. ``days`` and ``hours`` are lists with blanks between."""

    ttl: str = ""
    days: str = ""
    hours: str = ""
    period: str = ""
    frequency: str = ""

    @property
    def quiet_days(self) -> frozenset[int]:
        """Return the weekdays (0 Monday) without news; none if it would be all of them."""
        days = frozenset(_DAYS.index(word) for word in self.days.lower().split() if word in _DAYS)
        return days if len(days) < len(_DAYS) else frozenset()

    def floor_s(self, now: datetime) -> int | None:
        """Return how many seconds the feed wants to be left alone from now on, at most a day."""
        asked = max(_number(self.ttl) * 60, self._period_s())
        floor = min(asked, _MAX_FLOOR_S)
        return max(floor, self._to_the_next_hour(now, floor)) or None

    def _period_s(self) -> int:
        return _PERIODS_S.get(self.period.strip().lower(), 0) // (_number(self.frequency) or 1)

    def _to_the_next_hour(self, now: datetime, floor: int) -> int:
        """Return the seconds until the first hour that is not to be skipped, 0 if the next poll may fall anywhere."""
        quiet = {_number(hour) % 24 for hour in self.hours.split() if hour.isdecimal()}
        start = now.astimezone(UTC)
        first = start + timedelta(seconds=max(floor, _SOONEST_S))
        if first.hour not in quiet or len(quiet) == 24:
            return 0
        hour = first.replace(minute=0, second=0, microsecond=0)
        while hour.hour in quiet:
            hour += timedelta(hours=1)
        return int((hour - start).total_seconds()) + 1


def _number(text: str) -> int:
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else 0
