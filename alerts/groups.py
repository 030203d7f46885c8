"""What waits of rules that tell at once, enqueued as messages where its time has come.

Knows which groups are one message; when a group is told is decided in ``alerts.routing``, what it says is put together
by ``alerts.messages``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.grouping import shared_name
from alerts.instead import speak_instead
from alerts.messages import enqueue_alert
from alerts.repeats import compose_repeats
from alerts.routing import Hold, Reason, Tell
from alerts.silencing import Spoken, keep_quiet
from alerts.standing import Raised, Standing, instant_rules, standings, standings_of_raised
from storage import alert_groups, waiting
from storage import hits as hit_store
from storage.alert_groups import GroupMark
from storage.waiting import WaitingHit

__all__ = ["compose_due_alerts", "next_alert", "tell_raised"]

_MOST = 2_000
"""Hits that one transaction tells: half a second, in which nobody else writes."""
_LOUDEST = (Reason.ESCALATED, Reason.CHANGED, Reason.NEW)
"""Of several reasons one message has the first; that a group is told for the first time is nothing to a reader."""


def compose_due_alerts(session: Session, desk: Desk, now: datetime, *, is_last: bool = False, most: int = _MOST) -> int:
    """Enqueue a message for each group of instant rules whose time has come; return how many.

    ``is_last`` says that nothing more comes in for a while: no group waits for more. A message has up to ``most`` hits,
    and once there are as many the rest is left: call it again, in a transaction of its own, until it enqueues nothing.

    What a silence is for is kept quiet first. What rules say of one story is one message for each channel; and where
    something waited for something else than more hits (the end of a mute, or of digests), it is one message with all
    that the channel is told then. Hits that a message holds, and the mark of that, are one transaction.
    """
    found = _messages(session, desk, now, is_last, most)
    while kept := keep_quiet(
        session, [_spoken(hit) for ready in found for one in ready for hit in one.group.hits], now
    ):
        speak_instead(session, desk, kept, now)
        found = _messages(session, desk, now, is_last, most)
    enqueued = sum(_tell(session, desk, ready, now) for ready in found)
    return enqueued + compose_repeats(session, desk, now)


def next_alert(session: Session, desk: Desk, now: datetime) -> datetime | None:
    """Return when a group that waits may be told, or a mute ends; None where nothing waits."""
    found = standings(session, desk, now, rules=_unmuted(desk, now))
    held = [one.decision.until if isinstance(one.decision, Hold) else now for one in found]
    mutes = (desk.timing(rule).muted_until(now) for rule in instant_rules(desk))
    return min((*held, *(end for end in mutes if end is not None)), default=None)


def tell_raised(session: Session, desk: Desk, raised: Iterable[Raised], now: datetime) -> None:
    """Enqueue the messages of hits that were just raised, where they have to wait for nothing.

    That is so of rules that group by stories alone, outside of their mutes and pauses; the rest waits for
    ``compose_due_alerts``. What several rules say of a story is one message for each channel.
    """
    for ready in _joined(standings_of_raised(session, desk, raised, now)):
        _tell(session, desk, ready, now)


def _messages(session: Session, desk: Desk, now: datetime, is_last: bool, most: int) -> list[list[Standing]]:
    """Return the groups whose time has come by message, as many as one transaction tells."""
    messages: list[list[Standing]] = []
    left = most
    for joined in _joined(standings(session, desk, now, is_last=is_last, rules=_unmuted(desk, now))):
        if left > 0:
            messages.append(_cut(joined, most))
            left -= sum(len(one.group.hits) for one in messages[-1])
    return messages


def _joined(found: Iterable[Standing]) -> list[list[Standing]]:
    """Return the groups whose time has come by message."""
    ready = [one for one in found if isinstance(one.decision, Tell)]
    late = {one.group.channel for one in ready if one.is_late}
    messages: dict[tuple[str, ...], list[Standing]] = defaultdict(list)
    for one in ready:
        messages[_message_of(one, late)].append(one)
    return list(messages.values())


def _message_of(one: Standing, late: set[str]) -> tuple[str, ...]:
    """Return what groups share that are one message."""
    channel = one.group.channel
    if channel in late:
        return (channel,)
    return (channel, *one.group.values) if one.timing.by == ("story",) else one.group.key


def _cut(joined: list[Standing], most: int) -> list[Standing]:
    """Return the groups of a message with as many hits as one may have, the oldest."""
    ids = sorted(hit.hit_id for one in joined for hit in one.group.hits)
    if len(ids) <= most:
        return joined
    kept = set(ids[:most])
    parts = ((one, tuple(hit for hit in one.group.hits if hit.hit_id in kept)) for one in joined)
    return [replace(one, group=replace(one.group, hits=hits)) for one, hits in parts if hits]


def _unmuted(desk: Desk, now: datetime) -> tuple[str, ...]:
    """Return the instant rules that may speak: what a night has gathered need not be read again and again."""
    return tuple(rule.id for rule in instant_rules(desk) if desk.timing(rule).muted_until(now) is None)


def _tell(session: Session, desk: Desk, ready: Sequence[Standing], now: datetime) -> bool:
    """Enqueue one message for groups of a channel, and let their hits wait no longer."""
    first = ready[0].group
    ids = sorted(hit.hit_id for one in ready for hit in one.group.hits)
    is_new = enqueue_alert(
        session,
        desk,
        ids,
        first.channel,
        now,
        reason=_reason(ready),
        group=shared_name(desk, first) if len(ready) == 1 else "",
    )
    waiting.settle(session, ids, channel=first.channel)
    for one in ready:
        _keep(session, one, now)
    return is_new


def _reason(ready: Sequence[Standing]) -> Reason | None:
    """Return why a message is sent; None for a hit alone, which says so itself."""
    if sum(len(one.group.hits) for one in ready) == 1:
        return None
    reasons = {one.decision.reason for one in ready if isinstance(one.decision, Tell)}
    return next((reason for reason in _LOUDEST if reason in reasons), Reason.NEW)


def _keep(session: Session, one: Standing, now: datetime) -> None:
    """Remember that a group was told, where the next message of it depends on that."""
    if not one.timing.is_remembered:
        return
    last = one.group.hits[-1].hit_id
    (story,) = hit_store.story_hits(session, [last])
    mark = GroupMark(key=one.group.key, told_at=now, hit_id=last, articles=story.article_count)
    alert_groups.keep_group(session, mark)


def _spoken(hit: WaitingHit) -> Spoken:
    return Spoken(hit_id=hit.hit_id, rule=hit.rule, article_id=hit.article_id)
