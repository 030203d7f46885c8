"""Hits that wait for one channel and are to be told through others, and messages that no channel will take.

Does not know which channels a rule has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import product

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from storage.outbox import UNSENT
from storage.records import DeliveryState, HitReason
from storage.tables import deliveries, delivery_hits, hits, waiting_hits
from storage.waiting import settle, wait_all

__all__ = ["Place", "call_back", "places", "reroute"]

_AT_ONCE = 500
_MOST = 5_000
"""Hits or messages that one transaction moves."""
_OF_HITS = ("digest", "new", "changed", "escalated", "repeat")
"""Why messages are sent that speak of hits; alarms and bursts speak of none."""

_TOLD = select(hits.c.id, hits.c.rule, hits.c.reason).join(delivery_hits, delivery_hits.c.hit_id == hits.c.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where hits wait: of which rule, for which channel, whether no digest is to tell them, and how many."""

    rule: str
    channel: str
    is_urgent: bool
    hits: int


def places(session: Session) -> tuple[Place, ...]:
    """Return where hits wait."""
    by = (waiting_hits.c.rule, waiting_hits.c.channel, waiting_hits.c.urgent)
    rows = session.execute(select(*by, func.count()).group_by(*by).order_by(*by)).all()
    return tuple(Place(rule=rule, channel=channel, is_urgent=bool(urgent), hits=n) for rule, channel, urgent, n in rows)


def reroute(session: Session, place: Place, channels: Iterable[str]) -> int:
    """Let hits wait for other channels, but for those that were told them; return how many hits.

    At most 5,000, the oldest: call it again for the rest.
    """
    asked = select(waiting_hits.c.hit_id).where(
        waiting_hits.c.rule == place.rule,
        waiting_hits.c.channel == place.channel,
        waiting_hits.c.urgent == place.is_urgent,
    )
    ids = session.scalars(asked.order_by(waiting_hits.c.hit_id).limit(_MOST)).all()
    wanted = list(channels)
    for part in _parts(ids):
        untold = set(product(wanted, part)) - _told(session, part, wanted)
        wait_all(session, ((*one, place.rule) for one in sorted(untold)), urgent=place.is_urgent)
    settle(session, ids, channel=place.channel)
    return len(ids)


def call_back(session: Session, channel: str, now: datetime) -> int:
    """Let the hits of the messages wait again that a channel has not taken; return how many messages.

    Those messages are no more. One that is being sent, and one that speaks of no hit, stays. At most 5,000, the oldest:
    call it again for the rest.
    """
    waits = or_(deliveries.c.state == DeliveryState.PENDING, deliveries.c.leased_until <= now)
    asked = select(deliveries.c.id).where(UNSENT, deliveries.c.channel == channel, waits)
    asked = asked.where(deliveries.c.reason.in_(_OF_HITS))
    ids = session.scalars(asked.order_by(deliveries.c.id).limit(_MOST)).all()
    if not ids:
        return 0
    told = session.execute(_TOLD.where(delivery_hits.c.delivery_id.in_(ids))).all()
    for urgent in (False, True):
        of_kind = (row for row in told if (row.reason == HitReason.ESCALATED) is urgent)
        wait_all(session, ((channel, row.id, row.rule) for row in of_kind), urgent=urgent)
    for part in _parts(sorted({row.id for row in told})):  # by the hits: that is what the key begins with
        links = delivery_hits.c.hit_id.in_(part), delivery_hits.c.delivery_id.in_(ids)
        session.execute(delete(delivery_hits).where(*links))
    session.execute(delete(deliveries).where(deliveries.c.id.in_(ids)))
    return len(ids)


def _told(session: Session, hit_ids: Sequence[int], channels: Sequence[str]) -> set[tuple[str, int]]:
    """Return which of some channels had a message of which hits."""
    asked = select(deliveries.c.channel, delivery_hits.c.hit_id)
    asked = asked.join(deliveries, deliveries.c.id == delivery_hits.c.delivery_id)
    asked = asked.where(delivery_hits.c.hit_id.in_(hit_ids), deliveries.c.channel.in_(channels))
    return {(channel, hit_id) for channel, hit_id in session.execute(asked)}


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
