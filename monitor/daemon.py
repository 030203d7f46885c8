"""The composition root: builds the runtime, ticks, heeds signals, drains.

APScheduler only asks every second "what is due?"; the store knows the answer. Ticks are short: they start work and
return. Stopping goes in order: no more ticks, no more claims; visits end or give back their leases; the message under
way is finished; the store is closed.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from sqlalchemy.orm import Session

from monitor import retag
from monitor.adoption import adopt, hand_over
from monitor.assembly import give_back_memory, reconfigure
from monitor.config import Config
from monitor.engine.deliveries import DeliveryEngine
from monitor.engine.due import Due
from monitor.engine.local import LocalEngine
from monitor.engine.wall import WallClock, run_now
from monitor.fetch.client import Fetcher
from monitor.indexing import index_next
from monitor.pipeline import LEASE, visit
from monitor.report import Totals
from monitor.retagging import Retagging
from monitor.runtime import Runtime
from monitor.sending import enqueue_alarms, send_due
from monitor.telling import compose_due, next_due, tell_bursts
from monitor.upkeep import begin_retag, let_go
from storage import frontier, outbox
from storage.clock import forget_future
from storage.database import StoreError
from storage.records import HostVisit

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

__all__ = ["Daemon"]

_VISIT_GRACE_S = 8.0
_SEND_GRACE_S = 10.0
_FIRST_DIGEST_WAIT_S = 30.0
"""How long the first digest waits for the first pass to end."""
_ASK_AGAIN_S = 5.0
_COMPOSE_AGAIN_S = 60.0
"""How long a resting tick believes that nobody else has made something due."""
_BURSTS_AGAIN_S = 600.0
"""How often is looked for bursts, where somebody wants to hear of them: two months of stories are counted."""
_LOOK_AT_CLOCK_S = 5.0
"""How often is looked whether the clock was set back: the ticks themselves go by it, and stand still."""
_REFILL_S = 0.1
"""How soon after a visit its place is filled: together with the places of those that end meanwhile."""
_PROGRESS_EVERY_S = 0.5
_SHORTEST_PAUSE_S = 0.05
_LONGEST_GAP = timedelta(minutes=1)
"""What a single pass waits for: the gaps between requests to a host, not pauses that a host asked for."""
_RETAG_A_PASS_S = 60.0
"""How long a single pass works at what a change of the catalogue left to do; the next one goes on."""
_FIXED = ("store", "workers", "http")
"""The settings that a reload cannot change."""

_log = structlog.get_logger("newswatch")


class Daemon:
    """Ties the engines to the store and the clock; ``run`` watches, ``run_once`` makes one pass."""

    def __init__(self, rt: Runtime) -> None:
        self.rt = rt
        rt.put_in_force()
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
        self._visits_due = self._due(_ASK_AGAIN_S)
        self._sends_due = self._due(_ASK_AGAIN_S)
        self._digests_due = self._due(_COMPOSE_AGAIN_S)
        self._bursts_due = self._due(_BURSTS_AGAIN_S)
        self._wall = WallClock(now=rt.now, monotonic=rt.monotonic)
        self._visit_ended = asyncio.Event()
        self._ticking = asyncio.Lock()
        self._retags = Retagging(
            self._retag, is_busy=lambda: bool(self._visits.busy), raised=self._stir, monotonic=rt.monotonic
        )
        self._indexing = Retagging(
            self._index,
            is_busy=lambda: bool(self._visits.busy),
            raised=self._stir,
            monotonic=rt.monotonic,
            what="filling the search index",
        )
        self._first_pass_over = False
        self._retired: list[Fetcher] = []

    async def run(self) -> None:
        """Watch until ``stop`` is called, then drain."""
        await _at_the_edge(self.tick)
        scheduler = self._scheduler()
        scheduler.start()
        jobs = (self._refill(), self._retags.run(), self._indexing.run(), self._watch_the_clock(scheduler))
        besides = [asyncio.create_task(job) for job in jobs]
        try:
            await self._stopping.wait()
        finally:
            for job in besides:
                job.cancel()
            scheduler.shutdown(wait=False)
            await self._drain()

    async def run_once(self, progress: Callable[[Totals], None] = lambda _totals: None) -> Totals:
        """Poll every source that is due, read what they name, send what is due."""
        while not self._stopping.is_set():
            if await self._visits.tick() or self._visits.busy:
                await self._visits.wait(timeout_s=_PROGRESS_EVERY_S)
                progress(self.totals)
            elif (pause_s := await asyncio.to_thread(self._rest_of_pass)) is not None:
                await self._pause(pause_s)
            else:
                break
        await self._drain()
        if not self._stopping.is_set():
            await self._raise_alarms()
            await self._tell_bursts()
            await self._compose(first_allowed=True, is_last=True)
            self.totals.sent += await self._sends.flush(list(self.rt.channels))
            await self._retags.flush(_RETAG_A_PASS_S, self._stopping)
            await self._indexing.flush(_RETAG_A_PASS_S, self._stopping)
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
        """Go on with another configuration; what is under way finishes with the old one, but alerts by the new rules.

        Where the store cannot be written to, all goes on with the old one, and the error is raised.
        """
        before, after = self.rt, reconfigure(self.rt, config)
        try:
            taken = await adopt(after)
        except BaseException:
            self._retire(after.fetcher, kept=before.fetcher)
            raise
        self.rt = after
        self._retire(before.fetcher, kept=after.fetcher)
        self._visits.concurrency = config.settings.fetch.concurrency
        await self._begin_retag()
        await hand_over(self.rt, taken)
        self._stir()
        _log.info("configuration reloaded", sources=len(self.rt.sources))
        late = [name for name in _FIXED if getattr(config.settings, name) != getattr(before.config.settings, name)]
        if late:
            _log.warning("some settings take effect at the next start", settings=", ".join(late))

    async def start(self) -> None:
        """Make the store know the configured sources; end the leases of a predecessor that did not stop cleanly.

        Only the holder of the data directory's lock may call it.
        """

        def lapse(session: Session) -> None:
            frontier.lapse_all(session, now=self.rt.now())
            outbox.lapse_all(session, now=self.rt.now())

        await self.rt.store.awrite(lapse)
        await hand_over(self.rt, await adopt(self.rt))
        await self._begin_retag()
        self._indexing.wake()

    async def tick(self) -> None:
        """Start the visits that are due."""
        self.ticked_at = self.rt.monotonic()
        async with self._ticking:
            if self._stopping.is_set() or not self._visits_due.is_due():
                return
            self._visits_due.asked()
            next_at = await self.rt.store.awrite(frontier.next_due_at)
            if next_at is None or next_at > self.rt.now():
                self._visits_due.expect(next_at)
            elif await self._visits.tick():
                self._visits_due.stir()

    async def _begin_retag(self) -> None:
        if await begin_retag(self.rt):
            self._retags.wake()

    async def _retag(self) -> int | None:
        return await retag.tag_next(self.rt)

    async def _index(self) -> int | None:
        return await index_next(self.rt)

    async def _visit(self, claim: HostVisit) -> None:
        try:
            self.totals.add(await visit(claim, self.rt, self._stopping))
        finally:
            self._stir()
            self._visit_ended.set()

    async def _deliver(self, channel: str) -> int:
        sent = await send_due(self.rt, channel)
        if sent:
            self._sends_due.stir()
        return sent

    async def _send_tick(self) -> None:
        if self._visits.busy or self._sends_due.is_due():
            self._sends_due.asked()
            self._sends.tick(list(self.rt.channels))

    async def _digest_tick(self) -> None:
        if not self._digests_due.is_due():
            return
        self._digests_due.asked()
        self._digests_due.expect(next_due(self.rt))
        first_allowed = await self._first_pass_is_over()
        if not first_allowed:
            self._digests_due.stir()
        await self._compose(first_allowed=first_allowed)

    async def _first_pass_is_over(self) -> bool:
        if not self._first_pass_over:
            waited_s = self.rt.monotonic() - self._started_at
            self._first_pass_over = waited_s > _FIRST_DIGEST_WAIT_S or await self._is_idle()
        return self._first_pass_over

    async def _is_idle(self) -> bool:
        now = self.rt.now()
        return not self._visits.busy and await self.rt.store.awrite(lambda s: frontier.idle(s, now))

    async def _refill(self) -> None:
        """When visits end, start what is due, or tell what they brought, rather than at the next tick."""
        while True:
            await self._visit_ended.wait()
            await asyncio.sleep(_REFILL_S)
            self._visit_ended.clear()
            await _at_the_edge(self.tick)
            if not self._visits.busy:
                await _at_the_edge(self._digest_tick)
                await _at_the_edge(self._send_tick)

    def _stir(self) -> None:
        for due in (self._visits_due, self._sends_due, self._digests_due):
            due.stir()

    def _due(self, longest_s: float) -> Due:
        return Due(longest_s=longest_s, now=self.rt.now, monotonic=self.rt.monotonic)

    async def _compose(self, *, first_allowed: bool, is_last: bool = False) -> None:
        enqueued, held_until = await compose_due(self.rt, first_allowed=first_allowed, is_last=is_last)
        digest_at = next_due(self.rt)
        self._digests_due.expect(min(filter(None, (held_until, digest_at)), default=None))
        if enqueued:
            self._sends_due.stir()

    def _rest_of_pass(self) -> float | None:
        """Return for how many seconds the rest of a pass waits on the pace of its hosts; None when it is over."""
        now = self.rt.now()
        with self.rt.store.read() as session:
            due_at = None if frontier.idle(session, now) else frontier.next_due_at(session)
        if due_at is None or due_at - now > _LONGEST_GAP:
            return None
        return max((due_at - now).total_seconds(), _SHORTEST_PAUSE_S)

    async def _pause(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _watch_the_clock(self, scheduler: AsyncIOScheduler) -> None:
        """Go on ticking when the clock is set back; the next maintenance does the rest."""
        while True:
            await asyncio.sleep(_LOOK_AT_CLOCK_S)
            if self._wall.set_back_s():
                run_now(scheduler, self.rt.now())

    async def _heed_the_clock(self) -> None:
        if back_s := self._wall.set_back_s():
            _log.warning("the clock was set back: what waited for its former time is due now", seconds=round(back_s))
            await self.rt.store.awrite(lambda session: forget_future(session, self.rt.now()))
            self._wall.heeded()
            self._stir()

    async def _raise_alarms(self) -> None:
        if await enqueue_alarms(self.rt):
            self._sends_due.stir()

    async def _tell_bursts(self) -> None:
        if await tell_bursts(self.rt):
            self._sends_due.stir()

    async def _maintain(self) -> None:
        await self._heed_the_clock()
        await self._raise_alarms()
        if self._bursts_due.is_due():
            self._bursts_due.asked()
            await self._tell_bursts()
        self._indexing.wake()
        self._retags.wake()  # what was read before a reload was stored with the old names
        await let_go(self.rt)
        await self.rt.fetcher.close_idle()
        if not self._visits.busy and not self._sends.busy:
            await self._close_retired()
            await asyncio.to_thread(give_back_memory)

    def _retire(self, fetcher: Fetcher, *, kept: Fetcher) -> None:
        if fetcher is not kept:
            self._retired.append(fetcher)

    async def _close_retired(self) -> None:
        while self._retired:
            await self._retired.pop().aclose()

    async def _drain(self) -> None:
        await self._visits.drain(_VISIT_GRACE_S)
        await self._sends.drain(_SEND_GRACE_S)
        await self._close_retired()
        owner = self.rt.owner

        def give_back(session: Session) -> None:
            frontier.release_all(session, owner)
            outbox.release_all(session, owner)

        try:
            await self.rt.store.awrite(give_back)
        except StoreError as error:
            _log.warning("leases not given back: they end at the next start", error=str(error))

    def _scheduler(self) -> AsyncIOScheduler:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        scheduler = AsyncIOScheduler(
            timezone="UTC", job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        )
        for job, seconds in ((self.tick, 1), (self._send_tick, 1), (self._digest_tick, 2), (self._maintain, 60)):
            scheduler.add_job(_as_job, "interval", (job,), seconds=seconds, name=job.__name__)
        return scheduler


async def _at_the_edge(job: Callable[[], Awaitable[None]]) -> None:
    """Run a job; whatever goes wrong is said in the log, and the next tick tries again."""
    try:
        await job()
    except StoreError as error:
        _log.warning("tick failed", job=job.__name__, error=str(error))
    except Exception:  # noqa: BLE001  (the edge of a tick)
        _log.exception("tick failed", job=job.__name__)


async def _as_job(job: Callable[[], Awaitable[None]]) -> None:
    """Run a job of the scheduler, which cancels those under way at its end and would call that an error."""
    with contextlib.suppress(asyncio.CancelledError):
        await _at_the_edge(job)
