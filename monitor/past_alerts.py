"""What the rules have to say of an article that was stored before and has new names now, for those who ask.

Once for each story and rule, as of an article that comes in; called in the transaction that writes the names.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy.orm import Session

from alerts.elsewhere import heard_rules
from monitor.record import alert, matches_of
from monitor.runtime import Runtime
from monitor.stories import Placed
from monitor.story_alerts import speeches
from storage import story_moves
from storage.query.nodes import entities_in
from storage.query.predicate import calls
from storage.records import VerdictKind
from storage.retags import ArticleToTag, Standing
from storage.subjects import subjects_of
from storage.tagged import Mention

__all__ = ["tell_of"]


def tell_of(
    session: Session,
    one: ArticleToTag,
    mentions: tuple[Mention, ...],
    gained: Collection[str],
    stand: Standing,
    rt: Runtime,
) -> int:
    """Raise what the rules say of the entities that an article gained and have not said of its story; count the hits.

    Of an article that was tagged with this catalogue already nobody knows which of its entities are new.
    """
    news = set(gained) if one.catalogue != rt.catalogue else {mention.entity for mention in mentions}
    if not news:
        return 0
    now = rt.now()
    subject = subjects_of(session, [one.id])[one.id]
    told = heard_rules(session, story_moves.lineage(session, [stand.story_id]), one.id)
    matches = [
        found
        for found in matches_of(subject, rt, now)
        if found.rule.id not in told and _names_any(found.rule.id, news, rt)
    ]
    placed = Placed(
        article_id=one.id,
        story_id=stand.story_id,
        verdict=VerdictKind.NEW,
        met=VerdictKind.NEW,
        began=stand.is_canonical,
    )
    return alert(session, placed, speeches(session, placed, matches, token=one.content_hash, now=now), rt, now)


def _names_any(rule: str, entities: set[str], rt: Runtime) -> bool:
    asked = entities_in(rt.present.rules.condition(rule))
    return any(calls(asked, entity) for entity in entities)
