"""What rules would have hit among the articles of the store, asked as they are when an article comes in.

Goes through ``alerts.match`` like ``monitor.record``, at the time when each article was first seen, with the text and
the names that the store has of it now. Read-only: hits, messages and events stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from alerts.match import RuleMatch, match
from alerts.rules import RuleSet
from storage.fold import fold
from storage.query.subject import FIELDS, Subject
from storage.records import Span
from storage.subjects import subjects_of
from storage.tables import articles

__all__ = ["Context", "Found", "Hits", "Stretch", "Tried", "Watch", "ask_page", "stretch_since"]

PAGE = 200
"""Articles that are read and asked at once."""
_BESIDE = 4
"""Characters on either side of a place that make out its context."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Rules, and in which group each watched source is."""

    rules: RuleSet
    groups: Mapping[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """The articles first seen since a time: how many, with ids above ``after_id``."""

    since: datetime
    after_id: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An article that was asked, with the rules of each watch that hold for it."""

    article_id: int
    story_id: int
    subject: Subject
    matches: tuple[tuple[RuleMatch, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The first article of a story that is hit."""

    article_id: int
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Words around a place that stories share: how many of them, and the article that showed it last."""

    stories: int
    article_id: int


@dataclass(slots=True, kw_only=True)
class Hits:
    """What one rule would have hit: a count of articles, and each story with the first article of it."""

    zone: tzinfo
    articles: int = 0
    stories: dict[int, Found] = field(default_factory=dict)
    days: Counter[date] = field(default_factory=Counter)
    _contexts: Counter[str] = field(default_factory=Counter)
    _latest: dict[str, int] = field(default_factory=dict)

    def add(self, one: Tried, found: RuleMatch) -> None:
        """Count an article; articles are given by id."""
        self.articles += 1
        if one.story_id in self.stories:
            return
        seen_at = one.subject.first_seen_at
        self.stories[one.story_id] = Found(article_id=one.article_id, first_seen_at=seen_at)
        self.days[seen_at.astimezone(self.zone).date()] += 1
        for context in {_context(one.subject, span) for span in found.spans[:1]}:
            self._contexts[context] += 1
            self._latest[context] = one.article_id

    def contexts(self, limit: int) -> tuple[Context, ...]:
        """Return the contexts that most stories share; of those that are as common the latest first."""
        common = sorted(self._contexts.items(), key=lambda item: (-item[1], -self._latest[item[0]]))
        return tuple(Context(stories=count, article_id=self._latest[name]) for name, count in common[:limit])


def stretch_since(session: Session, since: datetime) -> Stretch:
    """Return the articles that are to be asked."""
    asked = select(func.min(articles.c.id), func.count()).where(articles.c.first_seen_at >= since)
    first, total = session.execute(asked).one()
    return Stretch(since=since, after_id=(first or 1) - 1, total=total)


def ask_page(session: Session, watches: Sequence[Watch], stretch: Stretch, after_id: int) -> tuple[Tried, ...]:
    """Return the next articles of a stretch behind an id, by id, with what holds for each; none at its end."""
    where = (articles.c.first_seen_at >= stretch.since, articles.c.id > after_id)
    asked = select(articles.c.id, articles.c.story_id).where(*where).order_by(articles.c.id).limit(PAGE)
    stories = {row.id: row.story_id for row in session.execute(asked)}
    return tuple(_tried(stories, subjects_of(session, list(stories)), watches))


def _tried(stories: Mapping[int, int], subjects: Mapping[int, Subject], watches: Sequence[Watch]) -> Iterator[Tried]:
    for article_id, story_id in stories.items():
        subject = subjects[article_id]
        matches = tuple(
            match(watch.rules, subject, watch.groups.get(subject.source_id), subject.first_seen_at) for watch in watches
        )
        yield Tried(article_id=article_id, story_id=story_id, subject=subject, matches=matches)


def _context(subject: Subject, span: Span) -> str:
    text = (subject.title or "") if span.field == FIELDS[0] else subject.text
    return fold(text[max(0, span.start - _BESIDE) : span.end + _BESIDE])
