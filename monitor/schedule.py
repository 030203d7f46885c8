"""When to ask again: pure decisions about polls and items, from what happened and what is known.

Applies ``monitor.rhythm``, ``monitor.fetch.pace``, ``monitor.moves`` and ``monitor.validators`` to sources and items;
what a poll says of the coverage is decided in ``monitor.ledger``. Does no I/O.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from monitor import ledger, rhythm
from monitor.fetch import pace
from monitor.ledger import Poll
from monitor.moves import Move
from monitor.rhythm import Rhythm
from monitor.types import Collected, Failed, Rejected
from monitor.urls import is_web
from storage.records import Item, ItemState, Outcome, PollRecord

if TYPE_CHECKING:
    from monitor.config import FetchSettings, PollSettings

__all__ = ["Plan", "host_delay_s", "is_fetched", "is_hopeless", "plan", "poll_record", "reason_of"]

_DAY_S = 86_400.0
_QUICK_ATTEMPTS = 8
"""With back-off from a minute, the last of them falls about two hours after the first."""
_SLOW_WAITS_S = (_DAY_S, 3 * _DAY_S, 7 * _DAY_S)
"""What follows them: a list that does not change never names the address again, and a host may be down for days."""
_WALL_WAITS_S = (3_600.0, 6 * 3_600.0, _DAY_S, 3 * _DAY_S)
"""A wall for robots stands for hours or days; to knock more often keeps it standing."""
_WALL_PATIENCE = timedelta(days=3)
"""How young an item has to be to wait on after as many attempts, of which others failed for another reason."""
_POISON_ATTEMPTS = 2
"""A page may lose its worker to a neighbour's fault once; twice is its own."""
_MAX_VISITS = 24
"""Far above what a process that is killed a few times adds up to; with the lease of a visit, two hours."""
_DETAIL_CHARACTERS = 300
_LASTING = frozenset({Outcome.GONE, Outcome.BLOCKED, Outcome.ROBOTS, Outcome.REFUSED})
_PASSING_CEILING_S = 6 * 3_600.0
"""A server that is down comes back: four polls a day cost nothing, and a day of silence might cost a story."""
_FOUND_WANTING = 5  # failures in a row after which an adopted address is given up for the configured one


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What becomes of an item that was not read: ``retry_at`` None settles it with ``reason``."""

    reason: Outcome
    detail: str
    retry_at: datetime | None


def host_delay_s(host: str, fetch: FetchSettings) -> float:
    """Return the seconds to leave between two requests to a host; local files need none."""
    return 0.0 if host.startswith(("folder:", "archive:")) else fetch.delay.total_seconds()


def is_hopeless(item: Item) -> bool:
    """Say whether too many visits ended without a result while they read this item."""
    return item.attempts >= _MAX_VISITS


def plan(result: Failed | Rejected, item: Item, *, now: datetime) -> Plan:
    """Decide whether an item that could not be read is tried again, and when."""
    wait_s = _wait_s(result, item, now)
    retry_at = None if wait_s is None else now + timedelta(seconds=wait_s)
    return Plan(reason=reason_of(result), detail=result.detail[:_DETAIL_CHARACTERS], retry_at=retry_at)


def reason_of(result: Failed | Rejected) -> Outcome:
    """Return why something was not read."""
    return result.reason if isinstance(result, Failed) else result.rejected


def is_fetched(item: Item) -> bool:
    """Say whether a server is asked for the item, so that another time may bring other bytes."""
    return item.payload is None and is_web(item.url)


def _wait_s(result: Failed | Rejected, item: Item, now: datetime) -> float | None:
    """Return how long an item is put off after this attempt; None where it is settled."""
    attempt = item.attempts + 1
    if reason_of(result) is Outcome.BLOCKED and is_fetched(item):
        return _before_a_wall_s(attempt, item, now)
    if isinstance(result, Rejected):
        again = result.rejected is Outcome.POISON and attempt < _POISON_ATTEMPTS
        return pace.backoff_s(attempt, item.url) if again else None
    wait_s = None if result.permanent else _patience_s(attempt, result.reason, item.url)
    return None if wait_s is None else max(wait_s, result.retry_after_s or 0.0)


def _patience_s(attempt: int, reason: Outcome, key: str) -> float | None:
    """Return the wait after a failure that may pass; a page that is not there is not waited for over days."""
    if attempt < _QUICK_ATTEMPTS:
        return pace.backoff_s(attempt, key)
    slow = attempt - _QUICK_ATTEMPTS
    if reason.state is not ItemState.FAILED or slow >= len(_SLOW_WAITS_S):
        return None
    return _SLOW_WAITS_S[slow] * pace.jitter(key, attempt)


def _before_a_wall_s(attempt: int, item: Item, now: datetime) -> float | None:
    last = len(_WALL_WAITS_S)
    if attempt > last and now - item.discovered_at >= _WALL_PATIENCE:
        return None
    return _WALL_WAITS_S[min(attempt, last) - 1] * pace.jitter(item.url, attempt)


def poll_record(poll: Poll, bounds: PollSettings, move: Move) -> PollRecord:
    """Return the ledger row of a poll, with the source's next state and its next poll."""
    collected, source = poll.collected, poll.source
    if isinstance(collected, Failed | Rejected):
        return _failed(collected, poll)
    learnt = ledger.learn(poll, start_s=bounds.start.total_seconds())
    wish_s = collected.floor_s if isinstance(collected, Collected) else collected.max_age_s
    interval_s, floor_s, ceiling_s = _interval_s(poll, learnt, bounds, wish_s or 0.0)
    wait_s = interval_s if poll.settings.every else interval_s * pace.jitter(source.id, int(poll.now.timestamp()))
    pacing, notices = ledger.success(poll, learnt, move.notice)
    base = PollRecord(
        source_id=source.id,
        polled_at=poll.now,
        next_due_at=poll.now + timedelta(seconds=min(max(wait_s, floor_s), ceiling_s)),
        interval_s=round(interval_s),
        status=collected.status,
        duration_s=poll.duration_s,
        validators=collected.validators,
        address=move.address,
        moved_to=move.moved_to,
        moved_times=move.moved_times,
        pacing=pacing,
        notices=notices,
    )
    if not isinstance(collected, Collected):
        return replace(base, unchanged=True)
    return replace(
        base,
        bytes_read=collected.bytes_read,
        skipped=len(collected.skipped),
        found=collected.found,
        body_hash=collected.body_hash,
        cursor=collected.cursor,
    )


def _interval_s(poll: Poll, learnt: Rhythm, bounds: PollSettings, wish_s: float) -> tuple[float, float, float]:
    """Return the interval, and the bounds that its jitter has to keep.

    ``wish_s``, which a server says of its content, yields where the list would roll over meanwhile.
    """
    if poll.settings.every:
        every_s = max(poll.settings.every.total_seconds(), poll.crawl_delay_s)
        return every_s, every_s, every_s
    slowest_s = bounds.maximum.total_seconds()
    bounded_s = partial(
        pace.bounded_s,
        fastest_s=bounds.minimum.total_seconds(),
        slowest_s=slowest_s,
        floor_s=min(wish_s, rhythm.roll_off_s(learnt, poll.now, longest_s=slowest_s)),
        polite_s=poll.crawl_delay_s,
    )
    lowest_s = bounded_s(0.0)
    return bounded_s(rhythm.next_poll_s(learnt, poll.now, longest_s=slowest_s)), lowest_s, max(slowest_s, lowest_s)


def _failed(failure: Failed | Rejected, poll: Poll) -> PollRecord:
    """Back off from a source that failed: apart from the interval that fits its content, and never for good."""
    source, failures = poll.source, poll.source.failures + 1
    status = failure.status if isinstance(failure, Failed) else None
    reason = reason_of(failure)
    pacing, notices = ledger.failure(poll, status)
    wait_s = max(_back_off_s(failure, failures, source.id), _usual_s(poll) if reason in _LASTING else 0.0)
    return PollRecord(
        source_id=source.id,
        polled_at=poll.now,
        next_due_at=poll.now + timedelta(seconds=max(wait_s, poll.crawl_delay_s)),
        interval_s=source.interval_s,
        status=status,
        error=f"{reason.value}: {failure.detail}"[:_DETAIL_CHARACTERS],
        duration_s=poll.duration_s,
        address=None if failures >= _FOUND_WANTING else source.address,
        moved_to=source.moved_to,
        moved_times=source.moved_times,
        pacing=pacing,
        notices=notices,
    )


def _usual_s(poll: Poll) -> float:
    """Return the interval of a source when all is well: to be refused is no reason to ask more often."""
    return poll.settings.every.total_seconds() if poll.settings.every else float(poll.source.interval_s)


def _back_off_s(failure: Failed | Rejected, failures: int, key: str) -> float:
    """Return how long to stay away: from what is gone for good at once the longest, from what may pass less long."""
    if isinstance(failure, Rejected):
        return pace.backoff_s(failures, key)
    if failure.status == ledger.GONE_STATUS:
        return pace.CEILING_S
    ceiling_s = pace.CEILING_S if failure.permanent or failure.reason in _LASTING else _PASSING_CEILING_S
    return max(pace.backoff_s(failures, key, ceiling=ceiling_s), failure.retry_after_s or 0.0)
