"""The flow, written once: visit a host, poll its sources, read its items, record each in one transaction.

    visit ─▶ poll each due source ─▶ new items
          └▶ fetch each item ─▶ read (in a worker) ─▶ record: decide ▸ store ▸ match ▸ enqueue ▸ settle

A visit holds the lease on its host. Whatever a source or an item does, it ends in the store as one row with one
reason. Losing the lease ends the visit, because then somebody else does the work.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

import structlog
from sqlalchemy.orm import Session

from monitor import moves, schedule
from monitor.ledger import Poll
from monitor.moves import Redirect
from monitor.ports import Pace, VisitPort
from monitor.reader import ReadItem, pages_to_keep, read_item
from monitor.record import record
from monitor.report import VisitReport, fault_of
from monitor.runtime import Runtime
from monitor.sources import SourceSettings, kinds
from monitor.types import Collected, Failed, Rejected
from monitor.urls import host_of
from monitor.withdrawn import is_withdrawn, tell_withdrawn
from storage import frontier, raws
from storage.database import StoreBusy, StoreFull
from storage.frontier import LeaseLost, PollSettled
from storage.raws import PackedPage
from storage.records import HostVisit, Item, Outcome, PollRecord, SourceState

__all__ = ["LEASE", "visit"]

LEASE = timedelta(minutes=5)
"""How long a visit holds its host without a sign of life; each request renews it. Longer than what is between two."""

_SKIPPED_SHOWN = 3
_OF_NO_USE = frozenset({Outcome.BLOCKED, Outcome.GONE, Outcome.ROBOTS, Outcome.TOO_SHORT, Outcome.NOT_ARTICLE})
_STORE_TRIES = 40
_STORE_PAUSE_S = 1.0
"""Four minutes for a held lock, since each try waits five seconds for it; less for a full disk. Within the lease."""

_log = structlog.get_logger("newswatch.visit")

T = TypeVar("T")


async def visit(claim: HostVisit, rt: Runtime, stopping: asyncio.Event) -> VisitReport:
    """Poll the due sources of a host, then read its pending items, one after the other at the host's pace.

    Stops between two steps once ``stopping`` is set or the host asked for a pause. Gives the lease back at the end.
    """
    report = VisitReport(host=claim.host)
    lease = _Lease(claim, rt)
    pace = Pace(schedule.host_delay_s(claim.host, rt.config.settings.fetch), rt.monotonic, lease.outlast)
    try:
        for source in claim.sources:
            if await _may_go_on(lease, pace, stopping):
                await _poll(source, claim, rt, pace, report)
        for item in claim.items:
            if await _may_go_on(lease, pace, stopping):
                await _read(item, claim, rt, pace, report)
        await _leave(claim, rt, pace)
    except LeaseLost:
        _log.warning("lease lost", host=claim.host)
    return report


class _Lease:
    """The lease of a visit, renewed while one step of it lasts and waits."""

    def __init__(self, claim: HostVisit, rt: Runtime) -> None:
        self._claim = claim
        self._rt = rt
        self._until = rt.now()

    async def outlast(self, wait_s: float) -> None:
        """Hold the host for that long and most of a lease; raise LeaseLost when somebody else has it."""
        if self._until - self._rt.now() < timedelta(seconds=wait_s) + 2 / 3 * LEASE:
            await self.renew(wait_s)

    async def renew(self, wait_s: float = 0.0) -> None:
        """Hold the host for that long and a whole lease."""
        claim, until = self._claim, self._rt.now() + timedelta(seconds=wait_s) + LEASE
        if not await _write(self._rt, lambda s: frontier.extend_lease(s, claim.host, claim.owner, until=until)):
            raise LeaseLost(claim.host)
        self._until = until


async def _may_go_on(lease: _Lease, pace: Pace, stopping: asyncio.Event) -> bool:
    if stopping.is_set() or pace.pause_s is not None:
        return False
    await lease.renew()
    return True


async def _poll(source: SourceState, claim: HostVisit, rt: Runtime, pace: Pace, report: VisitReport) -> None:
    """Poll one source and record what it brought, with the validators, in one transaction."""
    configured = rt.sources.get(source.id)
    if configured is None:
        return
    started, settings = rt.monotonic(), moves.settled(configured, source)
    port = VisitPort(rt, pace, settings, source)
    collected = await kinds()[source.kind].collect(settings, source, port)
    poll = Poll(
        source=source,
        settings=settings,
        collected=collected,
        now=rt.now(),
        exchange=port.exchange,
        crawl_delay_s=pace.delay_s,
        duration_s=rt.monotonic() - started,
    )
    target = port.exchange.redirect or (collected.moved_to if isinstance(collected, Collected) else None)
    polled, settled = await _write(rt, lambda s: _settle(s, poll, target, claim, rt))
    report.polled[source.id] = fault_of(collected, polled.error, is_local=not host_of(source.url))
    report.discovered += settled.new + settled.changed
    _tell(poll, polled, settled)


def _settle(
    session: Session, poll: Poll, target: str | None, claim: HostVisit, rt: Runtime
) -> tuple[PollRecord, PollSettled]:
    """Decide what a poll means for its source as it is now, and store both."""
    source, found = poll.source, poll.collected.found if isinstance(poll.collected, Collected) else ()
    forecast = frontier.forecast(session, source.id, found, poll.now) if found else frontier.Forecast()
    poll = replace(poll, source=frontier.read_source(session, source.id), forecast=forecast)
    owner = moves.owner_of(target, source.id, _addresses(session, rt)) if target else None
    move = moves.follow(poll.source, Redirect(target=target, owner=owner), poll.settings)
    polled = schedule.poll_record(poll, rt.config.settings.poll, move)
    next_host = moves.host_after(polled, source)
    return polled, frontier.settle_poll(session, polled, host=claim.host, owner=claim.owner, next_host=next_host)


def _addresses(session: Session, rt: Runtime) -> Iterator[SourceSettings]:
    """Yield the sources as they are configured, and once more at the addresses that they adopted."""
    yield from rt.config.enabled_sources()
    for source_id, address in frontier.adopted_addresses(session).items():
        if source_id in rt.sources:
            yield rt.sources[source_id].model_copy(update={"url": address})


def _tell(poll: Poll, polled: PollRecord, settled: PollSettled) -> None:
    log = _log.bind(source=polled.source_id)
    more: dict[str, object] = {"notices": [code for code, _ in polled.notices]} if polled.notices else {}
    more |= {"put_off": settled.put_off} if settled.put_off else {}
    say = log.warning if polled.error else log.info
    say("polled", new=settled.new, changed=settled.changed, next=polled.next_due_at, error=polled.error, **more)
    for reason in poll.collected.skipped[:_SKIPPED_SHOWN] if isinstance(poll.collected, Collected) else ():
        log.warning("entry skipped", reason=reason, skipped=polled.skipped)


async def _read(item: Item, claim: HostVisit, rt: Runtime, pace: Pace, report: VisitReport) -> None:
    """Bring one item to its outcome, or put it off."""
    if schedule.is_hopeless(item):
        given_up = Rejected(rejected=Outcome.POISON, detail=f"{item.attempts} visits ended without a result")
        await _not_read(item, given_up, claim, rt, report)
        return
    port = VisitPort(rt, pace, rt.sources.get(item.source_id), None)
    fetched = await port.bring(item)
    found = fetched if isinstance(fetched, Failed) else await read_item(item, fetched, port, rt)
    _heed_walls(found, item, pace)
    if isinstance(found, Rejected | Failed):
        instead = await _read_instead(item, found, port, rt)
        if instead is None:
            kept = () if isinstance(fetched, Failed) else pages_to_keep(item, found, fetched, rt)
            await _not_read(item, found, claim, rt, report, kept)
            return
        found = instead
    read, fetched_at = found, rt.now() if isinstance(fetched, Failed) else fetched.fetched_at
    outcome = await _write(rt, lambda s: record(s, item, read, rt, claim, fetched_at))
    report.outcomes[outcome] += 1
    _log.info("read", item=item.id, source=item.source_id, url=item.url, outcome=outcome.value)


async def _read_instead(item: Item, found: Failed | Rejected, port: VisitPort, rt: Runtime) -> ReadItem | None:
    """Read what the source itself says of an item whose page is of no use; None where that is no article either."""
    carried = port.carried(item) if schedule.reason_of(found) in _OF_NO_USE else None
    if carried is None:
        return None
    instead = await read_item(item, carried, port, rt)
    return instead if isinstance(instead, ReadItem) else None


def _heed_walls(found: ReadItem | Failed | Rejected, item: Item, pace: Pace) -> None:
    if schedule.is_fetched(item):
        pace.met(wall=isinstance(found, Failed | Rejected) and schedule.reason_of(found) is Outcome.BLOCKED)


async def _not_read(
    item: Item,
    result: Failed | Rejected,
    claim: HostVisit,
    rt: Runtime,
    report: VisitReport,
    pages: tuple[PackedPage, ...] = (),
) -> None:
    """Settle an item without an article, or put it off for another attempt."""
    plan = schedule.plan(result, item, now=rt.now())
    host, owner, detail = claim.host, claim.owner, plan.detail
    again = plan.retry_at

    def settle(session: Session) -> None:
        settled = frontier.settle_item(session, item.id, plan.reason, detail, host=host, owner=owner, now=rt.now())
        article_id = frontier.article_of(session, item.id) if settled else None
        if article_id is not None and is_withdrawn(session, result, item_id=item.id, article_id=article_id):
            tell_withdrawn(session, article_id, rt)
        if settled and pages and article_id is None:
            raws.keep(session, item.id, pages)

    if again is None:
        await _write(rt, settle)
        report.outcomes[plan.reason] += 1
    else:
        await _write(
            rt, lambda s: frontier.postpone_item(s, item.id, due_at=again, detail=detail, host=host, owner=owner)
        )
        report.postponed += 1
    _log.warning("not read", item=item.id, url=item.url, reason=plan.reason.value, detail=detail, again=again)


async def _write(rt: Runtime, function: Callable[[Session], T]) -> T:
    """Run a transaction; wait while another process holds the store or the disk is full.

    What led to it was fetched and read: to give up at once would throw that away and blame the host.
    """
    for _ in range(_STORE_TRIES - 1):
        try:
            return await rt.store.awrite(function)
        except (StoreBusy, StoreFull) as error:
            _log.warning("waiting for the store", error=str(error))
            await asyncio.sleep(_STORE_PAUSE_S)
    return await rt.store.awrite(function)


async def _leave(claim: HostVisit, rt: Runtime, pace: Pace) -> None:
    pause_s = pace.pause_s
    if pause_s is not None:
        until = rt.now() + timedelta(seconds=pause_s)
        await _write(rt, lambda s: frontier.pause_host(s, claim.host, until=until, reason=pace.reason))
    not_before = rt.now() + timedelta(seconds=pace.delay_s)
    await _write(rt, lambda s: frontier.finish_visit(s, claim.host, claim.owner, not_before=not_before))
