"""The full-text index: articles put in with the transaction that stores them, and those of before filled in later.

All articles from one id on are in the index and none before it, so one row says how far it reaches
(``storage.search_tables``). What a text was in the index as is computed anew from the stored text; where the tokens are
of another version, the index begins anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, exists, func, insert, select, text, update
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from storage.search_tables import FTS, chunks, fts, search_states
from storage.search_tokens import VERSION, Chunk, Document, chunks_of, document_of, phrase_for
from storage.tables import articles

__all__ = ["Reach", "empty_index", "fill", "index_article", "most_to_index", "reach", "reindex_article"]

_ONLY = 1
_STATE = select(search_states.c.version, search_states.c.from_id)
_EMPTY = {
    "sqlite": f"INSERT INTO {FTS} ({FTS}) VALUES ('delete-all')",  # noqa: S608
    "postgresql": "TRUNCATE search_chunk",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """How far back the full-text index goes: articles from ``from_id`` on are in it.

    ``is_whole`` says that there are none before; else ``back_to`` is when the oldest in it was first seen, None where
    none is in it yet.
    """

    from_id: int
    is_whole: bool
    back_to: datetime | None


def index_article(session: Session, article_id: int, title: str | None, body: str) -> None:
    """Put a new article into the index; it has the highest id."""
    if _from_id(session) is None:
        _begin(session, before_id=article_id)
    _put(session, [(article_id, document_of(title, body))])


def reindex_article(
    session: Session, article_id: int, *, old: tuple[str | None, str], new: tuple[str | None, str]
) -> None:
    """Put the title and text of an article in the place of those that it had; one not in the index stays out."""
    from_id = _from_id(session)
    if from_id is None or article_id < from_id or old == new:
        return
    try:
        _take_out(session, article_id, document_of(*old))
    except DatabaseError as error:
        if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_CORRUPT_VTAB:
            raise
        empty_index(session)  # FTS5 counts: somebody changed the stored text, and the index holds other tokens of it
        return
    _put(session, [(article_id, document_of(*new))])


def fill(session: Session, *, limit: int) -> int | None:
    """Put up to ``limit`` more articles in, the newest of those that are missing, and return how many.

    None says that all were in it.
    """
    from_id = _from_id(session)
    if from_id is None:
        from_id = _begin(session, before_id=_last_id(session) + 1)
    missing = select(articles.c.id, articles.c.title, articles.c.text).where(articles.c.id < from_id)
    rows = session.execute(missing.order_by(articles.c.id.desc()).limit(limit)).all()
    if not rows:
        return None
    _put(session, [(row.id, document_of(row.title, row.text)) for row in reversed(rows)])
    session.execute(update(search_states).values(from_id=rows[-1].id))
    return len(rows)


def reach(session: Session) -> Reach:
    """Return how far back the index goes."""
    from_id = _from_id(session)
    if from_id is None:
        from_id = _last_id(session) + 1
    is_whole = not session.scalar(select(exists().where(articles.c.id < from_id)))
    oldest = select(articles.c.first_seen_at).where(articles.c.id >= from_id).order_by(articles.c.id).limit(1)
    return Reach(from_id=from_id, is_whole=is_whole, back_to=None if is_whole else session.scalar(oldest))


def most_to_index(session: Session) -> int:
    """Return how many articles there are at most that are not in the index yet: by their ids, counted in no time."""
    found = reach(session)
    first_id = session.scalar(select(func.min(articles.c.id)))
    return 0 if found.is_whole or first_id is None else found.from_id - int(first_id)


def empty_index(session: Session) -> None:
    """Take everything out of the index; filling puts it in anew."""
    _begin(session, before_id=_last_id(session) + 1)


def _from_id(session: Session) -> int | None:
    """Return from which article on the index holds all; None where it holds none, or tokens of another version."""
    row = session.execute(_STATE).one_or_none()
    return None if row is None or row.version != VERSION else int(row.from_id)


def _begin(session: Session, *, before_id: int) -> int:
    """Empty the index, to which articles from ``before_id`` on are added from now on; return that id."""
    session.execute(text(_EMPTY[_dialect(session)]))
    session.execute(delete(search_states))
    session.execute(insert(search_states), {"id": _ONLY, "version": VERSION, "from_id": before_id})
    return before_id


def _last_id(session: Session) -> int:
    return session.scalar(select(func.max(articles.c.id))) or 0


def _put(session: Session, documents: Iterable[tuple[int, Document]]) -> None:
    if _dialect(session) == "sqlite":
        session.execute(insert(fts), [_fts_row(article_id, document) for article_id, document in documents])
        return
    rows = [
        {"article_id": article_id, "number": number, "tokens": _tsvector(chunk)}
        for article_id, document in documents
        for number, chunk in enumerate(chunks_of(document))
    ]
    if rows:
        session.execute(insert(chunks), rows)


def _take_out(session: Session, article_id: int, document: Document) -> None:
    if _dialect(session) == "sqlite":
        session.execute(insert(fts), {FTS: "delete"} | _fts_row(article_id, document))
    else:
        session.execute(delete(chunks).where(chunks.c.article_id == article_id))


def _fts_row(article_id: int, document: Document) -> dict[str, object]:
    return {"rowid": article_id, "title": phrase_for(document.title), "body": phrase_for(document.body)}


def _tsvector(chunk: Chunk) -> str:
    """Return a chunk as PostgreSQL reads a tsvector: each token with its places, those of the title of weight A."""
    places: dict[str, list[str]] = {}
    for token, place, in_title in chunk.tokens:
        places.setdefault(token, []).append(f"{place}A" if in_title else str(place))
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
