"""Leases on hosts: who visits a host now, and when it may be visited again.

A lease has an owner and an end. Whoever has lost it must write nothing: ``hold`` is the fence before every write. An
owner is a process and a moment: a process that slept through its lease and took the host again is not the visit that
it was before.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CursorResult, Update, and_, bindparam, case, func, literal, or_, select, update
from sqlalchemy.orm import Session

from storage.columns import Utc, utc_text
from storage.errors import LeaseLost
from storage.tables import hosts, items, sources
from storage.upsert import insert_into

__all__ = [
    "IS_FREE",
    "changed_rows",
    "extend_lease",
    "finish_visit",
    "hold",
    "lapse_all",
    "owner_at",
    "pause_host",
    "release_all",
    "revoke",
]


IS_FREE = and_(
    or_(hosts.c.leased_until.is_(None), hosts.c.leased_until <= bindparam("now")),
    or_(hosts.c.not_before.is_(None), hosts.c.not_before <= bindparam("now")),
)
"""The condition that a host is neither leased nor to be left alone at the parameter ``now``."""

_OWNER = select(hosts.c.lease_owner).where(hosts.c.key == bindparam("host"))


def owner_at(process: str, now: datetime) -> str:
    """Return the owner of the leases that ``process`` takes at ``now``."""
    return f"{process}@{utc_text(now)}"


def hold(session: Session, host: str, owner: str) -> None:
    """Raise LeaseLost unless ``owner`` still has the lease on ``host``."""
    found = session.scalar(_OWNER, {"host": host})
    if found != owner:
        raise LeaseLost(f"the lease of {owner!r} on host {host!r} is lost; its owner is now {found!r}")


def extend_lease(session: Session, host: str, owner: str, *, until: datetime) -> bool:
    """Move the end of a lease; False when ``owner`` has lost it."""
    return changed_rows(session, _owned(host, owner).values(leased_until=until)) == 1


def finish_visit(session: Session, host: str, owner: str, *, not_before: datetime | None = None) -> None:
    """Give a host back. The next visit begins no sooner than ``not_before``, nor than was said before.

    Does nothing when the lease is lost: the host is somebody else's by now.
    """
    freed = _owned(host, owner).values(lease_owner=None, leased_until=None, not_before=_later(not_before))
    if changed_rows(session, freed):
        for table in (sources, items):
            claimed = and_(table.c.host == host, table.c.claimed_by == owner, table.c.claimed_by.is_not(None))
            session.execute(update(table).where(claimed).values(claimed_by=None))


def release_all(session: Session, process: str) -> None:
    """Give back everything that ``process`` has, as at its end."""
    held = update(hosts).where(_is_of(hosts.c.lease_owner, process))
    session.execute(held.values(lease_owner=None, leased_until=None))
    for table in (sources, items):
        claimed = and_(table.c.claimed_by.is_not(None), _is_of(table.c.claimed_by, process))
        session.execute(update(table).where(claimed).values(claimed_by=None))


def lapse_all(session: Session, *, now: datetime) -> None:
    """End all leases at once: the only process says at its start that all earlier ones are dead.

    What they had in hand still counts as an attempt at the next claim.
    """
    session.execute(update(hosts).where(hosts.c.leased_until > now).values(leased_until=now))


def revoke(session: Session, host: str) -> None:
    """Take the lease on a host from whoever has it; a visit under way writes nothing more, and nobody is blamed."""
    owner = session.scalar(_OWNER, {"host": host})
    if owner is not None:
        finish_visit(session, host, owner)


def pause_host(session: Session, host: str, *, until: datetime, reason: str) -> None:
    """Leave a host alone until a time, because of ``reason``; a pause only ever grows."""
    row = insert_into(session, hosts).values(key=host, not_before=until, pause_reason=reason)
    longer = or_(hosts.c.not_before.is_(None), hosts.c.not_before < until)
    paused = {"not_before": until, "pause_reason": reason}
    session.execute(row.on_conflict_do_update(index_elements=["key"], set_=paused, where=longer))


def changed_rows(session: Session, statement: Update, values: Mapping[str, Any] | None = None) -> int:
    """Execute an UPDATE with the values of its parameters and return how many rows it changed."""
    result = session.execute(statement, values)
    assert isinstance(result, CursorResult)
    return result.rowcount


def _owned(host: str, owner: str) -> Update:
    return update(hosts).where(hosts.c.key == host, hosts.c.lease_owner == owner)


def _later(moment: datetime | None) -> Any:
    if moment is None:
        return hosts.c.not_before
    return case((hosts.c.not_before > moment, hosts.c.not_before), else_=literal(moment, Utc))


def _is_of(owner: ColumnElement[Any], process: str) -> ColumnElement[bool]:
    head = f"{process}@"
    return func.substr(owner, 1, len(head)) == head
