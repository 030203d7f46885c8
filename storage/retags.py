"""How far the stored articles have been tagged again after the catalogue changed. One row remembers; nothing is lost
when the program ends between two steps.

Gives the articles to tag and keeps the place; what tagging finds is ``storage.findings``' matter.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.orm import Session

from storage.records import Published
from storage.rows import published_from
from storage.tables import articles, retags, stories

__all__ = [
    "ArticleToTag",
    "Retag",
    "Standing",
    "advance_retag",
    "articles_to_tag",
    "ask_alerts",
    "begin_retag",
    "count_to_tag",
    "last_article",
    "most_left",
    "stale_articles",
    "standings",
    "step_back",
    "the_retag",
]

_ONLY = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Retag:
    """Articles up to ``after_id`` have the names of ``catalogue``; ``changed`` of them mention others than before.

    Those first seen since ``alerts_since`` raise alerts, none where it is None. ``ended_at`` is None while some are
    left; what a process with other names stores later is tagged again without alerts.
    """

    catalogue: str
    after_id: int
    changed: int
    alerts_since: datetime | None
    started_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleToTag:
    """A stored article as far as tagging it again needs it; it has the names of version ``catalogue``."""

    id: int
    source_id: str
    title: str | None
    text: str
    published: Published | None
    catalogue: str
    content_hash: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an article is at this moment: which text, tagged with which version, in which story, leading it or not."""

    catalogue: str
    title: str | None
    content_hash: str
    story_id: int
    is_canonical: bool


_TO_TAG = select(
    articles.c.id,
    articles.c.source_id,
    articles.c.title,
    articles.c.text,
    articles.c.published,
    articles.c.catalogue,
    articles.c.content_hash,
    articles.c.first_seen_at,
)
_STANDING = select(
    articles.c.id,
    articles.c.catalogue,
    articles.c.title,
    articles.c.content_hash,
    articles.c.story_id,
    stories.c.canonical_id,
).join(stories, stories.c.id == articles.c.story_id)


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


def advance_retag(session: Session, *, after_id: int, changed: int, ended_at: datetime | None = None) -> None:
    """Remember that all articles up to ``after_id`` are done, ``changed`` more of them changed."""
    session.execute(update(retags).values(after_id=after_id, changed=retags.c.changed + changed, ended_at=ended_at))


def step_back(session: Session, article_id: int, catalogue: str) -> None:
    """Come to an article again that was passed and has now the names of another version."""
    is_passed = (retags.c.after_id >= article_id) & (retags.c.catalogue != catalogue)
    session.execute(update(retags).where(is_passed).values(after_id=article_id - 1))


def ask_alerts(session: Session, since: datetime | None) -> None:
    """Let articles first seen since then raise alerts from here on, none where it is None."""
    session.execute(update(retags).values(alerts_since=since))


def stale_articles(
    session: Session, retag: Retag, *, limit: int, through: int | None = None
) -> tuple[ArticleToTag, ...]:
    """Return the next articles, by id, that were tagged with another version; those up to ``through`` if given."""
    return articles_to_tag(
        session, after_id=retag.after_id, through=through, other_than=retag.catalogue, since=None, limit=limit
    )


def articles_to_tag(
    session: Session,
    *,
    after_id: int,
    other_than: str | None,
    since: datetime | None,
    limit: int,
    through: int | None = None,
) -> tuple[ArticleToTag, ...]:
    """Return the next articles by id: not tagged with a version, first seen since a time; None asks for neither."""
    asked = _TO_TAG.where(articles.c.id > after_id, *_conditions(other_than, since))
    if through is not None:
        asked = asked.where(articles.c.id <= through)
    return tuple(
        ArticleToTag(
            id=row.id,
            source_id=row.source_id,
            title=row.title,
            text=row.text,
            published=published_from(row.published),
            catalogue=row.catalogue,
            content_hash=row.content_hash,
            first_seen_at=row.first_seen_at,
        )
        for row in session.execute(asked.order_by(articles.c.id).limit(limit))
    )


def count_to_tag(session: Session, *, other_than: str | None, since: datetime | None) -> int:
    """Count the articles that ``articles_to_tag`` gives. Reads a row of each: for a person who waits, not a tick."""
    return session.scalars(select(func.count()).select_from(articles).where(*_conditions(other_than, since))).one()


def most_left(session: Session) -> int:
    """Return how many articles there are at most that tagging again has not come to, needed or not; 0 once it ended.

    By their ids: to count them reads all of a large table, and this is asked whenever somebody looks at the service.
    """
    retag = the_retag(session)
    if retag is None or retag.ended_at is not None:
        return 0
    return max(0, last_article(session) - retag.after_id)


def last_article(session: Session) -> int:
    """Return the highest id of an article, 0 where there is none."""
    return session.scalar(select(func.max(articles.c.id))) or 0


def standings(session: Session, article_ids: Collection[int]) -> dict[int, Standing]:
    """Return what some articles are now, by id."""
    return {
        row.id: Standing(
            catalogue=row.catalogue,
            title=row.title,
            content_hash=row.content_hash,
            story_id=row.story_id,
            is_canonical=row.canonical_id == row.id,
        )
        for row in session.execute(_STANDING.where(articles.c.id.in_(sorted(article_ids))))
    }


def _conditions(other_than: str | None, since: datetime | None) -> list[ColumnElement[bool]]:
    versions = [] if other_than is None else [articles.c.catalogue != other_than]
    return versions + ([] if since is None else [articles.c.first_seen_at >= since])
