"""Items: discovered addresses and how they ended."""

from __future__ import annotations

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from storage.feed.views import ItemView
from storage.tables import items

__all__ = ["items_where", "list_items"]

_SHOWN = (
    items.c.id,
    items.c.url,
    items.c.source_id,
    items.c.title,
    items.c.state,
    items.c.outcome,
    items.c.detail,
    items.c.attempts,
    items.c.due_at,
    items.c.discovered_at,
    items.c.settled_at,
    items.c.article_id,
)


def list_items(
    session: Session, *, limit: int, state: str | None = None, outcome: str | None = None, source: str | None = None
) -> tuple[ItemView, ...]:
    """Return the latest addresses, newest first: all, or those of a state, an outcome or a source."""
    asked = {items.c.state: state, items.c.outcome: outcome, items.c.source_id: source}
    return items_where(session, *(column == value for column, value in asked.items() if value is not None), limit=limit)


def items_where(session: Session, *conditions: ColumnElement[bool], limit: int) -> tuple[ItemView, ...]:
    """Return up to ``limit`` addresses that meet all conditions, newest first."""
    asked = select(*_SHOWN).where(*conditions).order_by(items.c.id.desc()).limit(limit)
    return tuple(ItemView(**row._mapping) for row in session.execute(asked))
