"""What is wrong with a query, and where in it."""

from __future__ import annotations

import unicodedata

__all__ = ["QueryError"]

_SHOWN = 60
"""Characters on each side of the place that are shown of a long query."""


class QueryError(Exception):
    """A query that cannot be read: what was expected and found, the column (from 1, in characters), and what helps.

    ``hint`` is empty where nothing more can be said.
    """

    def __init__(self, message: str, column: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.column = column
        self.hint = hint

    def __str__(self) -> str:
        """Return the message with its column and hint, on one line."""
        return f"{self.message} (column {self.column}){f'; {self.hint}' if self.hint else ''}"

    def shown(self, query: str) -> str:
        """Return the query with a caret under the place, on two lines; a long one is cut around it."""
        at = min(max(self.column - 1, 0), len(query))
        start, end = max(0, at - _SHOWN), at + _SHOWN
        before = ("…" if start else "") + _on_a_line(query[start:at])
        behind = _on_a_line(query[at:end]) + ("…" if end < len(query) else "")
        return f"{before}{behind}\n{' ' * sum(map(_cells, before))}^"


def _on_a_line(text: str) -> str:
    return "".join(char if char.isprintable() else " " for char in text)


def _cells(char: str) -> int:
    """Return how many cells of a terminal a character takes."""
    return 0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
