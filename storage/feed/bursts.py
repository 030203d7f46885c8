"""How many new stories name each entity, by the hour: what bursts are told from.

A story counts in the hour of its first article that names the entity; an article counts when it was published, if its
page says that to the minute, else when it was first seen. One that was published more than two days before it was seen
is old: a source that was added, an archive that was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage.counts import StoryCounts
from storage.rows import AnyRow, published_from
from storage.tables import articles, mentions, stories
from storage.timing import earliest, latest

__all__ = ["count_stories", "counted_at"]

_OLD = timedelta(days=2)
_AT_ONCE = 1_000  # rows in memory
_HOUR = timedelta(hours=1)
_Place = tuple[int, int]
"""Story and hour."""


def count_stories(session: Session, *, days: int, now: datetime, entity: str | None = None) -> StoryCounts:
    """Count the new stories of the last ``days`` and of today until ``now``, of one entity or of all."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    begins_at = today - timedelta(days=days)
    places = _places(session, begins_at, now)
    return StoryCounts(
        begins_at=begins_at,
        watched_from=session.scalar(select(func.min(articles.c.first_seen_at))),
        total=_by_hour(places.values()),
        entities=_by_entity(session, places, entity),
    )


def _places(session: Session, begins_at: datetime, now: datetime) -> dict[int, _Place]:
    """Return the story and the hour of each article of a story that began since then."""
    asked = (
        select(articles.c.id, articles.c.story_id, articles.c.published, articles.c.first_seen_at)
        .join(stories, stories.c.id == articles.c.story_id)
        .where(
            articles.c.first_seen_at >= begins_at, articles.c.first_seen_at <= now, stories.c.created_at >= begins_at
        )
    )
    found = {}
    for row in session.execute(asked).yield_per(_AT_ONCE):
        moment = counted_at(row)
        if moment is not None and moment >= begins_at:
            found[row.id] = row.story_id, int((moment - begins_at) // _HOUR)
    return found


def counted_at(row: AnyRow) -> datetime | None:
    """Return when an article counts; None for an old one. None was published after it was seen."""
    seen: datetime = row.first_seen_at
    published = published_from(row.published)
    after = latest(published)
    if after is None or after >= seen:
        return seen
    if seen - after > _OLD:
        return None
    return after if after == earliest(published) else seen


def _by_entity(session: Session, places: Mapping[int, _Place], entity: str | None) -> dict[str, dict[int, int]]:
    if not places:
        return {}
    asked = select(mentions.c.entity, mentions.c.article_id).where(mentions.c.article_id >= min(places)).distinct()
    if entity is not None:
        asked = asked.where(mentions.c.entity == entity)
    found: dict[str, list[_Place]] = {}
    for row in session.execute(asked).yield_per(_AT_ONCE):
        if row.article_id in places:
            found.setdefault(row.entity, []).append(places[row.article_id])
    return {name: _by_hour(told) for name, told in found.items()}


def _by_hour(places: Iterable[_Place]) -> dict[int, int]:
    """Count stories, each in its first hour."""
    first: dict[int, int] = {}
    for story, hour in places:
        first[story] = min(hour, first.get(story, hour))
    return dict(Counter(first.values()))
