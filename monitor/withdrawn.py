"""What is told of a stored article whose page was taken away: by its words, or by those of its server (410).

The article stays as it was read. Called in the transaction that settles the item.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from monitor.ledger import GONE_STATUS
from monitor.record import alert, matches_of
from monitor.runtime import Runtime
from monitor.stories import Placed
from monitor.story_alerts import Speech
from monitor.types import Failed, Rejected
from storage import hits, story_kin, story_moves, story_nodes
from storage.frontier import has_other_items
from storage.notices import Notice, token_of_notice
from storage.records import HitReason, VerdictKind
from storage.subjects import subjects_of

__all__ = ["is_withdrawn", "tell_withdrawn"]


def is_withdrawn(session: Session, result: Failed | Rejected, *, item_id: int, article_id: int) -> bool:
    """Tell whether a page is gone on purpose: it says so in the place of its article, or its server answers 410.

    That a page is not found (404) says nothing: sites move, and all their pages with them. Nor does it that a copy of
    what another page leads is gone, or one of the addresses of an article.
    """
    if isinstance(result, Rejected):
        return _is_withdrawal(result.said)
    if result.status != GONE_STATUS or has_other_items(session, article_id, besides=item_id):
        return False
    return story_nodes.story_nodes(session, [article_id])[article_id].lead == article_id


def tell_withdrawn(session: Session, article_id: int, rt: Runtime) -> int:
    """Raise a change for each rule that told the story, once; return how many hits that made."""
    now = rt.now()
    node = story_nodes.story_nodes(session, [article_id])[article_id]
    kin = story_kin.family(session, [node.story_id])
    told = hits.told_rules(session, story_moves.lineage(session, [node.story_id]))
    token = token_of_notice(Notice.WITHDRAWAL)
    matches = tuple(
        one
        for one in matches_of(subjects_of(session, [article_id])[article_id], rt, now)
        if one.rule.id in told and not hits.is_told(session, one.rule.id, kin, token)
    )
    placed = Placed(article_id=article_id, story_id=node.story_id, verdict=VerdictKind.NEW, met=VerdictKind.NEW)
    speech = Speech(matches=matches, reason=HitReason.CHANGED, token=token, kin=kin)
    return alert(session, placed, (speech,), rt, now) if matches else 0


def _is_withdrawal(said: str) -> bool:
    from monitor.dedupe.body import body_of
    from monitor.dedupe.marks import notice_in

    return notice_in(body_of(""), body_of(said)) is Notice.WITHDRAWAL
