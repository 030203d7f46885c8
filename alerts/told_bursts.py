"""Bursts of which somebody was told in the window of a digest, of names that its stories mention.

Reads the outbox by the keys of such messages, which follow from the name, the day on which a burst began, and the
channel.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.channels import ChannelSettings
from alerts.desk import key_of
from alerts.digest import ToldBurst
from storage import outbox
from storage.outbox import Put

__all__ = ["burst_spell", "told_bursts"]

_BEFORE = timedelta(days=3)
"""How long before it is told a burst may have begun."""
_LONGEST = timedelta(days=8)
"""How far back a digest looks: of a longer window those of the last week."""


def burst_spell(entity: str, day: datetime) -> str:
    """Return what a burst is known by that began on a day (UTC)."""
    return f"burst {entity} {day:%Y-%m-%d}"


def told_bursts(
    session: Session,
    entities: Collection[str],
    since: datetime,
    until: datetime,
    *,
    channels: Iterable[ChannelSettings],
) -> tuple[ToldBurst, ...]:
    """Return the bursts that any of the channels was told of after ``since`` and up to ``until``, the largest first."""
    names = sorted({name for channel in channels for name in (channel.id, *channel.was)})
    days = list(_days(max(since, until - _LONGEST) - _BEFORE, until))
    keys = [key_of(burst_spell(entity, day), name) for entity in sorted(entities) for day in days for name in names]
    found = [_burst(one) for one in outbox.put_under(session, keys) if since < one.created_at <= until]
    largest = {burst.entity: burst for burst in sorted(found, key=lambda burst: burst.stories)}
    return tuple(sorted(largest.values(), key=lambda burst: (-burst.stories, burst.entity)))


def _days(first: datetime, last: datetime) -> Iterator[datetime]:
    while first.date() <= last.date():
        yield first
        first += timedelta(days=1)


def _burst(found: Put) -> ToldBurst:
    data = found.payload["data"]
    return ToldBurst(
        entity=data["entity"], begins_at=datetime.fromisoformat(data["begins_at"]), stories=int(data["stories"])
    )
