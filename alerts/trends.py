"""Bursts and lulls of entities as messages: each told once to each channel that wants to hear of them.

What is a burst is decided in ``alerts.bursts``; the messages go into the outbox, whose keys say what was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Any

from sqlalchemy.orm import Session

from alerts.bursts import Burst, Lull
from alerts.channels import Message
from alerts.defaults import BurstSettings
from alerts.desk import Desk, key_of
from alerts.phrases import phrases
from alerts.render import render_view, when
from alerts.trend_view import trend_view
from storage import outbox

__all__ = ["Trend", "render_trend", "tell_trends", "wanted"]

Trend = Burst | Lull


def wanted(settings: BurstSettings, bursts: Iterable[Burst], lulls: Iterable[Lull]) -> tuple[Trend, ...]:
    """Return what is to be told: bursts that go on, and lulls, of the entities that are asked for."""
    found: list[Trend] = [one for one in bursts if one.is_now and "burst" in settings.on]
    found += lulls if "lull" in settings.on else ()
    return tuple(one for one in found if any(fnmatchcase(one.entity, glob) for glob in settings.entities))


def tell_trends(session: Session, desk: Desk, settings: BurstSettings, found: Sequence[Trend], now: datetime) -> int:
    """Enqueue a message for each of these and each channel that was not told of it; return how many."""
    return sum(
        _tell(session, desk, channel, one, now)
        for channel in settings.channels
        if channel in desk.channels
        for one in found
    )


def render_trend(
    one: Burst | Lull,
    *,
    language: str | None,
    now: datetime,
    timezone: str = "UTC",
    names: Mapping[str, str] | None = None,
) -> Message:
    """Return a burst or a lull of an entity, as it is known at ``now``, as a message."""
    data = {**_trend(one), **when(now, timezone), "name": (names or {}).get(one.entity, one.entity)}
    return render_view(trend_view(one, phrases(language), now=now, timezone=timezone, names=names or {}), data)


def _trend(one: Burst | Lull) -> dict[str, Any]:
    if isinstance(one, Lull):
        said = {"last_at": one.last_at.isoformat(), "per_day": one.per_day}
        return {"kind": "lull", "entity": one.entity, **said, "expected": one.expected, "chance": one.chance}
    peak = one.peak
    return {
        "kind": "burst",
        "entity": one.entity,
        "begins_at": one.begins_at.isoformat(),
        "stories": one.stories,
        "peak": {
            "unit": peak.unit.value,
            "begins_at": peak.begins_at.isoformat(),
            "stories": peak.stories,
            "low": peak.low,
            "high": peak.high,
            "chance": peak.chance,
        },
    }


def _tell(session: Session, desk: Desk, channel: str, one: Trend, now: datetime) -> bool:
    message = render_trend(
        one, language=desk.language_of(channel), now=now, timezone=desk.timezone_of(channel), names=desk.names
    )
    return outbox.enqueue(
        session,
        key=key_of(_spell(one), channel),
        channel=channel,
        reason="burst" if isinstance(one, Burst) else "lull",
        payload=message.payload,
        due_at=now,
        now=now,
    )


def _spell(one: Trend) -> str:
    """Return what stays the same while a burst or a lull lasts: its first hour may move within its first day."""
    if isinstance(one, Burst):
        return f"burst {one.entity} {one.begins_at:%Y-%m-%d}"
    return f"lull {one.entity} {one.last_at.isoformat()}"
