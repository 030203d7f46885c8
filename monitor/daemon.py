"""The composition root: builds the runtime, ticks, heeds signals, drains.

APScheduler only asks every second "what is due?"; the store knows the answer. Ticks are short: they start work and
return. Stopping goes in order: no more ticks, no more claims; visits end or give back their leases; the message under
way is finished; the store is closed.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.orm import Session

from alerts.deliver import drain as deliver
from alerts.dispatch import compose_due_digests
from monitor.assembly import reconfigure
from monitor.config import Config
from monitor.engine.deliveries import DeliveryEngine
from monitor.engine.local import LocalEngine
from monitor.pipeline import LEASE, VisitReport, visit
from monitor.ports import DeliveryPort
from monitor.runtime import Runtime
from storage import feed, frontier, outbox
from storage.records import HostVisit, Outcome

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

__all__ = ["Daemon", "Totals"]

_VISIT_GRACE_S = 8.0
_SEND_GRACE_S = 10.0
_SEND_LEASE_S = 120.0
_SEND_TIMEOUT_S = 30.0
_SENDS_A_TICK = 20
_FIRST_DIGEST_WAIT_S = 30.0
"""How long the first digest waits for the first pass to end."""

_log = structlog.get_logger("newswatch")


@dataclass(slots=True)
class Totals:
    """What a pass or a run has done so far."""

    visits: int = 0
    polled: int = 0
    unreachable: int = 0
    discovered: int = 0
    postponed: int = 0
    sent: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    def add(self, report: VisitReport) -> None:
        """Count a visit in."""
        self.visits += 1
        self.polled += report.polled
        self.unreachable += report.unreachable
        self.discovered += report.discovered
        self.postponed += report.postponed
        self.outcomes += report.outcomes


class Daemon:
    """Ties the engines to the store and the clock; ``run`` watches, ``run_once`` makes one pass."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        self.totals = Totals()
        self.ticked_at = rt.monotonic()
        self._started_at = rt.monotonic()
        self._stopping = asyncio.Event()
        self._visits = LocalEngine(
            rt.store,
            self._visit,
            owner=rt.owner,
            now=rt.now,
            lease=LEASE,
            concurrency=rt.config.settings.fetch.concurrency,
        )
        self._sends = DeliveryEngine(self._deliver)

    async def run(self) -> None:
        """Watch until ``stop`` is called, then drain."""
        scheduler = self._scheduler()
        scheduler.start()
        try:
            await self._stopping.wait()
        finally:
            scheduler.shutdown(wait=False)
            await self._drain()

    async def run_once(self, progress: Callable[[Totals], None] = lambda _totals: None) -> Totals:
        """Poll every source that is due, read what they name, send what is due."""
        while not self._stopping.is_set() and (await self._visits.tick() or self._visits.busy):
            await self._visits.wait(timeout_s=0.5)
            progress(self.totals)
        await self._drain()
        if not self._stopping.is_set():
            await self._compose(first_allowed=True)
            self.totals.sent += await self._sends.flush(list(self.rt.channels))
        return self.totals

    @property
    def stopping(self) -> bool:
        """Whether the run has been asked to end."""
        return self._stopping.is_set()

    def stop(self) -> None:
        """Ask a run to end."""
        self._stopping.set()

    async def reload(self, config: Config) -> None:
        """Go on with another configuration; what is under way finishes with the old one."""
        self.rt = reconfigure(self.rt, config)
        await self._sync_sources()
        _log.info("configuration reloaded", sources=len(self.rt.sources))

    async def start(self) -> None:
        """Make the store know the configured sources; end the leases of a predecessor that did not stop cleanly.

        Only the holder of the data directory's lock may call it.
        """

        def lapse(session: Session) -> None:
            frontier.lapse_all(session, now=self.rt.now())
            outbox.lapse_all(session, now=self.rt.now())

        await self.rt.store.awrite(lapse)
        await self._sync_sources()

    async def tick(self) -> None:
        """Start the visits that are due."""
        self.ticked_at = self.rt.monotonic()
        if not self._stopping.is_set():
            await self._visits.tick()

    async def _sync_sources(self) -> None:
        specs = self.rt.config.source_specs()
        await self.rt.store.awrite(lambda s: frontier.sync_sources(s, specs, now=self.rt.now()))

    async def _visit(self, claim: HostVisit) -> None:
        self.totals.add(await visit(claim, self.rt, self._stopping))

    async def _deliver(self, channel: str) -> int:
        rt = self.rt
        return await deliver(
            rt.store,
            {channel: rt.channels[channel]},
            DeliveryPort(rt.fetcher, rt.data_dir),
            now=rt.now,
            owner=rt.owner,
            lease_s=_SEND_LEASE_S,
            send_timeout_s=_SEND_TIMEOUT_S,
            limit=_SENDS_A_TICK,
        )

    async def _send_tick(self) -> None:
        self._sends.tick(list(self.rt.channels))

    async def _digest_tick(self) -> None:
        await self._compose(first_allowed=await self._first_pass_is_over())

    async def _first_pass_is_over(self) -> bool:
        if self.rt.monotonic() - self._started_at > _FIRST_DIGEST_WAIT_S:
            return True
        return not self._visits.busy and await asyncio.to_thread(self._idle)

    def _idle(self) -> bool:
        with self.rt.store.read() as session:
            return frontier.idle(session, self.rt.now())

    async def _compose(self, *, first_allowed: bool) -> int:
        rt = self.rt
        settings = rt.config.settings
        return await rt.store.awrite(
            lambda s: compose_due_digests(
                s,
                rules=rt.config.rules,
                channels=rt.channels,
                default_timezone=settings.timezone,
                language=settings.language,
                now=rt.now(),
                first_allowed=first_allowed and settings.digest.first == "immediately",
                coverage=feed.coverage(s, rt.now()),
                names=rt.names,
            )
        )

    async def _maintain(self) -> None:
        await asyncio.to_thread(self.rt.store.checkpoint)

    async def _drain(self) -> None:
        await self._visits.drain(_VISIT_GRACE_S)
        await self._sends.drain(_SEND_GRACE_S)
        owner = self.rt.owner

        def give_back(session: Session) -> None:
            frontier.release_all(session, owner)
            outbox.release_all(session, owner)

        await self.rt.store.awrite(give_back)

    def _scheduler(self) -> AsyncIOScheduler:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for job, seconds in ((self.tick, 1), (self._send_tick, 1), (self._digest_tick, 2), (self._maintain, 60)):
            scheduler.add_job(job, "interval", seconds=seconds)
        return scheduler
