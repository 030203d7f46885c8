"""The answers about stories: who had them, how they stand to others, what became of them, why they were told or not.

Knows no tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.feed.views import AlertView, ArticleSummary, EdgeView, ItemView, StoryView
from storage.records import Evidence, Published
from storage.timing import Lag

__all__ = [
    "CorrectionView",
    "Explanation",
    "LeadView",
    "MemberView",
    "RelationView",
    "SameEventView",
    "StoryDetail",
    "StoryEventView",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberView:
    """An article of a story.

    ``verdict`` says what it is to the article ``compared_id`` and ``evidence`` why, with that one as A and this one as
    B. That is the canonical article, or one that people hold together with it; all three are None where neither was
    compared. ``lag`` is that behind the first article with a date, None where either date is missing. ``source`` is the
    outlet that the page names as its own source.
    """

    article_id: int
    is_canonical: bool
    title: str
    url: str
    outlet: str
    source: str | None
    published: Published | None
    first_seen_at: datetime
    lag: Lag | None
    compared_id: int | None
    verdict: str | None
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationView:
    """How a story stands to another one, by the articles that show it most clearly.

    ``relation`` is ``revises`` (this story is the later one), ``revised_by``, ``contains``, ``contained_in``,
    ``template_sibling``, or ``copy`` for a copy that another rule keeps apart. ``evidence`` reads from ``article_id``,
    of this story (A), to ``other_id``, of ``story_id`` (B). ``changes`` are pairs (earlier, later) of numbers and
    names, of ``revises`` and ``revised_by`` only.
    """

    relation: str
    story_id: int
    title: str
    outlet: str
    article_id: int
    other_id: int
    evidence: Evidence
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SameEventView:
    """Another story that tells of the same event in its own words, and why the two are taken for one event.

    ``via_story_id`` is the story that it was compared with, None for the one that the topic began with.
    """

    story: StoryView
    via_story_id: int | None
    score: float
    shared_entities: tuple[str, ...]
    shared_words: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEventView:
    """What became of a story after it began; see ``storage.states.StoryEventKind`` for what the ids mean.

    ``relation`` says, for a rule that stayed silent, how the story stands to the one that had told it, as in
    ``RelationView``; None where that is not known any more, and for other events.
    """

    id: int
    story_id: int
    at: datetime
    kind: str
    article_id: int | None
    other_id: int | None
    other_story_id: int | None
    detail: str | None
    relation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionView:
    """What a person said of two articles: ``together`` or ``apart``, and the stories that they are in now."""

    verdict: str
    article_id: int
    story_id: int
    other_id: int
    other_story_id: int
    note: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadView:
    """The canonical article of a story beside another of its articles, the next best where none was asked for.

    The better ``precedence`` is the smaller text.
    """

    article_id: int
    title: str
    outlet: str
    precedence: str
    next_id: int | None
    next_precedence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDetail:
    """All about a story.

    ``asked_id`` is the story that was asked for; another id than that of ``story`` where it went into this one.
    ``first`` is the article that was published first, None where no article has a date. ``members`` are a page of the
    articles in the order of publication, those without a date last; ``next_after`` asks for the next page. ``related``
    holds the clearest relations of each kind, ``related_counts`` how many other stories there are of each kind.
    ``same_event`` are other stories that tell of the same event in their own words; ``same_event_why`` says how this
    story came to be among them.
    """

    story: StoryView
    asked_id: int
    lead: LeadView
    first: MemberView | None
    members: tuple[MemberView, ...]
    next_after: int | None
    related: tuple[RelationView, ...]
    related_counts: Mapping[str, int]
    same_event: tuple[SameEventView, ...]
    same_event_why: str | None
    events: tuple[StoryEventView, ...]
    corrections: tuple[CorrectionView, ...]
    alerts: tuple[AlertView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why an article, or an address, was or was not told of: every decision on its way, as far as it came.

    ``lead`` stands beside the article, or beside the next best one where the article itself leads. ``events`` and
    ``corrections`` are those that concern the article.
    """

    items: tuple[ItemView, ...]
    article: ArticleSummary | None
    story: StoryView | None
    lead: LeadView | None
    edges: tuple[EdgeView, ...]
    events: tuple[StoryEventView, ...]
    corrections: tuple[CorrectionView, ...]
    alerts: tuple[AlertView, ...]
