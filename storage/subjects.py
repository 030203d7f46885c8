"""Stored articles as queries look at them. Read-only."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.findings import stated_in
from storage.mentions import mentions_of
from storage.query.subject import Subject, stages_in, stages_stated
from storage.rows import published_from
from storage.tables import articles, sources

__all__ = ["groups_of_articles", "groups_of_sources", "subjects_of"]

_SUBJECT = select(
    articles.c.id,
    articles.c.title,
    articles.c.text,
    articles.c.source_id,
    articles.c.first_seen_at,
    articles.c.published,
    articles.c.publisher,
    articles.c.declared_source,
    articles.c.authors,
    articles.c.editors,
    articles.c.language,
    articles.c.script,
)


def subjects_of(session: Session, article_ids: Sequence[int]) -> dict[int, Subject]:
    """Return what queries look at in each of these articles; unknown ids are left out."""
    mentions, facts = mentions_of(session, article_ids), stated_in(session, article_ids)
    return {
        row.id: Subject(
            title=row.title,
            text=row.text,
            source_id=row.source_id,
            first_seen_at=row.first_seen_at,
            published=published_from(row.published),
            mentions=mentions.get(row.id, ()),
            stages=stages_in(facts.get(row.id, ())),
            stated=stages_stated(facts.get(row.id, ())),
            publisher=row.publisher,
            declared_source=row.declared_source,
            authors=tuple(row.authors),
            editors=tuple(row.editors),
            language=row.language,
            script=row.script,
        )
        for row in session.execute(_SUBJECT.where(articles.c.id.in_(article_ids)))
    }


def groups_of_sources(session: Session) -> dict[str, str | None]:
    """Return in which group each source is, those that are no longer watched too."""
    return {row.id: row.section for row in session.execute(select(sources.c.id, sources.c.section))}


def groups_of_articles(session: Session, article_ids: Sequence[int]) -> dict[int, str | None]:
    """Return the group of the source of each article, without what the articles say."""
    asked = select(articles.c.id, sources.c.section).join(sources, sources.c.id == articles.c.source_id)
    return {row.id: row.section for row in session.execute(asked.where(articles.c.id.in_(article_ids)))}
