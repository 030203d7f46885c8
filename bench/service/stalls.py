"""How long the event loop stands still while the service reads a site that does its worst (goal G9)."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.service.figures import Figure
from bench.service.loopback import HOSTILE_PAGES, ROBOTS_HOSTS, Served, serving
from bench.service.programs import write_config
from monitor.assembly import build_runtime, close_runtime, settle_memory
from monitor.cli._lean import service_imports
from monitor.config import load_config
from monitor.daemon import Daemon
from monitor.log import configure_logging
from monitor.runtime import now
from storage.database import open_store

__all__ = ["stalls"]

_BEAT_S = 0.005
_FEEDS = ("/feed.xml", "/atom.xml", "/feed.json", "/gbk.xml", "/etag", "/lm-only", "/301", "/empty.xml")
_FAULTS = (
    "/bomb.gz", "/bomb.br", "/big", "/never-ending", "/slow", "/stall", "/truncated", "/chunk-cut", "/reset",
    "/not-http", "/loop", "/growing", "/html-instead-of-feed", "/429", "/503", "/500", "/404", "/410",
)  # fmt: skip
_ROBOTS_FROM = 200
_QUIET_SOURCES = 500
_TARGET_MS = 100.0


def stalls() -> Iterator[Figure]:
    """Watch a daemon from its first tick through a full pass, a reload and its drain; report the latest heartbeat."""
    configure_logging(logging.CRITICAL)
    with service_imports():
        pass  # they are imported already; what is left out stays so
    with serving("hostile") as site, tempfile.TemporaryDirectory() as folder:
        pulse, polled = asyncio.run(_watched(site, Path(folder)))
    late = sorted(pulse.late, reverse=True)
    worst = late[0]
    own, process, queued = (1000 * seconds for seconds in (worst.own_s, worst.process_s, worst.queued_s))
    note = f"CPU meanwhile: loop {own:.0f} ms, process {process:.0f} ms; {queued:.0f} ms more without a core"
    name = "longest stall of the event loop"
    yield Figure(name=name, value=worst.s * 1000, unit="ms", goal="G9", at_most=_TARGET_MS, note=note)
    own, process = (max(used) * 1000 for used in zip(*((b.own_s, b.process_s) for b in late), strict=True))
    yield Figure(name="most CPU between two beats: thread of the loop", value=own, unit="ms")
    yield Figure(name="most CPU between two beats: whole process", value=process, unit="ms")
    rank = late[len(late) // 1000].s * 1000
    note = f"of {len(late):,}; {polled} sources polled"
    yield Figure(name="lateness of one beat in a thousand", value=rank, unit="ms", note=note)


@dataclass(frozen=True, slots=True, order=True)
class _Beat:
    """How late a beat came, less what the thread waited for a core, and the CPU that thread and process used meanwhile.

    On a busy machine a thread that could run waits for a core: that is no stall of ours.
    """

    s: float
    own_s: float
    process_s: float
    queued_s: float


@dataclass(slots=True)
class _Pulse:
    late: list[_Beat] = field(default_factory=list)

    async def beat(self) -> None:
        queue = _RunQueue()
        while True:
            due, own, process, queued = time.monotonic() + _BEAT_S, time.thread_time(), time.process_time(), queue.s()
            await asyncio.sleep(_BEAT_S)
            late, waited = time.monotonic() - due, queue.s() - queued
            used = time.thread_time() - own, time.process_time() - process
            self.late.append(_Beat(max(late - waited, 0.0), *used, waited))


class _RunQueue:
    """How long this thread has waited for a core so far; 0 where the system does not say."""

    def __init__(self) -> None:
        path = Path(f"/proc/self/task/{threading.get_native_id()}/schedstat")
        self._file = path.open("rb", buffering=0) if path.exists() else None

    def s(self) -> float:
        if self._file is None:
            return 0.0
        self._file.seek(0)
        return int(self._file.read(100).split()[1]) / 1e9


async def _watched(site: Served, folder: Path) -> tuple[_Pulse, int]:
    """Run the daemon until it has polled everything, with a heart beating beside it."""
    pulse = _Pulse()
    sources = _sources(site)
    path = write_config(folder, sources, workers={"count": 2, "wall": "10s", "cpu": "8s"})
    async with _daemon(path, folder / "data") as daemon:
        beating = asyncio.create_task(pulse.beat())
        running = asyncio.create_task(daemon.run())
        await _until_polled(daemon, len(sources) // 2)
        await daemon.reload(await asyncio.to_thread(load_config, path, environ={}))
        await _until_polled(daemon, len(sources))
        daemon.stop()
        await running
        beating.cancel()
    return pulse, daemon.totals.polled


@asynccontextmanager
async def _daemon(path: Path, data: Path) -> AsyncIterator[Daemon]:
    """Open everything as the program does, before its loop has work, and close it in order."""
    config = await asyncio.to_thread(load_config, path, environ={})
    store = await asyncio.to_thread(lambda: open_store(data / "newswatch.db", now=now))
    rt = build_runtime(config, data, store)
    daemon = Daemon(rt)
    await daemon.start()
    settle_memory()
    try:
        yield daemon
    finally:
        await close_runtime(daemon.rt)


async def _until_polled(daemon: Daemon, count: int) -> None:
    async with asyncio.timeout(240):
        while daemon.totals.polled < count:  # noqa: ASYNC110  (the daemon announces nothing)
            await asyncio.sleep(0.1)


def _sources(site: Served) -> list[dict[str, Any]]:
    """Return the sources, each on a host of its own, so that they are visited side by side."""
    feeds = [("feed", path) for path in _FEEDS]
    pages = [("page", path) for path in (*_FAULTS, *HOSTILE_PAGES)]
    listed = [
        {"id": f"{kind}{n}", "kind": kind, "url": site.url(path, n)} for n, (kind, path) in enumerate((*feeds, *pages))
    ]
    robots = [
        {"id": f"robots-{n}", "kind": "feed", "url": site.url("/feed.xml", _ROBOTS_FROM + n)}
        for n in range(len(ROBOTS_HOSTS))
    ]
    quiet = [
        {"id": f"quiet{n}", "kind": "feed", "url": site.url("/empty.xml", 1_000 + n)} for n in range(_QUIET_SOURCES)
    ]
    return [*listed, *robots, *quiet]
