"""The rows of stories: what holds their articles together, what people corrected, and what became of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Field

from storage.columns import Json, PlainText, Utc
from storage.row import COUNTED, Row, table_of

__all__ = ["corrections", "edges", "stories", "story_events"]


class StoryRow(Row, table=True):
    """A cluster of near-copies round a canonical article.

    A story that went into another one has no articles and no canonical article any more; its id stays.
    """

    __tablename__ = "story"
    __table_args__ = (COUNTED,)

    id: int | None = Field(default=None, primary_key=True)
    canonical_id: int | None  # not a foreign key: the article names its story, too
    merged_into: int | None = Field(default=None, index=True)
    split_from: int | None = Field(default=None, index=True)
    created_at: datetime = Field(sa_type=Utc)


class EdgeRow(Row, table=True):
    """How one article stands to another, as last decided."""

    __tablename__ = "edge"

    from_id: int = Field(primary_key=True, foreign_key="article.id")
    to_id: int = Field(primary_key=True, foreign_key="article.id", index=True)
    verdict: str = Field(sa_type=PlainText)
    evidence: dict[str, Any] = Field(sa_type=Json)
    created_at: datetime = Field(sa_type=Utc)


class CorrectionRow(Row, table=True):
    """What a person said of two articles: that they are one story, or not. ``low_id < high_id``."""

    __tablename__ = "correction"

    low_id: int = Field(primary_key=True, foreign_key="article.id")
    high_id: int = Field(primary_key=True, foreign_key="article.id", index=True)
    verdict: str = Field(sa_type=PlainText)
    note: str | None = Field(sa_type=PlainText)
    created_at: datetime = Field(sa_type=Utc)


class StoryEventRow(Row, table=True):
    """What became of a story after it began, other than copies that joined it on arrival."""

    __tablename__ = "story_event"
    __table_args__ = (COUNTED,)

    id: int | None = Field(default=None, primary_key=True)
    story_id: int = Field(foreign_key="story.id", index=True)
    at: datetime = Field(sa_type=Utc)
    kind: str = Field(sa_type=PlainText)
    article_id: int | None = Field(default=None, index=True)
    other_id: int | None
    other_story_id: int | None
    detail: str | None = Field(sa_type=PlainText)


stories = table_of(StoryRow)
edges = table_of(EdgeRow)
corrections = table_of(CorrectionRow)
story_events = table_of(StoryEventRow)
