"""Hits that wait for one channel and are to be told through others, and messages that no channel will take.

Does not know which channels a rule has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, product

from sqlalchemy import and_, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from storage.channel_names import called_now
from storage.leases import changed_rows
from storage.outbox import UNSENT
from storage.records import DeliveryState, HitReason
from storage.tables import deliveries, delivery_hits, hits, waiting_hits
from storage.told import GIVEN_UP
from storage.waiting import settle, wait_all

__all__ = ["TELL_FIRST", "Place", "call_back", "pass_on", "places", "readdress", "reroute", "take_back"]

_AT_ONCE = 500
_MOST = 5_000
"""Hits that one transaction moves."""
TELL_FIRST = ("digest", "new", "changed", "escalated")
"""Why messages are sent that speak of hits which their channel was not told; alarms and bursts speak of none."""
_OF_HITS = (*TELL_FIRST, "repeat")

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
        untold = set(product(wanted, part)) - _told(session, part)
        wait_all(session, ((*one, place.rule) for one in sorted(untold)), urgent=place.is_urgent)
    settle(session, ids, channel=place.channel)
    return len(ids)


def call_back(session: Session, channel: str, now: datetime, *, most: int = _MOST) -> int:
    """Let the hits of the messages wait again that a channel has not taken; return how many messages.

    Those messages are no more. One that is being sent, and one that speaks of no hit, stays. The oldest, with up to
    ``most`` hits, and at least one: call it again for the rest.
    """
    waits = or_(deliveries.c.state == DeliveryState.PENDING, deliveries.c.leased_until <= now)
    asked = select(deliveries.c.id).where(UNSENT, deliveries.c.channel == channel, waits)
    asked = asked.where(deliveries.c.reason.in_(_OF_HITS))
    ids = session.scalars(asked.order_by(deliveries.c.id).limit(most)).all()
    taken = _first_of(session, ids, most)
    take_back(session, taken, channel)
    return len(taken)


def pass_on(session: Session, gone: Collection[str], reason: str, channel: str) -> int:
    """Let a channel have the messages of a reason, of no hits, that other ones have not taken; return how many.

    Those that were made for it as well, in the same moment, are dropped instead. One that is being sent stays.
    """
    same = deliveries.alias()
    has = exists().where(same.c.channel == channel, same.c.created_at == deliveries.c.created_at)
    has = has.where(same.c.reason == reason)
    waits = and_(UNSENT, deliveries.c.state == DeliveryState.PENDING, deliveries.c.reason == reason)
    moved = 0
    for name in sorted(gone):  # one after the other: two of them may have the same
        waiting = update(deliveries).where(waits, deliveries.c.channel == name)
        moved += changed_rows(session, waiting.where(~has).values(channel=channel))
        moved += changed_rows(session, waiting.values(state=DeliveryState.DROPPED))
    return moved


def readdress(session: Session, delivery_id: int, channel: str, key: str | None) -> bool:
    """Let a channel have a message that another one has not taken, under a new key; without one it is dropped.

    False, and nothing changes, for one that is being sent.
    """
    values = {"state": DeliveryState.DROPPED} if key is None else {"channel": channel, "key": key}
    waits = (deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.PENDING)
    return changed_rows(session, update(deliveries).where(*waits).values(values)) == 1


def take_back(session: Session, ids: Sequence[int], channel: str) -> None:
    """Let the hits of some messages wait for a channel; those messages are no more."""
    for part in _parts(ids):
        held = delivery_hits.c.delivery_id.in_(part)
        told = session.execute(_TOLD.where(held)).all()
        for urgent in (False, True):
            of_kind = (row for row in told if (row.reason == HitReason.ESCALATED) is urgent)
            wait_all(session, ((channel, row.id, row.rule) for row in of_kind), urgent=urgent)
        session.execute(delete(delivery_hits).where(held))
        session.execute(delete(deliveries).where(deliveries.c.id.in_(part)))


def _first_of(session: Session, ids: Sequence[int], most: int) -> Sequence[int]:
    """Return the first of some messages, those with up to ``most`` hits together, and at least one."""
    count = select(delivery_hits.c.delivery_id, func.count()).group_by(delivery_hits.c.delivery_id)
    asked = (count.where(delivery_hits.c.delivery_id.in_(part)) for part in _parts(ids))
    sizes = {delivery_id: size for one in asked for delivery_id, size in session.execute(one)}
    reached = list(accumulate(sizes.get(delivery_id, 0) for delivery_id in ids))
    return ids[: max(1, bisect_right(reached, most))]


def _told(session: Session, hit_ids: Sequence[int]) -> set[tuple[str, int]]:
    """Return which channels, as they are called now, had a message of which hits."""
    asked = select(called_now(), delivery_hits.c.hit_id)
    asked = asked.join(deliveries, deliveries.c.id == delivery_hits.c.delivery_id)
    asked = asked.where(delivery_hits.c.hit_id.in_(hit_ids), deliveries.c.state.not_in(GIVEN_UP))
    return {(channel, hit_id) for channel, hit_id in session.execute(asked)}


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
