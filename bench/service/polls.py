"""What it costs to poll a feed that has not changed although its server cannot say so (goal G6)."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar

import psutil

from bench.service.figures import Figure
from bench.service.loopback import serving
from bench.service.programs import write_config
from monitor.assembly import build_runtime, close_runtime
from monitor.config import load_config
from monitor.daemon import Daemon
from monitor.engine.workers import WorkerLimits, WorkerPool
from monitor.log import configure_logging
from monitor.types import Rejected
from storage.database import Session, open_store

__all__ = ["unchanged_polls"]

P = ParamSpec("P")
T = TypeVar("T")

_SOURCES = 50


def unchanged_polls() -> Iterator[Figure]:
    """Poll 50 feeds of 20 entries twice; the second time each has the same body, or one with another remark in it."""
    configure_logging(logging.CRITICAL)
    same, fresh = (asyncio.run(_second_poll(site)) for site in ("same", "fresh"))
    yield Figure(name="unchanged body without validators: parses", value=same.parses, goal="G6", at_most=0)
    note = f"and {same.lease_rows:g} of leases, which the visits of a tick share"
    name = "unchanged body without validators: rows written"
    yield Figure(name=name, value=same.rows, goal="G6", at_most=1, note=note)
    yield Figure(name="unchanged body: CPU a poll", value=same.cpu_ms, unit="ms")
    note = f"{fresh.parses:g} parses, {fresh.rows:g} rows"
    yield Figure(name="changed body, nothing new in it: CPU a poll", value=fresh.cpu_ms, unit="ms", note=note)
    yield Figure(name="unchanged against changed: CPU", value=same.cpu_ms / fresh.cpu_ms, unit="x")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cost:
    """What the second poll of a source cost, on average over the sources."""

    parses: float
    rows: float
    lease_rows: float
    cpu_ms: float


class _CountingPool(WorkerPool):
    """Counts what is sent to the workers."""

    tasks = 0

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | Rejected:
        self.tasks += 1
        return await super().run(function, *args, **kwargs)


@dataclass(slots=True)
class _Clock:
    at: datetime = datetime(2026, 11, 21, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


async def _second_poll(name: str) -> _Cost:
    with serving(name) as site, tempfile.TemporaryDirectory() as folder:
        sources = [{"id": f"s{n}", "kind": "feed", "url": site.url("/feed.xml", n)} for n in range(_SOURCES)]
        config = load_config(write_config(Path(folder), sources, workers={"count": 1}), environ={})
        clock = _Clock()
        data = Path(folder) / "data"
        store = open_store(data / "newswatch.db", now=clock)
        pool = _CountingPool(WorkerLimits(count=1))
        rt = replace(build_runtime(config, data, store, clock=clock), pool=pool)
        try:
            daemon = Daemon(rt)
            await daemon.start()
            await daemon.run_once()
            clock.at += timedelta(hours=2)
            store.write(_count_rows)
            parses, cpu = pool.tasks, _cpu_s()
            await daemon.run_once()
            cpu, parses = _cpu_s() - cpu, pool.tasks - parses
            state, lease = store.write(_counted_rows)
        finally:
            await close_runtime(rt)
    return _Cost(
        parses=parses / _SOURCES, rows=state / _SOURCES, lease_rows=lease / _SOURCES, cpu_ms=1000 * cpu / _SOURCES
    )


def _cpu_s() -> float:
    """Return the CPU seconds of this process and its workers so far."""
    used = [process.cpu_times() for process in psutil.Process().children(recursive=True) if _is_worker(process)]
    return time.process_time() + sum(times.user + times.system for times in used)


def _is_worker(process: psutil.Process) -> bool:
    return "bench.service.loopback" not in process.cmdline()


def _count_rows(session: Session) -> None:
    """Have the writing connection note each row it writes: as state, or as a lease or claim that a visit holds."""
    run = session.connection().exec_driver_sql
    run("CREATE TEMP TABLE written (kind TEXT)")
    tables = [
        row[0]
        for row in run("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").all()
    ]
    for table in tables:
        for event in ("INSERT", "UPDATE", "DELETE"):
            kind = "lease" if table == "host" or (table, event) == ("source", "UPDATE") else "state"
            note = f"BEGIN INSERT INTO written VALUES ('{kind}'); END"
            run(f"CREATE TEMP TRIGGER on_{event}_{table} AFTER {event} ON main.{table} {note}")
    note = "BEGIN UPDATE written SET kind = 'state' WHERE rowid = (SELECT max(rowid) FROM written); END"
    run(f"CREATE TEMP TRIGGER on_poll AFTER UPDATE OF due_at ON main.source {note}")


def _counted_rows(session: Session) -> tuple[int, int]:
    run = session.connection().exec_driver_sql
    kinds = Counter(row[0] for row in run("SELECT kind FROM written").all())
    return kinds["state"], kinds["lease"]
