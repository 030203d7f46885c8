"""Bursts and lulls of entities as messages: each told once to each channel that wants to hear of them.

What is a burst is decided in ``alerts.bursts``; the messages go into the outbox, whose keys say what was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

from sqlalchemy.orm import Session

from alerts.bursts import Burst, Lull
from alerts.channels import Message
from alerts.defaults import BurstSettings
from alerts.desk import Desk, key_of
from alerts.phrases import phrases
from alerts.render import render_view, when
from alerts.silencing import quiets
from alerts.trend_view import trend_view
from storage import outbox
from storage.query.nodes import entities_in
from storage.query.predicate import calls
from storage.records import HitReason
from storage.silences import Silence, active

__all__ = ["Trend", "render_trend", "tell_trends", "wanted"]

Trend = Burst | Lull


_IS_NEWS = timedelta(days=3)
"""How old a lull is at most that is told: a story counts up to two days after it was published, and nothing counts
while the service is off. So who asks for lulls, or tracks another name, is not told of all that ever fell silent."""


def wanted(
    settings: BurstSettings, bursts: Iterable[Burst], lulls: Iterable[Lull], *, now: datetime
) -> tuple[Trend, ...]:
    """Return what is to be told: bursts that go on, and lulls that have begun, of the entities that are asked for."""
    found: list[Trend] = [one for one in bursts if one.is_now and "burst" in settings.on]
    found += [one for one in lulls if one.since > now - _IS_NEWS and "lull" in settings.on]
    return tuple(one for one in found if any(fnmatchcase(one.entity, glob) for glob in settings.entities))


def tell_trends(
    session: Session, desk: Desk, settings: BurstSettings, bursts: Sequence[Burst], lulls: Sequence[Lull], now: datetime
) -> int:
    """Enqueue a message for each burst and lull and each channel that is to hear of it and did not; return how many.

    Those are the channels of the settings, and for bursts those of rules that escalate by them and may speak now.
    """
    asked = wanted(settings, bursts, lulls, now=now)
    told: list[tuple[str, Trend]] = [
        (channel, one) for channel in settings.channels if channel in desk.channels for one in asked
    ]
    told += _escalated(desk, bursts, active(session, now), now)
    return sum(_tell(session, desk, channel, one, now) for channel, one in dict.fromkeys(told))


def _escalated(
    desk: Desk, bursts: Sequence[Burst], silences: Sequence[Silence], now: datetime
) -> Iterator[tuple[str, Burst]]:
    """Yield the bursts that go on of what a rule asks for, with each channel that the rule escalates to."""
    asking = (rule for rule in desk.rules.rules if rule.tells_bursts and desk.timing(rule).muted_until(now) is None)
    for rule in asking:
        asked = entities_in(desk.rules.condition(rule.id))
        for one in bursts:
            is_quiet = any(quiets(silence, rule.id, one.entity) for silence in silences)
            if one.is_now and calls(asked, one.entity) and not is_quiet:
                yield from ((channel, one) for channel in desk.told(rule, HitReason.ESCALATED))


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
        said = {"last_at": one.last_at.isoformat(), "since": one.since.isoformat(), "per_day": one.per_day}
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
