"""Works off in the background what a change of the catalogue or of the schema left to do, so slowly that the news does
not wait for it.

The store keeps the place (``storage.retags``, ``storage.search_index``); this only asks for one batch after the other,
with pauses.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from monitor.engine.workers import NoWorker
from storage.errors import StoreError

__all__ = ["Retagging"]

_REST = 1.0
_REST_WHILE_BUSY = 4.0
"""Pauses as multiples of what a batch took: at most half of one worker, a fifth of it while hosts are visited."""
_SHORTEST_S = 0.05
_AFTER_TROUBLE_S = 10.0

_log = structlog.get_logger("newswatch.retag")


class Retagging:
    """Calls ``step`` until it returns None: nothing is left, until ``wake``.

    ``step`` does a batch and returns the number of hits that it raised; ``raised`` is told where there were some.
    ``is_busy`` says whether other work is under way; ``monotonic`` counts seconds; ``what`` names the work in the log.
    """

    def __init__(
        self,
        step: Callable[[], Awaitable[int | None]],
        *,
        is_busy: Callable[[], bool],
        raised: Callable[[], None],
        monotonic: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        what: str = "tagging again",
    ) -> None:
        self._what = what
        self._step = step
        self._is_busy = is_busy
        self._raised = raised
        self._monotonic = monotonic
        self._sleep = sleep
        self._wanted = asyncio.Event()

    def wake(self) -> None:
        """Look for something to do."""
        self._wanted.set()

    async def run(self) -> None:
        """Work off what there is, and whatever comes, until cancelled."""
        while True:
            await self._wanted.wait()
            await self._sleep(await self._batch())

    async def flush(self, limit_s: float, stopping: asyncio.Event) -> None:
        """Work off what there is without pauses, for about ``limit_s`` seconds; what is left waits in the store."""
        end = self._monotonic() + limit_s
        while self._wanted.is_set() and not stopping.is_set() and self._monotonic() < end:
            if await self._batch() >= _AFTER_TROUBLE_S:
                break

    async def _batch(self) -> float:
        """Do a batch and return for how many seconds to rest."""
        began = self._monotonic()
        self._wanted.clear()
        try:
            raised = await self._step()
        except (StoreError, NoWorker) as error:
            _log.warning(f"{self._what} waits", error=str(error))
            self._wanted.set()
            return _AFTER_TROUBLE_S
        except Exception:  # noqa: BLE001  (the edge of a tick: tried again with the next start or change)
            _log.exception(f"{self._what} stopped")
            return _AFTER_TROUBLE_S
        if raised is None:
            return 0.0
        if raised:
            self._raised()
        self._wanted.set()
        took = self._monotonic() - began
        return max(_SHORTEST_S, took * (_REST_WHILE_BUSY if self._is_busy() else _REST))
