"""The figures that digests and metrics vouch with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Table, func, literal_column, select
from sqlalchemy.orm import Session

from storage.feed.views import Coverage
from storage.health import is_silent
from storage.outbox import count_late, outbox_counts
from storage.records import DeliveryState
from storage.retags import most_left
from storage.rows import AnyRow
from storage.search_index import most_to_index
from storage.tables import articles, hits, items, sources, stories, tallies

__all__ = ["counters", "coverage"]

_AT_ONCE = 100
"""Rows of sources in memory at a time: 5 KB each with their rhythm, and asked for every few seconds."""
_COUNTED = tuple(state for state in DeliveryState if state is not DeliveryState.DROPPED)
_ACTIVE = select(
    sources.c.failures, sources.c.last_success_at, sources.c.last_new_at, sources.c.created_at, sources.c.pacing
).where(sources.c.active)


def coverage(session: Session, *, now: datetime) -> Coverage:
    """Return how many active sources are watched, and how they do; see ``storage.health`` for what is silent."""
    watched, failing, silent = _health(session)
    return Coverage(
        watched=watched,
        ok=watched - failing - silent,
        silent=silent,
        failed=failing,
        unsent=count_late(session, now=now),
    )


def counters(session: Session) -> Mapping[str, int | Mapping[str, int]]:
    """Return the figures of the store: totals, and groups of them by a label.

    ``outcomes`` only grow; ``items_pending`` and ``deliveries`` are of this moment.
    """
    by_outcome = select(tallies.c.outcome, func.sum(tallies.c.total)).group_by(tallies.c.outcome)
    waiting = select(func.count()).select_from(items).where(items.c.state == literal_column("'pending'"))
    watched, failing, silent = _health(session)
    outbox = outbox_counts(session)
    return {
        "articles": _count(session, articles),
        "stories": _count(session, stories),
        "hits": _count(session, hits),
        "items_pending": session.scalar(waiting) or 0,
        "articles_to_tag": most_left(session),
        "articles_to_index": most_to_index(session),
        "outcomes": {row[0]: int(row[1]) for row in session.execute(by_outcome.order_by(tallies.c.outcome))},
        "deliveries": {state.value: getattr(outbox, state) for state in _COUNTED},
        "sources": {"watched": watched, "failing": failing, "silent": silent},
    }


def _health(session: Session) -> tuple[int, int, int]:
    """Return how many sources are active, how many of them fail, and how many others are silent."""
    states = Counter(_state(row) for row in session.execute(_ACTIVE).yield_per(_AT_ONCE))
    return states.total(), states["failing"], states["silent"]


def _state(row: AnyRow) -> str:
    if row.failures > 0:
        return "failing"
    return "silent" if is_silent(row) else "ok"


def _count(session: Session, table: Table) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
