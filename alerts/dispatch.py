"""From matches to hits, inside the transaction that stores what they speak of.

Knows which hit is new and what waits. Every key follows from content, so doing it again changes nothing. What is told
at once, and what waits in groups, is told by ``alerts.groups``, digests by ``alerts.digests``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.elsewhere import token_from, unheard_hits
from alerts.match import RuleMatch
from alerts.rules import RuleSettings
from alerts.silencing import Spoken, keep_quiet
from alerts.standing import Raised
from storage import hits as hit_store
from storage import waiting
from storage.notices import Notice, notice_of_token
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
) -> tuple[Raised, ...]:
    """Store a hit for each match that is new for its story and token, and let it wait; return those hits.

    A change whose numbers were all told before, of this story or of its ``kin``, raises nothing: many outlets print a
    correction, each a little other. What a silence kept quiet for another outlet was not told.
    Call it in the transaction that stores the article, after the article itself, and ``alerts.groups.tell_raised`` with
    all that it returned for the article: without that they are told a little later, and each rule by itself.
    """
    raised = []
    for found in matches:
        unheard = unheard_hits(session, [found.rule.id], {story_id, *kin}, article_id)
        told = hit_store.told_changes(session, found.rule.id, {story_id, *kin}, besides=unheard) if changes else ()
        is_told = bool(changes) and set(changes).issubset(told)
        if is_told and notice_of_token(token) is not Notice.WITHDRAWAL:
            continue
        hit = Hit(
            rule=found.rule.id,
            story_id=story_id,
            article_id=article_id,
            reason=reason,
            token=token if not unheard else _free(session, found.rule, story_id, article_id, token, unheard),
            spans=found.spans,
            changes=() if is_told else changes,
        )
        one = raise_hit(session, desk, found.rule, hit, now)
        raised += [] if one is None else [one]
    return tuple(raised)


def _free(
    session: Session, rule: RuleSettings, story_id: int, article_id: int, token: str, unheard: Collection[int]
) -> str:
    """Return the token of what an article says, another one where a hit has it that nobody heard."""
    is_taken = hit_store.hit_of(session, rule.id, story_id, token) in unheard
    return token_from(session, article_id, token) if is_taken else token


def raise_hit(session: Session, desk: Desk, rule: RuleSettings, hit: Hit, now: datetime) -> Raised | None:
    """Store a hit and let it wait, or keep it quiet; return it, None where it is known."""
    hit_id = hit_store.add_hit(session, hit, now=now)
    if hit_id is None:
        return None
    is_quiet = bool(keep_quiet(session, [Spoken(hit_id=hit_id, rule=rule.id, article_id=hit.article_id)], now))
    if not is_quiet:
        is_urgent = hit.reason is HitReason.ESCALATED
        waiting.wait(session, hit_id, rule.id, desk.told(rule, hit.reason), urgent=is_urgent)
    return Raised(hit_id=hit_id, rule=rule, hit=hit, is_quiet=is_quiet)
