"""From matches to messages in the outbox, inside the transaction that stores what they speak of.

Knows which hit is told when and under which key. Every key follows from content, so doing it again changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from types import MappingProxyType

from sqlalchemy.orm import Session

from alerts.channels import ChannelSettings
from alerts.digest import CoverageCounts
from alerts.gather import NEWS, DigestQuestion, FindNames, gather_digest, no_names, past_of, waiting_hits
from alerts.match import RuleMatch
from alerts.render import render_alert, render_digest
from alerts.rules import RuleSet, RuleSettings
from alerts.schedule import due_digest, zone_name
from alerts.view import local_time
from storage import hits as hit_store
from storage import outbox
from storage.keywords import shown_keywords
from storage.records import Hit, HitReason, StoryHit

__all__ = ["compose_due_digests", "raise_alerts"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wording:
    """How messages are put where a channel does not say; ``names`` are display names of entities and sources by id."""

    language: str
    timezone: str
    names: Mapping[str, str]


def raise_alerts(
    session: Session,
    *,
    matches: Iterable[RuleMatch],
    article_id: int,
    story_id: int,
    reason: HitReason,
    token: str,
    changes: tuple[tuple[str, str], ...],
    channels: Mapping[str, ChannelSettings],
    language: str,
    now: datetime,
    default_timezone: str = "UTC",
    names: Mapping[str, str] = _NO_NAMES,
    kin: Collection[int] = (),
) -> tuple[int, ...]:
    """Store a hit for each match that is new for its story and token; return their ids.

    A change whose numbers were all told before, of this story or of its ``kin``, raises nothing: many outlets print a
    correction, each a little other.
    The hit of an instant rule also enqueues one message for each channel of the rule. Call it in the transaction
    that stores the article, after the article itself. ``language`` and ``default_timezone`` are for channels that
    name none; ``names`` gives the display name of an entity or source id.
    """
    wording = _Wording(language=language, timezone=default_timezone, names=names)
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
        hit_id = hit_store.add_hit(session, hit, now=now)
        if hit_id is None:
            continue
        raised.append(hit_id)
        if found.rule.mode == "instant":
            _enqueue_alerts(session, hit_id, found.rule, channels, wording, now)
    return tuple(raised)


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
    wording = _Wording(language=language, timezone=default_timezone, names=names)
    enqueued = 0
    for channel in channels.values():
        wanted = tuple(rule.id for rule in rules.rules if rule.mode == "digest" and channel.id in rule.channels)
        if wanted:
            plan = _Plan(
                channel=channel,
                wanted=wanted,
                rules=rules,
                wording=wording,
                coverage=coverage,
                find_names=find_names,
                now=now,
            )
            enqueued += _compose_due(session, plan, first_allowed=first_allowed)
    return enqueued


def _enqueue_alerts(
    session: Session,
    hit_id: int,
    rule: RuleSettings,
    channels: Mapping[str, ChannelSettings],
    wording: _Wording,
    now: datetime,
) -> None:
    story = hit_store.story_hit(session, hit_id)
    keywords = shown_keywords(session, (story.hit.article_id,))
    past = past_of(session, (story,), (story,), since=story.first_seen_at)
    for channel in (channels[name] for name in rule.channels if name in channels):
        message = render_alert(
            story,
            rule,
            language=channel.language or wording.language,
            now=now,
            timezone=zone_name(channel.digest, wording.timezone),
            names=wording.names,
            keywords=keywords,
            past=past,
        )
        key = _key(rule.id, str(story.hit.story_id), story.hit.token, channel.id)
        outbox.enqueue(
            session,
            key=key,
            channel=channel.id,
            reason=story.hit.reason.value,
            payload=asdict(message),
            due_at=now,
            now=now,
            hit_ids=(hit_id,),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    channel: ChannelSettings
    wanted: tuple[str, ...]
    rules: RuleSet
    wording: _Wording
    coverage: CoverageCounts
    find_names: FindNames
    now: datetime


def _compose_due(session: Session, plan: _Plan, *, first_allowed: bool) -> bool:
    channel, now = plan.channel, plan.now
    mark = hit_store.last_digest(session, channel.id)
    seen = mark.last_hit_id if mark else hit_store.last_hit_before(session, now - NEWS)
    if mark is None and not first_allowed:
        hit_store.mark_digest(session, channel.id, scheduled_at=now, last_hit_id=seen, now=now)
        return False
    is_first = mark is None or mark.last_hit_id == 0
    due = due_digest(channel.digest, plan.wording.timezone, mark.scheduled_at, now) if mark else None
    at = due or now
    if (due is None and not (is_first and first_allowed)) or (mark and at <= mark.scheduled_at):
        return False
    found = waiting_hits(session, plan.wanted, seen)
    if due is None and not found:
        return False
    since = mark.scheduled_at if mark and seen else None
    enqueued = bool(found) and _enqueue_digest(session, plan, found, at, since)
    last = found[-1].hit_id if enqueued else seen
    hit_store.mark_digest(session, channel.id, scheduled_at=at, last_hit_id=last, now=now)
    return enqueued


def _enqueue_digest(
    session: Session, plan: _Plan, found: tuple[StoryHit, ...], at: datetime, since: datetime | None
) -> bool:
    channel = plan.channel
    zone = zone_name(channel.digest, plan.wording.timezone)
    asked = DigestQuestion(
        rules=plan.rules,
        coverage=plan.coverage,
        names=plan.wording.names,
        find_names=plan.find_names,
        scheduled_at=at,
        since=since,
        timezone=zone,
        now=plan.now,
    )
    digest = gather_digest(session, found, asked)
    message = render_digest(digest, language=channel.language or plan.wording.language)
    key = _key(channel.id, zone, local_time(at, zone))
    return outbox.enqueue(
        session,
        key=key,
        channel=channel.id,
        reason="digest",
        payload=asdict(message),
        due_at=plan.now,
        now=plan.now,
        hit_ids=tuple(hit.hit_id for hit in found),
    )


def _key(*parts: str) -> str:
    return sha256("|".join(parts).encode()).hexdigest()
