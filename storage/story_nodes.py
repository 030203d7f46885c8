"""What placing articles in stories reads of them: who leads, who follows, what was found out about two of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from storage.records import Edge, Evidence, Published, VerdictKind
from storage.rows import AnyRow, evidence_from, published_from
from storage.tables import articles, edges, revisions, stories

__all__ = [
    "StoryNode",
    "edges_about",
    "edges_from",
    "edits_of",
    "equals_of",
    "followers_of",
    "members_of",
    "sizes_of",
    "story_nodes",
    "texts_of",
]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryNode:
    """An article as far as its place needs it; ``lead`` is the canonical article of its story."""

    id: int
    key: str
    story_id: int
    lead: int
    verdict: VerdictKind
    precedence: str
    content_hash: str
    published: Published | None


_NODES = (
    select(
        articles.c.id,
        articles.c.key,
        articles.c.story_id,
        stories.c.canonical_id,
        articles.c.verdict,
        articles.c.precedence,
        articles.c.content_hash,
        articles.c.published,
    )
    .join(stories, stories.c.id == articles.c.story_id)
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
)
_TEXTS = select(articles.c.id, articles.c.title, articles.c.text).where(
    articles.c.id.in_(bindparam("ids", expanding=True))
)
_LEAD = articles.alias("lead")
_LED = (  # by way of the article: stories have no index by their canonical one
    select(stories.c.id)
    .join(_LEAD, _LEAD.c.story_id == stories.c.id)
    .where(_LEAD.c.id == bindparam("lead"), stories.c.canonical_id == bindparam("lead"))
    .scalar_subquery()
)
_FOLLOWERS = (
    select(articles.c.id).where(articles.c.story_id == _LED, articles.c.id != bindparam("lead")).order_by(articles.c.id)
)
_EQUALS = (
    select(articles.c.id)
    .where(articles.c.content_hash == bindparam("content_hash"))
    .order_by(articles.c.id)
    .limit(_AT_ONCE)
)
_ABOUT = select(edges).where(or_(edges.c.from_id == bindparam("node"), edges.c.to_id == bindparam("node")))


def story_nodes(session: Session, article_ids: Collection[int]) -> dict[int, StoryNode]:
    """Return articles with their places by their ids; unknown ids are left out."""
    return {row.id: _node(row) for ids in _parts(article_ids) for row in session.execute(_NODES, {"ids": ids})}


def equals_of(session: Session, content_hash: str) -> tuple[int, ...]:
    """Return the articles that have a text, by its hash; the first of very many."""
    return tuple(session.scalars(_EQUALS, {"content_hash": content_hash}))


def texts_of(session: Session, article_ids: Collection[int]) -> dict[int, tuple[str | None, str]]:
    """Return title and text of articles by their ids."""
    parts = _parts(article_ids)
    return {row.id: (row.title, row.text) for ids in parts for row in session.execute(_TEXTS, {"ids": ids})}


def followers_of(session: Session, lead: int) -> tuple[int, ...]:
    """Return the other articles of the story that an article leads."""
    return tuple(session.scalars(_FOLLOWERS, {"lead": lead}))


def members_of(session: Session, story_id: int) -> tuple[int, ...]:
    """Return all articles of a story."""
    return tuple(session.scalars(select(articles.c.id).where(articles.c.story_id == story_id).order_by(articles.c.id)))


def sizes_of(session: Session, story_ids: Collection[int]) -> dict[int, int]:
    """Return how many articles stories have."""
    sizes = select(articles.c.story_id, func.count().label("size")).group_by(articles.c.story_id)
    asked = (sizes.where(articles.c.story_id.in_(part)) for part in _parts(story_ids))
    return {row.story_id: row.size for one in asked for row in session.execute(one)}


def edges_about(session: Session, article_id: int) -> dict[int, Edge]:
    """Return what was last found out about an article and others, by their ids, in the direction that is kept."""
    found = map(_edge, session.execute(_ABOUT, {"node": article_id}))
    return {edge.to_id if edge.from_id == article_id else edge.from_id: edge for edge in found}


def edits_of(session: Session, article_id: int) -> tuple[Evidence, ...]:
    """Return what each change of an article's text under its address rests on, from the older form to the newer."""
    asked = select(revisions.c.evidence).where(revisions.c.article_id == article_id).order_by(revisions.c.number)
    return tuple(map(evidence_from, filter(None, session.scalars(asked))))


def edges_from(session: Session, article_ids: Collection[int]) -> Iterator[tuple[Edge, int]]:
    """Yield the edges that start from articles, each with the story of its other end."""
    asked = select(edges, articles.c.story_id).join(articles, articles.c.id == edges.c.to_id)
    for ids in _parts(article_ids):
        for row in session.execute(asked.where(edges.c.from_id.in_(ids))):
            yield _edge(row), row.story_id


def _node(row: AnyRow) -> StoryNode:
    return StoryNode(
        id=row.id,
        key=row.key,
        story_id=row.story_id,
        lead=row.canonical_id,
        verdict=VerdictKind(row.verdict),
        precedence=row.precedence,
        content_hash=row.content_hash,
        published=published_from(row.published),
    )


def _edge(row: AnyRow) -> Edge:
    return Edge(
        from_id=row.from_id,
        to_id=row.to_id,
        verdict=VerdictKind(row.verdict),
        evidence=evidence_from(row.evidence),
    )


def _parts(ids: Collection[int]) -> Iterator[list[int]]:
    listed = sorted(ids)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
