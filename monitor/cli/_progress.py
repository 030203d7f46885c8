"""Progress bars, on a terminal only."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from monitor.report import Totals

__all__ = ["count_progress", "pass_progress"]


@contextmanager
def pass_progress(sources: int, *, shown: bool) -> Iterator[Callable[[Totals], None]]:
    """Show how far a pass over ``sources`` has come; give the function that moves the bar."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _totals: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        polls = progress.add_task("sources polled", total=sources)
        reads = progress.add_task("items read", total=None)

        def update(totals: Totals) -> None:
            progress.update(polls, completed=totals.polled)
            progress.update(
                reads, completed=totals.outcomes.total() + totals.postponed, total=totals.discovered or None
            )

        yield update


@contextmanager
def count_progress(label: str, total: int, *, shown: bool) -> Iterator[Callable[[], None]]:
    """Show how many of ``total`` are done; give the function that counts one more."""
    if not (shown and sys.stderr.isatty()):
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(label, total=total)
        yield lambda: progress.advance(task)
