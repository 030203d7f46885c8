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

import structlog

from alerts.desk import Desk
from alerts.digests import DueDigest, MadeDigest, begin_digests, due_digests, enqueue_digest, make_digest
from alerts.groups import compose_due_alerts, next_alert
from alerts.schedule import next_digest
from alerts.takeover import count_unclaimed, take_over
from monitor.coverage import LateCoverage
from monitor.desk import desk_of
from monitor.garbage import uncollected
from monitor.new_names import new_names
from monitor.runtime import Runtime

if TYPE_CHECKING:
    from alerts.bursts import Burst, Lull

__all__ = ["compose_due", "next_due", "take_over_names", "tell_bursts"]

_HINT = "the configuration has no such rule; one that was renamed names its earlier name in `was`"
_log = structlog.get_logger("newswatch")


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


async def take_over_names(rt: Runtime) -> None:
    """Hand what waits under earlier names, or for channels of before, to those of now, and warn of what is left.

    New channels begin their digests.
    For the start and for a changed configuration.
    """
    desk = desk_of(rt)
    taken = 0
    while moved := await rt.store.awrite(lambda session: take_over(session, desk, rt.now())):
        taken += moved
    if taken:
        _log.info("what waited under an earlier configuration goes its new way", hits=taken)
    await rt.store.awrite(lambda session: begin_digests(session, desk, rt.now()))
    left = await asyncio.to_thread(_unclaimed, rt, desk)
    for (rule, channel), hits in left.items():
        _log.warning("hits wait that nobody will be told", rule=rule, channel=channel, hits=hits, hint=_HINT)


def _unclaimed(rt: Runtime, desk: Desk) -> dict[tuple[str, str], int]:
    with rt.store.read(limit_s=None) as session:
        return count_unclaimed(session, desk)


def next_due(rt: Runtime) -> datetime | None:
    """Return when the next digest of any channel is due, None where there is none."""
    zone, now = rt.config.settings.timezone, rt.now()
    nexts = (next_digest(channel.digest, zone, now) for channel in rt.channels.values())
    return min((at for at in nexts if at is not None), default=None)


async def tell_bursts(rt: Runtime) -> int:
    """Enqueue messages about bursts and lulls that were not told; return how many.

    What is usual is read from the store in a thread of its own: the writer has better things to do.
    """
    desk, settings = desk_of(rt), rt.config.settings.alerts.bursts
    if not (settings.channels or any(rule.tells_bursts for rule in desk.rules.rules)):
        return 0
    bursts, lulls = await asyncio.to_thread(_trends, rt)
    if not (bursts or lulls):
        return 0
    from alerts.trends import tell_trends

    return await rt.store.awrite(lambda session: tell_trends(session, desk, settings, bursts, lulls, rt.now()))


def _trends(rt: Runtime) -> tuple[Sequence[Burst], Sequence[Lull]]:
    """Return what bursts now and what fell silent, of what is tracked: nobody looks for the rest."""
    from alerts.bursts import READ_DAYS, find_bursts, find_lulls
    from storage.feed.bursts import count_stories

    now = rt.now()
    with rt.store.read(limit_s=None) as session:
        counts = count_stories(session, days=READ_DAYS + 1, now=now)
    tracked = {entity: hours for entity, hours in counts.entities.items() if entity in rt.names}
    counts = replace(counts, entities=tracked)
    return find_bursts(counts, since=now - timedelta(days=1), now=now), find_lulls(counts, now=now)


async def _tell_digests(rt: Runtime, *, first_allowed: bool) -> int:
    """Enqueue the digests that are due, each put together while others may write; return how many."""
    desk, now = desk_of(rt), rt.now()
    allowed = first_allowed and rt.config.settings.digest.first == "immediately"
    enqueued = 0
    for due in await rt.store.awrite(lambda session: due_digests(session, desk, now, first_allowed=allowed)):
        made = await asyncio.to_thread(_made, rt, desk, due)
        enqueued += await rt.store.awrite(partial(enqueue_digest, made=made))
    return enqueued


def _made(rt: Runtime, desk: Desk, due: DueDigest) -> MadeDigest:
    with uncollected(), rt.store.read(limit_s=None) as session:
        coverage, names = LateCoverage(session, due.now), new_names(rt.config.watch)
        return make_digest(session, desk, due, coverage=coverage, find_names=names)
