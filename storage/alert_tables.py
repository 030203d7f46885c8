"""The rows of routing: hits that wait for a channel, groups that were told, silences and what they kept quiet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from storage.columns import PlainText, Utc
from storage.row import COUNTED, PACKED, Row, partial, table_of

__all__ = ["alert_groups", "silenced_hits", "silences", "waiting_hits"]

_URGENT = text("urgent")
_GROWN = text("grown_at IS NOT NULL")


class WaitingHitRow(Row, table=True):
    """A hit that a channel is still to be told; the row goes when a message holds it."""

    __tablename__ = "waiting_hit"
    __table_args__ = (
        Index("ix_waiting_hit_hit_id", "hit_id"),
        Index("ix_waiting_hit_rule", "rule"),
        partial("ix_waiting_hit_urgent", "hit_id", where=_URGENT),
        PACKED,
    )

    channel: str = Field(primary_key=True, sa_type=PlainText)
    hit_id: int = Field(primary_key=True, foreign_key="hit.id")
    rule: str = Field(sa_type=PlainText)  # that of the hit: what is to be told at once is found by it
    urgent: bool  # no digest tells it, whatever the mode of its rule


class AlertGroupRow(Row, table=True):
    """What a rule last told a channel of a group, for the pauses between its messages."""

    __tablename__ = "alert_group"
    __table_args__ = (
        Index("ix_alert_group_hit_id", "hit_id"),
        partial("ix_alert_group_grown", "told_at", where=_GROWN),
    )

    shared: str = Field(primary_key=True, sa_type=PlainText)  # what its hits have in common: the columns of the key
    rule: str = Field(primary_key=True, sa_type=PlainText)  # are in the order in which they are asked for
    channel: str = Field(primary_key=True, sa_type=PlainText)
    told_at: datetime = Field(sa_type=Utc)
    hit_id: int = Field(foreign_key="hit.id")  # the last one of its last message
    articles: int  # of the story of that hit, when it was told
    grown_at: datetime | None = Field(sa_type=Utc)  # when the story first had more


class SilenceRow(Row, table=True):
    """What nobody wants to hear of until a time; an empty condition holds for every hit."""

    __tablename__ = "silence"
    __table_args__ = (Index("ix_silence_ends", "ends_at"), COUNTED)

    id: int | None = Field(default=None, primary_key=True)
    rule: str | None = Field(sa_type=PlainText)
    entity: str | None = Field(sa_type=PlainText)
    source: str | None = Field(sa_type=PlainText)
    query: str | None = Field(sa_type=PlainText)
    comment: str = Field(sa_type=PlainText)
    starts_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)


class SilencedHitRow(Row, table=True):
    """A hit that a silence kept quiet for good."""

    __tablename__ = "silenced_hit"
    __table_args__ = (Index("ix_silenced_hit_at", "at"),)

    hit_id: int = Field(primary_key=True, foreign_key="hit.id")
    silence_id: int = Field(foreign_key="silence.id")
    at: datetime = Field(sa_type=Utc)


waiting_hits = table_of(WaitingHitRow)
alert_groups = table_of(AlertGroupRow)
silences = table_of(SilenceRow)
silenced_hits = table_of(SilencedHitRow)
