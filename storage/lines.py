"""Lines that the articles of a host have in common near their edges: how a host's furniture is learned.

Counts hashes; what a line is and which lines count is for the reader to know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, delete, literal_column, select
from sqlalchemy.orm import Session

from storage.tables import articles, items, lines
from storage.upsert import insert_into

__all__ = ["IN_ARTICLES", "forget_lines", "learned_lines", "note_lines", "prints_of"]

IN_ARTICLES = 3
"""A line is furniture of its host from the third article on that has it."""

_MOST = 2_000  # of one host; the latest count
_ONCE: ColumnElement[int] = literal_column("1")  # a literal, or SQLite does not see the partial index


def learned_lines(session: Session, host: str, *, before_another: bool) -> frozenset[int]:
    """Return the lines that are furniture of a host.

    ``before_another`` counts the article that is about to be read as one more that may have the line.
    """
    least = IN_ARTICLES - 1 if before_another else IN_ARTICLES
    asked = select(lines.c.k).where(lines.c.host == host, lines.c.seen > _ONCE, lines.c.seen >= least)
    return frozenset(session.scalars(asked.order_by(lines.c.seen_at.desc()).limit(_MOST)))


def prints_of(session: Session, story_ids: Collection[int], *, besides: int) -> tuple[tuple[str, str], ...]:
    """Return address and host of the articles of stories but one; no host where the address was not found as it is."""
    asked = select(articles.c.url, items.c.host).outerjoin(items, items.c.url == articles.c.url)
    found = session.execute(asked.where(articles.c.story_id.in_(sorted(story_ids)), articles.c.id != besides))
    return tuple((row.url, row.host or "") for row in found)


def note_lines(session: Session, host: str, hashes: Iterable[int], *, now: datetime) -> None:
    """Count the lines of one more article of a host."""
    rows = [{"host": host, "k": k, "seen": 1, "seen_at": now} for k in sorted(set(hashes))]
    if rows:
        one_more = {"seen": lines.c.seen + 1, "seen_at": now}
        put = insert_into(session, lines).on_conflict_do_update(index_elements=["host", "k"], set_=one_more)
        session.execute(put, rows)


def forget_lines(session: Session, *, once_before: datetime, before: datetime) -> None:
    """Forget the lines seen only once before one time, and all those last seen before another."""
    once = (lines.c.seen == 1) & (lines.c.seen_at < once_before)
    session.execute(delete(lines).where(once | (lines.c.seen_at < before)))
