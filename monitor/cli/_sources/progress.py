"""What a terminal sees while sources are asked: a line that says what is under way, or a bar. Elsewhere one line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

from monitor.cli._table import counted, cut, plain

__all__ = ["counting", "telling"]


@contextmanager
def telling(*, shown: bool) -> Iterator[Callable[[str], None]]:
    """Give the function that says what is being asked."""
    if not (shown and sys.stderr.isatty()):
        yield lambda _text: None
        return
    from rich.console import Console
    from rich.text import Text

    with Console(stderr=True).status(Text("asking")) as status:
        yield lambda text: status.update(Text(f"asking {cut(plain(text), 80)}"))


@contextmanager
def counting(total: int, *, shown: bool) -> Iterator[Callable[[], None]]:
    """Give the function that counts one more as done."""
    if not shown:
        yield lambda: None
        return
    if not sys.stderr.isatty():
        typer.echo(f"asking {counted(total, 'source')}", err=True)
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("sources tried", total=total)
        yield lambda: progress.advance(task)
