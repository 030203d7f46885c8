"""The local sender: one drain a channel, so that a slow channel delays no other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import structlog

__all__ = ["DeliveryEngine"]

_log = structlog.get_logger("newswatch.delivery")

Drain = Callable[[str], Awaitable[int]]


class DeliveryEngine:
    """Calls ``drain(channel)`` for every channel that is not being drained already."""

    def __init__(self, drain: Drain) -> None:
        self._drain = drain
        self._running: dict[str, asyncio.Task[int]] = {}

    def tick(self, channels: list[str]) -> None:
        """Start to send what is due."""
        for channel in channels:
            if channel not in self._running:
                task = asyncio.create_task(self._run(channel), name=f"deliver {channel}")
                self._running[channel] = task
                task.add_done_callback(partial(self._ended, channel))

    @property
    def busy(self) -> int:
        """The number of channels that are being drained."""
        return len(self._running)

    async def flush(self, channels: list[str]) -> int:
        """Send until nothing more leaves; return the number of messages that left."""
        return sum(await asyncio.gather(*(self._empty(channel) for channel in channels)))

    async def drain(self, grace_s: float) -> None:
        """Let the messages under way finish for ``grace_s``, then abandon them: their leases lapse."""
        running = tuple(self._running.values())
        if running:
            _, late = await asyncio.wait(running, timeout=grace_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, channel: str, _task: asyncio.Task[int]) -> None:
        self._running.pop(channel, None)

    async def _empty(self, channel: str) -> int:
        total = 0
        while sent := await self._run(channel):
            total += sent
        return total

    async def _run(self, channel: str) -> int:
        try:
            return await self._drain(channel)
        except Exception:  # noqa: BLE001  (the edge of a tick)
            _log.exception("delivery failed", channel=channel)
            return 0
