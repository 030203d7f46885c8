"""Tables and blocks of text for a person: aligned also where characters are two columns wide.

Whatever comes from outside is printed as plain text: no markup and no terminal control sequence is obeyed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

__all__ = ["cut", "print_json", "print_table", "when"]

_WIDTH_WITHOUT_TERMINAL = 160


def print_json(document: Any) -> None:
    """Print one JSON document."""
    typer.echo(json.dumps(document, ensure_ascii=False, indent=2))


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headers, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", _WIDTH_WITHOUT_TERMINAL))
    table = Table(box=None, pad_edge=False, header_style="bold")
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(Text(_plain(cell)) for cell in row))
    Console(width=width, highlight=False, soft_wrap=False).print(table)


def when(moment: str | None) -> str:
    """Return an RFC 3339 time to the minute, or a dash."""
    return moment[:16].replace("T", " ") if moment else "-"


def cut(text: str | None, characters: int) -> str:
    """Return ``text`` in one line of at most so many characters."""
    line = " ".join((text or "").split())
    return line if len(line) <= characters else line[: characters - 1] + "…"


def _plain(cell: object) -> str:
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in ("-" if cell is None else str(cell)))
