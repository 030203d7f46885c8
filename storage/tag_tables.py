"""The rows of tagging: names in articles and those not sure enough, facts of regulations, names nobody tracks yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Index
from sqlmodel import Field

from storage.columns import Json, PlainText, Utc
from storage.row import PACKED, Row, table_of

__all__ = ["considered", "dismissed", "mentions", "retags", "sightings", "stated_facts"]


class MentionRow(Row, table=True):
    """A tracked name in an article: ``field[start:stop]``."""

    __tablename__ = "mention"
    __table_args__ = (Index("ix_mention_entity", "entity", "article_id"), PACKED)

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    field: str = Field(primary_key=True, sa_type=PlainText)
    start: int = Field(primary_key=True)
    stop: int = Field(primary_key=True)
    entity: str = Field(primary_key=True, sa_type=PlainText)
    kind: str = Field(sa_type=PlainText)
    surface: str = Field(sa_type=PlainText)
    version: str | None = Field(sa_type=PlainText)
    how: str = Field(sa_type=PlainText)
    confidence: float
    size: str | None = Field(sa_type=PlainText)
    reasons: list[list[Any]] = Field(sa_type=Json, sa_column_kwargs={"server_default": "[]"})
    variant: str | None = Field(sa_type=PlainText)


class ConsideredRow(Row, table=True):
    """A spelling of a tracked name that was not taken for one: ``field[start:stop]``."""

    __tablename__ = "considered"
    __table_args__ = (Index("ix_considered_entity", "entity", "article_id"), PACKED)

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    field: str = Field(primary_key=True, sa_type=PlainText)
    start: int = Field(primary_key=True)
    stop: int = Field(primary_key=True)
    entity: str = Field(primary_key=True, sa_type=PlainText)
    kind: str = Field(sa_type=PlainText)
    surface: str = Field(sa_type=PlainText)
    outcome: str = Field(sa_type=PlainText)
    reasons: list[list[Any]] = Field(sa_type=Json)


class StatedFactRow(Row, table=True):
    """What an article states of a regulation: ``field[start:stop]`` says it."""

    __tablename__ = "stated_fact"
    __table_args__ = (Index("ix_stated_fact_entity", "entity", "article_id"), PACKED)

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    entity: str = Field(primary_key=True, sa_type=PlainText)
    what: str = Field(primary_key=True, sa_type=PlainText)
    value: str = Field(primary_key=True, sa_type=PlainText)
    field: str = Field(sa_type=PlainText)
    start: int
    stop: int
    surface: str = Field(sa_type=PlainText)
    confidence: float


class SightingRow(Row, table=True):
    """A name in an article that looks like an untracked model or regulation, once for all its places."""

    __tablename__ = "sighting"
    __table_args__ = (Index("ix_sighting_seen", "seen_at", "k"), PACKED)

    k: str = Field(primary_key=True, sa_type=PlainText)
    kind: str = Field(primary_key=True, sa_type=PlainText)
    article_id: int = Field(primary_key=True, foreign_key="article.id", index=True)
    name: str = Field(sa_type=PlainText)
    field: str = Field(sa_type=PlainText)
    start: int
    stop: int
    surface: str = Field(sa_type=PlainText)
    how: str = Field(sa_type=PlainText)
    seen_at: datetime = Field(sa_type=Utc)


class DismissedRow(Row, table=True):
    """A name that a person does not want proposed again."""

    __tablename__ = "dismissed"

    k: str = Field(primary_key=True, sa_type=PlainText)
    kind: str = Field(primary_key=True, sa_type=PlainText)
    name: str = Field(sa_type=PlainText)
    note: str | None = Field(sa_type=PlainText)
    created_at: datetime = Field(sa_type=Utc)


class RetagRow(Row, table=True):
    """How far the stored articles have been tagged again with one version of the catalogue; one row at most."""

    __tablename__ = "retag"

    id: int = Field(primary_key=True)
    catalogue: str = Field(sa_type=PlainText)
    after_id: int  # all articles up to here are done
    changed: int
    alerts_since: datetime | None = Field(sa_type=Utc)  # articles first seen since then raise alerts
    started_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(sa_type=Utc)


mentions = table_of(MentionRow)
considered = table_of(ConsideredRow)
stated_facts = table_of(StatedFactRow)
sightings = table_of(SightingRow)
dismissed = table_of(DismissedRow)
retags = table_of(RetagRow)
