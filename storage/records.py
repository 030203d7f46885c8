"""The values that pass between the steps and the store.

Frozen, keyword-only dataclasses, and the enums they use (``storage.states``); what tagging finds is in
``storage.tagged``. Knows nothing of tables, rows or sessions; holds no connections and no open files, so every value
may cross a process border. Times are aware UTC; offsets into texts are code points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.states import (
    Correction,
    DeliveryState,
    HitReason,
    ItemState,
    Outcome,
    StoryEventKind,
    VerdictKind,
)
from storage.tagged import Findings, Mention

__all__ = [
    "Article",
    "Candidate",
    "Correction",
    "Delivery",
    "DeliveryState",
    "Edge",
    "Evidence",
    "Hit",
    "HitReason",
    "HostVisit",
    "Item",
    "ItemState",
    "NewItem",
    "Outcome",
    "PollRecord",
    "Published",
    "RawPage",
    "Removed",
    "SourceSpec",
    "SourceState",
    "Span",
    "StoryEventKind",
    "StoryHit",
    "Validators",
    "VerdictKind",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A publication date as far as it is known.

    ``value`` is ISO 8601 cut to its precision, in the zone of the page: ``2023-07`` (month),
    ``2023-07-02`` (day), ``2023-07-02T08:30+08:00`` (minute), ``2023-07-02T08:30:15+08:00`` (second). ``origin``
    names where it was read: ``script``, ``json-ld``, ``meta``, ``byline``, ``url``, ``feed`` or ``text``.
    """

    value: str
    precision: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A line that cleaning took away, and the rule that did.

    ``above`` counts the lines of the text that stand above it; None where it stood outside of the body.
    """

    rule: str
    text: str
    above: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawPage:
    """A page as it was fetched, to be read again. ``content_type`` is the header's text."""

    url: str
    content_type: str | None
    fetched_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as read, ready to be stored.

    ``key`` is the hash of the canonical address. ``text`` is the cleaned body, paragraphs split by newlines,
    without the title. ``content_hash`` is the SHA-256 (hex) of the normalised body. ``sketch`` is None for texts
    too short to sketch; ``bands`` and ``sentences`` are signed 64-bit integers. ``modified`` is when the page says
    that it was last changed. ``derived`` is text about the article that is not part of it (a machine's summary): shown,
    never searched, compared or alerted on. ``precedence`` sorts copies: the least is the canonical one. ``terms`` are
    the words that say what it is about with how often each occurs (a word of the title counts more), the most telling
    first. ``findings`` is what tagging found besides the mentions.
    """

    key: str
    source_id: str
    url: str
    canonical_url: str
    title: str | None
    deck: str | None
    text: str
    headings: tuple[str, ...]
    language: str | None
    script: str | None
    authors: tuple[str, ...]
    editors: tuple[str, ...]
    source: str | None
    publisher: str | None
    published: Published | None
    modified: Published | None
    derived: str | None
    fetched_at: datetime
    content_hash: str
    sketch: bytes | None
    sketch_version: str
    bands: tuple[int, ...]
    sentences: tuple[int, ...]
    mentions: tuple[Mention, ...]
    keywords: tuple[str, ...]
    flags: tuple[str, ...]
    removed: tuple[Removed, ...]
    precedence: str = ""
    terms: tuple[tuple[str, int], ...] = ()
    findings: Findings = field(default_factory=Findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A stored article that may be the same text: what the near-copy index nominates."""

    article_id: int
    story_id: int
    is_canonical: bool
    title: str | None
    text: str
    content_hash: str
    precedence: str = ""
    band_hits: int
    sentence_hits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The numbers a verdict rests on; similarity and containments are 0-1.

    ``containment_a`` is the share of A's shingles that B holds, ``containment_b`` the reverse.
    ``number_conflicts``, ``name_conflicts`` and ``reversals`` (approved, not approved) are pairs ``(in A, in B)`` in
    equal context. ``title_similarity`` is None where a title is missing. ``letters`` counts the letters and digits of
    the shorter text (0 where an older version did not count them); ``is_marked`` says that one of the two is marked as
    a correction or an update.
    """

    similarity: float
    containment_a: float
    containment_b: float
    length_ratio: float
    number_conflicts: tuple[tuple[str, str], ...]
    rule_version: str
    name_conflicts: tuple[tuple[str, str], ...] = ()
    title_similarity: float | None = None
    letters: int = 0
    is_marked: bool = False
    reversals: tuple[tuple[str, str], ...] = ()

    @property
    def changes(self) -> tuple[tuple[str, str], ...]:
        """Return all pairs (in A, in B) that tell what became of a fact: numbers, names, then reversals."""
        return (*self.number_conflicts, *self.name_conflicts, *self.reversals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """How one article stands to another, with its evidence (A is ``from_id``, B is ``to_id``)."""

    from_id: int
    to_id: int
    verdict: VerdictKind
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A place that made a rule true: ``field[start:end] == surface``; ``term`` is what the rule asked for."""

    field: str
    start: int
    end: int
    surface: str
    term: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A rule that holds for a story, found through one of its articles."""

    rule: str
    story_id: int
    article_id: int
    reason: HitReason
    token: str  # with rule and story the identity: "" for new, the content hash for changed
    spans: tuple[Span, ...]
    changes: tuple[tuple[str, str], ...] = ()  # numbers "x -> y" of a changed story


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHit:
    """A hit with all that a message says of its story.

    ``article_count`` and ``outlets`` (names of sources, first publisher first) are those of the story when it was
    asked for; ``text`` is the body of the article that was hit.
    """

    hit_id: int
    hit: Hit
    title: str | None
    url: str
    source_id: str
    publisher: str | None
    published: Published | None
    first_seen_at: datetime
    text: str
    mentions: tuple[Mention, ...]
    article_count: int
    outlets: tuple[str, ...]
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One message in the outbox. ``payload`` is the rendered message as JSON values."""

    id: int
    key: str
    channel: str
    reason: str
    payload: dict[str, Any]
    state: DeliveryState
    attempts: int
    due_at: datetime
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What a server gave to ask again with; sent back verbatim."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSpec:
    """A configured source, as far as the store needs to know it. ``host`` is the key of its visits.

    ``digest`` changes when the same body would yield something else: other settings, or a newer parser.
    """

    id: str
    kind: str
    url: str
    host: str
    group: str | None
    every_s: int | None
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between polls.

    ``cursor`` belongs to its kind, ``pacing`` to the schedule (JSON values both). ``address`` is where permanent
    redirects have led for good, ``moved_to`` where the last ``moved_times`` polls were sent. ``notices`` are what an
    operator should know though polls succeed: code and text.
    """

    id: str
    kind: str
    url: str
    host: str
    group: str | None
    due_at: datetime
    interval_s: int
    failures: int
    validators: Validators
    body_hash: str | None
    cursor: dict[str, Any]
    last_polled_at: datetime | None
    last_success_at: datetime | None
    last_new_at: datetime | None
    last_error: str | None
    address: str | None = None
    moved_to: str | None = None
    moved_times: int = 0
    pacing: dict[str, Any] = field(default_factory=dict)
    notices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewItem:
    """An address that a poll discovered.

    A ``version`` other than the stored one makes a known address pending again (a changed file, an updated
    entry). So does another mark of the title or of the whole text ("" for none) that the source itself has ``told``.
    ``payload`` carries the bytes where the poll already has them, ``payload_type`` their content type and
    ``payload_at`` when they were fetched, if that was not now. ``content`` is a page (HTML in UTF-8) of what the source
    itself says, to be read where that of the address cannot be.
    """

    url: str
    key: str
    host: str
    title: str | None = None
    published: Published | None = None
    authors: tuple[str, ...] = ()
    version: str | None = None
    told: tuple[str, str] | None = None
    payload: bytes | None = None
    payload_type: str | None = None
    payload_at: datetime | None = None
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A discovered address, claimed to be read."""

    id: int
    source_id: str
    url: str
    key: str
    host: str
    title: str | None
    published: Published | None
    authors: tuple[str, ...]
    version: str | None
    payload: bytes | None
    payload_type: str | None
    payload_at: datetime | None
    attempts: int
    discovered_at: datetime
    content: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HostVisit:
    """The lease on a host: its due sources and pending items, oldest first.

    ``owner`` names this lease and no other; everything that the visit writes is fenced by it.
    """

    host: str
    owner: str
    sources: tuple[SourceState, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PollRecord:
    """What one poll of a source brought: the row of the coverage ledger and the source's next state.

    ``status`` is the HTTP status, or None where there was none; ``error`` is None for a poll that worked. What
    concerns addresses, pacing and notices is as in ``SourceState``, after this poll.
    """

    source_id: str
    polled_at: datetime
    next_due_at: datetime
    interval_s: int
    status: int | None = None
    error: str | None = None
    unchanged: bool = False
    bytes_read: int = 0
    duration_s: float = 0.0
    skipped: int = 0
    found: tuple[NewItem, ...] = ()
    validators: Validators = field(default_factory=Validators)
    body_hash: str | None = None
    cursor: dict[str, Any] = field(default_factory=dict)
    address: str | None = None
    moved_to: str | None = None
    moved_times: int = 0
    pacing: dict[str, Any] = field(default_factory=dict)
    notices: tuple[tuple[str, str], ...] = ()
