"""A configuration that begins to hold: for the start, and for a reload while visits of the one before are under way.

The store knows rules, channels and sources by the names of before. What renames them and what makes the new names hold
is one transaction of the one writer: before it everybody raises hits under the old names, after it under the new ones,
and no story is told under both. Decides nothing about alerts (``alerts.takeover``).
"""

from __future__ import annotations

import asyncio

import structlog
from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.digests import begin_digests
from alerts.takeover import count_unclaimed, take_over
from monitor.desk import desk_under
from monitor.runtime import Runtime
from storage import frontier, outbox, reroutes
from storage.writer import after_commit

__all__ = ["adopt", "hand_over"]

_HINT = "the configuration has no such rule; one that was renamed names its earlier name in `was`"
_HINT_OF_CHANNEL = (
    "name it in `was` of the channel that has its place, or end them: newswatch outbox drop --waiting --channel NAME"
)
_log = structlog.get_logger("newswatch")


async def adopt(rt: Runtime) -> int:
    """Put the configuration of a runtime in force; return how many hits and messages that moved.

    All or nothing: where the store cannot be written to, the configuration of before holds. ``hand_over`` does the
    rest.
    """
    desk, specs, now = desk_under(rt), rt.config.source_specs(), rt.now()

    def begin(session: Session) -> int:
        frontier.sync_sources(session, specs, now=now)
        moved = take_over(session, desk, now) + _pass_on(session, rt)
        begin_digests(session, desk, now)
        after_commit(session, rt.put_in_force)
        return moved

    return await rt.store.awrite(begin)


async def hand_over(rt: Runtime, taken: int) -> None:
    """Hand the rest of what waits to those who are to tell it now, part by part, and warn of what nobody is.

    ``taken`` is what ``adopt`` moved.
    """
    desk = desk_under(rt)
    while moved := await rt.store.awrite(lambda session: take_over(session, desk, rt.now())):
        taken += moved
    if taken:
        _log.info("what waited under an earlier configuration goes its new way", hits=taken)
    left, gone = await asyncio.to_thread(_unclaimed, rt, desk)
    for (rule, channel), hits in left.items():
        _log.warning("hits wait that nobody will be told", rule=rule, channel=channel, hits=hits, hint=_HINT)
    for channel in gone:
        _log.warning("messages wait for a channel that is no more", channel=channel, hint=_HINT_OF_CHANNEL)


def _unclaimed(rt: Runtime, desk: Desk) -> tuple[dict[tuple[str, str], int], list[str]]:
    """Return what waits though nobody is to be told: hits by rule and channel, and the channels of messages."""
    with rt.store.read(limit_s=None) as session:
        return count_unclaimed(session, desk), sorted(outbox.unsent_channels(session) - desk.channels.keys())


def _pass_on(session: Session, rt: Runtime) -> int:
    """Let who hears of alarms and bursts now have those that wait for channels which are no more; return how many."""
    gone, settings = outbox.unsent_channels(session) - rt.channels.keys(), rt.config.settings
    alarms, bursts = settings.alarms.channels, settings.alerts.bursts.channels
    moved = reroutes.pass_on(session, gone, "alarm", alarms[0]) if gone and alarms else 0
    if gone and bursts:
        from alerts.trends import pass_on_trends

        moved += pass_on_trends(session, desk_under(rt), gone, bursts[0], rt.now())
    return moved
