"""What became of a story, and what people said of its articles."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from storage.feed.relations import relations_to
from storage.feed.story_views import CorrectionView, StoryEventView
from storage.records import StoryEventKind
from storage.tables import articles, corrections, story_events

__all__ = [
    "corrections_of_article",
    "corrections_of_story",
    "events_of_article",
    "events_of_story",
    "events_since",
    "latest_event",
]

_SHOWN = 200  # the latest of them

_LOW, _HIGH = articles.alias("low"), articles.alias("high")


def events_of_story(session: Session, story_id: int) -> tuple[StoryEventView, ...]:
    """Return what became of a story, the latest last."""
    return _events(session, story_events.c.story_id == story_id)


def events_of_article(session: Session, story_id: int, article_id: int) -> tuple[StoryEventView, ...]:
    """Return what became of an article, and which rules had nothing to say of its story, the latest last."""
    concerned = or_(story_events.c.kind == StoryEventKind.SILENT, story_events.c.other_id == article_id)
    here = and_(story_events.c.story_id == story_id, concerned)
    return _events(session, or_(here, story_events.c.article_id == article_id))


def events_since(session: Session, event_id: int) -> tuple[StoryEventView, ...]:
    """Return what became of any story after an event, the latest last."""
    return _events(session, story_events.c.id > event_id)


def latest_event(session: Session) -> int:
    """Return the id of the latest event, 0 where there is none."""
    return session.scalar(select(func.max(story_events.c.id))) or 0


def corrections_of_story(session: Session, story_id: int) -> tuple[CorrectionView, ...]:
    """Return what people said of the articles of a story, which stand first in each answer; the latest last."""
    members = select(articles.c.id).where(articles.c.story_id == story_id)
    concerned = or_(corrections.c.low_id.in_(members), corrections.c.high_id.in_(members))
    return tuple(_from(one, story_id) for one in _corrections(session, concerned))


def corrections_of_article(session: Session, article_id: int) -> tuple[CorrectionView, ...]:
    """Return what people said of an article and others; it stands first in each answer, the latest comes last."""
    concerned = or_(corrections.c.low_id == article_id, corrections.c.high_id == article_id)
    found = _corrections(session, concerned)
    return tuple(one if one.article_id == article_id else _swapped(one) for one in found)


def _events(session: Session, *conditions: ColumnElement[bool]) -> tuple[StoryEventView, ...]:
    asked = select(story_events).where(*conditions).order_by(story_events.c.id.desc()).limit(_SHOWN)
    found = [StoryEventView(**row._mapping) for row in reversed(session.execute(asked).all())]
    silent = {one.story_id for one in found if one.kind == StoryEventKind.SILENT}
    ways = {(story, other): way for story in silent for other, way in relations_to(session, story).items()}
    return tuple(
        replace(one, relation=ways.get((one.story_id, one.other_story_id or 0)))
        if one.kind == StoryEventKind.SILENT
        else one
        for one in found
    )


def _corrections(session: Session, condition: ColumnElement[bool]) -> list[CorrectionView]:
    asked = select(corrections, _LOW.c.story_id.label("low_story"), _HIGH.c.story_id.label("high_story"))
    asked = asked.join(_LOW, _LOW.c.id == corrections.c.low_id).join(_HIGH, _HIGH.c.id == corrections.c.high_id)
    latest_first = (corrections.c.created_at.desc(), corrections.c.low_id, corrections.c.high_id)
    return [
        CorrectionView(
            verdict=row.verdict,
            article_id=row.low_id,
            story_id=row.low_story,
            other_id=row.high_id,
            other_story_id=row.high_story,
            note=row.note,
            created_at=row.created_at,
        )
        for row in reversed(session.execute(asked.where(condition).order_by(*latest_first).limit(_SHOWN)).all())
    ]


def _from(view: CorrectionView, story_id: int) -> CorrectionView:
    return view if view.story_id == story_id else _swapped(view)


def _swapped(view: CorrectionView) -> CorrectionView:
    return CorrectionView(
        verdict=view.verdict,
        article_id=view.other_id,
        story_id=view.other_story_id,
        other_id=view.article_id,
        other_story_id=view.story_id,
        note=view.note,
        created_at=view.created_at,
    )
