"""What rules said of stories, each hit with the silence that kept it quiet. Read-only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from storage.records import StoryEventKind
from storage.silences import Silence, silence_of
from storage.story_moves import lineage
from storage.tables import articles, hits, silenced_hits, story_events

__all__ = ["SaidHit", "said_of"]

_ROUNDS = 5  # rules that were silent of a story because of one of which they were silent themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidHit:
    """A hit of an article; ``silence`` is what kept it quiet, if one did, ``at`` when it was kept quiet or found."""

    hit_id: int
    rule: str
    article_id: int
    changes: tuple[tuple[str, str], ...]
    silence: Silence | None
    at: datetime


def said_of(
    session: Session, rules: Collection[str], story_ids: Collection[int], *, besides: Collection[int] = ()
) -> tuple[SaidHit, ...]:
    """Return what rules said of some stories and of their articles, and of those that kept them silent of these.

    What they said by one of the articles ``besides`` is left out.
    """
    ids = _concerned(session, rules, story_ids)
    said = select(hits.c.id).where(hits.c.rule.in_(sorted(rules)), hits.c.article_id.not_in(sorted(besides)))
    by_article = said.join(articles, articles.c.id == hits.c.article_id).where(articles.c.story_id.in_(ids))
    found = session.scalars(union(said.where(hits.c.story_id.in_(ids)), by_article)).all()
    kept = silence_of(session, found)
    asked = select(hits, silenced_hits.c.at).outerjoin(silenced_hits, silenced_hits.c.hit_id == hits.c.id)
    asked = asked.where(hits.c.id.in_(found))
    return tuple(
        SaidHit(
            hit_id=row.id,
            rule=row.rule,
            article_id=row.article_id,
            changes=tuple((str(old), str(new)) for old, new in row.changes),
            silence=kept.get(row.id),
            at=row.at or row.created_at,
        )
        for row in session.execute(asked.order_by(hits.c.id))
    )


def _concerned(session: Session, rules: Collection[str], story_ids: Collection[int]) -> list[int]:
    """Return stories with those that had told what rules were silent of in them."""
    found = set(story_ids)
    for _ in range(_ROUNDS):
        asked = select(story_events.c.other_story_id).where(
            story_events.c.story_id.in_(sorted(found)),
            story_events.c.kind == StoryEventKind.SILENT,
            story_events.c.detail.in_(sorted(rules)),
        )
        others = {one for one in session.scalars(asked) if one is not None}
        if others <= found:
            break
        found |= lineage(session, others)
    return sorted(found)
