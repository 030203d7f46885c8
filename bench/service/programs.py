"""Runs the program as a person does, and looks at its processes from outside."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psutil

__all__ = [
    "MB",
    "cpu_percent",
    "cpu_s",
    "newswatch",
    "rows_of",
    "rss_mb",
    "running",
    "stop",
    "wait_for",
    "write_config",
]

ROOT = Path(__file__).parents[2]
MB = 1_000_000
_PATIENCE_S = 240.0
_STOP_S = 30.0


def newswatch(*arguments: str) -> list[str]:
    """Return the command line of the program in this environment."""
    return [sys.executable, "-m", "monitor", *arguments]


@contextmanager
def running(config: Path) -> Iterator[psutil.Process]:
    """Keep the daemon running with this configuration, its data beside it."""
    command = newswatch("run", "--quiet", "--config", str(config))
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield psutil.Process(process.pid)
    finally:
        stop(process)


def stop(process: subprocess.Popen[Any]) -> None:
    """End a process in order."""
    process.terminate()
    process.wait(_STOP_S)


def wait_for(done: Callable[[], bool], patience_s: float = _PATIENCE_S) -> float:
    """Return the monotonic time at which ``done`` became true; raise TimeoutError when it never did."""
    end = time.monotonic() + patience_s
    while not done():
        if time.monotonic() > end:
            raise TimeoutError(f"it did not come about within {patience_s:g} s")
        time.sleep(0.02)
    return time.monotonic()


def cpu_s(process: psutil.Process) -> float:
    """Return the CPU seconds that a process has used, without its children."""
    used = process.cpu_times()
    return used.user + used.system


def cpu_percent(process: psutil.Process, seconds: float) -> float:
    """Return the share of a core that a process uses over the next ``seconds``."""
    used, start = cpu_s(process), time.monotonic()
    time.sleep(seconds)
    return 100 * (cpu_s(process) - used) / (time.monotonic() - start)


def rss_mb(process: psutil.Process) -> float:
    """Return the resident memory of a process in MB, shared pages included."""
    return process.memory_info().rss / MB


def rows_of(config: Path, question: str) -> int:
    """Answer a question that counts something in the store of this configuration; 0 while there is none."""
    path = config.parent / "data" / "newswatch.db"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            return int(database.execute(question).fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def write_config(folder: Path, sources: list[dict[str, Any]], **settings: Any) -> Path:
    """Write a configuration of one rule and one channel; ``settings`` adds to settings that suit a loopback site."""
    document = {
        "sources": sources,
        "rules": [{"id": "all", "entities": ["model:*", "regulation:*"], "channels": ["digests"]}],
        "channels": [{"id": "digests", "kind": "file"}],
        "settings": {
            "http": {"listen": "127.0.0.1:0"},
            "network": {"allow": ["127.0.0.0/8"]},
            "fetch": {"delay": "0s", "deadline": "5s"},
            **settings,
        },
    }
    path = folder / "sources.yaml"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path
