"""From matches to messages in the outbox, inside the transaction that stores what they speak of.

Knows which hit is told at once and which waits, and puts digests together when they are due. Every key follows from
content, so doing it again changes nothing. Groups that wait are told by ``alerts.groups``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy.orm import Session

from alerts.channels import ChannelSettings
from alerts.desk import Desk, key_of
from alerts.digest import CoverageCounts
from alerts.gather import NEWS, DigestQuestion, FindNames, gather_digest, no_names, waiting_hits
from alerts.groups import tell_at_once
from alerts.match import RuleMatch
from alerts.render import render_digest
from alerts.rules import RuleSet, RuleSettings
from alerts.schedule import due_digest
from alerts.silencing import Spoken, keep_quiet
from alerts.view import local_time
from storage import hits as hit_store
from storage import outbox, silences, waiting
from storage.records import Hit, HitReason, StoryHit

__all__ = ["compose_due_digests", "raise_alerts", "raise_hit"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


def raise_alerts(
    session: Session,
    desk: Desk,
    *,
    matches: Iterable[RuleMatch],
    article_id: int,
    story_id: int,
    reason: HitReason,
    token: str,
    changes: tuple[tuple[str, str], ...],
    now: datetime,
    kin: Collection[int] = (),
) -> tuple[int, ...]:
    """Store a hit for each match that is new for its story and token; return their ids.

    A change whose numbers were all told before, of this story or of its ``kin``, raises nothing: many outlets print a
    correction, each a little other.
    The hit of an instant rule also enqueues one message for each channel of the rule, unless its routing says that it
    waits; that of another one waits for digests. Call it in the transaction that stores the article, after the article
    itself.
    """
    raised = []
    for found in matches:
        if changes and hit_store.told_changes(session, found.rule.id, {story_id, *kin}).issuperset(changes):
            continue
        hit = Hit(
            rule=found.rule.id,
            story_id=story_id,
            article_id=article_id,
            reason=reason,
            token=token,
            spans=found.spans,
            changes=changes,
        )
        hit_id = raise_hit(session, desk, found.rule, hit, now)
        if hit_id is not None:
            raised.append(hit_id)
    return tuple(raised)


def raise_hit(session: Session, desk: Desk, rule: RuleSettings, hit: Hit, now: datetime) -> int | None:
    """Store a hit and tell it, or let it wait, or keep it quiet; return its id, None where it is known."""
    hit_id = hit_store.add_hit(session, hit, now=now)
    if hit_id is None:
        return None
    if keep_quiet(session, [Spoken(hit_id=hit_id, rule=rule.id, article_id=hit.article_id)], now):
        return hit_id
    channels = desk.told(rule, hit.reason)
    is_instant = rule.mode == "instant" or hit.reason is HitReason.ESCALATED
    if not (is_instant and tell_at_once(session, desk, rule, hit_id, hit, channels, now)):
        waiting.wait(session, hit_id, rule.id, channels, urgent=hit.reason is HitReason.ESCALATED)
    return hit_id


def compose_due_digests(
    session: Session,
    *,
    rules: RuleSet,
    channels: Mapping[str, ChannelSettings],
    default_timezone: str,
    language: str,
    now: datetime,
    first_allowed: bool,
    coverage: CoverageCounts,
    names: Mapping[str, str] = _NO_NAMES,
    find_names: FindNames = no_names,
) -> int:
    """Enqueue the digest of every channel whose time has come; return how many.

    A channel that never had one gets it as soon as there are hits of the last day and ``first_allowed``. Without hits
    the time is marked and nothing is sent. Hits that a digest holds and the mark that says so are one transaction.
    """
    desk = Desk(rules=rules, channels=channels, language=language, timezone=default_timezone, names=names)
    enqueued = 0
    for channel in channels.values():
        wanted = tuple(rule.id for rule in rules.rules if rule.mode == "digest" and channel.id in rule.channels)
        if wanted:
            plan = _Plan(channel=channel, wanted=wanted, desk=desk, coverage=coverage, find_names=find_names, now=now)
            enqueued += _compose_due(session, plan, first_allowed=first_allowed)
    return enqueued


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    channel: ChannelSettings
    wanted: tuple[str, ...]
    desk: Desk
    coverage: CoverageCounts
    find_names: FindNames
    now: datetime


def _compose_due(session: Session, plan: _Plan, *, first_allowed: bool) -> bool:
    channel, now = plan.channel, plan.now
    mark = hit_store.last_digest(session, channel.id)
    seen = mark.last_hit_id if mark else hit_store.last_hit_before(session, now - NEWS)
    if mark is None:
        waiting.adopt(session, channel.id, plan.wanted, after_id=seen)
    if mark is None and not first_allowed:
        hit_store.mark_digest(session, channel.id, scheduled_at=now, last_hit_id=seen, now=now)
        return False
    is_first = mark is None or mark.last_hit_id == 0
    due = due_digest(channel.digest, plan.desk.timezone, mark.scheduled_at, now) if mark else None
    at = due or now
    if (due is None and not (is_first and first_allowed)) or (mark and at <= mark.scheduled_at):
        return False
    found = _to_tell(session, plan)
    if due is None and not found:
        return False
    since = mark.scheduled_at if mark and seen else None
    enqueued = bool(found) and _enqueue_digest(session, plan, found, at, since)
    last = max(seen, found[-1].hit_id) if enqueued else seen
    hit_store.mark_digest(session, channel.id, scheduled_at=at, last_hit_id=last, now=now)
    return enqueued


def _to_tell(session: Session, plan: _Plan) -> tuple[StoryHit, ...]:
    """Return the hits that wait for a digest, after keeping quiet what a silence is for."""
    found = waiting_hits(session, plan.wanted, 0, channel=plan.channel.id)
    spoken = [Spoken(hit_id=hit.hit_id, rule=hit.hit.rule, article_id=hit.hit.article_id) for hit in found]
    kept = keep_quiet(session, spoken, plan.now)
    return tuple(hit for hit in found if hit.hit_id not in kept)


def _enqueue_digest(
    session: Session, plan: _Plan, found: tuple[StoryHit, ...], at: datetime, since: datetime | None
) -> bool:
    channel, desk, ids = plan.channel, plan.desk, tuple(hit.hit_id for hit in found)
    zone = desk.timezone_of(channel.id)
    asked = DigestQuestion(
        rules=desk.rules,
        coverage=plan.coverage,
        names=desk.names,
        find_names=plan.find_names,
        scheduled_at=at,
        since=since,
        timezone=zone,
        now=plan.now,
        silenced=silences.count_silenced(session, plan.wanted, since=since or plan.now - NEWS, until=plan.now),
    )
    message = render_digest(gather_digest(session, found, asked), language=desk.language_of(channel.id))
    is_new = outbox.enqueue(
        session,
        key=key_of(channel.id, zone, local_time(at, zone)),
        channel=channel.id,
        reason="digest",
        payload=message.payload,
        due_at=plan.now,
        now=plan.now,
        hit_ids=ids,
    )
    if is_new:
        waiting.settle(session, ids, channel=channel.id)
    return is_new
