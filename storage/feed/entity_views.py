"""The answers about entities: who mentions them, and what the life of a regulation is, as articles tell it.

Knows no tables. Times are aware UTC, days those of UTC.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.feed.views import StoryView
from storage.records import Published
from storage.states import FactKind, Stage

__all__ = [
    "Amendment",
    "CountedName",
    "DayCount",
    "EntityDetail",
    "EntityLine",
    "FactLine",
    "FirstStated",
    "KnownFact",
    "LifeCycle",
    "StatedValue",
    "Upcoming",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityLine:
    """An entity that articles mention: how many of them, in how many stories, and when the last one was seen."""

    id: str
    kind: str
    articles: int
    stories: int
    last_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCount:
    """How many articles that mention an entity were first seen on a day, ``YYYY-MM-DD``."""

    day: str
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedName:
    """A spelling, a version or a size, and how many mentions have it."""

    value: str
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact:
    """A fact of a regulation that the catalogue holds, with where it was read."""

    what: FactKind
    value: str
    note: str | None = None
    source: str | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstStated:
    """The article that stated a fact first, by its date of publication, and its words.

    ``sentence[start:end]`` states it; a long sentence is cut around that.
    """

    article_id: int
    story_id: int
    title: str
    url: str
    outlet: str
    published: Published | None
    first_seen_at: datetime
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedValue:
    """One value of one kind of fact, and who states it. ``confidence`` (0-1) is that of the surest statement.

    ``writings`` are its other writings: the short and the full name of a body.
    """

    what: FactKind
    value: str
    writings: tuple[str, ...] = ()
    stories: int
    articles: int
    confidence: float
    first: FirstStated


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A value that stories state, that the catalogue holds, or both.

    ``first`` and ``confidence`` are None where no story states it. ``known`` are the facts of the catalogue that say
    the same, perhaps less precisely. ``conflicts`` are the other values of its kind that cannot be true beside it;
    ``corrected_by`` are those that a text states to correct it: they hold, it does not. ``put_off_to`` are the dates
    that it was moved to. ``writings`` are its other writings: the short and the full name of a body.
    """

    what: FactKind
    value: str
    writings: tuple[str, ...]
    stories: int
    articles: int
    confidence: float | None
    first: FirstStated | None
    known: tuple[KnownFact, ...]
    conflicts: tuple[str, ...]
    corrected_by: tuple[str, ...] = ()
    put_off_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming:
    """A date to come: ``days`` are left until it, None where its day is not known. ``notes`` are the catalogue's."""

    what: FactKind
    value: str
    days: int | None
    stories: int
    notes: tuple[str, ...]
    is_disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeCycle:
    """The life of a regulation as it was collected, on a day.

    ``stage`` is the latest one that a story states, ``stage_stories`` how many do. Where a date of effect, of failing
    or of repeal has passed since, it is what that date says: ``stage_date`` is that date, ``stage_stories`` count who
    states it, 0 for the catalogue alone; ``stated_stage`` is what the stories said; ``is_disputed``: others state
    another date; ``is_partial``: it is that of a part only. Where no story states a stage it is that of the last date
    that has passed, or the catalogue's; None where nothing tells.
    ``is_amended``: what is in force was amended. ``closed`` is the last day for comments on a draft, if it is over.
    ``upcoming`` are the dates to come, the next first. ``facts`` are the stages in their order, then the dates in that
    of a life, each kind in the order of time, then numbers and bodies, the most stated first. ``left_out`` counts
    further values; of each kind those that most stories state are listed.
    """

    stage: Stage | None
    stage_stories: int
    stage_date: str | None
    stated_stage: Stage | None
    is_disputed: bool
    is_partial: bool
    is_amended: bool
    closed: str | None
    upcoming: tuple[Upcoming, ...]
    facts: tuple[FactLine, ...]
    left_out: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What changes a regulation, or is to change it: its id, its own life, the latest stories that name it."""

    id: str
    articles: int
    stories: int
    life_cycle: LifeCycle
    latest: tuple[StoryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityDetail:
    """All that articles say of an entity.

    ``unsure`` counts the articles in which its name stands but was not sure enough to be a mention of it. ``days`` are
    the last ones, today last. ``spellings`` are without versions and sizes, which ``versions`` and ``sizes`` count;
    each begins with the most frequent. ``amendments`` are tracked by themselves. ``latest`` are the stories that
    mention it, by the latest article that does.
    """

    id: str
    articles: int
    stories: int
    outlets: int
    first_seen_at: datetime | None
    last_seen_at: datetime | None
    unsure: int
    days: tuple[DayCount, ...]
    spellings: tuple[CountedName, ...]
    versions: tuple[CountedName, ...]
    sizes: tuple[CountedName, ...]
    life_cycle: LifeCycle
    amendments: tuple[Amendment, ...]
    latest: tuple[StoryView, ...]
