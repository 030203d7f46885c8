"""The ring of slots that the near-copy index lives in: where an article goes, which slots are asked, and what may go.

Knows periods and slots, not keys. A slot holds a period and the window before it: what comes near the end of a period
goes into the slot of the next one, too. So the slot of the present period is asked alone, and the one before it is
dead. Where a slot cannot hold its whole window (the service slept, a clock was wrong, the store is from before), the
older ones are asked as well and stay. Clocks may be wrong: a slot goes when another one has stood in for it a while.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, bindparam, delete, func, insert, literal, select, text, update
from sqlalchemy.orm import Session

from storage import postgresql, sqlite
from storage.near_tables import PERIOD_DAYS, SLOTS, WINDOW_DAYS, bands, fingerprints, sentences, slots
from storage.tables import articles

__all__ = ["asked_slots", "doomed", "expire", "slots_for"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WINDOW = timedelta(days=WINDOW_DAYS)
_HELD = select(slots.c.slot, slots.c.period, slots.c.full_from, slots.c.begun_at).order_by(slots.c.period)
_LAST = (
    select(articles.c.first_seen_at).where(articles.c.id != bindparam("but")).order_by(articles.c.id.desc()).limit(1)
)
_NOBODY = 0  # is no article's id
_DOUBT = timedelta(days=7)
"""How long articles of a period must come before the slot of the one before it goes: by a clock that runs ahead they
come for less."""


@dataclass(frozen=True, slots=True)
class _Held:
    """What a slot holds: see ``storage.near_tables``; a row of ``_HELD``."""

    slot: int
    period: int
    full_from: datetime
    begun_at: datetime | None


def slots_for(session: Session, article_id: int, at: datetime) -> tuple[int, ...]:
    """Return the slots for an article's keys that come at a time: of its period, and near the end of the next one.

    They are taken where they were not. The next one is left out while there is no room for it.
    """
    period, following = _period(at), _period(at + _WINDOW)
    own = _slot_for(session, period, article_id, at, begins=True)
    ahead = None if following == period else _slot_for(session, following, article_id, at, begins=False)
    return tuple(slot for slot in (own, ahead) if slot is not None)


def asked_slots(session: Session, since: datetime) -> tuple[int, ...]:
    """Return the slots that hold all that came since a time, the start of the window: one as a rule."""
    return tuple(one.slot for one in _asked(_held(session), since))


def doomed(session: Session, now: datetime) -> int:
    """Return how many rows the table has that ``expire`` would empty next; 0 when there is none.

    Counting reads it through: asked of a reader, it brings the table into memory while others write, so that the
    writer does not wait for the disk afterwards (docs/design/0014-near-copy-index.md).
    """
    table = _next_to_empty(session, now)
    return 0 if table is None else session.scalar(select(func.count()).select_from(table)) or 0


def expire(session: Session, now: datetime) -> int:
    """Empty one table of a slot that another one stands in for; return how many tables that were, 0 or 1.

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


def _asked(held: Sequence[_Held], since: datetime) -> list[_Held]:
    """Return what holds all that came since a time.

    That is the slot of the period of which this is the window. The older ones are asked as well unless it is full; of
    the later ones those in which an article came before its time, by a clock that ran ahead.
    """
    period = _period(since + _WINDOW)
    present = next((one for one in held if one.period == period), None)
    is_full = present is not None and present.full_from <= since
    return [
        one
        for one in held
        if one is present or (one.period < period and not is_full) or (one.period > period and one.begun_at is not None)
    ]


def _dead(session: Session, now: datetime) -> list[int]:
    """Return the slots before the one that was present a while ago, if that one had begun and was asked alone."""
    last = _last(session)
    if last is None:
        return []
    then = min(now, last) - _DOUBT  # by both clocks
    held = _held(session)
    present = next((one for one in held if one.period == _period(then)), None)
    if present is None or present.begun_at is None or present.begun_at > then:
        return []
    asked = _asked(held, then - _WINDOW)
    return [one.slot for one in held if one not in asked and one.period < present.period]


def _slot_for(session: Session, period: int, article_id: int, at: datetime, *, begins: bool) -> int | None:
    """Return the slot of a period, which an article of its own ``begins``; None where it would cost something."""
    held = _held(session)
    own = next((one for one in held if one.period == period), None)
    if own is not None:
        if begins and (own.begun_at is None or at < own.begun_at):
            session.execute(update(slots).where(slots.c.slot == own.slot).values(begun_at=at))
        return own.slot
    latest = max(at, _last(session, but=article_id) or at)
    slot = _room(held, period, latest, begins=begins)
    if slot is not None:
        begun_at = at if begins else next((one.begun_at for one in held if one.slot == slot), None)
        row = {"slot": slot, "period": period, "full_from": at, "begun_at": begun_at}
        session.execute(delete(slots).where(slots.c.slot == slot))
        session.execute(insert(slots), row)
    return slot


def _room(held: Sequence[_Held], period: int, latest: datetime, *, begins: bool) -> int | None:
    """Return a slot for a period that has none. ``latest`` is when the last two articles came, by the later clock.

    A free one; else one that a clock that ran ahead took; if need be, the one of the period before. What is in these
    goes with them: nothing is emptied here, for no two articles tell whether a clock is right.
    """
    free = set(range(SLOTS)).difference(one.slot for one in held)
    if free:
        return min(free)
    untimely = [one for one in held if one.period > period and _start(one.period) - _WINDOW > latest]
    if untimely or not begins:
        return untimely[0].slot if untimely else None
    earlier = [one for one in held if one.period < period]
    return earlier[-1].slot if earlier else held[0].slot


def _next_to_empty(session: Session, now: datetime) -> Table | None:
    """Return the first table with rows in it of the slots that may go."""
    tables = (table for slot in _dead(session, now) for table in _tables(slot))
    return next((table for table in tables if _has_rows(session, table)), None)


def _last(session: Session, *, but: int = _NOBODY) -> datetime | None:
    """Return when the last article came, but for one."""
    return session.scalar(_LAST, {"but": but})


def _held(session: Session) -> list[_Held]:
    """Return what the slots hold that are taken, in order of their periods."""
    return [_Held(*row) for row in session.execute(_HELD)]


def _period(at: datetime) -> int:
    return (at - _EPOCH).days // PERIOD_DAYS


def _start(period: int) -> datetime:
    return _EPOCH + timedelta(days=period * PERIOD_DAYS)


def _tables(slot: int) -> tuple[Table, Table, Table]:
    return bands[slot], sentences[slot], fingerprints[slot]


def _has_rows(session: Session, table: Table) -> bool:
    return session.scalar(select(literal(1)).select_from(table).limit(1)) is not None


def _clear(session: Session, table: Table) -> None:
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(text(dialect.EMPTY.format(table=table.name)))
