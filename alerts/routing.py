"""When a rule that tells at once speaks: how hits are grouped, what they wait for, and why they are told.

Pure. Knows the settings of routing and decides; what waits and what was told is kept in the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Protocol, TypeVar

from pydantic import AfterValidator, Field

from alerts.fields import Duration, Settings
from alerts.mutes import MuteSettings, ending, muted_until
from storage.states import HitReason

__all__ = [
    "GroupBy",
    "Hold",
    "Reason",
    "RoutingSettings",
    "Tell",
    "Timing",
    "Told",
    "is_late",
    "needs_update",
    "timing",
]

T = TypeVar("T")
GroupBy = Literal["story", "entity", "vendor", "topic", "group"]

_WAIT, _INTERVAL = timedelta(seconds=30), timedelta(minutes=5)
"""Of groups of several stories, as in Alertmanager; a story of its own is told at once."""
_AT_ONCE = timedelta(0)
_LATE = timedelta(minutes=5)
"""How long after its time a group is told alone: what a night has gathered is one message."""
_LONGEST_REPEAT = timedelta(days=14)
"""What was told of a group is forgotten after 30 days; a story that may be told again has a week of them to grow."""


def _repeating(value: timedelta | None) -> timedelta | None:
    if value is not None and value <= _AT_ONCE:
        raise ValueError("expected more than 0s")
    if value is not None and value > _LONGEST_REPEAT:
        raise ValueError(f"expected at most {_LONGEST_REPEAT.days}d, found {value.days}d: nobody remembers the story")
    return value


def _once(value: tuple[GroupBy, ...] | None) -> tuple[GroupBy, ...] | None:
    return None if value is None else tuple(dict.fromkeys(value))


class RoutingSettings(Settings):
    """How the hits of an instant rule become messages; what is not said is as ``settings.alerts`` has it."""

    group_by: Annotated[tuple[GroupBy, ...] | None, AfterValidator(_once)] = Field(
        default=None,
        description="hits that share these are one message, or stand together: story, entity, vendor, topic, group",
    )
    group_wait: Duration | None = Field(default=None, ge=_AT_ONCE, description="how long a message waits for more hits")
    group_interval: Duration | None = Field(
        default=None, ge=_AT_ONCE, description="least time between two messages of a group"
    )
    repeat_interval: Annotated[Duration | None, AfterValidator(_repeating)] = Field(
        default=None, description="a story that others took up since is told again after this time"
    )
    mute: Annotated[tuple[MuteSettings, ...] | None, AfterValidator(ending)] = Field(
        default=None, description="times in which nothing is told; what comes in then is told when they end"
    )


class Reason(StrEnum):
    """Why a group is told."""

    FIRST = "first"
    NEW = "new"
    CHANGED = "changed"
    ESCALATED = "escalated"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The routing of a rule with nothing left open. ``timezone`` is that of mutes without one."""

    by: tuple[GroupBy, ...] = ("story",)
    wait: timedelta = _AT_ONCE
    interval: timedelta = _AT_ONCE
    repeat: timedelta | None = None
    mutes: tuple[MuteSettings, ...] = ()
    timezone: str = "UTC"

    @property
    def is_at_once(self) -> bool:
        """Whether each story is told by itself, and as soon as it is found."""
        return self.by == ("story",) and not self.wait and not self.interval

    @property
    def is_remembered(self) -> bool:
        """Whether what is told of a group next depends on what was told last."""
        return bool(self.interval) or self.repeat is not None

    def muted_until(self, now: datetime) -> datetime | None:
        """Return when the mute that holds ``now`` ends, None outside of all."""
        return muted_until(self.mutes, self.timezone, now) if self.mutes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The last message of a group: when, and how many articles its last story had."""

    at: datetime
    articles: int = 0


class Waiting(Protocol):
    """A hit that waits: why it was raised, and since when it waits."""

    @property
    def reason(self) -> HitReason: ...
    @property
    def since(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Tell the group now."""

    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Look again at ``until``: the rule is muted, or the group waits for more."""

    until: datetime
    why: Literal["muted", "grouped"]


def timing(rule: RoutingSettings, defaults: RoutingSettings, timezone: str) -> Timing:
    """Return the routing of a rule: what it says, else what the defaults say, else what a group of its kind needs."""
    by = _first(rule.group_by, defaults.group_by) or ("story",)
    is_alone = "story" in by
    wait = _first(rule.group_wait, defaults.group_wait)
    interval = _first(rule.group_interval, defaults.group_interval)
    return Timing(
        by=by,
        wait=(_AT_ONCE if is_alone else _WAIT) if wait is None else wait,
        interval=(_AT_ONCE if is_alone else _INTERVAL) if interval is None else interval,
        repeat=_first(rule.repeat_interval, defaults.repeat_interval),
        mutes=_first(rule.mute, defaults.mute) or (),
        timezone=timezone,
    )


def needs_update(
    told: Told | None, hits: Sequence[Waiting], now: datetime, timing: Timing, *, articles: int = 0
) -> Tell | Hold | None:
    """Decide about a group: tell it and why, hold it until when, or None where there is nothing to say.

    ``hits`` are those of the group that wait, ``told`` its last message. ``articles`` are those that the story told
    last has now: without hits a group is told again only if that is more than it was told with.
    A message of the future (a clock that was set back) is none, and a hit of the future has waited long enough.
    """
    last = told if told is not None and told.at <= now else None
    due = _due(last, hits, now, timing) if hits else _repeat_at(last, articles, timing)
    if due is None:
        return None
    muted = timing.muted_until(now)
    if muted is not None:
        return Hold(until=max(due, muted), why="muted")
    return Hold(until=due, why="grouped") if now < due else Tell(reason=_reason(last, hits))


def is_late(hits: Sequence[Waiting], now: datetime, timing: Timing) -> bool:
    """Say whether a group waited for something other than more hits: the end of a mute, or of digests.

    What is told at once waits for nothing else.
    """
    slack = _AT_ONCE if timing.is_at_once else max(timing.wait, timing.interval) + _LATE
    return bool(hits) and min(hit.since for hit in hits) + slack < now


def _due(told: Told | None, hits: Sequence[Waiting], now: datetime, timing: Timing) -> datetime:
    """Return when hits are told if nothing mutes them; what has escalated waits for no others."""
    first = min(hit.since if hit.since <= now else now - timing.wait for hit in hits)
    if any(hit.reason is HitReason.ESCALATED for hit in hits):
        return first
    return first + timing.wait if told is None else max(first + timing.wait, told.at + timing.interval)


def _repeat_at(told: Told | None, articles: int, timing: Timing) -> datetime | None:
    if told is None or timing.repeat is None or articles <= told.articles:
        return None
    return told.at + timing.repeat


def _reason(told: Told | None, hits: Sequence[Waiting]) -> Reason:
    reasons = {hit.reason for hit in hits}
    if not reasons:
        return Reason.REPEAT
    if HitReason.ESCALATED in reasons:
        return Reason.ESCALATED
    if told is None:
        return Reason.FIRST
    return Reason.CHANGED if HitReason.CHANGED in reasons else Reason.NEW


def _first(*values: T | None) -> T | None:
    return next((value for value in values if value is not None), None)
