"""Drains the outbox: takes what is due, sends it, and only then calls it sent.

At least once: a crash between sending and settling sends again, under the same key. Knows when to try again and when
to give up; how a message travels is the channel's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

import structlog

from alerts.channels import ChannelPort, ChannelSettings, Message, Refused, Retry, SendResult, Sent
from alerts.channels import channels as kinds
from alerts.channels._stamp import SENT_AT
from storage import outbox
from storage.database import Session, Store, StoreBusy, StoreError, StoreFull
from storage.records import Delivery

__all__ = ["MAX_ATTEMPTS", "backoff_s", "drain"]

MAX_ATTEMPTS = 24
"""With the back-off below about four days, as long as mail servers keep trying (RFC 5321 section 4.5.4.1)."""

_FIRST_WAIT_S = 30.0
_LONGEST_WAIT_S = 6 * 3_600.0
_LONGEST_ASKED_S = 24 * 3_600.0  # no receiver can put a message off for longer
_LEASE_SHARE = 0.8  # of a lease that one attempt may take, so that nobody else begins the same one

_SETTLE_PAUSES_S = (0.1, 1.0, 4.0, 10.0, 15.0)  # together half a minute, as long as a backup may hold the store

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

    Channels are served side by side, each in order, so that a slow or dead one delays no other. ``send_timeout_s``
    is for channels that set no timeout. Messages to channels that are not in ``channels`` stay as they are.
    """
    courier = _Courier(store=store, port=port, now=now, owner=owner, lease_s=lease_s, send_timeout_s=send_timeout_s)
    return sum(await asyncio.gather(*(courier.serve(settings, limit) for settings in channels.values())))


def backoff_s(key: str, attempt: int) -> float:
    """Return the seconds to wait after a failed attempt (1, 2, ...): 30 s doubling up to 6 h, less up to a quarter.

    The jitter is a hash of key and attempt, so that messages that failed together do not return together.
    """
    longest = min(_FIRST_WAIT_S * 2.0 ** min(attempt - 1, 16), _LONGEST_WAIT_S)
    jitter = int.from_bytes(sha256(f"{key}|{attempt}".encode()).digest()[:4], "big") / 2**32
    return longest * (1 - jitter / 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Courier:
    """Serves channels, one message after the other."""

    store: Store
    port: ChannelPort
    now: Callable[[], datetime]
    owner: str
    lease_s: float
    send_timeout_s: float

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
                if result == _HUNG:
                    break
        except StoreError as error:
            _log.warning("channel waits for the store", channel=settings.id, error=str(error))
        except Exception:  # noqa: BLE001 - the edge of a channel: no other may suffer
            _log.exception("channel failed", channel=settings.id)
        return sent

    async def _claim(self, channel: str) -> Delivery | None:
        """Take one message: a lease then covers one attempt, and a crash leaves one in doubt."""

        def claim(session: Session) -> tuple[Delivery, ...]:
            return outbox.claim(
                session, now=self.now(), owner=self.owner, lease_s=self.lease_s, limit=1, channels=(channel,)
            )

        return next(iter(await self.store.awrite(claim)), None)

    async def _send(self, settings: ChannelSettings, delivery: Delivery) -> SendResult:
        timeout_s = settings.timeout.total_seconds() if settings.timeout else self.send_timeout_s
        try:
            message = _message(delivery, self.now())
            async with asyncio.timeout(min(timeout_s, self.lease_s * _LEASE_SHARE)):
                result: SendResult = await kinds()[settings.kind].send(settings, message, delivery.key, self.port)
        except TimeoutError:
            return _HUNG
        except Exception as error:  # noqa: BLE001 - whatever a channel raises, its message waits
            _log.exception("channel raised", channel=settings.id, delivery=delivery.id)
            return Retry(reason=f"unexpected {type(error).__name__}")
        return result

    async def _settle(self, delivery: Delivery, result: SendResult) -> None:
        verdict = _final(delivery, result)
        now = self.now()

        def settle(session: Session) -> bool:
            if isinstance(verdict, Sent):
                return outbox.settle_sent(session, delivery.id, self.owner, now=now, detail=verdict.detail)
            if isinstance(verdict, Refused):
                return outbox.settle_dead(session, delivery.id, self.owner, now=now, reason=verdict.reason)
            due_at = now + timedelta(seconds=_wait_s(delivery, verdict))
            return outbox.settle_retry(session, delivery.id, self.owner, due_at=due_at, reason=verdict.reason)

        if await self._write(settle):
            _report(delivery, verdict)
        else:
            _log.warning("lease lost while sending", delivery=delivery.id, channel=delivery.channel)

    async def _write(self, settle: Callable[[Session], bool]) -> bool:
        """Write what became of a message; a store that is busy for a while must not cause a second sending."""
        for pause_s in _SETTLE_PAUSES_S:
            try:
                return await self.store.awrite(settle)
            except (StoreBusy, StoreFull) as error:
                _log.warning("cannot settle yet", reason=str(error))
                await asyncio.sleep(pause_s)
        return await self.store.awrite(settle)


_HUNG = Retry(reason="no answer in time")


def _message(delivery: Delivery, now: datetime) -> Message:
    stamped = {**delivery.payload["data"], SENT_AT: now.isoformat()}
    return Message(**{**delivery.payload, "data": stamped})


def _final(delivery: Delivery, result: SendResult) -> SendResult:
    """Return the result, or the end of a message that was tried often enough."""
    if isinstance(result, Retry) and delivery.attempts >= MAX_ATTEMPTS:
        return Refused(reason=f"given up after {delivery.attempts} attempts: {result.reason}")
    return result


def _wait_s(delivery: Delivery, result: Retry) -> float:
    asked = min(result.after_s or 0.0, _LONGEST_ASKED_S)
    return max(asked, backoff_s(delivery.key, delivery.attempts))


def _report(delivery: Delivery, result: SendResult) -> None:
    log = _log.bind(delivery=delivery.id, channel=delivery.channel, key=delivery.key, attempt=delivery.attempts)
    if isinstance(result, Sent):
        log.info("sent", detail=result.detail)
    elif isinstance(result, Retry):
        log.warning("not sent yet", reason=result.reason)
    else:
        log.error("not sent, given up", reason=result.reason)
