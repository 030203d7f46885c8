"""The configured sources in the store: what sets them up, changes them and puts them away.

Does not poll; ``storage.polls`` records what a poll brought.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.orm import Session

from storage.clock import PARKED, forget_future
from storage.leases import revoke
from storage.records import ItemState, SourceSpec
from storage.rows import AnyRow
from storage.tables import items, sources

__all__ = ["FIRST_INTERVAL_S", "sync_sources"]

FIRST_INTERVAL_S = 900  # until the polls have shown how often a source has news

_ADDED_AT_ONCE = 100
_KNOWN = select(
    *(sources.c[name] for name in ("id", "kind", "url", "host", "section", "every_s", "settings_digest", "active")),
    *(sources.c[name] for name in ("address", "claimed_by", "due_at")),
)
"""What a source is set up with, and where it stands: its rhythm and what it listed are left where they are."""

_UNSEEN: dict[str, Any] = {"etag": None, "last_modified": None, "body_hash": None, "cursor": {}, "last_keys": None}
_FORGOTTEN: dict[str, Any] = {
    **_UNSEEN,
    "address": None,
    "moved_to": None,
    "moved_times": 0,
    "pacing": {},
    "notices": [],
    "failures": 0,
    "lapses": 0,
}


def sync_sources(session: Session, specs: Sequence[SourceSpec], *, now: datetime) -> None:
    """Make the active sources exactly those of ``specs``, by their ids.

    A new source is due now. One with another address or kind is due now and forgets what belonged to the old one;
    its visit under way, if any, loses its lease. One with another digest is due now and read as if for the first time,
    at the rhythm that is known. A source that is gone stays, inactive, and comes back as it was.
    What a wrong clock put off for ever is due now.
    """
    forget_future(session, now)
    known = {row.id: row for row in session.execute(_KNOWN)}
    added = [spec for spec in specs if spec.id not in known]
    for first in range(0, len(added), _ADDED_AT_ONCE):
        session.execute(insert(sources), [_new(spec, now) for spec in added[first : first + _ADDED_AT_ONCE]])
    for spec in specs:
        if spec.id in known:
            _sync(session, known[spec.id], spec, now)
    gone = [source_id for source_id, row in known.items() if row.active and source_id not in {s.id for s in specs}]
    for source_id in gone:
        session.execute(update(sources).where(sources.c.id == source_id).values(active=False))
        _move_pending(session, source_id, PARKED)


def _new(spec: SourceSpec, now: datetime) -> dict[str, Any]:
    return {
        **_FORGOTTEN,
        **_configured(spec),
        "id": spec.id,
        "interval_s": spec.every_s or FIRST_INTERVAL_S,
        "due_at": now,
        "created_at": now,
        "polls": 0,
        "discovered": 0,
    }


def _configured(spec: SourceSpec) -> dict[str, Any]:
    return {
        "kind": spec.kind,
        "url": spec.url,
        "host": spec.host,
        "section": spec.group,
        "every_s": spec.every_s,
        "settings_digest": spec.digest,
        "active": True,
    }


def _sync(session: Session, row: AnyRow, spec: SourceSpec, now: datetime) -> None:
    values = _configured(spec)
    if row.address is not None and (row.url, row.kind) == (spec.url, spec.kind):
        values["host"] = row.host  # it is polled where permanent redirects led
    if all(getattr(row, name) == value for name, value in values.items()):
        return
    if (row.url, row.kind) != (spec.url, spec.kind):
        revoke(session, row.host)
        values |= {**_FORGOTTEN, "due_at": now}
    elif row.settings_digest != spec.digest:
        if row.claimed_by is not None:  # or its poll under way would bring back what is forgotten here
            revoke(session, row.host)
        values |= {**_UNSEEN, "due_at": min(row.due_at, now)}
    elif spec.every_s is not None and spec.every_s != row.every_s:
        values["due_at"] = min(row.due_at, now + timedelta(seconds=spec.every_s))
    if spec.every_s is not None:
        values["interval_s"] = spec.every_s
    session.execute(update(sources).where(sources.c.id == spec.id).values(**values))
    if not row.active:
        _move_pending(session, spec.id, now)


def _move_pending(session: Session, source_id: str, due_at: datetime) -> None:
    pending = and_(items.c.source_id == source_id, items.c.state == ItemState.PENDING)
    session.execute(update(items).where(pending).values(due_at=due_at))
