"""Binds the status pages to a running daemon: takes its pulse when it is asked."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import structlog

from monitor.web.health import Pulse, ready_problems, render_metrics
from monitor.web.server import Answer, StatusServer
from storage import feed
from storage.database import StoreError
from storage.outbox import outbox_counts

if TYPE_CHECKING:
    from monitor.daemon import Daemon

__all__ = ["status_pages"]

_PATIENCE_S = 1.0
_log = structlog.get_logger("newswatch.status")


@contextmanager
def status_pages(daemon: Daemon) -> Iterator[StatusServer | None]:
    """Serve ``/healthz``, ``/readyz`` and ``/metrics`` while the daemon runs; None where that is off or impossible."""
    address = daemon.rt.config.settings.http.address
    server = _listen(address, _Answers(daemon)) if address else None
    try:
        yield server
    finally:
        if server is not None:
            server.close()


def _listen(address: tuple[str, int], answers: _Answers) -> StatusServer | None:
    try:
        return StatusServer(address, answers)
    except OSError as error:
        _log.warning("no status pages", address=f"{address[0]}:{address[1]}", error=error.strerror)
        return None


class _Answers:
    """Maps a path to its answer, from a thread of the server."""

    def __init__(self, daemon: Daemon) -> None:
        self._daemon = daemon
        self._loop = asyncio.get_running_loop()

    def __call__(self, path: str) -> Answer | None:
        if path == "/healthz":
            return _text([] if self._alive() else ["the event loop or the writer does not answer"])
        if path not in ("/readyz", "/metrics"):
            return None
        try:
            pulse = self._pulse()
        except (StoreError, OSError) as error:
            return _text([f"the state cannot be read: {error}"])
        if path == "/readyz":
            return _text(list(ready_problems(pulse)))
        return Answer(status=200, content_type="text/plain; version=0.0.4; charset=utf-8", body=render_metrics(pulse))

    def _alive(self) -> bool:
        """Whether the loop and the writer answer within a second."""
        if self._loop.is_closed():
            return False
        question = asyncio.run_coroutine_threadsafe(self._daemon.rt.store.awrite(lambda _session: None), self._loop)
        try:
            question.result(_PATIENCE_S)
        except Exception:  # noqa: BLE001  (whatever is wrong, the answer is no)
            question.cancel()
            return False
        return True

    def _pulse(self) -> Pulse:
        rt = self._daemon.rt
        with rt.store.read() as session:
            counters = feed.counters(session)
            oldest = outbox_counts(session).oldest_unsent_at
        return Pulse(
            writer_answers=self._alive(),
            tick_age_s=rt.monotonic() - self._daemon.ticked_at,
            free_bytes=shutil.disk_usage(rt.data_dir).free,
            outbox_age_s=(rt.now() - oldest).total_seconds() if oldest else 0.0,
            counters=counters,
        )


def _text(problems: list[str]) -> Answer:
    body = "".join(f"{problem}\n" for problem in problems) or "ok\n"
    return Answer(status=503 if problems else 200, content_type="text/plain; charset=utf-8", body=body.encode())
