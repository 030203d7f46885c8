"""When a question to the store is worth asking, so that a service with nothing to do asks almost nothing.

Remembers only what a restart may forget: the store stays the one that knows what is due.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

__all__ = ["Due"]


class Due:
    """Says whether to ask: when something was written since, when the time comes, and at the latest every so often.

    Another process may make something due as well: that is what ``longest_s`` is for. ``now`` is the time of day,
    ``monotonic`` counts seconds.
    """

    def __init__(self, *, longest_s: float, now: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._longest_s = longest_s
        self._now = now
        self._monotonic = monotonic
        self._rests = False
        self._asked_at = 0.0
        self._next_at: datetime | None = None

    def is_due(self) -> bool:
        """Say whether to ask now."""
        if not self._rests or self._monotonic() - self._asked_at >= self._longest_s:
            return True
        return self._next_at is not None and self._next_at <= self._now()

    def asked(self) -> None:
        """Rest from now on. Call it before asking, so that what is written meanwhile is not missed."""
        self._rests = True
        self._asked_at = self._monotonic()
        self._next_at = None

    def expect(self, at: datetime | None) -> None:
        """Rest no longer than until ``at``."""
        self._next_at = at

    def stir(self) -> None:
        """Ask again at the next opportunity: something was written."""
        self._rests = False
