"""What a person does about messages that did not leave: look at them, send them again, drop them.

A message keeps its key whatever becomes of it, so that a receiver that has it knows it again. Does not send.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal_column, select, update
from sqlalchemy.orm import Session

from storage.leases import changed_rows
from storage.records import DeliveryState
from storage.tables import channel_states, deliveries

__all__ = ["Choice", "OutboxEntry", "Waiting", "drop", "list_outbox", "retry_dead", "waiting_messages"]

_STATES: dict[DeliveryState, ColumnElement[bool]] = {
    state: literal_column(f"state = '{state.value}'") for state in DeliveryState
}  # literal: a parameter would keep SQLite from the index


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxEntry:
    """A message of the outbox without its content; ``last_error`` is why its last attempt was in vain."""

    id: int
    key: str
    channel: str
    reason: str
    subject: str | None
    state: DeliveryState
    attempts: int
    due_at: datetime
    last_error: str | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which messages are meant: those with an id of ``ids``, those of ``channel``, or all where both are None."""

    ids: Collection[int] | None = None
    channel: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many messages a channel is still to be sent, and when the first of them is due."""

    channel: str
    count: int
    due_at: datetime


def list_outbox(
    session: Session, states: Sequence[DeliveryState], *, channel: str | None = None, limit: int
) -> tuple[OutboxEntry, ...]:
    """Return the messages in the given states, the newest first."""
    found = [row for state in states for row in session.execute(_entries(state, channel, limit))]
    newest = sorted(found, key=lambda row: row.id, reverse=True)[:limit]
    return tuple(OutboxEntry(**{**row._asdict(), "state": DeliveryState(row.state)}) for row in newest)


def waiting_messages(session: Session, channel: str | None) -> tuple[Waiting, ...]:
    """Return what waits to be sent to a channel, or to each (None); none where nothing waits."""
    waits = _chosen(Choice(channel=channel), DeliveryState.PENDING)
    asked = select(deliveries.c.channel, func.count().label("count"), func.min(deliveries.c.due_at).label("due_at"))
    rows = session.execute(asked.where(waits).group_by(deliveries.c.channel).order_by(deliveries.c.channel))
    return tuple(Waiting(**row._asdict()) for row in rows)


def retry_dead(session: Session, choice: Choice, *, now: datetime) -> int:
    """Make dead messages due again with their attempts forgotten; return how many.

    Their channels are tried at once, whatever they rest for.
    """
    dead = _chosen(choice, DeliveryState.DEAD)
    channels = session.scalars(select(deliveries.c.channel).where(dead).distinct()).all()
    session.execute(update(channel_states).where(channel_states.c.id.in_(channels)).values(rests_until=None))
    again = {"state": DeliveryState.PENDING, "due_at": now, "attempts": 0}
    return changed_rows(session, update(deliveries).where(dead).values(**again))


def drop(session: Session, choice: Choice, *, with_waiting: bool = False) -> int:
    """Give up dead messages for ever, ``with_waiting`` those that wait as well; return how many.

    One that is being sent is left alone.
    """
    states = (DeliveryState.DEAD, DeliveryState.PENDING)[: 2 if with_waiting else 1]
    dropped = {"state": DeliveryState.DROPPED}
    return sum(changed_rows(session, update(deliveries).where(_chosen(choice, one)).values(dropped)) for one in states)


def _entries(state: DeliveryState, channel: str | None, limit: int) -> Select[Any]:
    shown = [deliveries.c[name] for name in OutboxEntry.__slots__ if name != "subject"]
    subject = deliveries.c.payload["subject"].as_string().label("subject")
    asked = select(*shown, subject).where(_chosen(Choice(channel=channel), state))
    return asked.order_by(deliveries.c.id.desc()).limit(limit)


def _chosen(choice: Choice, state: DeliveryState) -> ColumnElement[bool]:
    wanted = [_STATES[state]]
    if choice.ids is not None:
        wanted.append(deliveries.c.id.in_(choice.ids))
    if choice.channel is not None:
        wanted.append(deliveries.c.channel == choice.channel)
    return and_(*wanted)
