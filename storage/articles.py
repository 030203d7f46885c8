"""Articles in the store: put in, found again, revised, and tied to one another.

An article is in exactly one story. Does not decide what is a copy, nor who leads a story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, or_, select, update
from sqlalchemy.orm import Session

from storage import bands
from storage.findings import drop_findings, put_findings
from storage.records import Article, Edge, Evidence, VerdictKind
from storage.retags import step_back
from storage.rows import AnyRow, evidence_json, published_json
from storage.search_index import index_article, reindex_article
from storage.tables import articles, edges, revisions, stories
from storage.upsert import insert_into

__all__ = [
    "StoredArticle",
    "add_article",
    "add_edge",
    "correct_article",
    "find_article",
    "insert_article",
    "is_placed_by",
    "revise_article",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as far as deciding about a newer form of it needs; ``revision`` counts from 1."""

    id: int
    story_id: int
    key: str
    url: str
    content_hash: str
    title: str | None
    deck: str | None
    text: str
    revision: int
    source_id: str
    fetched_at: datetime


_FIND = select(
    articles.c.id,
    articles.c.story_id,
    articles.c.key,
    articles.c.url,
    articles.c.content_hash,
    articles.c.title,
    articles.c.deck,
    articles.c.text,
    articles.c.revision,
    articles.c.source_id,
    articles.c.fetched_at,
).where(articles.c.key == bindparam("key"))
_PLACED_BY = select(articles.c.content_hash, articles.c.sketch_version, articles.c.precedence).where(
    articles.c.id == bindparam("article_id")
)
_NOT_COPIES = sorted(set(VerdictKind) - {VerdictKind.EXACT_COPY, VerdictKind.NEAR_COPY})
_ALONE = (
    update(articles)
    .where(articles.c.id == bindparam("article"), articles.c.verdict.in_(bindparam("not_copies", expanding=True)))
    .where(~exists().where(edges.c.from_id == articles.c.id))
    .values(verdict=VerdictKind.NEW)
)
_BEGIN = insert(stories).values(canonical_id=None).returning(stories.c.id)
_CANONICAL = select(stories.c.canonical_id).where(stories.c.id == bindparam("story_id"))
_CROWN = update(stories).where(stories.c.id == bindparam("story_id")).values(canonical_id=bindparam("article_id"))


def find_article(session: Session, key: str) -> StoredArticle | None:
    """Return the article of a canonical address by its key."""
    row = session.execute(_FIND, {"key": key}).one_or_none()
    return None if row is None else StoredArticle(**row._mapping)


def insert_article(
    session: Session, article: Article, *, verdict: VerdictKind, story_id: int | None, now: datetime
) -> tuple[int, int]:
    """Store an article, make it known to the near-copy index, and return its id and its story's.

    Without a story it begins one and is its canonical article. Raise IntegrityError for a known key.
    """
    article_id, story_id = add_article(session, article, verdict=verdict, story_id=story_id, now=now)
    _index(session, article_id, story_id)
    return article_id, story_id


def add_article(
    session: Session, article: Article, *, verdict: VerdictKind, story_id: int | None, now: datetime
) -> tuple[int, int]:
    """Do as ``insert_article`` does, but leave it to the caller to make the article's keys known."""
    begins = story_id is None
    if story_id is None:
        story_id = session.scalars(_BEGIN, {"created_at": now}).one()
    row = {
        **_content(article),
        "key": article.key,
        "story_id": story_id,
        "source_id": article.source_id,
        "verdict": verdict,
        "revision": 1,
        "first_seen_at": now,
        "updated_at": now,
    }
    article_id = session.scalars(insert(articles).returning(articles.c.id), row).one()
    if begins:
        session.execute(_CROWN, {"story_id": story_id, "article_id": article_id})
    _describe(session, article_id, article, first_seen_at=now, now=now)
    index_article(session, article_id, article.title, article.text)
    return article_id, story_id


def revise_article(
    session: Session, article_id: int, article: Article, *, evidence: Evidence | None, now: datetime
) -> int:
    """Put a newer form in an article's place, keep the older one as a revision, and return the new number.

    The article keeps its id, story, key, source, verdict and the time it was first seen. Raise NoResultFound for an
    unknown id.
    """
    old = session.execute(select(articles).where(articles.c.id == article_id)).one()
    kept = {
        "article_id": article_id,
        "number": old.revision,
        "title": old.title,
        "text": old.text,
        "content_hash": old.content_hash,
        "published": old.published,
        "fetched_at": old.fetched_at,
        "replaced_at": now,
        "evidence": None if evidence is None else evidence_json(evidence),
    }
    session.execute(insert(revisions), kept)
    session.execute(update(articles).where(articles.c.id == article_id).values(revision=old.revision + 1))
    _replace(session, old, article, now)
    return int(old.revision) + 1


def correct_article(session: Session, article_id: int, article: Article, *, now: datetime) -> None:
    """Put a better reading of the same page in an article's place. Raise NoResultFound for an unknown id.

    No revision is made, for the page did not change; what stays is what ``revise_article`` keeps.
    """
    old = session.execute(select(articles).where(articles.c.id == article_id)).one()
    _replace(session, old, article, now)


def is_placed_by(session: Session, article_id: int, article: Article) -> bool:
    """Say whether a stored article has the hash, the version of keys and the precedence that it is read with now.

    An earlier version cut other keys, and the ranks of sources are settings.
    """
    row = session.execute(_PLACED_BY, {"article_id": article_id}).one()
    return tuple(row) == (article.content_hash, article.sketch_version, article.precedence)


def _replace(session: Session, old: AnyRow, article: Article, now: datetime) -> None:
    """Put another content in an article's row; what was found out about another text is forgotten."""
    new = {**_content(article), "updated_at": now}
    session.execute(update(articles).where(articles.c.id == old.id).values(**new))
    drop_findings(session, old.id)
    if (old.text, old.title, old.published) != (article.text, article.title, new["published"]):
        _forget_edges(session, old.id)
    step_back(session, old.id, article.findings.catalogue)
    bands.forget(session, old.id)
    _describe(session, old.id, article, first_seen_at=old.first_seen_at, now=now)
    reindex_article(session, old.id, old=(old.title, old.text), new=(article.title, article.text))
    _index(session, old.id, old.story_id)


def _forget_edges(session: Session, article_id: int) -> None:
    """Drop what was found out about an article; what was something to nothing but it is new from now on."""
    about = list(session.scalars(select(edges.c.from_id).where(edges.c.to_id == article_id)))
    session.execute(delete(edges).where(or_(edges.c.from_id == article_id, edges.c.to_id == article_id)))
    for from_id in about:
        session.execute(_ALONE, {"article": from_id, "not_copies": _NOT_COPIES})


def add_edge(session: Session, edge: Edge, *, now: datetime) -> None:
    """Record how one article stands to another; a later decision about the same two replaces the earlier one."""
    decided = {"verdict": edge.verdict, "evidence": evidence_json(edge.evidence)}
    row = insert_into(session, edges).values(from_id=edge.from_id, to_id=edge.to_id, created_at=now, **decided)
    session.execute(row.on_conflict_do_update(index_elements=["from_id", "to_id"], set_=decided))


def _describe(session: Session, article_id: int, article: Article, *, first_seen_at: datetime, now: datetime) -> None:
    """Write the rows that hang on an article: what tagging found, and keys."""
    put_findings(session, article_id, article.mentions, article.findings, seen_at=first_seen_at)
    bands.put(session, article_id, article, at=now)


def _index(session: Session, article_id: int, story_id: int) -> None:
    lead = session.scalar(_CANONICAL, {"story_id": story_id})
    bands.index(session, article_id, lead=None if lead == article_id else lead)


def _content(article: Article) -> dict[str, Any]:
    return {
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "deck": article.deck,
        "text": article.text,
        "headings": list(article.headings),
        "language": article.language,
        "script": article.script,
        "authors": list(article.authors),
        "editors": list(article.editors),
        "declared_source": article.source,
        "publisher": article.publisher,
        "published": published_json(article.published),
        "keywords": list(article.keywords),
        "flags": list(article.flags),
        "modified": published_json(article.modified),
        "removed": [[line.rule, line.text, line.above] for line in article.removed],
        "derived": article.derived,
        "catalogue": article.findings.catalogue,
        "precedence": article.precedence,
        "content_hash": article.content_hash,
        "sketch_version": article.sketch_version,
        "fetched_at": article.fetched_at,
    }
