"""What the service costs while nothing happens: memory and CPU of its processes."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil

from bench.service.figures import Figure
from bench.service.loopback import serving
from bench.service.programs import ROOT, cpu_percent, newswatch, rows_of, rss_mb, running, wait_for, write_config

__all__ = ["memory", "thousand_sources"]

_SOURCES = 1_000
_SETTLE_S = 12.0
_WATCH_S = 40.0
_RARELY: dict[str, Any] = {"minimum": "6h", "start": "12h"}
_MOST_MB = 90.0
_MOST_PERCENT = 0.5
_POLLED = "SELECT count(*) FROM source WHERE last_polled_at IS NOT NULL"


def memory() -> Iterator[Figure]:
    """Weigh the daemon and its workers over the sample documents: a first start, a second one, and after work."""
    with tempfile.TemporaryDirectory() as folder:
        samples = {"id": "samples", "kind": "folder", "path": str(ROOT / "samples"), "every": "6h"}
        config = write_config(Path(folder), [samples], workers={"count": 1, "idle_after": "20s"})
        with running(config) as daemon:
            wait_for(lambda: rows_of(config, "SELECT count(*) FROM article") >= len(list((ROOT / "samples").iterdir())))
            time.sleep(2)
            yield Figure(name="daemon after its first pass: RSS", value=rss_mb(daemon), unit="MB")
            yield from _workers(daemon)
            wait_for(lambda: not _working(daemon))
            yield Figure(name="daemon, workers retired: RSS", value=rss_mb(daemon), unit="MB")
        with running(config) as daemon:
            time.sleep(_SETTLE_S)
            yield Figure(name="daemon after a second start: RSS", value=rss_mb(daemon), unit="MB")
            yield Figure(name="daemon after a second start: threads", value=daemon.num_threads())


def thousand_sources() -> Iterator[Figure]:
    """Weigh and time a daemon of 1,000 feeds none of which is due: started so, and after polling all of them."""
    with serving("quiet") as site, tempfile.TemporaryDirectory() as folder:
        sources = [{"id": f"s{n}", "kind": "feed", "url": site.url("/feed.xml", n)} for n in range(_SOURCES)]
        config = write_config(Path(folder), sources, poll=_RARELY, workers={"idle_after": "5s"})
        with running(config) as daemon:
            wait_for(lambda: rows_of(config, _POLLED) == _SOURCES)
            wait_for(lambda: not _working(daemon))
            yield from _idling("having polled them", daemon)
        subprocess.run(
            newswatch("run", "--once", "-q", "--config", str(config)), cwd=ROOT, capture_output=True, check=True
        )
        with running(config) as daemon:
            yield from _idling("started with nothing due", daemon)


def _idling(how: str, daemon: psutil.Process) -> Iterator[Figure]:
    time.sleep(_SETTLE_S)
    cpu = cpu_percent(daemon, _WATCH_S)
    weight = rss_mb(daemon)
    yield Figure(name=f"1,000 sources, {how}: RSS", value=weight, unit="MB", goal="G10", at_most=_MOST_MB)
    note = f"over {_WATCH_S:g} s"
    yield Figure(name=f"1,000 sources, {how}: CPU", value=cpu, unit="%", goal="G10", at_most=_MOST_PERCENT, note=note)


def _workers(daemon: psutil.Process) -> Iterator[Figure]:
    """Weigh the processes that parse: those forked, and the clean one that they are forked from."""
    for worker in _working(daemon)[:1]:
        own = worker.memory_full_info().uss / 1e6
        yield Figure(name="worker: RSS", value=rss_mb(worker), unit="MB", note=f"{own:.0f} MB of it its own")
        yield Figure(
            name="process that workers are forked from: RSS", value=rss_mb(psutil.Process(worker.ppid())), unit="MB"
        )


def _working(daemon: psutil.Process) -> list[psutil.Process]:
    direct = {child.pid for child in daemon.children()}
    return [child for child in daemon.children(recursive=True) if child.pid not in direct]
