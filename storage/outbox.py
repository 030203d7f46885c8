"""The outbox: messages on their way, each sent at least once and never marked sent before it was.

A message has a key that stays the same on every attempt. Does not render or send.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Update, and_, func, insert, literal_column, or_, select, update
from sqlalchemy.orm import Session

from storage.leases import changed_rows
from storage.records import Delivery, DeliveryState
from storage.rows import AnyRow
from storage.tables import deliveries, delivery_hits
from storage.upsert import insert_into

__all__ = [
    "OutboxCounts",
    "claim",
    "delivery_from",
    "enqueue",
    "lapse_all",
    "last_enqueued_at",
    "outbox_counts",
    "release_all",
    "retry_dead",
    "settle_dead",
    "settle_retry",
    "settle_sent",
]

_UNSENT: ColumnElement[bool] = literal_column(
    "state IN ('pending', 'sending')"
)  # literal, or SQLite does not see the partial index


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxCounts:
    """How many messages stand where, and since when the oldest unsent one waits."""

    pending: int
    sending: int
    sent: int
    dead: int
    oldest_unsent_at: datetime | None


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


def last_enqueued_at(session: Session, reason: str) -> datetime | None:
    """Return when the last message with a reason was put in; None where there is none."""
    asked = select(deliveries.c.created_at).where(deliveries.c.reason == reason)
    moment: datetime | None = session.scalar(asked.order_by(deliveries.c.id.desc()).limit(1))
    return moment


def claim(
    session: Session, *, now: datetime, owner: str, lease_s: float, limit: int, channels: Sequence[str]
) -> tuple[Delivery, ...]:
    """Lease up to ``limit`` messages, the oldest that is due of each channel, and count an attempt of each.

    A channel with a message under way gets no second one, so its messages leave in order; one that waits for its next
    attempt does not hold up the others. A lapsed lease is work again.
    """
    leased = {"state": DeliveryState.SENDING, "lease_owner": owner, "leased_until": now + timedelta(seconds=lease_s)}
    claimed: list[AnyRow] = []
    for delivery_id in session.scalars(_oldest_due(now, channels, limit)).all():
        statement = update(deliveries).where(deliveries.c.id == delivery_id, _is_due(now))
        statement = statement.values(**leased, attempts=deliveries.c.attempts + 1)
        claimed += session.execute(statement.returning(*deliveries.c)).all()
    return tuple(delivery_from(row) for row in claimed)


def settle_sent(session: Session, delivery_id: int, owner: str, *, now: datetime, detail: str) -> bool:
    """Mark a message sent; False when ``owner`` has lost it."""
    sent = {"state": DeliveryState.SENT, "sent_at": now, "detail": detail, "last_error": None}
    return _settle(session, delivery_id, owner, sent)


def settle_retry(session: Session, delivery_id: int, owner: str, *, due_at: datetime, reason: str) -> bool:
    """Leave a message for another attempt; False when ``owner`` has lost it."""
    return _settle(
        session, delivery_id, owner, {"state": DeliveryState.PENDING, "due_at": due_at, "last_error": reason}
    )


def settle_dead(session: Session, delivery_id: int, owner: str, *, now: datetime, reason: str) -> bool:
    """Give a message up, until somebody asks for it again; False when ``owner`` has lost it."""
    return _settle(session, delivery_id, owner, {"state": DeliveryState.DEAD, "due_at": now, "last_error": reason})


def release_all(session: Session, owner: str) -> None:
    """Give back the messages that ``owner`` has, as at the end of a process; their attempts stay counted."""
    held = and_(deliveries.c.lease_owner == owner, _UNSENT)
    session.execute(update(deliveries).where(held).values(**_freed(DeliveryState.PENDING)))


def lapse_all(session: Session, *, now: datetime) -> None:
    """End all leases at once: the only process says at its start that all earlier ones are dead."""
    running = and_(_UNSENT, deliveries.c.leased_until > now)
    session.execute(update(deliveries).where(running).values(leased_until=now))


def retry_dead(session: Session, ids: Sequence[int] | None, *, now: datetime) -> int:
    """Make dead messages, all or those of ``ids``, due again with their attempts forgotten; return how many."""
    statement = update(deliveries).where(deliveries.c.state == DeliveryState.DEAD)
    if ids is not None:
        statement = statement.where(deliveries.c.id.in_(ids))
    return changed_rows(session, statement.values(state=DeliveryState.PENDING, due_at=now, attempts=0))


def outbox_counts(session: Session) -> OutboxCounts:
    """Count the messages by state."""
    counts = session.execute(select(deliveries.c.state, func.count()).group_by(deliveries.c.state))
    by_state = {row[0]: row[1] for row in counts}
    oldest = session.scalar(select(func.min(deliveries.c.created_at)).where(_UNSENT))
    return OutboxCounts(**{state: by_state.get(state, 0) for state in DeliveryState}, oldest_unsent_at=oldest)


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


def _oldest_due(now: datetime, channels: Sequence[str], limit: int) -> Any:
    under_way = select(deliveries.c.channel).where(_UNSENT, deliveries.c.leased_until > now)
    due = select(func.min(deliveries.c.id).label("id")).where(_UNSENT, _is_due(now))
    due = due.where(deliveries.c.channel.in_(channels), deliveries.c.channel.not_in(under_way))
    return due.group_by(deliveries.c.channel).order_by(func.min(deliveries.c.id)).limit(limit)


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
