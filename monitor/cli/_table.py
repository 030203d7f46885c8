"""Tables and blocks of text for a person: aligned also where characters are two columns wide.

Whatever comes from outside is printed as plain text: no markup and no terminal control sequence is obeyed.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

__all__ = ["counted", "cut", "plain", "print_json", "print_lines", "print_table", "when"]

_WIDTH_WITHOUT_TERMINAL = 160
_OBEYED = "\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
"""What a terminal or a reader's eye may obey, beyond C0: DEL and C1, directions, line separators, lone surrogates."""
_WHOLE = frozenset({"id", "source", "channel", "rule"})
"""Columns of names that a reader copies: never broken into two lines."""
_UNSAFE = re.compile(f"[\x00-\x08\x0b-\x1f{_OBEYED}]")
_UNSAFE_IN_JSON = re.compile(f"[{_OBEYED}]")  # json escapes C0 itself


def print_json(document: Any) -> None:
    """Print one JSON document; what a terminal would obey or the locale cannot write is escaped."""
    is_unicode = (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    text = json.dumps(document, ensure_ascii=not is_unicode, indent=2)
    typer.echo(_UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of text."""
    typer.echo("\n".join(plain(line) for line in lines))


def print_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under headers, as wide as the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for header in headers:
        widest = max(map(len, header.split()))
        table.add_column(header, overflow="fold", no_wrap=header in _WHOLE, min_width=widest)
    for row in rows:
        table.add_row(*(Text(plain("-" if cell is None else str(cell))) for cell in row))
    Console(width=None if sys.stdout.isatty() else _width(), highlight=False, soft_wrap=False).print(table)


def when(moment: str | None) -> str:
    """Return an RFC 3339 time to the minute, or a dash."""
    return moment[:16].replace("T", " ") if moment else "-"


def counted(count: int, noun: str) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def cut(text: str | None, characters: int) -> str:
    """Return ``text`` in one line of at most so many characters."""
    line = " ".join((text or "").split())
    return line if len(line) <= characters else line[: characters - 1] + "…"


def plain(text: str) -> str:
    """Return ``text`` with everything that a terminal would obey, but tabs and line ends, replaced."""
    return _UNSAFE.sub("\ufffd", text)


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) else _WIDTH_WITHOUT_TERMINAL
