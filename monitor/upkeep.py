"""Keeps the store as it should be while the daemon watches: lets go of what is too old, and sees that stored articles
have the names of the catalogue in use.

Knows how long each thing is kept; when it is called is the daemon's matter. Sends nothing and asks no source.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

import structlog
from sqlalchemy.orm import Session

from alerts.takeover import forget_alerts, take_over
from monitor import retag
from monitor.desk import desk_of
from monitor.runtime import Runtime
from monitor.stories import WINDOW
from monitor.topics import REMEMBERED
from storage import bands, frontier, lines, raws, sightings
from storage.profiles import forget_profiles

__all__ = ["begin_retag", "let_go"]

_TRIMS = 20
"""Short transactions in which old pages are dropped every minute: 10,000 pages, 14 million a day."""
_ONCE_SEEN = timedelta(days=7)
"""How long a line near the edge of one article waits to be seen in another."""
_LEDGER = timedelta(days=90)
"""How long the row of a poll is kept; what sources add up to is counted for ever."""

_log = structlog.get_logger("newswatch")


async def begin_retag(rt: Runtime) -> bool:
    """Return whether stored articles have the names of another catalogue, or may have."""
    left = await rt.store.awrite(lambda s: retag.begin(s, rt))
    if left is not None and left.ended_at is None:
        _log.info("tagging stored articles again", catalogue=left.catalogue)
    return left is not None


async def let_go(rt: Runtime) -> None:
    """Drop what is older than it is kept: the near-copy index, polls, lines, profiles, untracked names, hits that wait
    for rules that are no more, pages."""
    while await asyncio.to_thread(_doomed, rt):  # one table in a transaction: others write in between
        await rt.store.awrite(lambda s: bands.expire(s, rt.now()))
    await rt.store.awrite(lambda s: bands.expire(s, rt.now()))
    while await rt.store.awrite(lambda s: take_over(s, desk_of(rt), rt.now())):
        pass  # messages that were under way to a channel that is gone, and did not leave
    await rt.store.awrite(lambda s: _forget(s, rt))
    for _ in range(_TRIMS):
        if not await rt.store.awrite(lambda s: _trim(s, rt)):
            break
    await asyncio.to_thread(rt.store.checkpoint)


def _doomed(rt: Runtime) -> int:
    with rt.store.read(limit_s=None) as session:
        return bands.doomed(session, rt.now())


def _forget(session: Session, rt: Runtime) -> None:
    now = rt.now()
    frontier.prune_polls(session, now - _LEDGER)
    lines.forget_lines(session, once_before=now - _ONCE_SEEN, before=now - WINDOW)
    forget_profiles(session, now - REMEMBERED)
    sightings.forget_sightings(session, now - sightings.KEPT)
    forget_alerts(session, desk_of(rt), now)


def _trim(session: Session, rt: Runtime) -> int:
    raw = rt.config.settings.raw
    before = rt.now() - raw.max_age
    return raws.trim(session, before=before, max_bytes=raw.max_mb * 2**20 if raw.keep else 0)
