"""What becomes of a message after an attempt, and of its channel: sent, dead, or tried again, when, and why.

Pure. There are four reasons to try again, and each has its own way:

* the receiver failed (``Retry``): its channel rests, and the message keeps its place before the others. From the third
  attempt on it lets them pass; where they do get through, it is the message that fails, and the channel rests no more;
* the receiver has had too many (``Retry`` with ``limited``): the channel rests, and the attempt does not count;
* our own pace (``Paced``): nothing is the matter, the message goes on as soon as the limit allows;
* the message broke its channel's code (``Broken``): it waits, and holds up nobody; where none gets through, the
  channel fails all the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from alerts.channels import Refused, Retry, SendResult, Sent
from storage.channel_states import ChannelState
from storage.records import Delivery

__all__ = ["MAX_ATTEMPTS", "Broken", "Notice", "Paced", "Settlement", "backoff_s", "decide", "rests"]

MAX_ATTEMPTS = 24
"""With the back-off below about four days, as long as mail servers keep trying (RFC 5321 section 4.5.4.1)."""

_FIRST_WAIT_S = 30.0
_LONGEST_WAIT_S = 6 * 3_600.0
_LONGEST_REST_S = 900.0  # of a whole channel: so soon it is noticed that a receiver works again
_LONGEST_ASKED_S = 24 * 3_600.0  # no receiver can put a message off for longer
_HOLDS_FOR = 3
"""Attempts during which a message holds the others back, to keep their order: three and a half minutes."""
_REFUSALS = 3
"""Refusals in a row after which the receiver, not the message, is thought to be at fault."""
_FAILING_FOR = timedelta(hours=1)
_QUIET_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paced(Retry):
    """The channel's own limit is used up; nobody was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken(Retry):
    """The channel's code raised; it is the message that is at fault."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What an operator is to be told: since when a channel fails and why, or that this is over."""

    channel: str
    since: datetime
    reason: str
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """The end of an attempt: what became of the message, and how its channel stands now.

    ``due_at`` is when a message that stays is due; ``counts`` says whether the attempt is one of those it has.
    """

    result: SendResult
    due_at: datetime
    counts: bool
    state: ChannelState
    notice: Notice | None = None


def decide(delivery: Delivery, result: SendResult, state: ChannelState, now: datetime) -> Settlement:
    """Return what follows from the result of an attempt at ``now``; the delivery counts this attempt already."""
    result = _final(delivery, result)
    after = _state_after(delivery, result, state, now)
    notice = _recovery(state) if _is_whole(result) else _notice(state, after, result, now)
    told_at = now if notice and not notice.is_over else state.told_at
    return Settlement(
        result=result,
        due_at=_due_at(delivery, result, now),
        counts=not (isinstance(result, Paced) or (isinstance(result, Retry) and result.limited)),
        state=replace(after, told_at=told_at),
        notice=notice,
    )


def rests(state: ChannelState, now: datetime) -> bool:
    """Say whether a channel is to be left alone; a rest longer than any is one that a wrong clock has named."""
    until = state.rests_until
    return until is not None and timedelta(0) < until - now <= timedelta(seconds=_LONGEST_ASKED_S + 3_600)


def backoff_s(key: str, attempt: int) -> float:
    """Return the seconds to wait after a failed attempt (1, 2, ...): 30 s doubling up to 6 h, less up to a quarter.

    The jitter is a hash of key and attempt, so that messages that failed together do not return together.
    """
    longest = min(_FIRST_WAIT_S * 2.0 ** min(attempt - 1, 16), _LONGEST_WAIT_S)
    jitter = int.from_bytes(sha256(f"{key}|{attempt}".encode()).digest()[:4], "big") / 2**32
    return longest * (1 - jitter / 4)


def _final(delivery: Delivery, result: SendResult) -> SendResult:
    """Return the result, or the end of a message that was tried often enough."""
    if not isinstance(result, Retry) or isinstance(result, Paced) or result.limited:
        return result
    if delivery.attempts < MAX_ATTEMPTS:
        return result
    return Refused(reason=f"given up after {delivery.attempts} attempts: {result.reason}")


def _due_at(delivery: Delivery, result: SendResult, now: datetime) -> datetime:
    """Return when a message is due again: as before while it holds the others back, else after its own back-off."""
    if not isinstance(result, Retry) or isinstance(result, Paced) or result.limited:
        return delivery.due_at
    if delivery.attempts < _HOLDS_FOR and not isinstance(result, Broken):
        return delivery.due_at
    return now + timedelta(seconds=max(_asked_s(result), backoff_s(delivery.key, delivery.attempts)))


def _state_after(delivery: Delivery, result: SendResult, state: ChannelState, now: datetime) -> ChannelState:
    if isinstance(result, Sent):
        since, reason = (state.failing_since or now, result.detail) if result.partly else (None, None)
        return replace(state, failures=0, failing_since=since, rests_until=None, reason=reason)
    if isinstance(result, Paced) or _is_own_fault(delivery, result, state):
        return state
    failing = replace(
        state, failures=state.failures + 1, failing_since=state.failing_since or now, reason=result.reason
    )
    if isinstance(result, Broken) or (isinstance(result, Refused) and failing.failures < _REFUSALS):
        return failing
    rest_s = min(backoff_s(delivery.key, failing.failures), _LONGEST_REST_S)
    asked_s = _asked_s(result) if isinstance(result, Retry) else 0.0
    return replace(failing, rests_until=now + timedelta(seconds=max(asked_s, rest_s)))


def _is_own_fault(delivery: Delivery, result: SendResult, state: ChannelState) -> bool:
    """Whether a message fails that let others pass, and they got through."""
    is_put_off = isinstance(result, Retry) and not result.limited and delivery.attempts > _HOLDS_FOR
    return is_put_off and state.failures == 0


def _is_whole(result: SendResult) -> bool:
    return isinstance(result, Sent) and not result.partly


def _notice(before: ChannelState, after: ChannelState, result: SendResult, now: datetime) -> Notice | None:
    since = after.failing_since
    if isinstance(result, Sent):
        is_new = since is not None and not _was_told(before, since, now)
        return Notice(channel=after.id, since=since, reason=result.detail) if since and is_new else None
    if since is None or after.failures == before.failures:
        return None
    has_lasted = after.failures >= _REFUSALS and now - since >= _FAILING_FOR
    will_last = after.rests_until is not None and after.rests_until - now >= _FAILING_FOR
    if not (isinstance(result, Refused) or has_lasted or will_last) or _was_told(before, since, now):
        return None
    return Notice(channel=after.id, since=since, reason=result.reason)


def _recovery(before: ChannelState) -> Notice | None:
    since, told_at = before.failing_since, before.told_at
    if since is None or told_at is None or told_at < since:
        return None
    return Notice(channel=before.id, since=since, reason=before.reason or "", is_over=True)


def _was_told(before: ChannelState, since: datetime, now: datetime) -> bool:
    told_at = before.told_at
    return told_at is not None and (told_at >= since or timedelta(0) <= now - told_at < _QUIET_FOR)


def _asked_s(result: Retry) -> float:
    return min(result.after_s or 0.0, _LONGEST_ASKED_S)
