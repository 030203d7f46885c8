"""The rows of the store, their keys and indexes.

The classes do not validate (SQLModel's tables never do); nothing outside ``storage`` sees them. Queries use the
tables that stand at the end of this file, whose columns are those of the classes; those of stories, of topics, of tags,
of channels, of routing, of the near-copy index and of the full-text index have files of their own. Every change needs a
migration; a test compares the two.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field

from storage.alert_tables import alert_groups, silenced_hits, silences, waiting_hits
from storage.channel_tables import channel_names, channel_states
from storage.columns import Bytes, Json, PlainText, Utc
from storage.near_tables import bands, fingerprints, sentences
from storage.row import COUNTED, PACKED, Row, partial, table_of
from storage.search_tables import search_states
from storage.story_tables import corrections, edges, stories, story_events
from storage.tag_tables import considered, dismissed, mentions, retags, sightings, stated_facts
from storage.topic_tables import profiles, story_terms, terms, topic_links, topics

__all__ = [
    "Row",
    "alert_groups",
    "articles",
    "bands",
    "channel_names",
    "channel_states",
    "considered",
    "corrections",
    "deliveries",
    "delivery_hits",
    "digests",
    "dismissed",
    "edges",
    "fingerprints",
    "hits",
    "hosts",
    "items",
    "lines",
    "mentions",
    "polls",
    "profiles",
    "raws",
    "retags",
    "revisions",
    "search_states",
    "sentences",
    "sightings",
    "silenced_hits",
    "silences",
    "sources",
    "stated_facts",
    "stories",
    "story_events",
    "story_terms",
    "tallies",
    "terms",
    "topic_links",
    "topics",
    "waiting_hits",
]

_PENDING = text("state = 'pending'")
_CLAIMED = text("claimed_by IS NOT NULL")
_REPEATED = text("seen > 1")
_UNSENT = text("state IN ('pending', 'sending')")
_TRIED = text("state IN ('pending', 'sending') AND last_error IS NOT NULL")


class HostRow(Row, table=True):
    """A host: when it may be visited again, and who visits it now."""

    __tablename__ = "host"

    key: str = Field(primary_key=True, sa_type=PlainText)
    not_before: datetime | None = Field(sa_type=Utc)
    pause_reason: str | None = Field(sa_type=PlainText)
    lease_owner: str | None = Field(sa_type=PlainText)
    leased_until: datetime | None = Field(sa_type=Utc)


class SourceRow(Row, table=True):
    """A configured source and what is remembered of it between polls; removed ones stay, inactive."""

    __tablename__ = "source"
    __table_args__ = (Index("ix_source_due", "active", "due_at"),)

    id: str = Field(primary_key=True, sa_type=PlainText)
    kind: str = Field(sa_type=PlainText)
    url: str = Field(sa_type=PlainText)
    host: str = Field(sa_type=PlainText, index=True)
    section: str | None = Field(sa_type=PlainText)
    active: bool
    every_s: int | None
    interval_s: int
    due_at: datetime = Field(sa_type=Utc)
    failures: int
    claimed_by: str | None = Field(sa_type=PlainText)
    lapses: int  # visits in a row that died while this source was theirs
    etag: str | None = Field(sa_type=PlainText)
    last_modified: str | None = Field(sa_type=PlainText)
    body_hash: str | None = Field(sa_type=PlainText)
    address: str | None = Field(sa_type=PlainText)  # where permanent redirects have led for good
    moved_to: str | None = Field(sa_type=PlainText)
    moved_times: int = Field(sa_column_kwargs={"server_default": "0"})
    pacing: dict[str, Any] = Field(sa_type=Json, sa_column_kwargs={"server_default": "{}"})
    notices: list[list[str]] = Field(sa_type=Json, sa_column_kwargs={"server_default": "[]"})
    settings_digest: str | None = Field(sa_type=PlainText)  # of what decides what a body yields
    cursor: dict[str, Any] = Field(sa_type=Json)
    last_keys: bytes | None = Field(sa_type=Bytes)  # digests of the keys that the last poll listed
    created_at: datetime = Field(sa_type=Utc)
    last_polled_at: datetime | None = Field(sa_type=Utc)
    last_success_at: datetime | None = Field(sa_type=Utc)
    last_new_at: datetime | None = Field(sa_type=Utc)
    last_status: int | None
    last_error: str | None = Field(sa_type=PlainText)
    polls: int
    discovered: int


class PollRow(Row, table=True):
    """The coverage ledger: one row for every poll that brought news or failed."""

    __tablename__ = "poll"
    __table_args__ = (Index("ix_poll_source", "source_id", "id"), COUNTED)

    id: int | None = Field(default=None, primary_key=True)
    source_id: str = Field(sa_type=PlainText, foreign_key="source.id")
    polled_at: datetime = Field(sa_type=Utc)
    status: int | None
    error: str | None = Field(sa_type=PlainText)
    found: int
    new: int
    changed: int
    known: int
    skipped: int
    overlap: int | None  # how many of the addresses the poll before listed too; None at the first
    bytes_read: int
    duration_s: float


class ItemRow(Row, table=True):
    """A discovered address, and how it ended."""

    __tablename__ = "item"
    __table_args__ = (
        partial("ix_item_due", "state", "host", "due_at", where=_PENDING),
        partial("ix_item_claimed", "host", where=_CLAIMED),
        Index("ix_item_state", "state", "id"),
        Index("ix_item_source", "source_id", "id"),
        COUNTED,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=PlainText, unique=True)
    source_id: str = Field(sa_type=PlainText, foreign_key="source.id")
    host: str = Field(sa_type=PlainText)
    url: str = Field(sa_type=PlainText, index=True)
    title: str | None = Field(sa_type=PlainText)
    published: dict[str, str] | None = Field(sa_type=Json)
    authors: list[str] = Field(sa_type=Json)
    version: str | None = Field(sa_type=PlainText)
    payload: bytes | None = Field(sa_type=Bytes)
    payload_type: str | None = Field(sa_type=PlainText)
    payload_at: datetime | None = Field(sa_type=Utc)
    content: bytes | None = Field(default=None, sa_type=Bytes)
    state: str = Field(sa_type=PlainText)
    outcome: str | None = Field(sa_type=PlainText)
    detail: str | None = Field(sa_type=PlainText)
    attempts: int
    claimed_by: str | None = Field(sa_type=PlainText)
    lapses: int  # visits in a row that died while this item was theirs
    due_at: datetime = Field(sa_type=Utc)
    discovered_at: datetime = Field(sa_type=Utc)
    settled_at: datetime | None = Field(sa_type=Utc)
    article_id: int | None = Field(foreign_key="article.id", index=True)


class RawRow(Row, table=True):
    """What an item was read from, compressed, to be read again; dropped by age and by size."""

    __tablename__ = "raw"
    __table_args__ = (Index("ix_raw_fetched", "fetched_at", "size"),)

    item_id: int = Field(primary_key=True, foreign_key="item.id")
    part: int = Field(primary_key=True)
    url: str = Field(sa_type=PlainText)
    content_type: str | None = Field(sa_type=PlainText)
    fetched_at: datetime = Field(sa_type=Utc)
    size: int  # bytes of ``body`` as kept
    body: bytes = Field(sa_type=Bytes)  # zstd


class LineRow(Row, table=True):
    """A short line that articles of a host hold near their edges, and how many different ones did."""

    __tablename__ = "line"
    __table_args__ = (
        Index("ix_line_seen", "seen_at"),
        partial("ix_line_learned", "host", "k", where=_REPEATED),
        PACKED,
    )

    host: str = Field(primary_key=True, sa_type=PlainText)
    k: int = Field(primary_key=True, sa_type=BigInteger)
    seen: int
    seen_at: datetime = Field(sa_type=Utc)


class TallyRow(Row, table=True):
    """How many items of a source ended how; only ever counts up."""

    __tablename__ = "tally"

    source_id: str = Field(primary_key=True, sa_type=PlainText)
    outcome: str = Field(primary_key=True, sa_type=PlainText)
    total: int


class ArticleRow(Row, table=True):
    """An article in its current form. ``text`` is the only place of its text."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_story", "story_id", "id"),
        Index("ix_article_source", "source_id", "id"),
        Index("ix_article_publisher", "publisher", "id"),
        Index("ix_article_declared_source", "declared_source", "id"),
        COUNTED,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=PlainText, unique=True)
    story_id: int = Field(foreign_key="story.id")
    source_id: str = Field(sa_type=PlainText)
    url: str = Field(sa_type=PlainText, index=True)
    canonical_url: str = Field(sa_type=PlainText)
    title: str | None = Field(sa_type=PlainText)
    deck: str | None = Field(sa_type=PlainText)
    headings: list[str] = Field(sa_type=Json)
    language: str | None = Field(sa_type=PlainText)
    script: str | None = Field(sa_type=PlainText)
    authors: list[str] = Field(sa_type=Json)
    editors: list[str] = Field(sa_type=Json)
    declared_source: str | None = Field(sa_type=PlainText)
    publisher: str | None = Field(sa_type=PlainText)
    published: dict[str, str] | None = Field(sa_type=Json)
    modified: dict[str, str] | None = Field(sa_type=Json)
    keywords: list[str] = Field(sa_type=Json)
    flags: list[str] = Field(sa_type=Json)
    removed: list[list[Any]] = Field(sa_type=Json)  # rule, text, lines above
    derived: str | None = Field(sa_type=PlainText)
    catalogue: str = Field(sa_type=PlainText, sa_column_kwargs={"server_default": ""})  # the version it was tagged with
    verdict: str = Field(sa_type=PlainText)
    precedence: str = Field(sa_type=PlainText, sa_column_kwargs={"server_default": ""})  # of two copies the less leads
    revision: int
    content_hash: str = Field(sa_type=PlainText, index=True)
    sketch_version: str = Field(sa_type=PlainText)
    fetched_at: datetime = Field(sa_type=Utc)
    first_seen_at: datetime = Field(sa_type=Utc, index=True)
    updated_at: datetime = Field(sa_type=Utc)
    text: str = Field(sa_type=PlainText)  # last: a query that wants the rest does not read through it


class RevisionRow(Row, table=True):
    """An earlier form of an article, and what the change away from it rests on."""

    __tablename__ = "revision"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    number: int = Field(primary_key=True)
    title: str | None = Field(sa_type=PlainText)
    content_hash: str = Field(sa_type=PlainText)
    published: dict[str, str] | None = Field(sa_type=Json)
    fetched_at: datetime = Field(sa_type=Utc)
    replaced_at: datetime = Field(sa_type=Utc)
    evidence: dict[str, Any] | None = Field(sa_type=Json)
    text: str = Field(sa_type=PlainText)


class HitRow(Row, table=True):
    """A rule that holds for a story; once for each rule, story and token."""

    __tablename__ = "hit"
    __table_args__ = (UniqueConstraint("rule", "story_id", "token"), Index("ix_hit_rule", "rule", "id"), COUNTED)

    id: int | None = Field(default=None, primary_key=True)
    rule: str = Field(sa_type=PlainText)
    story_id: int = Field(foreign_key="story.id", index=True)
    article_id: int = Field(foreign_key="article.id", index=True)
    reason: str = Field(sa_type=PlainText)
    token: str = Field(sa_type=PlainText)
    spans: list[dict[str, Any]] = Field(sa_type=Json)
    changes: list[list[str]] = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Utc)


class DigestRow(Row, table=True):
    """A digest that was composed: its appointed time and the last hit it could hold."""

    __tablename__ = "digest"
    __table_args__ = (UniqueConstraint("channel", "scheduled_at"), COUNTED)

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(sa_type=PlainText)
    scheduled_at: datetime = Field(sa_type=Utc)
    last_hit_id: int
    created_at: datetime = Field(sa_type=Utc)


class DeliveryRow(Row, table=True):
    """The outbox: one message to one channel."""

    __tablename__ = "delivery"
    __table_args__ = (
        partial("ix_delivery_unsent", "channel", "due_at", "id", where=_UNSENT),
        partial("ix_delivery_tried", "due_at", where=_TRIED),
        Index("ix_delivery_state", "state", "id"),
        COUNTED,
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(sa_type=PlainText, unique=True)
    channel: str = Field(sa_type=PlainText)
    reason: str = Field(sa_type=PlainText)
    payload: dict[str, Any] = Field(sa_type=Json)
    state: str = Field(sa_type=PlainText)
    attempts: int
    due_at: datetime = Field(sa_type=Utc)
    lease_owner: str | None = Field(sa_type=PlainText)
    leased_until: datetime | None = Field(sa_type=Utc)
    last_error: str | None = Field(sa_type=PlainText)
    detail: str | None = Field(sa_type=PlainText)  # what the receiver said when it took the message
    created_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(sa_type=Utc)


class DeliveryHitRow(Row, table=True):
    """Which hits a message speaks of."""

    __tablename__ = "delivery_hit"
    __table_args__ = (Index("ix_delivery_hit_delivery_id", "delivery_id"), PACKED)

    hit_id: int = Field(primary_key=True, foreign_key="hit.id")
    delivery_id: int = Field(primary_key=True, foreign_key="delivery.id")


hosts = table_of(HostRow)
sources = table_of(SourceRow)
polls = table_of(PollRow)
items = table_of(ItemRow)
tallies = table_of(TallyRow)
raws = table_of(RawRow)
lines = table_of(LineRow)
articles = table_of(ArticleRow)
revisions = table_of(RevisionRow)
hits = table_of(HitRow)
digests = table_of(DigestRow)
deliveries = table_of(DeliveryRow)
delivery_hits = table_of(DeliveryHitRow)
