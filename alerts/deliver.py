"""Drains the outbox: takes what is due, sends it, and only then calls it sent.

At least once: a crash between sending and settling sends again, under the same key. What follows from an attempt is
decided in ``alerts.retries``; how a message travels is the channel's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from alerts.channels import ChannelPort, ChannelSettings, Message, Refused, Retry, SendResult, Sent
from alerts.channels import channels as kinds
from alerts.channels._stamp import SENT_AT
from alerts.operator import NOTICE, Operator, pass_on, tell, tell_late
from alerts.pace import Rate, kept_sends, parse_rates, wait_s
from alerts.paced_port import PacedPort
from alerts.retries import MAX_ATTEMPTS, Broken, Paced, Settlement, backoff_s, decide, rests
from storage import outbox
from storage.channel_states import channel_state, keep_channel_state
from storage.database import Session, Store, StoreBusy, StoreError, StoreFull
from storage.records import Delivery

__all__ = ["MAX_ATTEMPTS", "Operator", "backoff_s", "drain", "rates_of"]

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
    operator: Operator | None = None,
    is_current: Callable[[], bool] = lambda: True,
) -> int:
    """Send what is due, at most ``limit`` messages a channel; return how many were sent.

    Channels are served side by side, each in order and at its pace, so that a slow or dead one delays no other.
    ``send_timeout_s`` is for channels that set no timeout. Messages to channels that are not in ``channels`` stay as
    they are. ``operator`` is told of channels that fail. Nothing more is begun once the settings are no longer
    those that hold (``is_current``, asked in the transaction that takes a message).
    """
    courier = _Courier(
        store=store,
        port=port,
        now=now,
        owner=owner,
        lease_s=lease_s,
        send_timeout_s=send_timeout_s,
        operator=operator,
        is_current=is_current,
    )
    return sum(await asyncio.gather(*(courier.serve(settings, limit) for settings in channels.values())))


def rates_of(settings: ChannelSettings) -> tuple[Rate, ...]:
    """Return the limits of a channel: its own, else those of the service behind its kind."""
    return parse_rates(settings.rate or getattr(kinds()[settings.kind], "RATE", "unlimited"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Courier:
    """Serves channels, one message after the other."""

    store: Store
    port: ChannelPort
    now: Callable[[], datetime]
    owner: str
    lease_s: float
    send_timeout_s: float
    operator: Operator | None
    is_current: Callable[[], bool]

    async def serve(self, settings: ChannelSettings, limit: int) -> int:
        """Send to one channel until nothing is due, ``limit`` is reached, or it is to be left alone."""
        sent = 0
        try:
            rates = rates_of(settings)
            for _ in range(limit):
                claimed = await self._claim(settings.id, rates)
                if claimed is None:
                    break
                delivery, sends = claimed
                port = PacedPort(self.port, rates=rates, sends=sends, now=self.now)
                result = port.explain(await self._send(settings, delivery, port))
                await self._settle(delivery, result, rates, port.further)
                sent += isinstance(result, Sent)
        except StoreError as error:
            _log.warning("channel waits for the store", channel=settings.id, error=str(error))
        except Exception:  # noqa: BLE001 - the edge of a channel: no other may suffer
            _log.exception("channel failed", channel=settings.id)
        return sent

    async def _claim(self, channel: str, rates: tuple[Rate, ...]) -> tuple[Delivery, tuple[float, ...]] | None:
        """Take one message, and count it as a request: a lease covers one attempt, and a crash leaves one in doubt."""
        now = self.now()

        def claim(session: Session) -> tuple[Delivery, tuple[float, ...]] | None:
            state = channel_state(session, channel)
            if not self.is_current() or rests(state, now) or wait_s(state.sends, rates, now.timestamp()):
                return None
            found = outbox.claim(session, now=now, owner=self.owner, lease_s=self.lease_s, limit=1, channels=(channel,))
            if not found:
                return None
            sends = kept_sends((*state.sends, now.timestamp()), rates)
            if sends != state.sends:
                keep_channel_state(session, replace(state, sends=sends))
            return found[0], sends

        return await self.store.awrite(claim)

    async def _send(self, settings: ChannelSettings, delivery: Delivery, port: ChannelPort) -> SendResult:
        timeout_s = settings.timeout.total_seconds() if settings.timeout else self.send_timeout_s
        try:
            message = _message(delivery, self.now())
            async with asyncio.timeout(min(timeout_s, self.lease_s * _LEASE_SHARE)):
                result: SendResult = await kinds()[settings.kind].send(settings, message, delivery.key, port)
        except TimeoutError:
            return Retry(reason="no answer in time")
        except Exception as error:  # noqa: BLE001 - whatever a channel raises, its message waits
            _log.exception("channel raised", channel=settings.id, delivery=delivery.id)
            return Broken(reason=f"unexpected {type(error).__name__}")
        return result

    async def _settle(
        self, delivery: Delivery, result: SendResult, rates: tuple[Rate, ...], further: list[float]
    ) -> None:
        now = self.now()

        def settle(session: Session) -> tuple[Settlement, bool, str | None]:
            before = channel_state(session, delivery.channel)
            settlement = decide(delivery, result, before, now)
            if not self._close(session, delivery, settlement, now):
                return settlement, False, None
            told = self._tell(session, delivery, settlement, now)
            after = replace(settlement.state, sends=kept_sends((*before.sends, *further), rates))
            if settlement.notice and told is None:
                after = replace(after, told_at=before.told_at)
            if after != before:
                keep_channel_state(session, after)
            if before.failing_since and after.failing_since is None:
                tell_late(session, delivery.channel, now=now)
            return settlement, True, told

        try:
            settlement, is_ours, told = await self._write(settle)
        except StoreError:
            raise
        except Exception:
            await self._close_sent(delivery, result, now)
            raise
        if is_ours:
            _report(delivery, settlement, told)
        else:
            _log.warning("lease lost while sending", delivery=delivery.id, channel=delivery.channel)

    async def _close_sent(self, delivery: Delivery, result: SendResult, now: datetime) -> None:
        """What was sent stays sent, whatever is wrong with what follows: else it comes again with each lease."""
        if isinstance(result, Sent):
            await self.store.awrite(
                lambda session: outbox.settle_sent(session, delivery.id, self.owner, now=now, detail=result.detail)
            )

    def _close(self, session: Session, delivery: Delivery, settlement: Settlement, now: datetime) -> bool:
        """Write what became of the message; False when it is somebody else's by now."""
        result = settlement.result
        if isinstance(result, Sent):
            return outbox.settle_sent(session, delivery.id, self.owner, now=now, detail=result.detail)
        if isinstance(result, Refused):
            return outbox.settle_dead(session, delivery.id, self.owner, now=now, reason=result.reason)
        return outbox.settle_retry(
            session,
            delivery.id,
            self.owner,
            due_at=settlement.due_at,
            reason=delivery.last_error if isinstance(result, Paced) else result.reason,
            counts=settlement.counts,
        )

    def _tell(self, session: Session, delivery: Delivery, settlement: Settlement, now: datetime) -> str | None:
        """Tell the operator what is to be told; return through which channel."""
        notice, operator = settlement.notice, self.operator
        if operator is None:
            return None
        if isinstance(settlement.result, Refused) and delivery.reason == NOTICE:
            pass_on(session, operator, (delivery,), now=now)
        if notice is None:
            return None
        if not notice.is_over:
            waiting = outbox.messages_of(session, outbox.UNSENT, channel=delivery.channel, reason=NOTICE)
            pass_on(session, operator, waiting, now=now)
        return tell(session, operator, notice, now=now)

    async def _write(
        self, settle: Callable[[Session], tuple[Settlement, bool, str | None]]
    ) -> tuple[Settlement, bool, str | None]:
        """Write what became of a message; a store that is busy for a while must not cause a second sending."""
        for pause_s in _SETTLE_PAUSES_S:
            try:
                return await self.store.awrite(settle)
            except (StoreBusy, StoreFull) as error:
                _log.warning("cannot settle yet", reason=str(error))
                await asyncio.sleep(pause_s)
        return await self.store.awrite(settle)


def _message(delivery: Delivery, now: datetime) -> Message:
    stamped = {**delivery.payload["data"], SENT_AT: now.isoformat()}
    return Message(**{**delivery.payload, "data": stamped})


def _report(delivery: Delivery, settlement: Settlement, told: str | None) -> None:
    result = settlement.result
    log = _log.bind(delivery=delivery.id, channel=delivery.channel, key=delivery.key, attempt=delivery.attempts)
    if isinstance(result, Sent) and result.partly:
        log.warning("sent, but not to all", detail=result.detail)
    elif isinstance(result, Sent):
        log.info("sent", detail=result.detail)
    elif isinstance(result, Paced):
        log.info("goes on when the limit allows", after_s=result.after_s)
    elif isinstance(result, Retry):
        log.warning("not sent yet", reason=result.reason)
    else:
        log.error("not sent, given up", reason=result.reason)
    if settlement.notice:
        event = "channel works again" if settlement.notice.is_over else "channel fails"
        log.warning(event, since=settlement.notice.since.isoformat(), told_through=told)
