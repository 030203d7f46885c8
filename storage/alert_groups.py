"""What was last told of a group, and whether its story has grown since. Does not decide what that means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, delete, exists, func, literal_column, select, update
from sqlalchemy.orm import Session

from storage.rows import AnyRow
from storage.tables import alert_groups, articles, hits
from storage.upsert import insert_into

__all__ = [
    "GroupKey",
    "GroupMark",
    "forget_groups",
    "grown_groups",
    "keep_group",
    "last_told",
    "note_growth",
    "rename_groups",
]

_AT_ONCE = 500
_KEY = ("shared", "rule", "channel")
_HAS_GROWN: ColumnElement[bool] = literal_column("grown_at IS NOT NULL")  # literal: that of the partial index


class GroupKey(NamedTuple):
    """Hits of one rule for one channel that have something in common."""

    rule: str
    channel: str
    shared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMark:
    """The last message of a group: when, the last of its hits, and how many articles the story of that one had then."""

    key: GroupKey
    told_at: datetime
    hit_id: int
    articles: int


def last_told(session: Session, keys: Collection[GroupKey]) -> dict[GroupKey, GroupMark]:
    """Return the marks of groups by key; those that were never told are left out."""
    wanted, shared = frozenset(keys), sorted({key.shared for key in keys})
    parts = (shared[start : start + _AT_ONCE] for start in range(0, len(shared), _AT_ONCE))
    asked = (select(alert_groups).where(alert_groups.c.shared.in_(part)) for part in parts)
    found = (_mark(row) for one in asked for row in session.execute(one))
    return {mark.key: mark for mark in found if mark.key in wanted}


def grown_groups(
    session: Session, rules: Collection[str], *, since: datetime, until: datetime
) -> tuple[tuple[GroupMark, str, int], ...]:
    """Return the groups told last between two times, ``until`` included, by a hit of some rules, and grown since.

    Each with that rule, and with the articles that the story of that hit has now: more than it had then. An index has
    those that have grown (``note_growth``).
    """
    grown = select(func.count()).where(articles.c.story_id == hits.c.story_id).scalar_subquery()
    asked = select(alert_groups, hits.c.rule.label("of"), grown.label("grown"))
    asked = asked.join(hits, hits.c.id == alert_groups.c.hit_id)
    asked = asked.where(_HAS_GROWN, alert_groups.c.told_at > since, alert_groups.c.told_at <= until)
    asked = asked.where(grown > alert_groups.c.articles).order_by(*(alert_groups.c[name] for name in _KEY))
    named = set(rules)  # asked in SQL, all hits of the rules were read
    return tuple((_mark(row), row.of, row.grown) for row in session.execute(asked) if row.of in named)


def note_growth(session: Session, story_id: int, *, now: datetime) -> None:
    """Remember of the groups whose last message told a story with fewer articles than it has that it has grown."""
    told = select(hits.c.id).where(hits.c.story_id == story_id)
    count = select(func.count()).where(articles.c.story_id == story_id).scalar_subquery()
    smaller = update(alert_groups).where(alert_groups.c.hit_id.in_(told), alert_groups.c.articles < count)
    session.execute(smaller.where(alert_groups.c.grown_at.is_(None)).values(grown_at=now))


def keep_group(session: Session, mark: GroupMark) -> None:
    """Remember the last message of a group, whose story has grown by nothing since."""
    told = {"told_at": mark.told_at, "hit_id": mark.hit_id, "articles": mark.articles, "grown_at": None}
    insert = insert_into(session, alert_groups).values(**mark.key._asdict(), **told)
    session.execute(insert.on_conflict_do_update(index_elements=list(_KEY), set_=told))


def rename_groups(session: Session, column: Literal["rule", "channel"], old: str, new: str) -> None:
    """Let a rule or a channel have the groups of an earlier name, but for those that it told itself."""
    same = alert_groups.alias()
    other = next(name for name in ("rule", "channel") if name != column)
    known = exists().where(
        same.c[column] == new, same.c[other] == alert_groups.c[other], same.c.shared == alert_groups.c.shared
    )
    session.execute(delete(alert_groups).where(alert_groups.c[column] == old, known))
    session.execute(update(alert_groups).where(alert_groups.c[column] == old).values({column: new}))


def forget_groups(session: Session, *, before: datetime) -> None:
    """Drop the groups that were told last before a time."""
    session.execute(delete(alert_groups).where(alert_groups.c.told_at < before))


def _mark(row: AnyRow) -> GroupMark:
    key = GroupKey(rule=row.rule, channel=row.channel, shared=row.shared)
    return GroupMark(key=key, told_at=row.told_at, hit_id=row.hit_id, articles=row.articles)
