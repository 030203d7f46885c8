"""What was last told of a group, and whether its story has grown since. Does not decide what that means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, literal_column, select, update
from sqlalchemy.orm import Session

from storage.rows import AnyRow
from storage.tables import alert_groups, articles, hits
from storage.upsert import insert_into

__all__ = ["GroupMark", "forget_groups", "grown_groups", "keep_group", "last_told", "note_growth"]

_AT_ONCE = 500
_HAS_GROWN: ColumnElement[bool] = literal_column("grown_at IS NOT NULL")  # literal: that of the partial index


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMark:
    """The last message of a group: when, the last of its hits, and how many articles the story of that one had then."""

    key: str
    channel: str
    told_at: datetime
    hit_id: int
    articles: int


def last_told(session: Session, keys: Collection[str]) -> dict[str, GroupMark]:
    """Return the marks of groups by key; those that were never told are left out."""
    wanted = sorted(keys)
    parts = (wanted[start : start + _AT_ONCE] for start in range(0, len(wanted), _AT_ONCE))
    rows = (row for part in parts for row in session.execute(select(alert_groups).where(alert_groups.c.key.in_(part))))
    return {row.key: _mark(row) for row in rows}


def grown_groups(
    session: Session, rules: Collection[str], *, since: datetime, until: datetime
) -> tuple[tuple[GroupMark, str, int], ...]:
    """Return the groups told last between two times, ``until`` included, by a hit of some rules, and grown since.

    Each with that rule, and with the articles that the story of that hit has now: more than it had then. An index has
    those that have grown (``note_growth``).
    """
    grown = select(func.count()).where(articles.c.story_id == hits.c.story_id).scalar_subquery()
    asked = select(alert_groups, hits.c.rule, grown.label("grown")).join(hits, hits.c.id == alert_groups.c.hit_id)
    asked = asked.where(_HAS_GROWN, alert_groups.c.told_at > since, alert_groups.c.told_at <= until)
    rows = session.execute(asked.where(grown > alert_groups.c.articles).order_by(alert_groups.c.key))
    named = set(rules)  # asked in SQL, all hits of the rules were read
    return tuple((_mark(row), row.rule, row.grown) for row in rows if row.rule in named)


def note_growth(session: Session, story_id: int, *, now: datetime) -> None:
    """Remember of the groups whose last message told a story with fewer articles than it has that it has grown."""
    told = select(hits.c.id).where(hits.c.story_id == story_id)
    count = select(func.count()).where(articles.c.story_id == story_id).scalar_subquery()
    smaller = update(alert_groups).where(alert_groups.c.hit_id.in_(told), alert_groups.c.articles < count)
    session.execute(smaller.where(alert_groups.c.grown_at.is_(None)).values(grown_at=now))


def keep_group(session: Session, mark: GroupMark) -> None:
    """Remember the last message of a group, whose story has grown by nothing since."""
    row = {**asdict(mark), "grown_at": None}
    insert = insert_into(session, alert_groups).values(row)
    changed = {name: insert.excluded[name] for name in row if name != "key"}
    session.execute(insert.on_conflict_do_update(index_elements=["key"], set_=changed))


def forget_groups(session: Session, *, before: datetime) -> None:
    """Drop the groups that were told last before a time."""
    session.execute(delete(alert_groups).where(alert_groups.c.told_at < before))


def _mark(row: AnyRow) -> GroupMark:
    return GroupMark(key=row.key, channel=row.channel, told_at=row.told_at, hit_id=row.hit_id, articles=row.articles)
