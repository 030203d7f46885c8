"""The outbox: messages on their way, each sent at least once and never marked sent before it was.

A message has a key that stays the same on every attempt. Does not render or send.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Update,
    and_,
    exists,
    func,
    insert,
    literal_column,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from storage.columns import PlainText, Utc
from storage.leases import changed_rows
from storage.records import Delivery, DeliveryState
from storage.rows import AnyRow
from storage.tables import deliveries, delivery_hits
from storage.upsert import insert_into

__all__ = [
    "DEAD",
    "UNSENT",
    "OutboxCounts",
    "Put",
    "claim",
    "count_late",
    "delivery_from",
    "enqueue",
    "first_due",
    "is_known",
    "is_of_others",
    "lapse_all",
    "last_enqueued_at",
    "messages_of",
    "outbox_counts",
    "put_under",
    "release_all",
    "settle_dead",
    "settle_retry",
    "settle_sent",
    "unsent_channels",
]

UNSENT: ColumnElement[bool] = literal_column(
    "state IN ('pending', 'sending')"
)  # literal, or SQLite does not see the partial index

_SENDING: ColumnElement[bool] = literal_column("state = 'sending'")

DEAD: ColumnElement[bool] = literal_column("state = 'dead'")
_WAS_TRIED: ColumnElement[bool] = literal_column("last_error IS NOT NULL")

_AT_ONCE = 500  # keys in one question

_LATE = timedelta(minutes=10)
"""How long after it is due a message that nobody tried to send is late: a service sends it within seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """How many messages stand where, and since when the oldest unsent one waits; dropped ones are not counted."""

    pending: int
    sending: int
    sent: int
    dead: int
    oldest_unsent_at: datetime | None


class Put(NamedTuple):
    """A message as it was put in, and when."""

    payload: dict[str, Any]
    created_at: datetime


def enqueue(
    session: Session,
    *,
    key: str,
    channel: str,
    reason: str,
    payload: dict[str, Any],
    due_at: datetime,
    now: datetime,
    hit_ids: Sequence[int] = (),
) -> bool:
    """Put a message into the outbox; False, and nothing changes, when its key is known.

    ``hit_ids`` are the hits it speaks of, for whoever asks what became of them.
    """
    row = insert_into(session, deliveries).values(
        key=key,
        channel=channel,
        reason=reason,
        payload=payload,
        state=DeliveryState.PENDING,
        attempts=0,
        due_at=due_at,
        created_at=now,
    )
    delivery_id = session.scalar(row.on_conflict_do_nothing().returning(deliveries.c.id))
    if delivery_id is None:
        return False
    if hit_ids:
        links = [{"hit_id": hit_id, "delivery_id": delivery_id} for hit_id in dict.fromkeys(hit_ids)]
        session.execute(insert(delivery_hits), links)
    return True


def is_known(session: Session, keys: Collection[str]) -> bool:
    """Say whether any of these keys was ever put in."""
    found = session.execute(select(deliveries.c.id).where(deliveries.c.key.in_(keys)).limit(1))
    return found.first() is not None


def put_under(session: Session, keys: Sequence[str]) -> tuple[Put, ...]:
    """Return the messages with any of these keys; keys of none are left out."""
    asked = select(deliveries.c.payload, deliveries.c.created_at)
    parts = (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
    return tuple(Put(*row) for part in parts for row in session.execute(asked.where(deliveries.c.key.in_(part))))


def is_of_others(session: Session, key: str, hit_ids: Collection[int]) -> bool:
    """Say whether a message with a key was ever put in that speaks of none of some hits."""
    held = exists().where(delivery_hits.c.delivery_id == deliveries.c.id, delivery_hits.c.hit_id.in_(sorted(hit_ids)))
    return session.execute(select(deliveries.c.id).where(deliveries.c.key == key, ~held)).first() is not None


def last_enqueued_at(session: Session, reason: str) -> datetime | None:
    """Return when the last message with a reason was put in; None where there is none."""
    asked = select(deliveries.c.created_at).where(deliveries.c.reason == reason)
    moment: datetime | None = session.scalar(asked.order_by(deliveries.c.id.desc()).limit(1))
    return moment


def claim(
    session: Session, *, now: datetime, owner: str, lease_s: float, limit: int, channels: Sequence[str]
) -> tuple[Delivery, ...]:
    """Lease up to ``limit`` messages, the first that is due of each channel, and count an attempt of each.

    Messages of a channel leave in the order in which they became due; while one is under way it gets no second one.
    One that was put off does not hold up the others. A lapsed lease is work again.
    """
    leased = {"state": DeliveryState.SENDING, "lease_owner": owner, "leased_until": now + timedelta(seconds=lease_s)}
    claimed: list[AnyRow] = []
    for delivery_id in _first_due(session, now, channels)[:limit]:
        statement = update(deliveries).where(deliveries.c.id == delivery_id, _is_due(now))
        statement = statement.values(**leased, attempts=deliveries.c.attempts + 1)
        claimed += session.execute(statement.returning(*deliveries.c)).all()
    return tuple(delivery_from(row) for row in claimed)


def settle_sent(session: Session, delivery_id: int, owner: str, *, now: datetime, detail: str) -> bool:
    """Mark a message sent; False when ``owner`` has lost it."""
    sent = {"state": DeliveryState.SENT, "sent_at": now, "detail": detail, "last_error": None}
    return _settle(session, delivery_id, owner, sent)


def settle_retry(
    session: Session, delivery_id: int, owner: str, *, due_at: datetime, reason: str | None, counts: bool = True
) -> bool:
    """Leave a message for another attempt; False when ``owner`` has lost it.

    Without ``counts`` the attempt is forgotten: the message has nothing to do with why it failed.
    """
    values: dict[str, Any] = {"state": DeliveryState.PENDING, "due_at": due_at, "last_error": reason}
    if not counts:
        values["attempts"] = deliveries.c.attempts - 1
    return _settle(session, delivery_id, owner, values)


def settle_dead(session: Session, delivery_id: int, owner: str, *, now: datetime, reason: str) -> bool:
    """Give a message up, until somebody asks for it again; False when ``owner`` has lost it."""
    return _settle(session, delivery_id, owner, {"state": DeliveryState.DEAD, "due_at": now, "last_error": reason})


def release_all(session: Session, owner: str) -> None:
    """Give back the messages that ``owner`` has, as at the end of a process; their attempts stay counted."""
    held = and_(deliveries.c.lease_owner == owner, _SENDING)
    session.execute(update(deliveries).where(held).values(**_freed(DeliveryState.PENDING)))


def lapse_all(session: Session, *, now: datetime) -> None:
    """End all leases at once: the only process says at its start that all earlier ones are dead."""
    running = and_(_SENDING, deliveries.c.leased_until > now)
    session.execute(update(deliveries).where(running).values(leased_until=now))


def outbox_counts(session: Session) -> OutboxCounts:
    """Count the messages by state."""
    counts = session.execute(select(deliveries.c.state, func.count()).group_by(deliveries.c.state))
    by_state = {row[0]: row[1] for row in counts}
    oldest = (session.scalar(_first_of(state)) for state in (DeliveryState.PENDING, DeliveryState.SENDING))
    return OutboxCounts(
        pending=by_state.get(DeliveryState.PENDING, 0),
        sending=by_state.get(DeliveryState.SENDING, 0),
        sent=by_state.get(DeliveryState.SENT, 0),
        dead=by_state.get(DeliveryState.DEAD, 0),
        oldest_unsent_at=min((moment for moment in oldest if moment is not None), default=None),
    )


def count_late(session: Session, *, now: datetime) -> int:
    """Count the messages that should have been sent: given up, tried in vain, or due for ten minutes.

    From indexes that are named: the rows hold the messages, and 100,000 of them take seconds to read.
    """
    since, due_at = now - _LATE, literal_column("due_at", Utc)
    return sum(
        session.scalar(select(func.count()).select_from(place).where(*conditions)) or 0
        for place, conditions in (
            (deliveries, (DEAD,)),
            (_through(session, "ix_delivery_unsent"), (UNSENT, due_at < since)),
            (_through(session, "ix_delivery_tried"), (UNSENT, _WAS_TRIED, due_at >= since)),
        )
    )


def unsent_channels(session: Session) -> frozenset[str]:
    """Return the channels that messages are on their way to; from an index, as above."""
    channel = literal_column("channel", PlainText)
    asked = select(channel).select_from(_through(session, "ix_delivery_unsent")).where(UNSENT)
    return frozenset(session.scalars(asked.distinct()))


def messages_of(session: Session, state: ColumnElement[bool], *, channel: str, reason: str) -> tuple[Delivery, ...]:
    """Return the messages of a reason to a channel that are in a state, ``UNSENT`` or ``DEAD``."""
    asked = select(deliveries).where(state, deliveries.c.channel == channel, deliveries.c.reason == reason)
    return tuple(map(delivery_from, session.execute(asked.order_by(deliveries.c.id))))


def delivery_from(row: AnyRow) -> Delivery:
    """Return a row of ``delivery`` as a record."""
    return Delivery(
        id=row.id,
        key=row.key,
        channel=row.channel,
        reason=row.reason,
        payload=row.payload,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        due_at=row.due_at,
        last_error=row.last_error,
        created_at=row.created_at,
        sent_at=row.sent_at,
    )


def _through(session: Session, index: str) -> FromClause:
    """Return the messages as an index gives them; SQLite would take that of the states, and read every row."""
    if session.get_bind().dialect.name != "sqlite":
        return deliveries
    return text(f"delivery INDEXED BY {index}")  # type: ignore[return-value]  # a table, in the words of the database


def _first_of(state: DeliveryState) -> Select[datetime]:
    """Return the question for the time of the oldest message in a state: ids grow with time."""
    asked = select(deliveries.c.created_at).where(literal_column(f"state = '{state.value}'"))
    return asked.order_by(deliveries.c.id).limit(1)


def _first_due(session: Session, now: datetime, channels: Sequence[str]) -> list[int]:
    """Return the message that each free channel is to get next, the one that waits longest first.

    One look at an index for each channel, however many messages wait.
    """
    under_way = select(deliveries.c.channel).where(_SENDING, deliveries.c.leased_until > now)
    busy = frozenset(session.scalars(under_way))
    found = (session.execute(first_due(now, channel)).first() for channel in channels if channel not in busy)
    return [row.id for row in sorted((row for row in found if row is not None), key=lambda row: (row.due_at, row.id))]


def first_due(now: datetime, channel: str) -> Select[int, datetime]:
    """Return the question for the message that a channel is to get next."""
    due = select(deliveries.c.id, deliveries.c.due_at).where(UNSENT, deliveries.c.channel == channel)
    due = due.where(deliveries.c.due_at <= now, _is_due(now))
    return due.order_by(deliveries.c.due_at, deliveries.c.id).limit(1)


def _is_due(now: datetime) -> Any:
    waiting = and_(deliveries.c.state == DeliveryState.PENDING, deliveries.c.due_at <= now)
    lapsed = and_(deliveries.c.state == DeliveryState.SENDING, deliveries.c.leased_until <= now)
    return or_(waiting, lapsed)


def _settle(session: Session, delivery_id: int, owner: str, values: dict[str, Any]) -> bool:
    return changed_rows(session, _held(delivery_id, owner).values(**{**_freed(values["state"]), **values})) == 1


def _held(delivery_id: int, owner: str) -> Update:
    held = and_(deliveries.c.lease_owner == owner, deliveries.c.state == DeliveryState.SENDING)
    return update(deliveries).where(deliveries.c.id == delivery_id, held)


def _freed(state: DeliveryState) -> dict[str, Any]:
    return {"state": state, "lease_owner": None, "leased_until": None}
