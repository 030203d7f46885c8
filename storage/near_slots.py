"""The ring of partitions that the near-copy index lives in: where a new article goes, and what may go.

Knows periods and slots, not keys. A slot is taken for a period when its first article comes, and emptied as a whole:
ahead of need by the service's upkeep, or at the last moment by the article that needs the room. Clocks may be wrong:
only what articles themselves have shown to be old goes.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, delete, func, insert, literal, select, text
from sqlalchemy.orm import Session

from storage import postgresql, sqlite
from storage.near_tables import PERIOD_DAYS, SLOTS, WINDOW_DAYS, bands, fingerprints, sentences, slots
from storage.tables import articles

__all__ = ["doomed", "expire", "slot_for"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_HELD = select(slots.c.period, slots.c.slot)
_LAST = select(articles.c.first_seen_at).order_by(articles.c.id.desc()).limit(1)


def slot_for(session: Session, first_seen_at: datetime) -> int:
    """Return the slot for an article first seen at a time; where its period has none it takes a free or the oldest.

    What is older than every period that has a slot goes with the newest.
    """
    period = _period(first_seen_at)
    held = _held(session)
    if period in held:
        return held[period]
    free = sorted(set(range(SLOTS)) - set(held.values()))
    oldest, newest = (min(held), max(held)) if held else (period, period)
    if not free and period < oldest:
        return held[newest]
    slot = free[0] if free else held[oldest]
    if not free:
        _empty(session, slot)
    session.execute(insert(slots), {"slot": slot, "period": period})
    return slot


def doomed(session: Session, now: datetime) -> int:
    """Return how many rows the table has that ``expire`` would empty next; 0 when there is none.

    Counting reads it through: asked of a reader, it brings the table into memory while others write, so that the
    writer does not wait for the disk afterwards (docs/design/0014-near-copy-index.md).
    """
    table = _next_to_empty(session, now)
    return 0 if table is None else session.scalar(select(func.count()).select_from(table)) or 0


def expire(session: Session, now: datetime) -> int:
    """Empty one table of a period that no window reaches any more; return how many tables that were, 0 or 1.

    One at a time, so that the writer is back soon; call it until there is nothing left. Where the last article is
    old nothing goes: a clock that runs ahead looks the same, and the next article tells.
    """
    table = _next_to_empty(session, now)
    if table is not None:
        _clear(session, table)
        return 1
    for slot in _dead(session, now):
        session.execute(delete(slots).where(slots.c.slot == slot))
    return 0


def _next_to_empty(session: Session, now: datetime) -> Table | None:
    """Return the first table with rows in it of the periods that may go."""
    tables = (table for slot in _dead(session, now) for table in _tables(slot))
    return next((table for table in tables if _has_rows(session, table)), None)


def _dead(session: Session, now: datetime) -> list[int]:
    """Return the slots of periods that ended before the window of the last article began."""
    last = session.scalar(_LAST)
    if last is None:
        return []
    oldest = _period(min(now, last) - timedelta(days=WINDOW_DAYS))
    return [slot for period, slot in sorted(_held(session).items()) if period < oldest]


def _held(session: Session) -> dict[int, int]:
    """Return the slots by the period that they hold."""
    return {row.period: row.slot for row in session.execute(_HELD)}


def _period(at: datetime) -> int:
    return (at - _EPOCH).days // PERIOD_DAYS


def _tables(slot: int) -> tuple[Table, Table, Table]:
    return bands[slot], sentences[slot], fingerprints[slot]


def _empty(session: Session, slot: int) -> None:
    for table in _tables(slot):
        _clear(session, table)
    session.execute(delete(slots).where(slots.c.slot == slot))


def _has_rows(session: Session, table: Table) -> bool:
    return session.scalar(select(literal(1)).select_from(table).limit(1)) is not None


def _clear(session: Session, table: Table) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(text(dialect.EMPTY.format(table=table.name)))
