"""The way to the network for one attempt, held to the limits of its channel.

A message may take several requests: each of them counts. A request that would be one too many waits a moment, where
that is enough; else it is not made, and the message goes on at the next attempt.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from alerts.channels import ChannelPort, HttpReply, Refused, Retry, SendResult
from alerts.pace import Rate, wait_s
from alerts.retries import Paced

__all__ = ["PacedPort"]

_TOO_MANY = 429
_PATIENCE_S = 1.5
"""For limits of so many a second: what waits longer leaves the turn to others."""


class PacedPort:
    """A ``ChannelPort`` for one attempt; ``sends`` are the requests so far, the first of this attempt among them.

    ``further`` are the times of those that it has let through since, in seconds since 1970.
    """

    def __init__(
        self,
        port: ChannelPort,
        *,
        rates: Sequence[Rate],
        sends: Sequence[float],
        now: Callable[[], datetime],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.data_dir = port.data_dir
        self.further: list[float] = []
        self._port = port
        self._rates = rates
        self._sends = sends
        self._now = now
        self._sleep = sleep
        self._is_first = True
        self._wait_s = 0.0
        self._is_limited = False

    async def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], timeout_s: float
    ) -> HttpReply | Retry | Refused:
        """POST unless that would be one request too many."""
        if not self._is_first and not await self._may_pass():
            return Paced(reason="the channel's own limit is used up", after_s=self._wait_s)
        self._is_first = False
        reply = await self._port.post(url, body=body, headers=headers, timeout_s=timeout_s)
        self._is_limited = isinstance(reply, HttpReply) and reply.status == _TOO_MANY
        return reply

    def explain(self, result: SendResult) -> SendResult:
        """Return the result of the attempt with what only the port knows: that a limit, ours or theirs, ended it."""
        if not isinstance(result, Retry):
            return result
        if self._wait_s:
            return Paced(reason=result.reason, after_s=self._wait_s)
        return replace(result, limited=True) if self._is_limited else result

    async def _may_pass(self) -> bool:
        self._look()
        if 0 < self._wait_s <= _PATIENCE_S:
            await self._sleep(self._wait_s)
            self._look()
        if not self._wait_s:
            self.further.append(self._now().timestamp())
        return not self._wait_s

    def _look(self) -> None:
        self._wait_s = wait_s([*self._sends, *self.further], self._rates, self._now().timestamp())
