"""Tells when the clock on the wall was set back: a machine that starts with a wrong time learns the right one later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apscheduler.schedulers.base import BaseScheduler

__all__ = ["WallClock", "run_now"]

_SET_BACK_S = 300.0
"""What is less, nobody waits for in vain."""


class WallClock:
    """Compares the time of day, ``now``, with ``monotonic``, the seconds that really pass."""

    def __init__(self, *, now: Callable[[], datetime], monotonic: Callable[[], float]) -> None:
        self._now = now
        self._monotonic = monotonic
        self._ahead_s = self._measured()

    def set_back_s(self) -> float:
        """Return by how many seconds the clock was set back, until that is ``heeded``; 0 for a little or not."""
        ahead_s = self._measured()
        back_s = self._ahead_s - ahead_s
        if back_s >= _SET_BACK_S:
            return back_s
        self._ahead_s = ahead_s
        return 0.0

    def heeded(self) -> None:
        """Take the time that the clock shows now for the right one."""
        self._ahead_s = self._measured()

    def _measured(self) -> float:
        return self._now().timestamp() - self._monotonic()


def run_now(scheduler: BaseScheduler, now: datetime) -> None:
    """Let all jobs of a scheduler run: after the clock was set back they wait until it shows its former time."""
    for job in scheduler.get_jobs():
        job.modify(next_run_time=now)
