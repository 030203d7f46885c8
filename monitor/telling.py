"""What is told when nothing comes in: groups that waited long enough, digests that are due, bursts.

Goes through ``alerts.groups`` and ``alerts.dispatch``; when it is called is the daemon's matter.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from alerts.dispatch import compose_due_digests
from alerts.groups import compose_due_alerts, next_alert
from alerts.schedule import next_digest
from monitor.coverage import LateCoverage
from monitor.desk import desk_of
from monitor.new_names import new_names
from monitor.runtime import Runtime

if TYPE_CHECKING:
    from alerts.trends import Trend

__all__ = ["compose_due", "next_due", "tell_bursts"]


async def compose_due(rt: Runtime, *, first_allowed: bool, is_last: bool = False) -> tuple[int, datetime | None]:
    """Enqueue the messages whose time has come; return how many, and when a group that is held may be told.

    ``is_last`` says that nothing more comes in for a while: no group waits for more. What a night has gathered is told
    in several transactions: others write in between.
    """
    enqueued = 0
    while told := await rt.store.awrite(lambda s: compose_due_alerts(s, desk_of(rt), rt.now(), is_last=is_last)):
        enqueued += told
    digests, held_until = await rt.store.awrite(lambda s: _compose(s, rt, first_allowed))
    return enqueued + digests, held_until


def next_due(rt: Runtime) -> datetime | None:
    """Return when the next digest of any channel is due, None where there is none."""
    zone, now = rt.config.settings.timezone, rt.now()
    nexts = (next_digest(channel.digest, zone, now) for channel in rt.channels.values())
    return min((at for at in nexts if at is not None), default=None)


async def tell_bursts(rt: Runtime) -> int:
    """Enqueue messages about bursts and lulls that were not told; return how many.

    What is usual is read from the store in a thread of its own: the writer has better things to do.
    """
    settings = rt.config.settings.alerts.bursts
    if not settings.channels:
        return 0
    found = await asyncio.to_thread(_trends, rt)
    if not found:
        return 0
    from alerts.trends import tell_trends

    return await rt.store.awrite(lambda session: tell_trends(session, desk_of(rt), settings, found, rt.now()))


def _trends(rt: Runtime) -> tuple[Trend, ...]:
    """Return what bursts now and what fell silent, of what is tracked: nobody looks for the rest."""
    from alerts.bursts import READ_DAYS, find_bursts, find_lulls
    from alerts.trends import wanted
    from storage.feed.bursts import count_stories

    now = rt.now()
    with rt.store.read(limit_s=None) as session:
        counts = count_stories(session, days=READ_DAYS + 1, now=now)
    tracked = {entity: hours for entity, hours in counts.entities.items() if entity in rt.names}
    counts = replace(counts, entities=tracked)
    bursts = find_bursts(counts, since=now - timedelta(days=1), now=now)
    return wanted(rt.config.settings.alerts.bursts, bursts, find_lulls(counts, now=now))


def _compose(session: Session, rt: Runtime, first_allowed: bool) -> tuple[int, datetime | None]:
    """Enqueue the digests that are due; return how many, and when a group that waits may be told."""
    now, settings = rt.now(), rt.config.settings
    enqueued = compose_due_digests(
        session,
        rules=rt.rules,
        channels=rt.channels,
        default_timezone=settings.timezone,
        language=settings.language,
        now=now,
        first_allowed=first_allowed and settings.digest.first == "immediately",
        coverage=LateCoverage(session, now),
        names=rt.names,
        find_names=new_names(rt.config.watch),
    )
    return enqueued, next_alert(session, desk_of(rt), now)
