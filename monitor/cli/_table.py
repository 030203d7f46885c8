"""Tables and blocks of text for a person: aligned also where characters are two columns wide.

Whatever comes from outside is printed as plain text: no markup and no terminal control sequence is obeyed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

__all__ = [
    "aligned",
    "counted",
    "cut",
    "fitted",
    "heading",
    "is_coloured",
    "padded",
    "plain",
    "print_json",
    "print_lines",
    "print_table",
    "screen_width",
    "when",
    "width_of",
    "wrapped",
]

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
    """Print lines of text, those of ``heading`` in bold on a terminal."""
    typer.echo("\n".join(_printed(line) for line in lines))


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


def heading(text: str) -> str:
    """Return a line that stands above others, for ``print_lines``."""
    return _Heading(text)


def aligned(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """Return rows of cells as lines whose cells stand below each other; the last cell is cut to fit the columns."""
    clean = [[plain(cell) for cell in row] for row in rows]
    widths = [max(map(width_of, cells)) for cells in zip(*clean, strict=True)][:-1]
    left = max(columns - sum(widths) - 2 * len(widths), 1)
    return ["  ".join([*map(padded, row[:-1], widths), fitted(row[-1], left)]).rstrip() for row in clean]


def width_of(text: str) -> int:
    """Return how many columns ``text`` takes on a terminal."""
    from rich.cells import cell_len

    return cell_len(text)


def padded(text: str, columns: int) -> str:
    """Return ``text`` with blanks up to so many columns."""
    return text + " " * (columns - width_of(text))


def fitted(text: str, columns: int) -> str:
    """Return ``text`` in one line of at most so many columns, two for a Chinese character."""
    from rich.cells import set_cell_size

    line = " ".join(text.split())
    return line if width_of(line) <= columns else set_cell_size(line, max(columns - 1, 0)).rstrip() + "…"


def wrapped(text: str, columns: int, *, indent: str) -> list[str]:
    """Return ``text`` broken at blanks into lines of so many columns; all but the first begin with ``indent``.

    What has no blanks, as an address, stays whole.
    """
    lines: list[str] = []
    line, *words = text.split(" ")
    for word in words:
        if width_of(line) + 1 + width_of(word) <= columns or not line.strip():
            line = f"{line} {word}"
        else:
            lines.append(line)
            line = f"{indent}{word}"
    return [*lines, line]


def screen_width() -> int:
    """Return the columns of the terminal; without one those of ``$COLUMNS``, else enough for whole sentences."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else _width()


def is_coloured() -> bool:
    """Whether colours are wanted: standard output is a terminal and ``NO_COLOR`` is not set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def when(moment: str | None) -> str:
    """Return an RFC 3339 time to the minute, or a dash."""
    return moment[:16].replace("T", " ") if moment else "-"


def counted(count: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun, in the plural unless it is one."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {plural or f'{noun}s'}"


def cut(text: str | None, characters: int) -> str:
    """Return ``text`` in one line of at most so many characters."""
    line = " ".join((text or "").split())
    return line if len(line) <= characters else line[: characters - 1] + "…"


def plain(text: str) -> str:
    """Return ``text`` with everything that a terminal would obey, but tabs and line ends, replaced."""
    return _UNSAFE.sub("\ufffd", text)


class _Heading(str):
    """A line that is printed in bold."""

    __slots__ = ()


def _printed(line: str) -> str:
    is_bold = isinstance(line, _Heading) and is_coloured()
    return typer.style(plain(line), bold=True) if is_bold else plain(line)


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    return int(columns) if columns.isascii() and columns.isdigit() and int(columns) else _WIDTH_WITHOUT_TERMINAL
