"""Hits of articles that left a story together: what the story that they left kept them from telling is told again.

Does not decide which articles leave.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, select, update
from sqlalchemy.orm import Session

from storage.channel_names import called_now
from storage.rows import AnyRow
from storage.states import StoryEventKind
from storage.tables import articles, deliveries, delivery_hits, hits, stories, story_events, waiting_hits
from storage.told import GIVEN_UP
from storage.waiting import settle

__all__ = ["return_hits"]


def return_hits(session: Session, story_id: int, origin: int) -> None:
    """Give the hits back to their articles of which only one was to be told while two stories were one.

    ``story_id`` split off from ``origin``, its articles are in it. What a channel was told of the one while they were
    one it was told of both; where that is all of a hit, it stays with the story that ended.
    """
    left = _hits(session, hits.c.story_id == origin, in_story=story_id)
    for kept, spare in _untold(session, left, _spare(session, in_story=origin)):
        _move(session, kept.id, story_id)
        _move(session, spare.id, origin)
    stayed = _hits(session, hits.c.story_id == origin, in_story=origin)
    for _, spare in _untold(session, stayed, _spare(session, in_story=story_id)):
        _move(session, spare.id, story_id)


def _spare(session: Session, *, in_story: int) -> Sequence[AnyRow]:
    """Return the hits of a story's articles that were left with stories that ended."""
    ended = select(stories.c.id).where(stories.c.merged_into.is_not(None))
    return _hits(session, hits.c.story_id.in_(ended), in_story=in_story)


def _hits(session: Session, condition: ColumnElement[bool], *, in_story: int) -> Sequence[AnyRow]:
    asked = select(hits.c.id, hits.c.rule, hits.c.token, hits.c.story_id)
    asked = asked.join(articles, articles.c.id == hits.c.article_id)
    return session.execute(asked.where(articles.c.story_id == in_story, condition).order_by(hits.c.id)).all()


def _untold(session: Session, kept: Sequence[AnyRow], spare: Sequence[AnyRow]) -> Iterator[tuple[AnyRow, AnyRow]]:
    """Yield the hits that were in use with those that say the same and are to be told, too, or were before."""
    first: dict[tuple[str, str], AnyRow] = {}
    for row in spare:
        first.setdefault((row.rule, row.token), row)
    for row in kept:
        other = first.get((row.rule, row.token))
        if other is not None and _has_news(session, other, row.id):
            yield row, other


def _has_news(session: Session, spare: AnyRow, kept: int) -> bool:
    """Let a hit wait no longer for channels that were told it by another one; say whether anything is left of it."""
    told = select(called_now()).join_from(deliveries, delivery_hits, delivery_hits.c.delivery_id == deliveries.c.id)
    as_one = told.where(delivery_hits.c.hit_id == kept, deliveries.c.created_at >= _merged_at(spare.story_id))
    as_one = as_one.where(deliveries.c.state.not_in(GIVEN_UP))
    for channel in set(session.scalars(as_one)):
        settle(session, [spare.id], channel=channel)
    waits = select(waiting_hits.c.channel).where(waiting_hits.c.hit_id == spare.id)
    alone = told.where(delivery_hits.c.hit_id == spare.id)
    return any(session.scalar(asked.limit(1)) is not None for asked in (waits, alone))


def _merged_at(story_id: int) -> ScalarSelect[datetime]:
    """Return when a story went into another one."""
    asked = select(func.max(story_events.c.at)).join(stories, stories.c.merged_into == story_events.c.story_id)
    merged = (story_events.c.kind == StoryEventKind.MERGED, story_events.c.other_story_id == story_id)
    return asked.where(stories.c.id == story_id, *merged).scalar_subquery()


def _move(session: Session, hit_id: int, story_id: int) -> None:
    session.execute(update(hits).where(hits.c.id == hit_id).values(story_id=story_id))
