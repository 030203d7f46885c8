"""Times that never come: what to do with them after the clock of the machine was wrong.

Back-off and pauses end within a day. What waits longer was put off by a clock that ran ahead and went back since, and
would wait, in silence, until that time came.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, delete, func, literal_column, or_, select, update
from sqlalchemy.orm import Session

from storage.tables import channel_states, deliveries, digests, hosts, items, sources

__all__ = ["PARKED", "forget_future"]

PARKED = datetime(9000, 1, 1, tzinfo=UTC)
"""When the pending items of a removed source are due: not before it comes back."""

_DAY_S = 86_400
_LONGEST_WAIT = timedelta(seconds=_DAY_S, hours=1)


def forget_future(session: Session, now: datetime) -> None:
    """Make due now what would otherwise wait for a time that only a wrong clock can have named.

    That is what waits longer than anything does, and what was put off at a time that is yet to come.
    """
    far = now + _LONGEST_WAIT
    too_far = and_(sources.c.interval_s <= _DAY_S, sources.c.due_at > far)
    put_off = and_(sources.c.due_at > now, or_(too_far, sources.c.last_polled_at > now))
    pending = and_(items.c.state == literal_column("'pending'"), items.c.due_at > now, items.c.due_at < PARKED)
    found_ahead = or_(items.c.due_at > far, items.c.discovered_at > now)
    ahead = select(sources.c.host).where(sources.c.last_polled_at > now)
    visited = and_(hosts.c.not_before > now, hosts.c.key.in_(ahead))
    session.execute(
        update(hosts).where(or_(hosts.c.not_before > far, visited)).values(not_before=None, pause_reason=None)
    )
    session.execute(update(sources).where(put_off).values(due_at=now))
    session.execute(update(items).where(pending, found_ahead).values(due_at=now))
    _forget_waits(session, far, now)
    _forget_digests(session, far, now)


def _forget_waits(session: Session, far: datetime, now: datetime) -> None:
    """Make messages and channels due that wait for a time to come."""
    waits = and_(deliveries.c.state == literal_column("'pending'"), deliveries.c.due_at > now)
    written_ahead = or_(deliveries.c.due_at > far, deliveries.c.created_at > now)
    session.execute(update(deliveries).where(waits, written_ahead).values(due_at=now))
    failed_ahead = or_(channel_states.c.rests_until > far, channel_states.c.failing_since > now)
    session.execute(update(channel_states).where(failed_ahead).values(rests_until=None, failing_since=None, failures=0))
    told_ahead = channel_states.c.told_at > now  # until then the operator would be told of no failure
    session.execute(update(channel_states).where(told_ahead).values(told_at=now))


def _forget_digests(session: Session, far: datetime, now: datetime) -> None:
    """Keep what the latest digest of a channel told, not when."""
    latest = select(func.max(digests.c.id)).group_by(digests.c.channel)
    session.execute(delete(digests).where(digests.c.scheduled_at > far, digests.c.id.not_in(latest)))
    session.execute(update(digests).where(digests.c.scheduled_at > far).values(scheduled_at=now))
    session.execute(update(digests).where(digests.c.created_at > now).values(created_at=now))
