"""The work that is due: claiming it by host, and settling it.

``source`` and ``item`` rows are the queue; ``due_at`` is the only timer. Does not know how anything is fetched or
read. Sources are set up in ``storage.sources``, polls recorded in ``storage.polls``, leases kept in
``storage.leases``; all of it is offered here.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from storage.clock import PARKED
from storage.columns import Utc
from storage.errors import LeaseLost
from storage.leases import (
    IS_FREE,
    extend_lease,
    finish_visit,
    hold,
    lapse_all,
    owner_at,
    pause_host,
    release_all,
)
from storage.polls import (
    Forecast,
    PollSettled,
    adopted_addresses,
    forecast,
    prune_polls,
    read_source,
    settle_poll,
)
from storage.records import HostVisit, Item, ItemState, Outcome, SourceState
from storage.rows import item_from, source_from
from storage.sources import sync_sources
from storage.tables import hosts, items, sources, tallies
from storage.upsert import insert_into

__all__ = [
    "Forecast",
    "LeaseLost",
    "PollSettled",
    "adopted_addresses",
    "article_of",
    "claim_visits",
    "extend_lease",
    "finish_visit",
    "forecast",
    "has_other_items",
    "idle",
    "is_rejected",
    "lapse_all",
    "next_due_at",
    "pause_host",
    "postpone_item",
    "prune_polls",
    "read_source",
    "release_all",
    "rescue_item",
    "settle_item",
    "settle_poll",
    "sync_sources",
]

_TOLERATED_LAPSES = 1  # a process may die once; an item on which it dies twice is suspected: it comes last, alone
_TOLERATED_SOURCE_LAPSES = 5  # a source is put off only later: a service restarted a few times must not miss its news
_FIRST_PUSHBACK_S = 60
_LONGEST_PUSHBACK_S = 86_400
_CHUNK = 500
_PENDING = items.c.state == literal_column("'pending'")  # a literal, or SQLite does not see the partial index
_LAPSED = "the visit ended without a result"


def _pending_hosts() -> Subquery:
    """Return the hosts that have pending items, each with the time of its first.

    A loose index scan: two look-ups a host, where GROUP BY would walk the whole backlog.
    """
    first = select(func.min(items.c.host).label("host")).where(_PENDING).cte("pending", recursive=True)
    following = select(func.min(items.c.host)).where(_PENDING, items.c.host > first.c.host).scalar_subquery()
    pending = first.union_all(select(following).where(first.c.host.is_not(None)))
    due_at = select(func.min(items.c.due_at)).where(_PENDING, items.c.host == pending.c.host).scalar_subquery()
    return select(pending.c.host, due_at.label("due_at")).where(pending.c.host.is_not(None)).subquery("waiting")


def _due_hosts_statement() -> Select[Any]:
    waiting = _pending_hosts()
    by_item = select(waiting.c.host, waiting.c.due_at).where(waiting.c.due_at <= bindparam("now"))
    by_source = select(sources.c.host, func.min(sources.c.due_at).label("due_at"))
    by_source = by_source.where(sources.c.active, sources.c.due_at <= bindparam("now")).group_by(sources.c.host)
    due = union_all(by_source, by_item).subquery("due")
    free = select(due.c.host, hosts.c.lease_owner).outerjoin(hosts, hosts.c.key == due.c.host)
    free = free.where(or_(hosts.c.key.is_(None), IS_FREE)).group_by(due.c.host, hosts.c.lease_owner)
    return free.order_by(func.min(due.c.due_at), due.c.host).limit(bindparam("limit", type_=Integer))


def _next_item_statement() -> Select[Any]:
    waiting = _pending_hosts()
    of_host = waiting.outerjoin(hosts, hosts.c.key == waiting.c.host)
    next_due = select(func.min(_due_with_host(waiting.c.due_at))).select_from(of_host)
    return next_due.where(waiting.c.due_at < PARKED)


def _due_with_host(due_at: ColumnElement[datetime]) -> ColumnElement[datetime]:
    for bound in (hosts.c.not_before, hosts.c.leased_until):
        due_at = case((bound > due_at, bound), else_=due_at)
    return due_at


_OF_SOURCE = sources.outerjoin(hosts, hosts.c.key == sources.c.host)
_OF_ITEM = items.outerjoin(hosts, hosts.c.key == items.c.host)
_UNPAUSED = or_(hosts.c.key.is_(None), hosts.c.pause_reason.is_(None), hosts.c.not_before <= bindparam("now"))

_DUE_HOSTS = _due_hosts_statement()
_DUE_SOURCES = (
    select(sources)
    .where(sources.c.host.in_(bindparam("hosts", expanding=True)), sources.c.active)
    .where(sources.c.due_at <= bindparam("now"))
    .order_by(sources.c.due_at, sources.c.id)
)
_DUE_ITEMS = (
    select(items)
    .where(items.c.host == bindparam("host"), _PENDING, items.c.due_at <= bindparam("now"))
    .order_by(items.c.due_at, items.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_TRUSTED_ITEMS = _DUE_ITEMS.where(items.c.lapses <= _TOLERATED_LAPSES)
_NEXT_SOURCE = select(func.min(_due_with_host(sources.c.due_at))).select_from(_OF_SOURCE).where(sources.c.active)
_NEXT_ITEM = _next_item_statement()
_UNPOLLED = (
    select(sources.c.id)
    .select_from(_OF_SOURCE)
    .where(
        sources.c.active, sources.c.last_polled_at.is_(None), sources.c.lapses <= _TOLERATED_SOURCE_LAPSES, _UNPAUSED
    )
    .limit(1)
)
_PUT_DOWN = {
    "payload": None, "payload_type": None, "payload_at": None, "content": None, "claimed_by": None, "lapses": 0,
}  # fmt: skip
_SETTLE = (
    update(items)
    .where(items.c.id == bindparam("item_id"), items.c.claimed_by == bindparam("owner"), _PENDING)
    .values(article_id=func.coalesce(bindparam("article", type_=Integer), items.c.article_id))
    .returning(items.c.source_id)
)
_UNREAD = (
    select(items.c.id).select_from(_OF_ITEM).where(_PENDING, items.c.due_at <= bindparam("now"), _UNPAUSED).limit(1)
)


def claim_visits(
    session: Session, *, now: datetime, owner: str, lease_s: float, limit: int, items_per_visit: int = 20
) -> tuple[HostVisit, ...]:
    """Lease up to ``limit`` hosts that have something due, the longest due first, for ``lease_s`` seconds.

    ``owner`` is the process that asks; the owner that a visit names from then on is its alone.

    A host has something due when an active source of it is, or a pending item of an active source; it must not be
    leased, and its ``not_before`` must have passed. What an earlier visit held when its lease lapsed counts an attempt.
    A source that lapses repeatedly is pushed back; items that do are handed out one a visit, after the others, so
    that in the end only the culprit is blamed.
    """
    due = dict(_due_hosts(session, now, limit)) if limit > 0 else {}
    if not due:
        return ()
    owner = owner_at(owner, now)
    _lease(session, list(due), owner, now=now, until=now + timedelta(seconds=lease_s))
    for host, earlier in due.items():
        if earlier is not None:
            _count_lapses(session, host, now)
    polled = _claim_sources(session, list(due), owner, now)
    read = {host: _choose_items(session, host, now, items_per_visit) for host in due}
    _claim_items(session, [item.id for chosen in read.values() for item in chosen], owner)
    return tuple(HostVisit(host=host, owner=owner, sources=polled.get(host, ()), items=read[host]) for host in due)


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
    """Give an item its one outcome and drop its payload and content.

    False, and nothing is counted, when it has one already, or was listed in another version since it was claimed: that
    one is still to be read. Raise LeaseLost when ``owner`` no longer has the lease on ``host``.
    """
    hold(session, host, owner)
    settled = {"state": outcome.state, "outcome": outcome, "detail": detail, "settled_at": now}
    asked = {"item_id": item_id, "article": article_id, "owner": owner}
    source_id = session.scalar(_SETTLE, {**settled, **_PUT_DOWN, **asked})
    if source_id is None:
        return False
    _count(session, source_id, outcome)
    return True


def postpone_item(
    session: Session, item_id: int, *, due_at: datetime, detail: str | None, host: str, owner: str
) -> None:
    """Leave an item for later and count an attempt, unless it was listed in another version since it was claimed.

    Raise LeaseLost as ``settle_item`` does.
    """
    hold(session, host, owner)
    stays = case((items.c.due_at == PARKED, items.c.due_at), else_=bindparam("later", due_at, Utc()))
    later = {"due_at": stays, "detail": detail, "attempts": items.c.attempts + 1, "claimed_by": None, "lapses": 0}
    held = and_(items.c.id == item_id, items.c.claimed_by == owner, _PENDING)
    session.execute(update(items).where(held).values(**later))


def next_due_at(session: Session) -> datetime | None:
    """Return when something is next due, pauses and leases counted; it may have passed. None when nothing waits."""
    moments = (session.scalar(_NEXT_SOURCE), session.scalar(_NEXT_ITEM))
    return min((moment for moment in moments if moment is not None), default=None)


def article_of(session: Session, item_id: int) -> int | None:
    """Return the article that an item was stored as, if it ever was."""
    return session.scalar(select(items.c.article_id).where(items.c.id == item_id))


def has_other_items(session: Session, article_id: int, *, besides: int) -> bool:
    """Say whether an article was found under the address of another item, too."""
    asked = select(items.c.id).where(items.c.article_id == article_id, items.c.id != besides)
    return session.scalar(asked.limit(1)) is not None


def is_rejected(session: Session, item_id: int) -> bool:
    """Say whether an item is settled as holding no article, and keep it so until the transaction ends."""
    asked = select(items.c.state).where(items.c.id == item_id, items.c.claimed_by.is_(None)).with_for_update()
    return session.scalar(asked) == ItemState.REJECTED


def rescue_item(session: Session, item_id: int, outcome: Outcome, *, article_id: int, now: datetime) -> bool:
    """Settle a rejected item anew, because its page holds an article after all; False where it is rejected no more."""
    values = {"state": outcome.state, "outcome": outcome, "detail": None, "article_id": article_id, "settled_at": now}
    is_rejected = and_(items.c.id == item_id, items.c.state == ItemState.REJECTED, items.c.claimed_by.is_(None))
    source_id = session.scalar(update(items).where(is_rejected).values(**values).returning(items.c.source_id))
    if source_id is not None:
        _count(session, source_id, outcome)
    return source_id is not None


def idle(session: Session, now: datetime) -> bool:
    """Say whether one full pass is done: every active source was polled, and no pending item is due.

    What waits for a host that asked to be left alone is not counted, nor a source whose visits die of it.
    """
    return all(session.scalar(unfinished, {"now": now}) is None for unfinished in (_UNPOLLED, _UNREAD))


def _due_hosts(session: Session, now: datetime, limit: int) -> list[tuple[str, str | None]]:
    """Return the free hosts to visit, the longest due first, each with the owner whose lease lapsed, if any."""
    found = session.execute(_DUE_HOSTS, {"now": now, "limit": limit})
    return [(row.host, row.lease_owner) for row in found]


def _lease(session: Session, free: list[str], owner: str, *, now: datetime, until: datetime) -> None:
    """Take the leases, and only where hosts are still free; a pause has passed by now."""
    row = insert_into(session, hosts)
    taken = {"lease_owner": row.excluded.lease_owner, "leased_until": row.excluded.leased_until, "pause_reason": None}
    statement = row.on_conflict_do_update(index_elements=["key"], set_=taken, where=IS_FREE)
    leases = [{"key": host, "lease_owner": owner, "leased_until": until, "now": now} for host in free]
    session.execute(statement, leases)


def _count_lapses(session: Session, host: str, now: datetime) -> None:
    held = and_(items.c.host == host, items.c.claimed_by.is_not(None))
    blamed = {"attempts": items.c.attempts + 1, "lapses": items.c.lapses + 1, "claimed_by": None}
    session.execute(update(items).where(held).values(**blamed))
    asked = select(sources.c.id, sources.c.lapses).where(sources.c.host == host, sources.c.claimed_by.is_not(None))
    for row in session.execute(asked).all():
        lapses = row.lapses + 1
        values = {"lapses": lapses, "failures": sources.c.failures + 1, "last_error": _LAPSED, "claimed_by": None}
        if lapses > _TOLERATED_SOURCE_LAPSES:
            values["due_at"] = now + timedelta(
                seconds=min(_FIRST_PUSHBACK_S * 2 ** (lapses - _TOLERATED_SOURCE_LAPSES), _LONGEST_PUSHBACK_S)
            )
        session.execute(update(sources).where(sources.c.id == row.id).values(**values))


def _claim_sources(
    session: Session, leased: list[str], owner: str, now: datetime
) -> dict[str, tuple[SourceState, ...]]:
    claimed: dict[str, list[SourceState]] = defaultdict(list)
    for row in session.execute(_DUE_SOURCES, {"hosts": leased, "now": now}):
        claimed[row.host].append(source_from(row))
    ids = [source.id for group in claimed.values() for source in group]
    session.execute(update(sources).where(sources.c.id.in_(ids)).values(claimed_by=owner))
    return {host: tuple(group) for host, group in claimed.items()}


def _choose_items(session: Session, host: str, now: datetime, limit: int) -> tuple[Item, ...]:
    """Return the items of a visit: those due longest, and of the suspected ones at most one, the least, at the end."""
    asked = {"host": host, "now": now, "limit": limit}
    due = session.execute(_DUE_ITEMS, asked).all()
    suspected = sorted((row for row in due if row.lapses > _TOLERATED_LAPSES), key=lambda row: row.lapses)
    trusted = session.execute(_TRUSTED_ITEMS, {**asked, "limit": max(limit - 1, 1)}).all() if suspected else due
    return tuple(item_from(row) for row in [*trusted, *suspected[:1]][:limit])


def _claim_items(session: Session, item_ids: list[int], owner: str) -> None:
    for start in range(0, len(item_ids), _CHUNK):
        chunk = item_ids[start : start + _CHUNK]
        session.execute(update(items).where(items.c.id.in_(chunk)).values(claimed_by=owner))


def _count(session: Session, source_id: str, outcome: Outcome) -> None:
    more = {"total": tallies.c.total + 1}
    row = insert_into(session, tallies).on_conflict_do_update(index_elements=["source_id", "outcome"], set_=more)
    session.execute(row, {"source_id": source_id, "outcome": outcome, "total": 1})
