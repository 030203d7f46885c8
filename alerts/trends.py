"""Bursts and lulls of entities as messages: each told once to each channel that wants to hear of them.

What is a burst is decided in ``alerts.bursts``; the messages go into the outbox, whose keys say what was told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
from alerts.told_bursts import burst_spell
from alerts.trend_view import trend_view
from storage import outbox, reroutes
from storage.feed.burst_stories import BurstStory, stories_of_burst
from storage.query.nodes import entities_in
from storage.query.predicate import calls
from storage.records import Delivery, HitReason
from storage.silences import Silence, active

__all__ = ["Trend", "pass_on_trends", "render_trend", "tell_trends", "wanted"]

Trend = Burst | Lull

_SHOWN = 3
"""Stories of a burst in its message."""
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


def pass_on_trends(session: Session, desk: Desk, gone: Collection[str], channel: str, now: datetime) -> int:
    """Let a channel have the bursts and lulls that others, which are no more, have not taken; return how many.

    What the channel was told itself, or by another one of these, is dropped instead. One that is being sent stays.
    """
    waiting = (
        message
        for reason in ("burst", "lull")
        for name in sorted(gone)
        for message in outbox.messages_of(session, outbox.UNSENT, channel=name, reason=reason)
    )
    return sum(_pass_on(session, desk, message, channel, now) for message in waiting)


def _pass_on(session: Session, desk: Desk, message: Delivery, channel: str, now: datetime) -> bool:
    spells = _spells_told(message.payload["data"], now)
    known = _is_known(session, desk, channel, spells)
    return reroutes.readdress(session, message.id, channel, None if known else key_of(spells[0], channel))


def _is_known(session: Session, desk: Desk, channel: str, spells: Sequence[str]) -> bool:
    """Say whether a channel was told something under one of these spells, under any of its names."""
    names = (channel, *desk.channels[channel].was)
    return outbox.is_known(session, [key_of(spell, name) for spell in spells for name in names])


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
    stories: Sequence[BurstStory] = (),
) -> Message:
    """Return a burst or a lull of an entity, as it is known at ``now``, as a message, with some of its stories."""
    data = {**_trend(one), **when(now, timezone), "name": (names or {}).get(one.entity, one.entity)}
    data |= {"among": [_among(found) for found in stories]} if isinstance(one, Burst) else {}
    view = trend_view(one, phrases(language), now=now, timezone=timezone, names=names or {}, stories=stories)
    return render_view(view, data)


def _among(found: BurstStory) -> dict[str, Any]:
    return {
        "story": found.story_id,
        "article": found.article_id,
        "title": found.title,
        "url": found.url,
        "outlets": len(found.outlets),
    }


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
    spells = _spells(one, now)
    if _is_known(session, desk, channel, spells):
        return False
    is_burst = isinstance(one, Burst)
    message = render_trend(
        one,
        language=desk.language_of(channel),
        now=now,
        timezone=desk.timezone_of(channel),
        names=desk.names,
        stories=stories_of_burst(session, one.entity, since=one.begins_at, most=_SHOWN)
        if isinstance(one, Burst)
        else (),
    )
    return outbox.enqueue(
        session,
        key=key_of(spells[0], channel),
        channel=channel,
        reason="burst" if is_burst else "lull",
        payload=message.payload,
        due_at=now,
        now=now,
    )


def _spells(one: Trend, now: datetime) -> list[str]:
    """Return what a burst or a lull is known by, and by what else it may have been told."""
    if isinstance(one, Lull):
        return [_lull_spell(one.entity, one.last_at)]
    return _burst_spells(one.entity, one.begins_at, now)


def _burst_spells(entity: str, begins_at: datetime, now: datetime) -> list[str]:
    """Return what a burst is known by, and by what else: its first day moves.

    Stories come in late, are joined and part, so that a day becomes, or is no more, the first of a burst, and a day
    seems usual that was not: what was told as begun within two days before this one, or on any day since, was this one.
    """
    days = (0, -1, -2, *range(1, (now - begins_at).days + 2))
    return [burst_spell(entity, begins_at + timedelta(days=at)) for at in days]


def _lull_spell(entity: str, last_at: datetime) -> str:
    return f"lull {entity} {last_at.isoformat()}"


def _spells_told(told: Mapping[str, Any], now: datetime) -> list[str]:
    """Return what the burst or lull is known by that the data of a message tell."""
    if told["kind"] == "lull":
        return [_lull_spell(told["entity"], datetime.fromisoformat(told["last_at"]))]
    return _burst_spells(told["entity"], datetime.fromisoformat(told["begins_at"]), now)
