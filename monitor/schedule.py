"""When to ask again: pure decisions about polls and items, from what happened and what is known.

Constants of polling are in ``monitor.fetch.pace``; this file applies them to sources and items. Does no I/O.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.fetch import pace
from monitor.sources import SourceSettings
from monitor.types import Collected, Failed, Rejected, Unchanged
from storage.records import Item, Outcome, PollRecord, SourceState

if TYPE_CHECKING:
    from monitor.config import FetchSettings, PollSettings

__all__ = ["Plan", "host_delay_s", "is_hopeless", "plan", "poll_record"]

_MAX_ATTEMPTS = 8
"""With back-off from a minute, the last attempt falls about two hours after the first."""
_POISON_ATTEMPTS = 2
"""A page may lose its worker to a neighbour's fault once; twice is its own."""
_MAX_VISITS = 24
"""Far above what a process that is killed a few times adds up to; with the lease of a visit, two hours."""
_DETAIL_CHARACTERS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What becomes of an item that was not read: ``retry_at`` None settles it with ``reason``."""

    reason: Outcome
    detail: str
    retry_at: datetime | None


def host_delay_s(host: str, fetch: FetchSettings) -> float:
    """Return the seconds to leave between two requests to a host; a local folder needs none."""
    return 0.0 if host.startswith("folder:") else fetch.delay.total_seconds()


def is_hopeless(item: Item) -> bool:
    """Say whether too many visits ended without a result while they read this item."""
    return item.attempts >= _MAX_VISITS


def plan(result: Failed | Rejected, item: Item, *, now: datetime) -> Plan:
    """Decide whether an item that could not be read is tried again, and when."""
    if isinstance(result, Rejected):
        reason, again = result.rejected, result.rejected is Outcome.POISON and item.attempts + 1 < _POISON_ATTEMPTS
        wait = pace.backoff_s(item.attempts + 1, item.url)
    else:
        reason, again = result.reason, not result.permanent and item.attempts + 1 < _MAX_ATTEMPTS
        wait = max(pace.backoff_s(item.attempts + 1, item.url), result.retry_after_s or 0.0)
    retry_at = now + timedelta(seconds=wait) if again else None
    return Plan(reason=reason, detail=result.detail[:_DETAIL_CHARACTERS], retry_at=retry_at)


def poll_record(
    collected: Collected | Unchanged | Failed | Rejected,
    source: SourceState,
    settings: SourceSettings,
    bounds: PollSettings,
    *,
    new: int,
    now: datetime,
    duration_s: float,
) -> PollRecord:
    """Return the ledger row of a poll, with the source's next poll.

    ``new`` says how many of the items found were not known before.
    """
    if isinstance(collected, Failed | Rejected):
        return _failed(collected, source, now, duration_s)
    interval_s = _interval_s(collected, source, settings, bounds, new)
    base = PollRecord(
        source_id=source.id,
        polled_at=now,
        next_due_at=now + timedelta(seconds=_spread(interval_s, source, settings, now)),
        interval_s=round(interval_s),
        status=collected.status,
        duration_s=duration_s,
        validators=collected.validators,
    )
    if isinstance(collected, Unchanged):
        return replace(base, unchanged=True)
    return replace(
        base,
        bytes_read=collected.bytes_read,
        skipped=len(collected.skipped),
        found=collected.found,
        body_hash=collected.body_hash,
        cursor=collected.cursor,
    )


def _interval_s(
    collected: Collected | Unchanged, source: SourceState, settings: SourceSettings, bounds: PollSettings, new: int
) -> float:
    return pace.next_interval_s(
        None if source.last_success_at is None else source.interval_s,
        seen=0 if isinstance(collected, Unchanged) else len(collected.found),
        new=new,
        every_s=settings.every.total_seconds() if settings.every else None,
        floor_s=collected.max_age_s if isinstance(collected, Unchanged) else collected.floor_s,
        start_s=bounds.start.total_seconds(),
        fastest_s=bounds.minimum.total_seconds(),
        slowest_s=bounds.maximum.total_seconds(),
    )


def _failed(failure: Failed | Rejected, source: SourceState, now: datetime, duration_s: float) -> PollRecord:
    """Back off from a source that failed: apart from the interval that fits its content, and never for good."""
    asked_s = (failure.retry_after_s or 0.0) if isinstance(failure, Failed) else 0.0
    wait_s = max(pace.backoff_s(source.failures + 1, source.id), asked_s)
    reason = failure.reason if isinstance(failure, Failed) else failure.rejected
    return PollRecord(
        source_id=source.id,
        polled_at=now,
        next_due_at=now + timedelta(seconds=wait_s),
        interval_s=source.interval_s,
        status=failure.status if isinstance(failure, Failed) else None,
        error=f"{reason.value}: {failure.detail}"[:_DETAIL_CHARACTERS],
        duration_s=duration_s,
    )


def _spread(interval_s: float, source: SourceState, settings: SourceSettings, now: datetime) -> float:
    """Spread the polls of many sources; a fixed interval is kept as it was asked for."""
    return interval_s if settings.every else interval_s * pace.jitter(source.id, int(now.timestamp()))
