"""What waits of rules that tell at once, put into groups, and what is decided about each.

Reads the store; the decision itself is ``alerts.routing``'s.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.grouping import Group, group_hits
from alerts.routing import Hold, Tell, Timing, Told, is_late, needs_update
from alerts.rules import RuleSettings
from storage import alert_groups, waiting
from storage.alert_groups import GroupKey, GroupMark
from storage.records import Hit, HitReason
from storage.waiting import WaitingHit

__all__ = ["Raised", "Standing", "instant_rules", "standings", "standings_of", "standings_of_raised"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """A hit that was just stored. ``is_quiet``: a silence keeps it from being told."""

    hit_id: int
    rule: RuleSettings
    hit: Hit
    is_quiet: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A group, and what was decided about it. ``is_late``: it waited for something else than more hits."""

    group: Group
    timing: Timing
    decision: Tell | Hold
    is_late: bool


def standings(
    session: Session, desk: Desk, now: datetime, *, is_last: bool = False, rules: Collection[str] | None = None
) -> tuple[Standing, ...]:
    """Return the groups of instant rules, or of some of them, that wait, each with what was decided about it.

    What is urgent of other rules is among them. ``is_last``: no group waits for more.
    """
    asked = [rule.id for rule in instant_rules(desk)] if rules is None else rules
    return standings_of(session, desk, waiting.waiting_of(session, asked), now, is_last=is_last)


def standings_of(
    session: Session, desk: Desk, hits: Iterable[WaitingHit], now: datetime, *, is_last: bool = False
) -> tuple[Standing, ...]:
    """Return the groups of what waits, each with what was decided about it; what nobody is to be told is left out."""
    known = _by_id(desk)
    found = [hit for hit in hits if hit.rule in known and hit.channel in desk.told(known[hit.rule], hit.reason)]
    return _decided(session, desk, group_hits(session, desk, known, found), now, is_last=is_last) if found else ()


def standings_of_raised(session: Session, desk: Desk, raised: Iterable[Raised], now: datetime) -> tuple[Standing, ...]:
    """Return the groups of hits that were just stored, of rules that tell each story by itself."""
    fresh = (
        Group(rule=one.rule, channel=channel, values=(f"story={one.hit.story_id}",), hits=(_fresh(one, channel, now),))
        for one in raised
        if not one.is_quiet and _is_instant(one) and desk.timing(one.rule).by == ("story",)
        for channel in desk.told(one.rule, one.hit.reason)
    )
    return _decided(session, desk, tuple(fresh), now)


def instant_rules(desk: Desk) -> tuple[RuleSettings, ...]:
    """Return the rules that tell at once."""
    return tuple(rule for rule in desk.rules.rules if rule.mode == "instant")


def _decided(
    session: Session, desk: Desk, groups: Sequence[Group], now: datetime, *, is_last: bool = False
) -> tuple[Standing, ...]:
    timings = {rule.id: _timing_now(desk, rule, now) for rule in {one.rule.id: one.rule for one in groups}.values()}
    marks = alert_groups.last_told(session, [one.key for one in groups if timings[one.rule.id].is_remembered])
    return tuple(_standing(one, marks, timings[one.rule.id], now, is_last=is_last) for one in groups)


def _timing_now(desk: Desk, rule: RuleSettings, now: datetime) -> Timing:
    """Return the routing of a rule without mutes where none holds now: each of very many groups would ask again."""
    timing = desk.timing(rule)
    return timing if timing.muted_until(now) else replace(timing, mutes=())


def _standing(
    group: Group, marks: Mapping[GroupKey, GroupMark], timing: Timing, now: datetime, *, is_last: bool
) -> Standing:
    mark = marks.get(group.key)
    told = None if mark is None else Told(at=mark.told_at, articles=mark.articles)
    decision = needs_update(told, group.hits, now, replace(timing, wait=timedelta(0)) if is_last else timing)
    assert decision is not None  # there are hits
    return Standing(group=group, timing=timing, decision=decision, is_late=is_late(group.hits, now, timing))


def _fresh(one: Raised, channel: str, now: datetime) -> WaitingHit:
    return WaitingHit(
        channel=channel,
        hit_id=one.hit_id,
        rule=one.rule.id,
        story_id=one.hit.story_id,
        article_id=one.hit.article_id,
        reason=one.hit.reason,
        token=one.hit.token,
        since=now,
    )


def _is_instant(one: Raised) -> bool:
    return one.rule.mode == "instant" or one.hit.reason is HitReason.ESCALATED


def _by_id(desk: Desk) -> dict[str, RuleSettings]:
    return {rule.id: rule for rule in desk.rules.rules}
