"""Articles as rows of their own, for tests of the near-copy index: nothing else writes or indexes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select, update

from storage import bands, tables
from storage.database import Session
from storage.near_tables import slots
from storage.records import Article
from storage.tables import articles, stories
from tests.unit.storage.worlds import NOW


def add_row(session: Session, value: Article, *, at: datetime = NOW, story_id: int | None = None) -> int:
    """Store an article and return its id; without a story it begins one and is its canonical article."""
    begins = story_id is None
    if story_id is None:
        story = insert(stories).values(canonical_id=None, created_at=at).returning(stories.c.id)
        story_id = session.scalars(story).one()
    row: dict[str, Any] = {name: getattr(value, name) for name in ("key", "url", "canonical_url", "title", "text")}
    row |= {name: getattr(value, name) for name in ("source_id", "content_hash", "sketch_version", "precedence")}
    row |= {name: [] for name in ("headings", "authors", "editors", "keywords", "flags", "removed")}
    row |= dict.fromkeys(("fetched_at", "first_seen_at", "updated_at"), at)
    row |= {"story_id": story_id, "verdict": "new", "revision": 1}
    article_id = session.scalars(insert(articles).values(**row).returning(articles.c.id)).one()
    if begins:
        session.execute(update(stories).where(stories.c.id == story_id).values(canonical_id=article_id))
    return article_id


def add_indexed(session: Session, value: Article, *, at: datetime = NOW, lead: int | None = None) -> int:
    """Store an article and its keys: all of them, or as a copy of ``lead`` in its story."""
    story = None if lead is None else session.scalar(select(articles.c.story_id).where(articles.c.id == lead))
    article_id = add_row(session, value, at=at, story_id=story)
    bands.put(session, article_id, value, at=at)
    bands.index(session, article_id, lead=lead)
    return article_id


def rows_in(session: Session, *rings: Any) -> int:
    """Return how many rows the tables of some rings hold."""
    return sum(session.scalar(select(func.count()).select_from(table)) or 0 for ring in rings for table in ring)


def periods(session: Session) -> list[int]:
    """Return the periods that the index holds, the oldest first."""
    return list(session.scalars(select(slots.c.period).order_by(slots.c.period)))


def index_rows(session: Session) -> int:
    """Return how many rows the index has, kept keys included."""
    return rows_in(session, tables.bands, tables.sentences, tables.fingerprints)
