"""The tracked names that articles mention. Read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.rows import mention_from
from storage.tables import mentions
from storage.tagged import Mention

__all__ = ["entities_of", "mentions_of"]


def mentions_of(session: Session, article_ids: Iterable[int]) -> dict[int, tuple[Mention, ...]]:
    """Return the mentions of each article that has any, those of the title first, in order of place."""
    found: dict[int, list[Mention]] = defaultdict(list)
    asked = select(mentions).where(mentions.c.article_id.in_(sorted(set(article_ids))))
    in_order = asked.order_by(mentions.c.article_id, mentions.c.field.desc(), mentions.c.start, mentions.c.stop)
    for row in session.execute(in_order).all():
        found[row.article_id].append(mention_from(row))
    return {article_id: tuple(group) for article_id, group in found.items()}


def entities_of(session: Session, article_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return the entities that each article mentions, the most mentioned first; articles without any are left out."""
    asked = select(mentions.c.article_id, mentions.c.entity).where(mentions.c.article_id.in_(sorted(set(article_ids))))
    counted = asked.group_by(mentions.c.article_id, mentions.c.entity)
    found: dict[int, list[str]] = defaultdict(list)
    for row in session.execute(counted.order_by(func.count().desc(), mentions.c.entity)):
        found[row.article_id].append(row.entity)
    return {article_id: tuple(entities) for article_id, entities in found.items()}
