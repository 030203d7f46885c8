"""From matches to hits and messages, inside the transaction that stores what they speak of.

Knows which hit is told at once and which waits. Every key follows from content, so doing it again changes nothing.
Groups that wait are told by ``alerts.groups``, digests by ``alerts.digests``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.groups import tell_at_once
from alerts.match import RuleMatch
from alerts.rules import RuleSettings
from alerts.silencing import Spoken, keep_quiet
from storage import hits as hit_store
from storage import waiting
from storage.records import Hit, HitReason

__all__ = ["raise_alerts", "raise_hit"]


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
