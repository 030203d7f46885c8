"""The rows of channels: how each of them stands, beside the messages that it is to take."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field

from storage.columns import Json, PlainText, Utc
from storage.row import PACKED, Row, table_of

__all__ = ["channel_names", "channel_states"]


class ChannelStateRow(Row, table=True):
    """What a channel was last asked to take, and since when it fails. ``sends`` are seconds since 1970."""

    __tablename__ = "channel_state"

    id: str = Field(primary_key=True, sa_type=PlainText)
    sends: list[float] = Field(sa_type=Json)
    failures: int
    failing_since: datetime | None = Field(sa_type=Utc)
    rests_until: datetime | None = Field(sa_type=Utc)
    reason: str | None = Field(sa_type=PlainText)
    told_at: datetime | None = Field(sa_type=Utc)


class ChannelNameRow(Row, table=True):
    """What a channel that had this name until a time is called now."""

    __tablename__ = "channel_name"
    __table_args__ = (PACKED,)

    name: str = Field(primary_key=True, sa_type=PlainText)
    until: datetime = Field(primary_key=True, sa_type=Utc)
    now: str = Field(sa_type=PlainText)


channel_states = table_of(ChannelStateRow)
channel_names = table_of(ChannelNameRow)
