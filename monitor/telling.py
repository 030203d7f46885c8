"""What is told when nothing comes in: groups that waited long enough, digests that are due, bursts.

Goes through ``alerts.groups``, ``alerts.digests`` and ``alerts.trends``; when it is called is the daemon's matter.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.digests import DueDigest, MadeDigest, due_digests, enqueue_digest, make_digest
from alerts.groups import compose_due_alerts, next_alert
from alerts.schedule import next_digest
from monitor.coverage import LateCoverage
from monitor.desk import desk_of
from monitor.garbage import uncollected
from monitor.new_names import new_names
from monitor.runtime import Runtime
from storage.retags import the_retag

if TYPE_CHECKING:
    from alerts.bursts import Burst, Lull

__all__ = ["compose_due", "next_due", "tell_bursts"]


async def compose_due(rt: Runtime, *, first_allowed: bool, is_last: bool = False) -> tuple[int, datetime | None]:
    """Enqueue the messages whose time has come; return how many, and when a group that is held may be told.

    ``is_last`` says that nothing more comes in for a while: no group waits for more. What a night has gathered is told
    in several transactions: others write in between.
    """
    enqueued = 0
    while told := await rt.store.awrite(lambda s: compose_due_alerts(s, desk_of(rt), rt.now(), is_last=is_last)):
        enqueued += told
    enqueued += await _tell_digests(rt, first_allowed=first_allowed)
    return enqueued, await rt.store.awrite(lambda session: next_alert(session, desk_of(rt), rt.now()))


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
    if not (settings.channels or any(rule.tells_bursts for rule in rt.rules.rules)):
        return 0
    bursts, lulls = await asyncio.to_thread(_trends, rt)
    if not (bursts or lulls):
        return 0
    from alerts.trends import tell_trends

    return await rt.store.awrite(lambda session: tell_trends(session, desk_of(rt), settings, bursts, lulls, rt.now()))


def _trends(rt: Runtime) -> tuple[Sequence[Burst], Sequence[Lull]]:
    """Return what bursts now and what fell silent, of what is tracked: nobody looks for the rest.

    Nothing while stored articles are tagged again: where only some of them have a name, the others look like news.
    """
    from alerts.bursts import READ_DAYS, find_bursts, find_lulls
    from storage.feed.bursts import count_stories

    now = rt.now()
    with rt.store.read(limit_s=None) as session:
        if (again := the_retag(session)) is not None and again.ended_at is None:
            return (), ()
        counts = count_stories(session, days=READ_DAYS + 1, now=now)
    tracked = {entity: hours for entity, hours in counts.entities.items() if entity in rt.names}
    counts = replace(counts, entities=tracked)
    return find_bursts(counts, since=now - timedelta(days=1), now=now), find_lulls(counts, now=now)


async def _tell_digests(rt: Runtime, *, first_allowed: bool) -> int:
    """Enqueue the digests that are due, each put together while others may write; return how many."""
    now = rt.now()
    allowed = first_allowed and rt.config.settings.digest.first == "immediately"

    def find(session: Session) -> tuple[Desk, tuple[DueDigest, ...]]:
        desk = desk_of(rt)
        return desk, due_digests(session, desk, now, first_allowed=allowed)

    desk, found = await rt.store.awrite(find)
    return sum([await _tell_digest(rt, desk, due) for due in found])


async def _tell_digest(rt: Runtime, desk: Desk, due: DueDigest) -> bool:
    """Enqueue a digest; made anew once where others tell what silences took out of it."""
    made = await asyncio.to_thread(_made, rt, desk, due)
    is_told = await rt.store.awrite(partial(enqueue_digest, desk=desk, made=made))
    if is_told or not made.quiet:
        return is_told
    made = await asyncio.to_thread(_made, rt, desk, due)
    return await rt.store.awrite(partial(enqueue_digest, desk=desk, made=made))


def _made(rt: Runtime, desk: Desk, due: DueDigest) -> MadeDigest:
    with uncollected(), rt.store.read(limit_s=None) as session:
        coverage, names = LateCoverage(session, due.now), new_names(rt.config.watch)
        return make_digest(session, desk, due, coverage=coverage, find_names=names)
