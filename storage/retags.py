"""How far the stored articles have been tagged again after the catalogue changed. One row remembers; nothing is lost
when the program ends between two steps.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from storage.records import Published
from storage.rows import published_from
from storage.tables import articles, retags

__all__ = ["Retag", "StaleArticle", "advance_retag", "begin_retag", "left_to_tag", "stale_articles", "the_retag"]

_ONLY = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Retag:
    """Articles up to ``after_id`` have the names of ``catalogue``; ``changed`` of them mention others than before.

    Those first seen since ``alerts_since`` raise alerts, none where it is None. ``ended_at`` is None while some are
    left.
    """

    catalogue: str
    after_id: int
    changed: int
    alerts_since: datetime | None
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleArticle:
    """A stored article that was tagged with other names than the catalogue has now."""

    id: int
    title: str | None
    text: str
    published: Published | None


def the_retag(session: Session) -> Retag | None:
    """Return how far it is; None before the first."""
    row = session.execute(select(retags)).one_or_none()
    if row is None:
        return None
    return Retag(
        catalogue=row.catalogue,
        after_id=row.after_id,
        changed=row.changed,
        alerts_since=row.alerts_since,
        started_at=row.started_at,
        ended_at=row.ended_at,
    )


def begin_retag(session: Session, catalogue: str, *, now: datetime, alerts_since: datetime | None = None) -> None:
    """Begin at the first article; what another version had left to do is done with this one."""
    row = {
        "catalogue": catalogue,
        "after_id": 0,
        "changed": 0,
        "alerts_since": alerts_since,
        "started_at": now,
        "ended_at": None,
    }
    if the_retag(session) is None:
        session.execute(insert(retags), row | {"id": _ONLY})
    else:
        session.execute(update(retags).values(**row))


def stale_articles(session: Session, retag: Retag, *, limit: int) -> tuple[StaleArticle, ...]:
    """Return the next articles that were tagged with another version, by id."""
    asked = select(articles.c.id, articles.c.title, articles.c.text, articles.c.published)
    asked = asked.where(articles.c.id > retag.after_id, articles.c.catalogue != retag.catalogue)
    return tuple(
        StaleArticle(id=row.id, title=row.title, text=row.text, published=published_from(row.published))
        for row in session.execute(asked.order_by(articles.c.id).limit(limit))
    )


def left_to_tag(session: Session, retag: Retag) -> int:
    """Count the articles that are left. Reads a row of each: for a person who waits, not for a tick."""
    asked = select(func.count()).select_from(articles)
    return session.scalars(asked.where(articles.c.id > retag.after_id, articles.c.catalogue != retag.catalogue)).one()


def advance_retag(session: Session, *, after_id: int, changed: int, ended_at: datetime | None = None) -> None:
    """Remember that all articles up to ``after_id`` are done, ``changed`` more of them changed."""
    session.execute(update(retags).values(after_id=after_id, changed=retags.c.changed + changed, ended_at=ended_at))
