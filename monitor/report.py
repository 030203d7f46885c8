"""What a visit did, and what a pass or a run has done so far: for the log and the summary.

Counts and remembers; prints nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from monitor.types import Collected, Failed, Rejected, Unchanged
from storage.records import Outcome

__all__ = ["Fault", "Totals", "VisitReport", "fault_of"]

_OF_THE_WAY = frozenset({Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.TRUNCATED})
_TOO_MANY_REQUESTS = 429
_SERVER_ERROR = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a poll failed. One that ``passes`` is the network's or the server's, and the next poll may well work."""

    reason: str
    passes: bool


def fault_of(
    collected: Collected | Unchanged | Failed | Rejected, error: str | None, *, is_local: bool
) -> Fault | None:
    """Return what was wrong with a poll that ended with ``error``, None where it worked.

    Nothing that is amiss on this machine (``is_local``) passes by itself.
    """
    if error is None:
        return None
    passes = not is_local and isinstance(collected, Failed) and _may_pass(collected)
    return Fault(reason=error, passes=passes)


def _may_pass(failed: Failed) -> bool:
    if failed.permanent:
        return False
    if failed.status is None:
        return failed.reason in _OF_THE_WAY
    return failed.status == _TOO_MANY_REQUESTS or failed.status >= _SERVER_ERROR


@dataclass(slots=True)
class VisitReport:
    """What a visit did."""

    host: str
    polled: dict[str, Fault | None] = field(default_factory=dict)  # source ids, and what was wrong with their last poll
    discovered: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    postponed: int = 0


@dataclass(slots=True)
class Totals:
    """What a pass or a run has done so far. ``sources`` are those polled, with what was wrong with their last poll."""

    visits: int = 0
    sources: dict[str, Fault | None] = field(default_factory=dict)
    discovered: int = 0
    postponed: int = 0
    sent: int = 0
    outcomes: Counter[Outcome] = field(default_factory=Counter)

    def add(self, report: VisitReport) -> None:
        """Count a visit in."""
        self.visits += 1
        self.sources |= report.polled
        self.discovered += report.discovered
        self.postponed += report.postponed
        self.outcomes += report.outcomes

    @property
    def polled(self) -> int:
        """How many sources were polled, each counted once."""
        return len(self.sources)

    @property
    def faults(self) -> dict[str, Fault]:
        """What was wrong, by the source, in the order of the sources' ids."""
        return {source: fault for source, fault in sorted(self.sources.items()) if fault is not None}

    @property
    def unreachable(self) -> int:
        """How many of the sources failed at their last poll."""
        return len(self.faults)

    @property
    def needs_somebody(self) -> bool:
        """Whether a source failed for a reason that does not pass by itself, or none could be polled at all."""
        faults = self.faults.values()
        return any(not fault.passes for fault in faults) or 0 < self.polled == len(faults)
