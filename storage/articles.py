"""Articles in the store: put in, found again, revised, and tied to one another.

An article is in exactly one story; the story's canonical article is the first. Does not decide what is a copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import Session

from storage.bands import index, indexed_sentences, unindex
from storage.records import Article, Edge, Evidence, VerdictKind
from storage.rows import evidence_json, published_json
from storage.tables import articles, edges, hits, mentions, revisions, stories
from storage.upsert import insert_into

__all__ = [
    "Standing",
    "StoredArticle",
    "add_edge",
    "copied_url",
    "correct_article",
    "find_article",
    "insert_article",
    "join_story",
    "revise_article",
    "standing",
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
    text: str
    revision: int
    source_id: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The story of an article, and the text that its members are copies of."""

    story_id: int
    canonical_id: int
    canonical_text: str


_STANDING = (
    select(articles.c.story_id, stories.c.canonical_id)
    .join(stories, stories.c.id == articles.c.story_id)
    .where(articles.c.id == bindparam("article_id"))
)
_FIND = select(
    articles.c.id,
    articles.c.story_id,
    articles.c.key,
    articles.c.url,
    articles.c.content_hash,
    articles.c.title,
    articles.c.text,
    articles.c.revision,
    articles.c.source_id,
    articles.c.fetched_at,
).where(articles.c.key == bindparam("key"))
_COPIES = [VerdictKind.EXACT_COPY, VerdictKind.NEAR_COPY, VerdictKind.REVISION]
_COPIED = (
    select(articles.c.url)
    .join(edges, edges.c.to_id == articles.c.id)
    .where(edges.c.from_id == bindparam("article_id"), edges.c.verdict.in_(bindparam("verdicts", expanding=True)))
    .limit(1)
)
_BEGIN = insert(stories).values(canonical_id=None).returning(stories.c.id)
_CANONICAL = select(stories.c.canonical_id).where(stories.c.id == bindparam("story_id"))
_CROWN = update(stories).where(stories.c.id == bindparam("story_id")).values(canonical_id=bindparam("article_id"))


def find_article(session: Session, key: str) -> StoredArticle | None:
    """Return the article of a canonical address by its key."""
    row = session.execute(_FIND, {"key": key}).one_or_none()
    return None if row is None else StoredArticle(**row._mapping)


def copied_url(session: Session, article_id: int) -> str | None:
    """Return the address of the article that an article is a copy or a revision of; None for one that is neither."""
    row = session.execute(_COPIED, {"article_id": article_id, "verdicts": _COPIES}).first()
    return None if row is None else str(row.url)


def standing(session: Session, article_id: int) -> Standing:
    """Return how an article stands in its story. Raise NoResultFound for an unknown id."""
    row = session.execute(_STANDING, {"article_id": article_id}).one()
    text = session.scalar(select(articles.c.text).where(articles.c.id == row.canonical_id))
    return Standing(story_id=row.story_id, canonical_id=row.canonical_id, canonical_text=text or "")


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
    session.execute(update(articles).where(articles.c.id == article_id).values(revision=old.revision + 1))
    _replace(session, article_id, old.story_id, article, now)
    return int(old.revision) + 1


def correct_article(session: Session, article_id: int, article: Article, *, now: datetime) -> None:
    """Put a better reading of the same page in an article's place. Raise NoResultFound for an unknown id.

    No revision is made, for the page did not change; what stays is what ``revise_article`` keeps.
    """
    story_id = session.execute(select(articles.c.story_id).where(articles.c.id == article_id)).scalar_one()
    _replace(session, article_id, story_id, article, now)


def join_story(session: Session, article_id: int, story_id: int | None, article: Article, *, now: datetime) -> int:
    """Move an article to another story, or to one of its own (None); return the story.

    A canonical article takes all members of its story along, and the hits that the other story does not have: what
    was told of the one is not told again of the other.
    """
    old = session.execute(select(articles.c.story_id).where(articles.c.id == article_id)).scalar_one()
    leads = session.scalar(_CANONICAL, {"story_id": old}) == article_id
    if story_id is None:
        story_id = session.scalars(_BEGIN, {"created_at": now}).one()
        session.execute(_CROWN, {"story_id": story_id, "article_id": article_id})
    moved = articles.c.story_id == old if leads else articles.c.id == article_id
    session.execute(update(articles).where(moved).values(story_id=story_id))
    if leads:
        _move_hits(session, old, story_id)
        session.execute(_CROWN, {"story_id": old, "article_id": None})
    unindex(session, article_id)
    _describe_index(session, article_id, story_id, article)
    return story_id


def _move_hits(session: Session, old: int, new: int) -> None:
    there = hits.alias()
    is_there = exists().where(there.c.story_id == new, there.c.rule == hits.c.rule, there.c.token == hits.c.token)
    session.execute(update(hits).where(hits.c.story_id == old, ~is_there).values(story_id=new))


def _replace(session: Session, article_id: int, story_id: int, article: Article, now: datetime) -> None:
    new = {**_content(article), "updated_at": now}
    session.execute(update(articles).where(articles.c.id == article_id).values(**new))
    session.execute(delete(mentions).where(mentions.c.article_id == article_id))
    unindex(session, article_id)
    _describe(session, article_id, story_id, article)


def add_edge(session: Session, edge: Edge, *, now: datetime) -> None:
    """Record how one article stands to another; a later decision about the same two replaces the earlier one."""
    decided = {"verdict": edge.verdict, "evidence": evidence_json(edge.evidence)}
    row = insert_into(session, edges).values(from_id=edge.from_id, to_id=edge.to_id, created_at=now, **decided)
    session.execute(row.on_conflict_do_update(index_elements=["from_id", "to_id"], set_=decided))


def _describe(session: Session, article_id: int, story_id: int, article: Article) -> None:
    """Write the rows that hang on an article: mentions and the index."""
    if article.mentions:
        session.execute(insert(mentions), _mention_rows(article_id, article))
    _describe_index(session, article_id, story_id, article)


def _describe_index(session: Session, article_id: int, story_id: int, article: Article) -> None:
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
