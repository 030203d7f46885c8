"""Stories as the feed shows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.feed.relations import revised_by_stories
from storage.feed.titles import HEAD, display_title
from storage.feed.topics import topic_sizes
from storage.feed.views import StoryView
from storage.mentions import entities_of
from storage.stories import spreads
from storage.tables import articles, stories

__all__ = ["list_stories", "story_views"]

_ASKED = select(
    stories.c.id,
    stories.c.canonical_id,
    stories.c.merged_into,
    stories.c.created_at,
    articles.c.title,
    articles.c.url,
    HEAD,
)
_NO_TOPIC = (None, 0)
_WITH_CANONICAL = _ASKED.join(articles, articles.c.id == stories.c.canonical_id)


def list_stories(session: Session, *, limit: int) -> tuple[StoryView, ...]:
    """Return the latest stories that have articles, newest first."""
    living = select(stories.c.id).where(stories.c.canonical_id.is_not(None), stories.c.merged_into.is_(None))
    return story_views(session, session.scalars(living.order_by(stories.c.id.desc()).limit(limit)).all())


def story_views(session: Session, story_ids: Sequence[int]) -> tuple[StoryView, ...]:
    """Return some stories, in the order of their ids here; those without articles are left out."""
    found = {row.id: row for row in session.execute(_WITH_CANONICAL.where(stories.c.id.in_(story_ids)))}
    spread = spreads(session, found)
    entities = entities_of(session, (row.canonical_id for row in found.values()))
    revised = revised_by_stories(session, found)
    topics = topic_sizes(session, found)
    return tuple(
        StoryView(
            id=row.id,
            canonical_id=row.canonical_id,
            title=display_title(row.title, row.head),
            url=row.url,
            article_count=spread[row.id].article_count,
            outlets=spread[row.id].outlets,
            first_seen_at=row.created_at,
            entities=entities.get(row.canonical_id, ()),
            revises=revised.get(row.id, ()),
            topic_id=topics.get(row.id, _NO_TOPIC)[0],
            topic_stories=topics.get(row.id, _NO_TOPIC)[1],
            merged_into=row.merged_into,
        )
        for row in (found[story_id] for story_id in story_ids if story_id in found)
    )
