"""What was known before: earlier forms of articles, and how far regulations had come. Read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.states import FactKind, Stage, VerdictKind
from storage.tables import articles, edges, revisions, stated_facts

__all__ = ["former_texts", "stages_before"]

_KEPT = 3
"""Earlier texts of an article: its own last ones, then those of articles that it revises."""
_STAGES = tuple(Stage)


def former_texts(session: Session, article_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return earlier forms of each article, title first and then the text, the latest first; others are left out."""
    ids = sorted(set(article_ids))
    if not ids:
        return {}
    found: dict[int, list[str]] = defaultdict(list)
    own = select(revisions.c.article_id, revisions.c.title, revisions.c.text).where(revisions.c.article_id.in_(ids))
    other = (
        select(edges.c.from_id.label("article_id"), articles.c.title, articles.c.text)
        .join(articles, articles.c.id == edges.c.to_id)
        .where(edges.c.from_id.in_(ids), edges.c.verdict == VerdictKind.REVISION)
    )
    for asked in (own.order_by(revisions.c.number.desc()), other.order_by(edges.c.to_id.desc())):
        for row in session.execute(asked):
            if len(found[row.article_id]) < _KEPT:
                found[row.article_id].append(f"{row.title or ''}\n{row.text}")
    return {article_id: tuple(texts) for article_id, texts in found.items()}


def stages_before(
    session: Session, entities: Collection[str], before: datetime, *, besides: Collection[int]
) -> dict[str, Stage]:
    """Return the furthest stage that articles first seen before a time state of each regulation, where any does.

    What the articles ``besides`` state does not count: a revision put it in the place of what they stated before.
    """
    if not entities:
        return {}
    asked = (
        select(stated_facts.c.entity, stated_facts.c.value)
        .join(articles, articles.c.id == stated_facts.c.article_id)
        .where(stated_facts.c.entity.in_(sorted(entities)), stated_facts.c.what == FactKind.STAGE)
        .where(articles.c.first_seen_at < before, articles.c.id.not_in(sorted(besides)))
        .distinct()
    )
    furthest: dict[str, Stage] = {}
    for row in session.execute(asked):
        stage = Stage(row.value)
        furthest[row.entity] = max(stage, furthest.get(row.entity, stage), key=_STAGES.index)
    return furthest
