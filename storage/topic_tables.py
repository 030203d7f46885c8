"""The rows of topics: which words stories hold, and which stories tell of one event.

All is kept by the article whose text was looked at, and holds for the story that it stands in: when people split or
merge stories, the places follow by themselves.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.columns import Bytes, Json, Utc
from storage.row import COUNTED, PACKED, Row, table_of

__all__ = ["profiles", "story_terms", "terms", "topic_links", "topics"]


class TermRow(Row, table=True):
    """How many of the remembered stories hold a word; the key 0 counts them all."""

    __tablename__ = "term"
    __table_args__ = (PACKED,)

    k: int = Field(primary_key=True, sa_type=BigInteger)
    stories: int


class StoryTermRow(Row, table=True):
    """A word of a remembered article."""

    __tablename__ = "story_term"
    __table_args__ = (PACKED,)

    k: int = Field(primary_key=True, sa_type=BigInteger)
    article_id: int = Field(primary_key=True, sa_type=BigInteger)


class ProfileRow(Row, table=True):
    """What a remembered article is about: its terms with their counts, the keys they are counted under, its time."""

    __tablename__ = "profile"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    told_at: datetime = Field(sa_type=Utc)
    first_seen_at: datetime = Field(sa_type=Utc, index=True)
    counted: bytes = Field(sa_type=Bytes)
    terms: list[list[Any]] = Field(sa_type=Json)


class TopicRow(Row, table=True):
    """An event that more than one story tells of; each of them was compared with the lead."""

    __tablename__ = "topic"
    __table_args__ = (COUNTED,)

    id: int | None = Field(default=None, primary_key=True)
    lead_id: int = Field(foreign_key="article.id", unique=True)
    created_at: datetime = Field(sa_type=Utc)


class TopicLinkRow(Row, table=True):
    """Why an article is in a topic; the lead of the topic has no such row."""

    __tablename__ = "topic_link"

    article_id: int = Field(primary_key=True, foreign_key="article.id")
    topic_id: int = Field(foreign_key="topic.id", index=True)
    via_article_id: int = Field(foreign_key="article.id")
    score: float
    evidence: dict[str, Any] = Field(sa_type=Json)


terms = table_of(TermRow)
story_terms = table_of(StoryTermRow)
profiles = table_of(ProfileRow)
topics = table_of(TopicRow)
topic_links = table_of(TopicLinkRow)
