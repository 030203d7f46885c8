"""When to ask again: pure decisions about polls and items, from what happened and what is known.

Constants of polling are in ``monitor.fetch.pace``; this file applies them to sources and items. Does no I/O.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.fetch import pace
from monitor.sources import SourceSettings
from monitor.types import Collected, Failed, Rejected, Unchanged
from storage.records import Item, Outcome, PollRecord, SourceState

if TYPE_CHECKING:
    from monitor.config import FetchSettings, PollSettings

__all__ = ["Plan", "host_delay_s", "plan", "poll_record"]

_MAX_ATTEMPTS = 8
"""With back-off from a minute, the last attempt falls about two hours after the first."""
_POISON_ATTEMPTS = 2
"""A page may lose its worker to a neighbour's fault once; twice is its own."""
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


def plan(result: Failed | Rejected, item: Item, *, now: datetime) -> Plan:
    """Decide whether an item that could not be read is tried again, and when."""
    if isinstance(result, Rejected):
        reason, again = result.rejected, result.rejected is Outcome.POISON and item.attempts + 1 < _POISON_ATTEMPTS
        wait = 0.0
    else:
        reason, again = result.reason, not result.permanent and item.attempts + 1 < _MAX_ATTEMPTS
        wait = max(pace.backoff_s(item.attempts + 1, item.url), result.retry_after_s or 0.0)
    retry_at = now + timedelta(seconds=wait) if again else None
    return Plan(reason=reason, detail=result.detail[:_DETAIL_CHARACTERS], retry_at=retry_at)


def poll_record(
    collected: Collected | Unchanged | Failed | Rejected,
    source: SourceState,
    settings: SourceSettings,
    poll: PollSettings,
    *,
    now: datetime,
    duration_s: float,
) -> PollRecord:
    """Turn what a poll brought into its ledger row, with the source's next poll."""
    if isinstance(collected, Failed | Rejected):
        return _failed_poll(collected, source, now, duration_s)
    ...
