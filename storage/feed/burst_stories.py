"""Which stories a burst is made of, those that most outlets have first. Read-only."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from storage.feed.bursts import counted_at
from storage.outlets import OUTLET
from storage.rows import AnyRow
from storage.stories import Spread, spreads
from storage.tables import articles, mentions, stories

__all__ = ["BurstStory", "stories_of_burst"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BurstStory:
    """A story, by an article of it that names the entity. ``outlets`` have it, the first of them had it first."""

    story_id: int
    article_id: int
    title: str | None
    url: str
    outlets: tuple[str, ...]


def stories_of_burst(session: Session, entity: str, *, since: datetime, most: int) -> tuple[BurstStory, ...]:
    """Return up to ``most`` of the stories that name an entity and count (``storage.feed.bursts``) since a time.

    Those that most outlets have come first, then the latest. A story is shown by its canonical article where that names
    the entity, else by the first that does.
    """
    told: dict[int, list[AnyRow]] = defaultdict(list)
    for row in session.execute(_naming(entity, since)):
        told[row.story_id].append(row)
    new = [story for story, rows in told.items() if _is_since(rows, since)]
    widest = sorted(new, key=lambda story: (-len({row.outlet for row in told[story]}), -story))[:most]
    spread = spreads(session, widest)
    return tuple(_story(told[story], spread[story]) for story in widest)


def _naming(entity: str, since: datetime) -> Select[Any]:
    """Return the question for the articles seen since a time that name an entity, of stories that began since."""
    first = select(func.min(articles.c.id)).where(articles.c.first_seen_at >= since).scalar_subquery()
    named = select(mentions.c.article_id).where(mentions.c.entity == entity, mentions.c.article_id >= first)
    asked = select(
        articles.c.id,
        articles.c.story_id,
        articles.c.title,
        articles.c.url,
        OUTLET,
        articles.c.published,
        articles.c.first_seen_at,
        stories.c.canonical_id,
    ).join(stories, stories.c.id == articles.c.story_id)
    asked = asked.where(articles.c.id.in_(named), stories.c.created_at >= since)
    return asked.order_by(articles.c.id)


def _is_since(rows: list[AnyRow], since: datetime) -> bool:
    """Say whether the first of the articles that count does since a time."""
    moments = [moment for row in rows if (moment := counted_at(row)) is not None]
    return bool(moments) and min(moments) >= since


def _story(rows: list[AnyRow], spread: Spread) -> BurstStory:
    shown = next((row for row in rows if row.id == row.canonical_id), rows[0])
    return BurstStory(
        story_id=shown.story_id, article_id=shown.id, title=shown.title, url=shown.url, outlets=spread.outlets
    )
