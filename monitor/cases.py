"""What the store knows of an article that the rules are asked about. Read-only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from monitor.answers import Case
from monitor.config import Config
from monitor.held import held_of
from storage.channel_names import names_now
from storage.feed import Explanation
from storage.feed.story_views import StoryEventView
from storage.feed.views import AlertView
from storage.hits import told_rules
from storage.records import StoryEventKind
from storage.silences import silence_of
from storage.story_moves import lineage
from storage.subjects import subjects_of
from storage.tables import articles, stories

__all__ = ["case_of"]


def case_of(session: Session, found: Explanation, config: Config, now: datetime) -> Case | None:
    """Return the case of an article with what was decided about it; None where none is stored."""
    if found.article is None:
        return None
    article = found.article
    groups = {source.id: source.group for source in config.sources}
    rules = {one.hit.id: one.hit.rule for one in found.alerts}
    return Case(
        article_id=article.id,
        subject=subjects_of(session, [article.id])[article.id],
        group=groups.get(article.source_id),
        story_id=article.story_id,
        alerts=found.alerts,
        elsewhere=_elsewhere(session, article.story_id, found.alerts),
        superseded=_superseded(session, found.alerts),
        told=told_rules(session, lineage(session, [article.story_id])) | _silent(article.id, found.events),
        silent=frozenset(_silent(article.id, found.events)),
        relations={one.detail: one.relation for one in found.events if one.detail and one.relation},
        held=held_of(session, rules, config, now),
        silenced=silence_of(session, list(rules)),
        renamed=_renamed(session, config),
    )


def _silent(article_id: int, events: Iterable[StoryEventView]) -> dict[str, int]:
    """Return the rules that held for an article and said nothing, each with the story that had told it."""
    return {
        one.detail: one.other_story_id
        for one in events
        if one.kind == StoryEventKind.SILENT and one.article_id == article_id and one.detail and one.other_story_id
    }


def _elsewhere(session: Session, story_id: int, alerts: Sequence[AlertView]) -> frozenset[int]:
    """Return the hits that speak of another story: neither they nor their articles are in this one."""
    abroad = [one.hit for one in alerts if one.hit.story_id != story_id]
    listed = sorted({hit.article_id for hit in abroad})
    asked = select(articles.c.id).where(articles.c.id.in_(listed), articles.c.story_id == story_id)
    here = set(session.scalars(asked)) if listed else set()
    return frozenset(hit.id for hit in abroad if hit.article_id not in here)


def _renamed(session: Session, config: Config) -> dict[str, str]:
    """Return what channels are called now, by the names that they had: by the configuration, and before that."""
    earlier = {old: channel.id for channel in config.channels for old in channel.was}
    used = {channel.id for channel in config.channels}
    known = {old: earlier.get(name, name) for old, name in names_now(session).items() if old not in used}
    return known | earlier


def _superseded(session: Session, alerts: Sequence[AlertView]) -> frozenset[int]:
    """Return the hits that stories kept which went into others: those have hits of their own of the same."""
    listed = sorted({one.hit.story_id for one in alerts})
    ended = set(
        session.scalars(select(stories.c.id).where(stories.c.id.in_(listed), stories.c.merged_into.is_not(None)))
    )
    return frozenset(one.hit.id for one in alerts if one.hit.story_id in ended)
