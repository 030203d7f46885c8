"""Hits that channels are still to be told: a row for each hit and channel, until a message holds the hit.

Written in the transaction that stores the hit and dropped in the one that enqueues the message, so that a rule may go
from digests to instant alerts and back, and nothing is lost or told twice. Does not decide when a channel is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, literal, literal_column, or_, select
from sqlalchemy.orm import Session

from storage.records import HitReason
from storage.rows import AnyRow
from storage.tables import hits, stories, waiting_hits
from storage.told import is_told
from storage.upsert import insert_into

__all__ = [
    "WaitingHit",
    "all_wait",
    "awaited",
    "forget_waiting",
    "let_off",
    "settle",
    "wait",
    "wait_all",
    "waiting_of",
]

_AT_ONCE = 500
_IS_URGENT: ColumnElement[bool] = literal_column("urgent")  # literal, or SQLite does not see the partial index


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingHit:
    """A hit that a channel is still to be told, without what its story says."""

    channel: str
    hit_id: int
    rule: str
    story_id: int
    article_id: int
    reason: HitReason
    token: str
    since: datetime


def wait(session: Session, hit_id: int, rule: str, channels: Iterable[str], *, urgent: bool = False) -> None:
    """Let a hit of a rule wait for channels; one that waits already is left. No digest tells an ``urgent`` one."""
    wait_all(session, ((channel, hit_id, rule) for channel in dict.fromkeys(channels)), urgent=urgent)


def wait_all(session: Session, waits: Iterable[tuple[str, int, str]], *, urgent: bool = False) -> None:
    """Let hits wait, each given with its channel and its rule: (channel, hit, rule)."""
    rows = [{"channel": channel, "hit_id": hit_id, "rule": rule, "urgent": urgent} for channel, hit_id, rule in waits]
    for start in range(0, len(rows), _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        session.execute(insert_into(session, waiting_hits).values(part).on_conflict_do_nothing())


def waiting_of(session: Session, rules: Collection[str]) -> tuple[WaitingHit, ...]:
    """Return what waits of some rules, and what is urgent of all, in order of hits and channels.

    What a story that went into another one kept is left out.
    """
    asked = select(waiting_hits.c.hit_id, waiting_hits.c.channel)
    found = {
        (hit_id, channel)
        for condition in (waiting_hits.c.rule.in_(sorted(rules)), _IS_URGENT)  # an index for each
        for hit_id, channel in session.execute(asked.where(condition))
    }
    told = _told_by(session, sorted({hit_id for hit_id, _ in found}))
    return tuple(_waiting_hit(channel, told[hit_id]) for hit_id, channel in sorted(found) if hit_id in told)


def _told_by(session: Session, hit_ids: Sequence[int]) -> dict[int, AnyRow]:
    """Return hits by id, but for those of stories that went into others.

    Asked by ids: from all the stories that went into none, SQLite would read every story there is.
    """
    said = (hits.c.id, hits.c.rule, hits.c.story_id, hits.c.article_id, hits.c.reason, hits.c.token, hits.c.created_at)
    asked = select(*said, stories.c.merged_into).join(stories, stories.c.id == hits.c.story_id)
    found: dict[int, AnyRow] = {}
    for start in range(0, len(hit_ids), _AT_ONCE):
        rows = session.execute(asked.where(hits.c.id.in_(hit_ids[start : start + _AT_ONCE])))
        found |= {row.id: row for row in rows if row.merged_into is None}
    return found


def _waiting_hit(channel: str, row: AnyRow) -> WaitingHit:
    return WaitingHit(
        channel=channel,
        hit_id=row.id,
        rule=row.rule,
        story_id=row.story_id,
        article_id=row.article_id,
        reason=HitReason(row.reason),
        token=row.token,
        since=row.created_at,
    )


def awaited(session: Session, hit_ids: Collection[int]) -> tuple[tuple[int, str, bool], ...]:
    """Return which channels are still to be told some hits: (hit, channel, whether it is urgent).

    What a story that went into another one kept is left out: nobody is told it.
    """
    asked = (
        select(waiting_hits.c.hit_id, waiting_hits.c.channel, waiting_hits.c.urgent)
        .join(hits, hits.c.id == waiting_hits.c.hit_id)
        .join(stories, stories.c.id == hits.c.story_id)
        .where(waiting_hits.c.hit_id.in_(sorted(hit_ids)), stories.c.merged_into.is_(None))
    )
    rows = session.execute(asked)
    return tuple((row.hit_id, row.channel, bool(row.urgent)) for row in rows)


def all_wait(session: Session, hit_ids: Sequence[int], channel: str) -> bool:
    """Say whether a channel is still to be told each of some hits."""
    waits = select(func.count()).where(waiting_hits.c.channel == channel)
    parts = (hit_ids[start : start + _AT_ONCE] for start in range(0, len(hit_ids), _AT_ONCE))
    return sum(session.scalar(waits.where(waiting_hits.c.hit_id.in_(part))) or 0 for part in parts) == len(hit_ids)


def settle(session: Session, hit_ids: Sequence[int], *, channel: str | None = None) -> None:
    """Let hits wait no longer for a channel, or for any."""
    for start in range(0, len(hit_ids), _AT_ONCE):
        done = delete(waiting_hits).where(waiting_hits.c.hit_id.in_(hit_ids[start : start + _AT_ONCE]))
        session.execute(done if channel is None else done.where(waiting_hits.c.channel == channel))


def let_off(session: Session, hit_id: int, *, told: int) -> None:
    """Let a hit wait no longer for the channels that were told another one, which says the same."""
    had = is_told(literal(told), waiting_hits.c.channel)
    session.execute(delete(waiting_hits).where(waiting_hits.c.hit_id == hit_id, had))


def forget_waiting(session: Session, rules: Collection[str], *, before: datetime) -> None:
    """Drop what waits since before a time of rules that are not among these.

    And what a story that went into another one kept: that one's hit is told.
    """
    nobody = or_(stories.c.merged_into.is_not(None), waiting_hits.c.rule.not_in(sorted(rules)))
    asked = (
        select(waiting_hits.c.channel, waiting_hits.c.hit_id)
        .join(hits, hits.c.id == waiting_hits.c.hit_id)
        .join(stories, stories.c.id == hits.c.story_id)
        .where(hits.c.created_at < before, nobody)
        .limit(_AT_ONCE)
    )
    for row in session.execute(asked).all():
        settle(session, [row.hit_id], channel=row.channel)
