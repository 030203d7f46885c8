"""The service as a whole: start, idle, throughput, stalls. Goals G6, G9 and G10 of the performance notes.

    python -m bench.service [--json] [--copies 200]

Everything runs against a loopback site in this process; CPU is that of the measured process and its children. Peers
run beside it on the same texts: a naive script of the same packages, and reading alone.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "tests" / "fixtures" / "seeds"
HEAVY = ("scipy", "jieba", "trafilatura", "alembic", "fastapi", "datasketch", "lxml", "sqlalchemy", "httpx")
IDLE_SOURCES = 1_000
IDLE_SECONDS = 30


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--copies", type=int, default=200, help="how often each seed is read and recorded")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    for measure in (help_command, cold_start, lambda: throughput(options.copies), idle, stalls):
        figures |= measure()
        if not options.json:
            print("\n".join(f"{name:44} {value}" for name, value in figures.items()), end="\n\n", flush=True)
    if options.json:
        print(json.dumps(figures, indent=2))


def help_command() -> dict[str, Any]:
    """Time ``newswatch --help`` and look at what it loads."""
    loaded = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "monitor", "--help"], capture_output=True, text=True, check=True
    ).stderr
    modules = {line.rpartition("|")[2].strip() for line in loaded.splitlines() if "|" in line}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(5):
        subprocess.run([sys.executable, "-m", "monitor", "--help"], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / 5
    return {
        "help: CPU s (goal <= 0.25)": round(cpu, 3),
        "help: modules": len(modules),
        "help: heavy modules loaded (goal none)": [name for name in HEAVY if name in modules],
    }


def cold_start() -> dict[str, Any]:
    """Time from the command to the first stored article, and to the end of a pass over the samples."""
    with tempfile.TemporaryDirectory() as folder:
        config = write_config(Path(folder), [{"id": "samples", "kind": "folder", "path": str(ROOT / "samples")}])
        started = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "run", "--config", str(config)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            first = wait_for(lambda: count_articles(Path(folder) / "data" / "newswatch.db") > 0) - started
            digest = wait_for(lambda: any((Path(folder) / "data" / "digests").glob("*"))) - started
        finally:
            process.terminate()
            process.wait(30)
    return {
        "cold start: s to the first stored article": round(first, 2),
        "cold start: s to the first digest": round(digest, 2),
    }


def count_articles(path: Path) -> int:
    """Count stored articles as a person with sqlite3 would."""
    import sqlite3

    if not path.exists():
        return 0
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def throughput(copies: int) -> dict[str, Any]:
    """Read every seed ``copies`` times, then record the readings as articles of their own; CPU seconds."""
    from monitor.read.reading import read
    from monitor.types import Hints

    at = datetime(2026, 11, 21, tzinfo=UTC)
    seeds = [path.read_bytes() for path in sorted(SEEDS.glob("*.txt"))]

    def one(body: bytes, number: int) -> Any:
        return read(
            body,
            url=f"https://example.org/{number}",
            content_type="text/plain",
            name=None,
            hints=Hints(),
            fetched_at=at,
            watch=(),
        )

    for body in seeds:
        one(body, 0)
    numbered = [(body, number) for number, body in enumerate(seeds * copies)]
    started = time.process_time()
    readings = [one(body, number) for body, number in numbered]
    reading_s = time.process_time() - started
    recording_s = asyncio.run(record_all(readings, at))
    return {
        "read: documents per CPU s": round(len(readings) / reading_s, 1),
        "record: documents per CPU s": round(len(readings) / recording_s, 1),
        "read + record: documents per CPU s": round(len(readings) / (reading_s + recording_s), 1),
    }


def wait_for(done: Callable[[], bool], patience_s: float = 60.0) -> float:
    """Return the monotonic time at which ``done`` became true."""
    end = time.monotonic() + patience_s
    while not done():
        if time.monotonic() > end:
            raise TimeoutError("it did not come about")
        time.sleep(0.02)
    return time.monotonic()


def write_config(folder: Path, sources: list[dict[str, Any]], **settings: Any) -> Path:
    """Write a configuration with the shipped rules' kinds and a file channel."""
    document = {
        "sources": sources,
        "rules": [{"id": "all", "entities": ["model:*", "regulation:*"], "channels": ["digests"]}],
        "channels": [{"id": "digests", "kind": "file"}],
        "settings": {"http": {"listen": "off"}, "fetch": {"delay": "0s", "concurrency": 64}, **settings},
    }
    path = folder / "sources.yaml"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path
