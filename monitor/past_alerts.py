"""What the rules have to say of an article that was stored before and has new names now, for those who ask.

Once for each story and rule, as of an article that comes in; called in the transaction that writes the names.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from alerts.match import RuleMatch
from monitor.record import alert, matches_of
from monitor.runtime import Runtime
from monitor.stories import Placed
from monitor.story_alerts import speeches
from storage import hits, story_moves
from storage.records import Mention, VerdictKind
from storage.retags import ArticleToTag, Standing

__all__ = ["tell_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """An article with its new names, as the rules see it."""

    title: str | None
    text: str
    source_id: str
    mentions: tuple[Mention, ...]


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
    subject = _Subject(title=one.title, text=one.text, source_id=one.source_id, mentions=mentions)
    told = hits.told_rules(session, story_moves.lineage(session, [stand.story_id]))
    matches = [found for found in matches_of(subject, rt) if found.rule.id not in told and _names_any(found, news, rt)]
    placed = Placed(
        article_id=one.id,
        story_id=stand.story_id,
        verdict=VerdictKind.NEW,
        met=VerdictKind.NEW,
        began=stand.is_canonical,
    )
    now = rt.now()
    return alert(session, placed, speeches(session, placed, matches, token=one.content_hash, now=now), rt, now)


def _names_any(found: RuleMatch, entities: set[str], rt: Runtime) -> bool:
    patterns = [rt.rules.patterns[glob] for glob in found.rule.entities]
    return any(pattern.match(entity) for pattern in patterns for entity in entities)
