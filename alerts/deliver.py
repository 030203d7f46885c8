"""Drains the outbox: takes what is due, sends it, and only then calls it sent.

At least once: a crash between sending and settling sends again, under the same key. Knows when to try again and when
to give up; how a message travels is the channel's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256

import structlog

from alerts.channels import ChannelPort, ChannelSettings, Message, Refused, Retry, SendResult, Sent, channels
from alerts.channels._stamp import SENT_AT
from storage import outbox
from storage.database import LeaseLost, Session, Store
from storage.records import Delivery

__all__ = ["MAX_ATTEMPTS", "backoff_s", "drain"]

MAX_ATTEMPTS = 24
"""With the back-off below about four days, as long as mail servers keep trying (RFC 5321 section 4.5.4.1)."""

_FIRST_WAIT_S = 30.0
_LONGEST_WAIT_S = 6 * 3_600.0
_LONGEST_ASKED_S = 24 * 3_600.0  # no receiver can put a message off for longer

_log = structlog.get_logger("newswatch.delivery")


async def drain(
    store: Store,
    channels: Mapping[str, ChannelSettings],
    port: ChannelPort,
    *,
    now: Callable[[], datetime],
    owner: str,
    lease_s: float,
    send_timeout_s: float,
    limit: int,
) -> int:
    """Send what is due, at most ``limit`` messages a channel; return how many were sent.

    Channels are served side by side, each in order, so that a slow or dead one delays no other. Messages to channels
    that are not in ``channels`` are left alone. ``lease_s`` has to be longer than ``send_timeout_s`` and the timeout
    of any channel.
    """
    line = _Line(store, port, now=now, owner=owner, lease_s=lease_s, send_timeout_s=send_timeout_s)
    return sum(await asyncio.gather(*(line.serve(settings, limit) for settings in channels.values())))


def backoff_s(key: str, attempt: int) -> float:
    """Return the seconds to wait after a failed attempt (1, 2, ...): 30 s doubling up to 6 h, less up to a quarter.

    The jitter is a hash of key and attempt, so that messages that failed together do not return together.
    """
    longest = min(_FIRST_WAIT_S * 2 ** min(attempt - 1, 16), _LONGEST_WAIT_S)
    jitter = int.from_bytes(sha256(f"{key}|{attempt}".encode()).digest()[:4]) / 2**32
    return longest * (1 - jitter / 4)


class _Line:
    """Serves channels one message after the other."""

    def __init__(
        self,
        store: Store,
        port: ChannelPort,
        *,
        now: Callable[[], datetime],
        owner: str,
        lease_s: float,
        send_timeout_s: float,
    ) -> None:
        self._store = store
        self._port = port
        self._now = now
        self._owner = owner
        self._lease_s = lease_s
        self._send_timeout_s = send_timeout_s

    async def serve(self, settings: ChannelSettings, limit: int) -> int:
        """Send to one channel until nothing is due, ``limit`` is reached or the receiver hangs."""
        sent = 0
        try:
            for _ in range(limit):
                delivery = await self._claim(settings.id)
                if delivery is None:
                    break
                result = await self._send(settings, delivery)
                await self._settle(delivery, result)
                sent += isinstance(result, Sent)
                if result is _HUNG:
                    break
        except Exception:  # the edge of a channel: another one must not suffer
            _log.exception("channel failed", channel=settings.id)
        return sent
