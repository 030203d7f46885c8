"""Which channels had messages of which hits, by what the channels are called now.

A message that was given up told nobody.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists

from storage.channel_names import called_now
from storage.states import DeliveryState
from storage.tables import channel_names, deliveries, delivery_hits

__all__ = ["GIVEN_UP", "is_told"]

GIVEN_UP = (DeliveryState.DEAD, DeliveryState.DROPPED)


def is_told(hit_id: ColumnElement[Any], channel: ColumnElement[str]) -> Exists:
    """Return the condition that a channel was sent a hit, or that a message of it is on its way."""
    held = and_(delivery_hits.c.hit_id == hit_id, deliveries.c.id == delivery_hits.c.delivery_id)
    told = exists().where(held, called_now() == channel, deliveries.c.state.not_in(GIVEN_UP))
    return told.correlate_except(deliveries, delivery_hits, channel_names)
