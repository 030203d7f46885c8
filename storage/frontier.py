"""The work that is due: claiming it by host, and settling it.

``source`` and ``item`` rows are the queue; ``due_at`` is the only timer. Does not know how anything is fetched or
read. Sources are set up in ``storage.sources``, polls recorded in ``storage.polls``, leases kept in
``storage.leases``; all of it is offered here.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, or_, select, union_all, update
from sqlalchemy.orm import Session

from storage.errors import LeaseLost
from storage.leases import (
    changed_rows,
    extend_lease,
    finish_visit,
    hold,
    is_free,
    lapse_all,
    pause_host,
    release_all,
)
from storage.polls import PollSettled, settle_poll
from storage.records import HostVisit, Item, Outcome, SourceState
from storage.rows import item_from, source_from
from storage.sources import sync_sources
from storage.tables import hosts, items, sources, tallies
from storage.upsert import insert_into

__all__ = [
    "LeaseLost",
    "PollSettled",
    "claim_visits",
    "extend_lease",
    "finish_visit",
    "idle",
    "lapse_all",
    "next_due_at",
    "pause_host",
    "postpone_item",
    "release_all",
    "settle_item",
    "settle_poll",
    "sync_sources",
]

_TOLERATED_LAPSES = 1  # a process may die once; what dies twice in the same hands is suspected
_FIRST_PUSHBACK_S = 60
_LONGEST_PUSHBACK_S = 86_400
_PENDING = items.c.state == literal_column("'pending'")  # a literal, or SQLite does not see the partial index
_LAPSED = "the visit ended without a result"


def claim_visits(
    session: Session, *, now: datetime, owner: str, lease_s: float, limit: int, items_per_visit: int = 20
) -> tuple[HostVisit, ...]:
    """Lease up to ``limit`` hosts that have something due, the longest due first, for ``lease_s`` seconds.

    A host has something due when an active source of it is, or a pending item of an active source; it must not be
    leased, and its ``not_before`` must have passed. What an earlier visit held when its lease lapsed counts an attempt.
    A source that lapses repeatedly is pushed back; items that do are handed out one a visit, after the others, so
    that in the end only the culprit is blamed.
    """
    until = now + timedelta(seconds=lease_s)
    visits: list[HostVisit] = []
    for host, earlier in _due_hosts(session, now, limit):
        if not _lease(session, host, owner, now=now, until=until):
            continue
        if earlier is not None:
            _count_lapses(session, host, now)
        claimed = _claim_items(session, host, owner, now, items_per_visit)
        visits.append(
            HostVisit(host=host, owner=owner, sources=_claim_sources(session, host, owner, now), items=claimed)
        )
    return tuple(visits)


def settle_item(
    session: Session,
    item_id: int,
    outcome: Outcome,
    detail: str | None,
    *,
    host: str,
    owner: str,
    now: datetime,
    article_id: int | None = None,
) -> bool:
    """Give an item its one outcome and drop its payload; False, and nothing is counted, when it has one already.

    Raise LeaseLost when ``owner`` no longer has the lease on ``host``.
    """
    hold(session, host, owner)
    settled: dict[str, Any] = {"state": outcome.state, "outcome": outcome, "detail": detail, "settled_at": now}
    if article_id is not None:
        settled["article_id"] = article_id
    statement = update(items).where(items.c.id == item_id, _PENDING)
    statement = statement.values(**settled, payload=None, payload_type=None, claimed_by=None, lapses=0)
    source_id = session.scalar(statement.returning(items.c.source_id))
    if source_id is None:
        return False
    _count(session, source_id, outcome)
    return True


def postpone_item(
    session: Session, item_id: int, *, due_at: datetime, detail: str | None, host: str, owner: str
) -> None:
    """Leave an item for later and count an attempt. Raise LeaseLost as ``settle_item`` does."""
    hold(session, host, owner)
    later = {"due_at": due_at, "detail": detail, "attempts": items.c.attempts + 1, "claimed_by": None, "lapses": 0}
    session.execute(update(items).where(items.c.id == item_id, _PENDING).values(**later))


def next_due_at(session: Session) -> datetime | None:
    """Return when something is next due, pauses and leases counted; it may have passed. None when nothing waits."""
    source_due = select(func.min(_due_with_host(sources.c.due_at))).select_from(
        sources.outerjoin(hosts, hosts.c.key == sources.c.host)
    )
    item_due = select(func.min(_due_with_host(items.c.due_at))).select_from(
        items.join(sources, sources.c.id == items.c.source_id).outerjoin(hosts, hosts.c.key == items.c.host)
    )
    moments = (
        session.scalar(source_due.where(sources.c.active)),
        session.scalar(item_due.where(sources.c.active, _PENDING)),
    )
    return min((moment for moment in moments if moment is not None), default=None)


def idle(session: Session, now: datetime) -> bool:
    """Say whether one full pass is done: every active source was polled, and no pending item is due.

    What waits for a host that asked to be left alone is not counted.
    """
    paused = and_(hosts.c.pause_reason.is_not(None), hosts.c.not_before > now)
    unpolled = select(sources.c.id).outerjoin(hosts, hosts.c.key == sources.c.host)
    unpolled = unpolled.where(sources.c.active, sources.c.last_polled_at.is_(None), or_(hosts.c.key.is_(None), ~paused))
    waiting = select(items.c.id).join(sources, sources.c.id == items.c.source_id)
    waiting = waiting.outerjoin(hosts, hosts.c.key == items.c.host)
    waiting = waiting.where(sources.c.active, _PENDING, items.c.due_at <= now, or_(hosts.c.key.is_(None), ~paused))
    return session.scalar(unpolled.limit(1)) is None and session.scalar(waiting.limit(1)) is None


def _due_hosts(session: Session, now: datetime, limit: int) -> list[tuple[str, str | None]]:
    """Return the hosts to visit, the longest due first, each with the owner whose lease lapsed, if any."""
    by_source = select(sources.c.host, func.min(sources.c.due_at).label("due_at"))
    by_source = by_source.where(sources.c.active, sources.c.due_at <= now).group_by(sources.c.host)
    by_item = select(items.c.host, func.min(items.c.due_at).label("due_at"))
    by_item = by_item.join(sources, sources.c.id == items.c.source_id)
    by_item = by_item.where(sources.c.active, _PENDING, items.c.due_at <= now).group_by(items.c.host)
    due = union_all(by_source, by_item).subquery("due")
    longest = func.min(due.c.due_at)
    chosen = select(due.c.host, hosts.c.lease_owner).outerjoin(hosts, hosts.c.key == due.c.host)
    chosen = chosen.where(or_(hosts.c.key.is_(None), is_free(now))).group_by(due.c.host, hosts.c.lease_owner)
    return [(row.host, row.lease_owner) for row in session.execute(chosen.order_by(longest, due.c.host).limit(limit))]


def _lease(session: Session, host: str, owner: str, *, now: datetime, until: datetime) -> bool:
    """Compare and set: the lease is ours only if the host is still free."""
    row = insert_into(session, hosts).values(key=host, lease_owner=owner, leased_until=until)
    leased = {"lease_owner": owner, "leased_until": until}
    statement = row.on_conflict_do_update(index_elements=["key"], set_=leased, where=is_free(now))
    return session.scalar(statement.returning(hosts.c.key)) is not None


def _count_lapses(session: Session, host: str, now: datetime) -> None:
    held = and_(items.c.host == host, items.c.claimed_by.is_not(None))
    blamed = {"attempts": items.c.attempts + 1, "lapses": items.c.lapses + 1, "claimed_by": None}
    session.execute(update(items).where(held).values(**blamed))
    asked = select(sources.c.id, sources.c.lapses, sources.c.due_at)
    for row in session.execute(asked.where(sources.c.host == host, sources.c.claimed_by.is_not(None))).all():
        lapses = row.lapses + 1
        values = {"lapses": lapses, "failures": sources.c.failures + 1, "last_error": _LAPSED, "claimed_by": None}
        if lapses > _TOLERATED_LAPSES:
            values["due_at"] = now + timedelta(seconds=min(_FIRST_PUSHBACK_S * 2**lapses, _LONGEST_PUSHBACK_S))
        session.execute(update(sources).where(sources.c.id == row.id).values(**values))


def _claim_sources(session: Session, host: str, owner: str, now: datetime) -> tuple[SourceState, ...]:
    due = and_(sources.c.host == host, sources.c.active, sources.c.due_at <= now)
    claimed = session.execute(select(sources).where(due).order_by(sources.c.due_at, sources.c.id)).all()
    if claimed:
        session.execute(update(sources).where(due).values(claimed_by=owner))
    return tuple(source_from(row) for row in claimed)


def _claim_items(session: Session, host: str, owner: str, now: datetime, limit: int) -> tuple[Item, ...]:
    suspected = items.c.lapses > _TOLERATED_LAPSES
    claimed = session.execute(_due_items(host, now).where(~suspected).limit(limit)).all()
    if len(claimed) < limit:
        claimed = [*claimed, *session.execute(_due_items(host, now).where(suspected).limit(1))]
    if claimed:
        ids = [row.id for row in claimed]
        session.execute(update(items).where(items.c.id.in_(ids)).values(claimed_by=owner))
    return tuple(item_from(row) for row in claimed)


def _due_items(host: str, now: datetime) -> Select[Any]:
    due = and_(items.c.host == host, _PENDING, items.c.due_at <= now, sources.c.active)
    return (
        select(items).join(sources, sources.c.id == items.c.source_id).where(due).order_by(items.c.due_at, items.c.id)
    )


def _due_with_host(due_at: ColumnElement[datetime]) -> ColumnElement[datetime]:
    for bound in (hosts.c.not_before, hosts.c.leased_until):
        due_at = case((bound > due_at, bound), else_=due_at)
    return due_at


def _count(session: Session, source_id: str, outcome: Outcome) -> None:
    row = insert_into(session, tallies).values(source_id=source_id, outcome=outcome, count=1)
    more = {"count": tallies.c.count + 1}
    session.execute(row.on_conflict_do_update(index_elements=["source_id", "outcome"], set_=more))
