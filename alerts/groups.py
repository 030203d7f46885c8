"""What waits of rules that tell at once: put into groups, decided about, and enqueued where its time has come.

Knows the store and the groups; when a group is told is decided in ``alerts.routing``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from alerts.desk import Desk, key_of
from alerts.gather import DigestQuestion, gather_digest, no_names
from alerts.grouping import Group, group_hits, sections_of, shared_name
from alerts.render import render_alerts
from alerts.repeats import compose_repeats
from alerts.routing import Hold, Reason, Tell, Timing, Told, is_late, needs_update
from alerts.rules import RuleSettings
from alerts.silencing import Spoken, keep_quiet
from alerts.single import enqueue_single
from storage import alert_groups, outbox, waiting
from storage import hits as hit_store
from storage.alert_groups import GroupMark
from storage.records import Hit, HitReason
from storage.renames import rename_rule, unclaimed
from storage.waiting import WaitingHit

__all__ = [
    "Standing",
    "compose_due_alerts",
    "count_unclaimed",
    "forget_alerts",
    "next_alert",
    "standings",
    "take_over",
    "tell_at_once",
]

_REMEMBERED = timedelta(days=30)
_MOST = 2_000
"""Hits that one transaction tells: half a second, in which nobody else writes."""
_UNWANTED = timedelta(days=40)
"""The age of a hit at which it is let go if its rule or channel is not in the configuration: a monthly digest is told
all of its month, though a rule be gone for a week of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nothing:
    """The coverage of a message that shows none."""

    watched: int = 0
    silent: int = 0
    failed: int = 0
    unsent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A group, and what was decided about it."""

    group: Group
    timing: Timing
    decision: Tell | Hold


def compose_due_alerts(session: Session, desk: Desk, now: datetime, *, is_last: bool = False, most: int = _MOST) -> int:
    """Enqueue a message for each group of instant rules whose time has come; return how many.

    ``is_last`` says that nothing more comes in for a while: no group waits for more. A message has up to ``most`` hits,
    and once there are as many the rest is left: call it again, in a transaction of its own, until it enqueues nothing.

    What a silence is for is kept quiet first. Groups of a rule that waited for something else than more hits (the end
    of a mute, or of digests) are one message. Hits that a message holds, and the mark of that, are one transaction.
    """
    found = _messages(session, desk, now, is_last, most)
    while keep_quiet(session, [_spoken(hit) for ready in found for one in ready for hit in one.group.hits], now):
        found = _messages(session, desk, now, is_last, most)
    enqueued = sum(_tell(session, desk, ready, now) for ready in found)
    return enqueued + compose_repeats(session, desk, now)


def next_alert(session: Session, desk: Desk, now: datetime) -> datetime | None:
    """Return when a group that waits may be told, or a mute ends; None where nothing waits."""
    found = standings(session, desk, now, rules=_unmuted(desk, now))
    held = [one.decision.until if isinstance(one.decision, Hold) else now for one in found]
    mutes = (desk.timing(rule).muted_until(now) for rule in _instant(desk))
    return min((*held, *(end for end in mutes if end is not None)), default=None)


def forget_alerts(session: Session, desk: Desk, now: datetime) -> None:
    """Drop what nobody will be told, because its rule or its channel was taken out, and groups that had their day.

    What was raised under the earlier name of a rule while the configuration changed is its own first.
    """
    take_over(session, desk)
    alert_groups.forget_groups(session, before=now - _REMEMBERED)
    waiting.forget_waiting(session, _wanted(desk), before=now - _UNWANTED)


def take_over(session: Session, desk: Desk) -> int:
    """Let rules have what was told and what waits under their earlier names (``was``); return how many hits."""
    return sum(rename_rule(session, old, rule.id) for rule in desk.rules.rules for old in rule.was)


def count_unclaimed(session: Session, desk: Desk) -> dict[tuple[str, str], int]:
    """Count the hits that wait though nobody will be told them, by rule and channel: one of the two was taken out."""
    return unclaimed(session, _wanted(desk))


def tell_at_once(
    session: Session,
    desk: Desk,
    rule: RuleSettings,
    hit_id: int,
    hit: Hit,
    channels: Sequence[str],
    now: datetime,
) -> bool:
    """Enqueue the message of a hit that was just raised for each channel, where it has to wait for nothing.

    That is so of a rule that groups by stories alone, outside of its mutes and pauses; False leaves everything to
    ``compose_due_alerts``.
    """
    routing = desk.timing(rule)
    if routing.by != ("story",):
        return False
    fresh = tuple(
        WaitingHit(
            channel=channel,
            hit_id=hit_id,
            rule=rule.id,
            story_id=hit.story_id,
            article_id=hit.article_id,
            reason=hit.reason,
            token=hit.token,
            since=now,
        )
        for channel in channels
    )
    groups = tuple(
        Group(rule=rule, channel=one.channel, values=(f"story={one.story_id}",), hits=(one,)) for one in fresh
    )
    marks = alert_groups.last_told(session, [group.key for group in groups]) if routing.is_remembered else {}
    found = tuple(_standing(group, marks.get(group.key), routing, now) for group in groups)
    if not all(isinstance(one.decision, Tell) for one in found):
        return False
    for one in found:
        _tell(session, desk, [one], now)
    return True


def _messages(session: Session, desk: Desk, now: datetime, is_last: bool, most: int) -> list[list[Standing]]:
    """Return the groups whose time has come by message, as many as one transaction tells."""
    found = standings(session, desk, now, is_last=is_last, rules=_unmuted(desk, now))
    messages: list[list[Standing]] = []
    left = most
    for joined in _joined((one for one in found if isinstance(one.decision, Tell)), now):
        if left > 0:
            messages.append(_cut(joined, most))
            left -= sum(len(one.group.hits) for one in messages[-1])
    return messages


def _cut(joined: list[Standing], most: int) -> list[Standing]:
    """Return the groups of a message with as many hits as one may have, the oldest."""
    ids = sorted(hit.hit_id for one in joined for hit in one.group.hits)
    if len(ids) <= most:
        return joined
    kept = set(ids[:most])
    parts = ((one, tuple(hit for hit in one.group.hits if hit.hit_id in kept)) for one in joined)
    return [replace(one, group=replace(one.group, hits=hits)) for one, hits in parts if hits]


def _instant(desk: Desk) -> tuple[RuleSettings, ...]:
    return tuple(rule for rule in desk.rules.rules if rule.mode == "instant")


def _unmuted(desk: Desk, now: datetime) -> tuple[str, ...]:
    """Return the instant rules that may speak: what a night has gathered need not be read again and again."""
    return tuple(rule.id for rule in _instant(desk) if desk.timing(rule).muted_until(now) is None)


def standings(
    session: Session, desk: Desk, now: datetime, *, is_last: bool = False, rules: Collection[str] | None = None
) -> tuple[Standing, ...]:
    """Return the groups of instant rules, or of some of them, that wait, each with what was decided about it.

    What is urgent of other rules is among them.
    """
    asked = [rule.id for rule in _instant(desk)] if rules is None else rules
    known = {rule.id: rule for rule in desk.rules.rules}
    found = [
        hit
        for hit in waiting.waiting_of(session, asked)
        if hit.rule in known and hit.channel in desk.told(known[hit.rule], hit.reason)
    ]
    if not found:
        return ()
    groups = group_hits(session, desk, known, found)
    timings = {rule: _timing_now(desk, known[rule], now) for rule in {group.rule.id for group in groups}}
    marks = alert_groups.last_told(session, [one.key for one in groups if timings[one.rule.id].is_remembered])
    if is_last:
        timings = {rule: replace(one, wait=timedelta(0)) for rule, one in timings.items()}
    return tuple(_standing(group, marks.get(group.key), timings[group.rule.id], now) for group in groups)


def _timing_now(desk: Desk, rule: RuleSettings, now: datetime) -> Timing:
    """Return the routing of a rule without mutes where none holds now: each of very many groups would ask again."""
    timing = desk.timing(rule)
    return timing if timing.muted_until(now) else replace(timing, mutes=())


def _standing(group: Group, mark: GroupMark | None, timing: Timing, now: datetime) -> Standing:
    told = None if mark is None else Told(at=mark.told_at, articles=mark.articles)
    decision = needs_update(told, group.hits, now, timing)
    assert decision is not None  # there are hits
    return Standing(group=group, timing=timing, decision=decision)


def _wanted(desk: Desk) -> dict[str, set[str]]:
    wanted: dict[str, set[str]] = {channel: set() for channel in desk.channels}
    for rule in desk.rules.rules:
        for reason in (HitReason.NEW, HitReason.ESCALATED):
            for channel in desk.told(rule, reason):
                wanted[channel].add(rule.id)
    return wanted


def _joined(found: Iterable[Standing], now: datetime) -> list[list[Standing]]:
    """Return the groups by message: each alone, but those of a rule that are late together, for each channel."""
    messages: dict[tuple[str, ...], list[Standing]] = defaultdict(list)
    for one in found:
        late = is_late(one.group.hits, now, one.timing)
        messages[(one.group.rule.id, one.group.channel) if late else (one.group.key,)].append(one)
    return list(messages.values())


def _tell(session: Session, desk: Desk, ready: Sequence[Standing], now: datetime) -> bool:
    """Enqueue one message for groups of a rule and a channel, and let their hits wait no longer."""
    first = ready[0].group
    ids = sorted(hit.hit_id for one in ready for hit in one.group.hits)
    if len(ids) == 1:
        is_new = enqueue_single(session, desk, ids[0], first.rule, first.channel, now)
    else:
        is_new = _enqueue_several(session, desk, ready, ids, now)
    waiting.settle(session, ids, channel=first.channel)
    for one in ready:
        _keep(session, one, now)
    return is_new


def _keep(session: Session, one: Standing, now: datetime) -> None:
    """Remember that a group was told, where the next message of it depends on that."""
    if not one.timing.is_remembered:
        return
    last = one.group.hits[-1].hit_id
    (story,) = hit_store.story_hits(session, [last])
    mark = GroupMark(
        key=one.group.key, channel=one.group.channel, told_at=now, hit_id=last, articles=story.article_count
    )
    alert_groups.keep_group(session, mark)


def _enqueue_several(session: Session, desk: Desk, ready: Sequence[Standing], ids: list[int], now: datetime) -> bool:
    first = ready[0].group
    channel, rule = first.channel, first.rule
    asked = DigestQuestion(
        rules=desk.rules,
        coverage=_Nothing(),
        names=desk.names,
        find_names=no_names,
        scheduled_at=now,
        since=None,
        timezone=desk.timezone_of(channel),
        now=now,
        find_sections=partial(sections_of, desk=desk),
    )
    digest = gather_digest(session, hit_store.story_hits(session, ids), asked)
    shared = shared_name(desk, first) if len(ready) == 1 else ""
    message = render_alerts(digest, rule, language=desk.language_of(channel), group=shared)
    reasons = {one.decision.reason for one in ready if isinstance(one.decision, Tell)}
    return outbox.enqueue(
        session,
        key=key_of("alerts", rule.id, channel, *map(str, ids)),
        channel=channel,
        reason=next((reason for reason in _LOUDEST if reason in reasons), Reason.NEW).value,
        payload=message.payload,
        due_at=now,
        now=now,
        hit_ids=ids,
    )


_LOUDEST = (Reason.ESCALATED, Reason.CHANGED, Reason.NEW)
"""Of several reasons one message has the first; that a group is told for the first time is nothing to a reader."""


def _spoken(hit: WaitingHit) -> Spoken:
    return Spoken(hit_id=hit.hit_id, rule=hit.rule, article_id=hit.article_id)
