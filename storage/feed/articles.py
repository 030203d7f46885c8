"""Articles: the feed's lines, and all about one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, case, or_, select
from sqlalchemy.orm import Session

from storage.feed.alerts import hits_where
from storage.feed.titles import HEAD, display_title
from storage.feed.views import ArticleSummary, ArticleView, EdgeView, RevisionView
from storage.findings import considered_in, stated_in
from storage.keywords import shown_keywords
from storage.mentions import entities_of, mentions_of
from storage.outlets import OUTLET
from storage.rows import AnyRow, evidence_from, published_from, removed_from
from storage.states import Tagging
from storage.stories import spreads
from storage.tables import articles, edges, hits, items, mentions, revisions

__all__ = ["edges_of", "get_article", "headlines", "list_articles", "placed_in", "places_of", "summaries"]

_SUMMARY = select(
    articles.c.id,
    articles.c.story_id,
    articles.c.title,
    articles.c.url,
    articles.c.source_id,
    articles.c.publisher,
    articles.c.published,
    articles.c.first_seen_at,
    articles.c.language,
    articles.c.verdict,
    HEAD,
)


def list_articles(
    session: Session, *, limit: int, before_id: int | None = None, entity: str | None = None, source: str | None = None
) -> tuple[ArticleSummary, ...]:
    """Return a page of the feed, newest first: up to ``limit`` articles with ids below ``before_id``.

    ``entity`` and ``source`` keep those that mention an entity or come from a source.
    """
    asked = _by_entity(entity) if entity is not None else select(articles.c.id.label("id"))
    article_id = mentions.c.article_id if entity is not None else articles.c.id
    if source is not None:
        asked = asked.where(articles.c.source_id == source)
    if before_id is not None:
        asked = asked.where(article_id < before_id)
    return summaries(session, session.scalars(asked.order_by(article_id.desc()).limit(limit)).all())


def summaries(session: Session, article_ids: Sequence[int]) -> tuple[ArticleSummary, ...]:
    """Return the lines of the feed for some articles, in the order of their ids here; unknown ids are left out."""
    found = {row.id: row for row in session.execute(_SUMMARY.where(articles.c.id.in_(article_ids)))}
    entities = entities_of(session, found)
    keywords = shown_keywords(session, found)
    outcomes = _outcomes(session, found)
    spread = spreads(session, (row.story_id for row in found.values()))
    return tuple(
        ArticleSummary(
            id=row.id,
            story_id=row.story_id,
            title=display_title(row.title, row.head),
            url=row.url,
            source_id=row.source_id,
            publisher=row.publisher,
            published=published_from(row.published),
            first_seen_at=row.first_seen_at,
            language=row.language,
            verdict=row.verdict,
            outcome=outcomes.get(row.id),
            entities=entities.get(row.id, ()),
            keywords=keywords.get(row.id, ()),
            outlets=len(spread[row.story_id].outlets),
        )
        for row in (found[article_id] for article_id in article_ids if article_id in found)
    )


def get_article(session: Session, article_id: int) -> ArticleView | None:
    """Return all about one article, None for an unknown id."""
    row = session.execute(select(articles).where(articles.c.id == article_id)).one_or_none()
    if row is None:
        return None
    (summary,) = summaries(session, [article_id])
    return ArticleView(
        summary=summary,
        own_title=row.title,
        canonical_url=row.canonical_url,
        deck=row.deck,
        text=row.text,
        derived=row.derived,
        modified=published_from(row.modified),
        headings=tuple(row.headings),
        script=row.script,
        authors=tuple(row.authors),
        editors=tuple(row.editors),
        source=row.declared_source,
        keywords=tuple(row.keywords),
        flags=tuple(row.flags),
        removed=tuple(removed_from(line) for line in row.removed),
        revision=row.revision,
        content_hash=row.content_hash,
        fetched_at=row.fetched_at,
        updated_at=row.updated_at,
        mentions=mentions_of(session, [article_id]).get(article_id, ()),
        facts=stated_in(session, [article_id]).get(article_id, ()),
        unsure=considered_in(session, article_id, [Tagging.UNSURE]),
        revisions=_revisions(session, article_id),
        edges=edges_of(session, article_id),
        hits=hits_where(session, hits.c.story_id == row.story_id),
    )


def headlines(session: Session, article_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return title and outlet of each of these articles; unknown ids are left out."""
    rows = session.execute(select(articles.c.id, articles.c.title, OUTLET, HEAD).where(articles.c.id.in_(article_ids)))
    return {row.id: (display_title(row.title, row.head), row.outlet) for row in rows}


def placed_in(session: Session, story_ids: Sequence[int]) -> dict[int, int]:
    """Return the story of every article that is in one of these stories, by the article's id."""
    return _places(session, articles.c.story_id.in_(story_ids))


def places_of(session: Session, article_ids: Sequence[int]) -> dict[int, int]:
    """Return the story of each of these articles; unknown ids are left out."""
    return _places(session, articles.c.id.in_(article_ids))


def edges_of(session: Session, article_id: int) -> tuple[EdgeView, ...]:
    """Return how an article stands to others, the latest decision last."""
    other = case((edges.c.from_id == article_id, edges.c.to_id), else_=edges.c.from_id)
    asked = select(edges, articles.c.title, HEAD)
    asked = asked.join(articles, articles.c.id == other)
    asked = asked.where(or_(edges.c.from_id == article_id, edges.c.to_id == article_id))
    in_order = asked.order_by(edges.c.created_at, edges.c.from_id, edges.c.to_id)
    return tuple(_edge(row) for row in session.execute(in_order))


def _places(session: Session, condition: ColumnElement[bool]) -> dict[int, int]:
    asked = select(articles.c.id, articles.c.story_id).where(condition).order_by(articles.c.id)
    return {row.id: row.story_id for row in session.execute(asked)}


def _by_entity(entity: str) -> Select[Any]:
    asked = select(mentions.c.article_id).distinct().join(articles, articles.c.id == mentions.c.article_id)
    return asked.where(mentions.c.entity == entity)


def _outcomes(session: Session, article_ids: Iterable[int]) -> dict[int, str]:
    asked = select(items.c.article_id, items.c.outcome).where(items.c.article_id.in_(list(article_ids)))
    settled = asked.where(items.c.outcome.is_not(None)).order_by(items.c.settled_at, items.c.id)
    return {row.article_id: row.outcome for row in session.execute(settled)}


def _revisions(session: Session, article_id: int) -> tuple[RevisionView, ...]:
    asked = select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.number)
    return tuple(
        RevisionView(
            number=row.number,
            title=row.title,
            text=row.text,
            content_hash=row.content_hash,
            published=published_from(row.published),
            fetched_at=row.fetched_at,
            replaced_at=row.replaced_at,
            evidence=None if row.evidence is None else evidence_from(row.evidence),
        )
        for row in session.execute(asked)
    )


def _edge(row: AnyRow) -> EdgeView:
    return EdgeView(
        from_id=row.from_id,
        to_id=row.to_id,
        verdict=row.verdict,
        title=display_title(row.title, row.head),
        evidence=evidence_from(row.evidence),
        created_at=row.created_at,
    )
