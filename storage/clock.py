"""Times that never come: what to do with them after the clock of the machine was wrong.

Back-off and pauses end within a day. What waits longer was put off by a clock that ran ahead and went back since, and
would wait, in silence, until that time came.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from storage.tables import deliveries, digests, hosts, items, sources

__all__ = ["PARKED", "forget_future"]

PARKED = datetime(9000, 1, 1, tzinfo=UTC)
"""When the pending items of a removed source are due: not before it comes back."""

_DAY_S = 86_400
_LONGEST_WAIT = timedelta(seconds=_DAY_S, hours=1)


def forget_future(session: Session, now: datetime) -> None:
    """Make due now what would otherwise wait for a time that only a wrong clock can have named."""
    far = now + _LONGEST_WAIT
    too_far = and_(sources.c.interval_s <= _DAY_S, sources.c.due_at > far)
    put_off = and_(sources.c.due_at > now, or_(too_far, sources.c.last_polled_at > now))
    pending = and_(items.c.state == literal_column("'pending'"), items.c.due_at > far, items.c.due_at < PARKED)
    session.execute(update(sources).where(put_off).values(due_at=now))
    session.execute(update(items).where(pending).values(due_at=now))
    session.execute(update(hosts).where(hosts.c.not_before > far).values(not_before=None, pause_reason=None))
    session.execute(
        update(deliveries).where(deliveries.c.state == "pending", deliveries.c.due_at > far).values(due_at=now)
    )
    _forget_digests(session, far, now)


def _forget_digests(session: Session, far: datetime, now: datetime) -> None:
    """Keep what the latest digest of a channel told, not when."""
    latest = select(func.max(digests.c.id)).group_by(digests.c.channel)
    session.execute(delete(digests).where(digests.c.scheduled_at > far, digests.c.id.not_in(latest)))
    session.execute(update(digests).where(digests.c.scheduled_at > far).values(scheduled_at=now))
