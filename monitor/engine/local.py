"""The local queue: claims due hosts on a tick and visits many at once in this process.

The store is the queue; this file only bounds how much of it is worked on and waits for what is under way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from storage.database import Store
from storage.frontier import claim_visits
from storage.records import HostVisit

__all__ = ["LocalEngine"]

_log = structlog.get_logger("newswatch.engine")

Handler = Callable[[HostVisit], Awaitable[None]]


class LocalEngine:
    """Runs ``handler`` on every due host, at most ``concurrency`` at once."""

    def __init__(
        self,
        store: Store,
        handler: Handler,
        *,
        owner: str,
        now: Callable[[], datetime],
        lease: timedelta,
        concurrency: int,
    ) -> None:
        self._store = store
        self._handler = handler
        self._owner = owner
        self._now = now
        self._lease = lease
        self.concurrency = concurrency
        self._visits: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> int:
        """The number of visits under way."""
        return len(self._visits)

    async def tick(self) -> int:
        """Start a visit to each host that is due, as far as there is room; return how many were started."""
        room = self.concurrency - self.busy
        if room <= 0:
            return 0
        lease_s = self._lease.total_seconds()
        claims = await self._store.awrite(
            lambda s: claim_visits(s, now=self._now(), owner=self._owner, lease_s=lease_s, limit=room)
        )
        for claim in claims:
            visit = asyncio.create_task(self._run(claim), name=f"visit {claim.host}")
            self._visits.add(visit)
            visit.add_done_callback(self._visits.discard)
        return len(claims)

    async def wait(self, timeout_s: float | None = None) -> bool:
        """Wait until one visit has ended; return False when none did in time."""
        if not self._visits:
            return True
        done, _ = await asyncio.wait(self._visits, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        return bool(done)

    async def drain(self, grace_s: float) -> None:
        """Give the visits under way ``grace_s`` to end, then cancel them; their leases lapse or are released."""
        if self._visits:
            _, late = await asyncio.wait(self._visits, timeout=grace_s)
            for visit in late:
                visit.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, claim: HostVisit) -> None:
        try:
            await self._handler(claim)
        except Exception:  # noqa: BLE001  (the edge of a visit: its lease lapses and counts)
            _log.exception("visit failed", host=claim.host)
