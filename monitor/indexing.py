"""Fills the full-text index with the articles that a store had before there was one, or that had other tokens in it.

A batch is one short transaction; the store keeps the place (``storage.search_index``). When to do the next one is
``monitor.retagging``'s matter.
"""

from __future__ import annotations

import asyncio

import structlog

from monitor.runtime import Runtime
from storage.search_index import fill, most_to_index

__all__ = ["index_next"]

_BATCH = 50
"""Articles in one transaction: 20-50 ms, for which what comes in waits."""
_SAID_EVERY = 10_000

_log = structlog.get_logger("newswatch.search")


async def index_next(rt: Runtime) -> int | None:
    """Put the next articles into the index; None when all are in it."""
    left = await asyncio.to_thread(_left, rt)
    if not left:
        return None
    filled = await rt.store.awrite(lambda session: fill(session, limit=_BATCH))
    still = await asyncio.to_thread(_left, rt)
    if not still:
        _log.info("search index is whole")
    elif left // _SAID_EVERY != still // _SAID_EVERY:
        _log.info("filling the search index", left_at_most=still)
    return None if filled is None else 0


def _left(rt: Runtime) -> int:
    with rt.store.read() as session:
        return most_to_index(session)
