"""The answers of the feed, and their form as JSON.

Knows no tables. Times are aware UTC; as JSON they are RFC 3339 with six decimals and ``Z``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from storage.columns import utc_text
from storage.notices import Notice
from storage.records import Evidence, Published, Removed, Span
from storage.tagged import Considered, Mention, StatedFact

__all__ = [
    "AlertView",
    "ArticleSummary",
    "ArticleView",
    "Coverage",
    "DeliveryView",
    "EdgeView",
    "HitView",
    "ItemView",
    "RevisionView",
    "SourceHealth",
    "StoryView",
    "as_json",
]


def as_json(value: Any) -> Any:
    """Return ``value`` as JSON values: dataclasses as objects, enums by value, times as RFC 3339 in UTC.

    Raise TypeError for what has no such form.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(as_json(key)): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(item) for item in value]
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"expected a value with a form in JSON, found {type(value).__name__}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleSummary:
    """A line of the feed.

    ``title`` is never empty: an article without one shows its first sentence. ``entities`` are those it mentions,
    the most mentioned first, ``keywords`` a few words beside their names. ``outlets`` counts those that have the story;
    ``outcome`` is that of the address.
    """

    id: int
    story_id: int
    title: str
    url: str
    source_id: str
    publisher: str | None
    published: Published | None
    first_seen_at: datetime
    language: str | None
    verdict: str
    outcome: str | None
    entities: tuple[str, ...]
    keywords: tuple[str, ...]
    outlets: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeView:
    """How an article (``from_id``) stands to another (``to_id``); ``title`` is that of the one not asked about."""

    from_id: int
    to_id: int
    verdict: str
    title: str
    evidence: Evidence
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionView:
    """An earlier form of an article, and what the change away from it rests on."""

    number: int
    title: str | None
    text: str
    content_hash: str
    published: Published | None
    fetched_at: datetime
    replaced_at: datetime
    evidence: Evidence | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryView:
    """A message and how far it got."""

    id: int
    key: str
    channel: str
    reason: str
    state: str
    attempts: int
    due_at: datetime
    last_error: str | None
    detail: str | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitView:
    """A rule that holds for a story, the places that made it true, and the messages that told of it.

    ``notice`` is what the page says of its own report, where that is why it is told.
    """

    id: int
    rule: str
    story_id: int
    article_id: int
    reason: str
    spans: tuple[Span, ...]
    changes: tuple[tuple[str, str], ...]
    notice: Notice | None = None
    created_at: datetime
    deliveries: tuple[DeliveryView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """A hit with the article it was found in, under the title that this had then."""

    hit: HitView
    title: str
    url: str
    publisher: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """All that is known of an article. ``own_title`` is None where its page gives it no title.

    ``facts`` are what it states of regulations, ``unsure`` the names in it that were not sure enough to be mentions.
    """

    summary: ArticleSummary
    own_title: str | None
    canonical_url: str
    deck: str | None
    text: str
    derived: str | None
    modified: Published | None
    headings: tuple[str, ...]
    script: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    source: str | None
    keywords: tuple[str, ...]
    flags: tuple[str, ...]
    removed: tuple[Removed, ...]
    revision: int
    content_hash: str
    fetched_at: datetime
    updated_at: datetime
    mentions: tuple[Mention, ...]
    facts: tuple[StatedFact, ...]
    unsure: tuple[Considered, ...]
    revisions: tuple[RevisionView, ...]
    edges: tuple[EdgeView, ...]
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryView:
    """A story: its canonical article's title and address, and how far it went (outlets: first publisher first).

    ``revises`` are the stories that this one is a later form of. ``topic_id`` names the event that it reports together
    with other stories, ``topic_stories`` how many those are with this one; None and 0 where it stands alone.
    ``merged_into`` is the story that all of its articles went to, which leaves it without any.
    """

    id: int
    canonical_id: int
    title: str
    url: str
    article_count: int
    outlets: tuple[str, ...]
    first_seen_at: datetime
    entities: tuple[str, ...]
    revises: tuple[int, ...]
    topic_id: int | None
    topic_stories: int
    merged_into: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source does.

    ``stored`` counts articles, ``discovered`` addresses, ``outcomes`` how their items ended. ``silent_since`` is when
    it last had news, or when it was set up; ``is_silent`` says that this is too long ago. ``next_poll_at`` heeds a
    pause of its host. A source that the store has not met has neither. ``address`` is where permanent redirects have
    led for good. ``notices`` are what an operator should know: code and text; ``notices_since`` when each began.
    ``expected_per_day`` is how many new addresses a day its rhythm promises. ``last_found`` and ``last_overlap`` are of
    the last poll that brought a list: how many addresses, and how many of them the poll before had too.
    """

    id: str
    kind: str
    url: str
    host: str
    group: str | None
    active: bool
    interval_s: int
    next_poll_at: datetime | None
    paused_until: datetime | None
    pause_reason: str | None
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_new_at: datetime | None
    silent_since: datetime | None
    last_status: int | None
    last_error: str | None
    failures: int
    polls: int
    discovered: int
    stored: int
    pending: int
    outcomes: Mapping[str, int]
    address: str | None
    notices: tuple[tuple[str, str], ...]
    notices_since: Mapping[str, datetime]
    failing_since: datetime | None
    is_silent: bool
    expected_per_day: float | None
    last_found: int | None
    last_overlap: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """A discovered address and how it ended."""

    id: int
    url: str
    source_id: str
    title: str | None
    state: str
    outcome: str | None
    detail: str | None
    attempts: int
    due_at: datetime
    discovered_at: datetime
    settled_at: datetime | None
    article_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What a digest can vouch for: ``watched == ok + silent + failed``.

    A source failed if its last poll did; it is silent if it never answered or had no news for long. ``unsent`` counts
    messages that should have been sent: given up, tried in vain, or due for ten minutes.
    """

    watched: int
    ok: int
    silent: int
    failed: int
    unsent: int
