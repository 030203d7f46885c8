"""Stories as the feed shows them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.feed.titles import HEAD, display_title
from storage.feed.views import StoryView
from storage.mentions import entities_of
from storage.stories import spreads
from storage.tables import articles, stories

__all__ = ["list_stories", "story_views"]

_ASKED = select(stories.c.id, stories.c.canonical_id, stories.c.created_at, articles.c.title, articles.c.url, HEAD)
_WITH_CANONICAL = _ASKED.join(articles, articles.c.id == stories.c.canonical_id)


def list_stories(session: Session, *, limit: int) -> tuple[StoryView, ...]:
    """Return the latest stories, newest first."""
    return story_views(session, session.scalars(select(stories.c.id).order_by(stories.c.id.desc()).limit(limit)).all())


def story_views(session: Session, story_ids: Sequence[int]) -> tuple[StoryView, ...]:
    """Return some stories, in the order of their ids here."""
    found = {row.id: row for row in session.execute(_WITH_CANONICAL.where(stories.c.id.in_(story_ids)))}
    spread = spreads(session, found)
    entities = entities_of(session, (row.canonical_id for row in found.values()))
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
        )
        for row in (found[story_id] for story_id in story_ids if story_id in found)
    )
