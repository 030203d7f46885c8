"""Articles in the store: put in, found again, revised, and tied to one another.

An article is in exactly one story; the story's canonical article is the first. Does not decide what is a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from storage.bands import index, indexed_sentences, unindex
from storage.records import Article, Edge, Evidence, VerdictKind
from storage.rows import evidence_json, published_json
from storage.tables import articles, edges, mentions, revisions, stories
from storage.upsert import insert_into

__all__ = ["StoredArticle", "add_edge", "find_article", "insert_article", "revise_article"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """An article as far as deciding about a newer form of it needs; ``revision`` counts from 1."""

    id: int
    story_id: int
    key: str
    content_hash: str
    title: str | None
    text: str
    revision: int
    source_id: str


_FIND = select(
    articles.c.id,
    articles.c.story_id,
    articles.c.key,
    articles.c.content_hash,
    articles.c.title,
    articles.c.text,
    articles.c.revision,
    articles.c.source_id,
).where(articles.c.key == bindparam("key"))
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
    """Store an article and return its id and its story's.

    Without a story it begins one and is its canonical article, the only kind whose bands are indexed. In a story it
    adds to the index only sentences that the canonical article does not have. Raise IntegrityError for a known key.
    """
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
    _describe(session, article_id, story_id, article)
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
    new = {**_content(article), "revision": old.revision + 1, "updated_at": now}
    session.execute(update(articles).where(articles.c.id == article_id).values(**new))
    session.execute(delete(mentions).where(mentions.c.article_id == article_id))
    unindex(session, article_id)
    _describe(session, article_id, old.story_id, article)
    return int(old.revision) + 1


def add_edge(session: Session, edge: Edge, *, now: datetime) -> None:
    """Record how one article stands to another; a later decision about the same two replaces the earlier one."""
    decided = {"verdict": edge.verdict, "evidence": evidence_json(edge.evidence)}
    row = insert_into(session, edges).values(from_id=edge.from_id, to_id=edge.to_id, created_at=now, **decided)
    session.execute(row.on_conflict_do_update(index_elements=["from_id", "to_id"], set_=decided))


def _describe(session: Session, article_id: int, story_id: int, article: Article) -> None:
    """Write the rows that hang on an article: mentions and the index."""
    if article.mentions:
        session.execute(insert(mentions), _mention_rows(article_id, article))
    canonical_id = session.scalar(_CANONICAL, {"story_id": story_id})
    if canonical_id == article_id:
        index(session, article_id, article, with_bands=True)
    else:
        said = indexed_sentences(session, canonical_id) if canonical_id is not None else ()
        index(session, article_id, article, with_bands=False, without=said)


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
        "content_hash": article.content_hash,
        "sketch_version": article.sketch_version,
        "fetched_at": article.fetched_at,
    }


def _mention_rows(article_id: int, article: Article) -> list[dict[str, Any]]:
    rows = {}
    for mention in article.mentions:
        rows[mention.field, mention.start, mention.end, mention.entity] = {
            "article_id": article_id,
            "field": mention.field,
            "start": mention.start,
            "stop": mention.end,
            "entity": mention.entity,
            "kind": mention.kind,
            "surface": mention.surface,
            "version": mention.version,
            "how": mention.how,
            "confidence": mention.confidence,
        }
    return list(rows.values())
