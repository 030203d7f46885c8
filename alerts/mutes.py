"""Times of the week in which a rule tells nothing at once, and when such a time ends.

Pure. What comes in meanwhile waits; that it is told afterwards is ``alerts.routing``'s matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from alerts.fields import Settings

__all__ = ["MuteSettings", "ending", "muted_until"]

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RANGE = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")
_DAY_S = 86_400
_SECOND = timedelta(seconds=1)
_A_MONDAY, _LONGEST = datetime(2026, 1, 5, tzinfo=UTC), timedelta(days=8)
"""A time that lasts longer has no end: the same week comes again and again."""


def _clock_range(text: str) -> str:
    if not _RANGE.fullmatch(text):
        raise ValueError(f"expected two times of day such as 22:00-07:00, found {text[:40]!r}")
    return text


def _day_list(text: str) -> str:
    _weekdays(text.lower())
    return text.lower()


def _zone(text: str | None) -> str | None:
    try:
        return None if text is None else ZoneInfo(text).key
    except (ValueError, KeyError, OSError) as error:
        raise ValueError(
            f"expected a time zone such as Asia/Shanghai, found {text[:40] if text else text!r}"
        ) from error


class MuteSettings(Settings):
    """A time of day, on some days of the week; one that ends before it begins goes on into the next day."""

    at: Annotated[str, AfterValidator(_clock_range)] = Field(
        default="00:00-24:00", description="from and to, such as 22:00-07:00"
    )
    days: Annotated[str, AfterValidator(_day_list)] = Field(
        default="mon-sun", description="days on which it begins: mon-fri or sat,sun"
    )
    timezone: Annotated[str | None, AfterValidator(_zone)] = Field(
        default=None, description="whose clock it is; default: settings.timezone"
    )


def muted_until(mutes: Iterable[MuteSettings], default_timezone: str, now: datetime) -> datetime | None:
    """Return when the time that holds ``now`` ends (in UTC), with those that follow it without a gap; None outside."""
    listed = tuple(mutes)
    until = now.astimezone(UTC)
    while until - now <= _LONGEST:
        ends = [end for mute in listed if (end := _end(mute, mute.timezone or default_timezone, until)) is not None]
        if not ends:
            break
        until = max(ends)
    return until if until > now else None


def ending(mutes: tuple[MuteSettings, ...] | None) -> tuple[MuteSettings, ...] | None:
    """Return the mutes; raise ValueError where they leave no time in which anything is told."""
    until = muted_until(mutes or (), "UTC", _A_MONDAY)
    if until is not None and until - _A_MONDAY > _LONGEST:
        raise ValueError("expected a time of the week that is not muted: nothing would ever be told")
    return mutes


def _end(mute: MuteSettings, timezone: str, moment: datetime) -> datetime | None:
    """Return until when the mute that holds a moment (UTC) surely goes on: to its end, or to a change of the clocks.

    What the clock on the wall shows decides. So a mute begins or ends with the hour that is skipped where its time lies
    in it, and holds twice where its time is repeated.
    """
    zone = ZoneInfo(timezone)
    local = moment.astimezone(zone)
    start_s, length_s = _seconds(mute.at)
    since_s = (local.hour * 60 + local.minute) * 60 + local.second + local.microsecond / 1e6 - start_s
    for day, passed_s in ((local.weekday(), since_s), ((local.weekday() - 1) % 7, since_s + _DAY_S)):
        if 0 <= passed_s < length_s and day in _weekdays(mute.days):
            return _same_clock(zone, moment, moment + timedelta(seconds=length_s - passed_s))
    return None


def _same_clock(zone: ZoneInfo, moment: datetime, until: datetime) -> datetime:
    """Return ``until``, or the moment before it at which the clocks of a zone change."""
    before = moment.astimezone(zone).utcoffset()
    if until.astimezone(zone).utcoffset() == before:
        return until
    early, late = moment.replace(microsecond=0), until
    while late - early > _SECOND:
        middle = early + timedelta(seconds=(late - early) // _SECOND // 2)
        early, late = (middle, late) if middle.astimezone(zone).utcoffset() == before else (early, middle)
    return late


@lru_cache(maxsize=256)
def _seconds(text: str) -> tuple[int, int]:
    """Return when a range begins, in seconds since midnight, and how long it lasts; equal times are a whole day."""
    found = _RANGE.fullmatch(text)
    assert found is not None
    hour, minute, to_hour, to_minute = (int(part or 0) for part in found.groups())
    start = hour * 3_600 + minute * 60
    end = _DAY_S if found[3] is None else to_hour * 3_600 + to_minute * 60
    return start, (end - start) % _DAY_S or _DAY_S


@lru_cache(maxsize=256)
def _weekdays(text: str) -> frozenset[int]:
    """Return the days that ``mon-fri`` or ``sat,sun`` names, Monday as 0; a range may pass over Sunday."""
    return frozenset(day for item in text.split(",") for day in _day_range(item.strip()))


def _day_range(item: str) -> tuple[int, ...]:
    first, dash, last = item.partition("-")
    if first not in _DAYS or (dash and last not in _DAYS):
        raise ValueError(f"expected days such as mon-fri or sat,sun, found {item[:40]!r}")
    start, end = _DAYS.index(first), _DAYS.index(last or first)
    return tuple(day % 7 for day in range(start, end + 1 + (7 if end < start else 0)))
