"""What was last told of a group, and whether its story has grown since. Does not decide what that means."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.tables import alert_groups, articles, hits
from storage.upsert import insert_into

__all__ = ["GroupMark", "forget_groups", "grown_groups", "keep_group", "last_told"]

_AT_ONCE = 500


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
    return {row.key: GroupMark(**row._mapping) for row in rows}


def grown_groups(
    session: Session, rules: Collection[str], *, since: datetime, until: datetime
) -> tuple[tuple[GroupMark, str, int], ...]:
    """Return the groups told last between two times, ``until`` included, by a hit of some rules, and grown since.

    Each with that rule, and with the articles that the story of that hit has now: more than it had then.
    """
    grown = select(func.count()).where(articles.c.story_id == hits.c.story_id).scalar_subquery()
    asked = select(alert_groups, hits.c.rule, grown.label("grown")).join(hits, hits.c.id == alert_groups.c.hit_id)
    asked = asked.where(hits.c.rule.in_(sorted(rules)))
    asked = asked.where(alert_groups.c.told_at > since, alert_groups.c.told_at <= until)
    rows = session.execute(asked.where(grown > alert_groups.c.articles).order_by(alert_groups.c.key))
    return tuple(
        (
            GroupMark(key=row.key, channel=row.channel, told_at=row.told_at, hit_id=row.hit_id, articles=row.articles),
            row.rule,
            row.grown,
        )
        for row in rows
    )


def keep_group(session: Session, mark: GroupMark) -> None:
    """Remember the last message of a group."""
    row = asdict(mark)
    insert = insert_into(session, alert_groups).values(row)
    changed = {name: insert.excluded[name] for name in row if name != "key"}
    session.execute(insert.on_conflict_do_update(index_elements=["key"], set_=changed))


def forget_groups(session: Session, *, before: datetime) -> None:
    """Drop the groups that were told last before a time."""
    session.execute(delete(alert_groups).where(alert_groups.c.told_at < before))
