"""How long the program takes to begin: its help, its first article, its first digest."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.service.figures import Figure
from bench.service.programs import ROOT, cpu_s, newswatch, rows_of, running, wait_for, write_config

__all__ = ["cold_start", "help_command"]

_HEAVY = ("scipy", "numpy", "jieba", "trafilatura", "alembic", "fastapi", "datasketch", "lxml", "sqlalchemy", "httpx")
_ROUNDS = 5
_COLD_STARTS = 3


def help_command() -> Iterator[Figure]:
    """Time ``--help`` and look at what it loads."""
    loaded = _modules_of_help()
    heavy = [name for name in _HEAVY if name in loaded]
    cpu = min(_cpu_of(newswatch("--help")) for _ in range(_ROUNDS))
    yield Figure(name="--help: CPU", value=cpu, unit="s", goal="G10", at_most=0.25, note=f"best of {_ROUNDS}")
    yield Figure(name="--help: modules loaded", value=len(loaded))
    note = " ".join(heavy)
    yield Figure(name="--help: heavy modules loaded", value=len(heavy), goal="G10", at_most=0, note=note)


def cold_start() -> Iterator[Figure]:
    """Time from the command to the first stored article and to the first digest, with a new data directory."""
    starts = [_cold_start() for _ in range(_COLD_STARTS)]
    for name in starts[0]:
        values = sorted(start[name] for start in starts)
        note = f"median of {_COLD_STARTS}, best {values[0]:.2f}"
        yield Figure(name=f"cold start: {name}", value=values[len(values) // 2], unit="s", note=note)


def _modules_of_help() -> set[str]:
    command = [sys.executable, "-X", "importtime", "-m", "monitor", "--help"]
    trace = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stderr
    return {line.rpartition("|")[2].strip() for line in trace.splitlines() if line.startswith("import time:")}


def _cpu_of(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _cold_start() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        config = write_config(Path(folder), [{"id": "samples", "kind": "folder", "path": str(ROOT / "samples")}])
        digests = Path(folder) / "data" / "digests"
        started = time.monotonic()
        with running(config) as daemon:
            first = wait_for(lambda: rows_of(config, "SELECT count(*) FROM article") > 0)
            digest = wait_for(lambda: digests.is_dir() and any(digests.iterdir()))
            cpu = sum(cpu_s(process) for process in (daemon, *daemon.children(recursive=True)))
    return {
        "first stored article": first - started,
        "first digest": digest - started,
        "CPU of all processes by then": cpu,
    }
