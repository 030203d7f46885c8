"""A line of an article on its way through cleaning."""

from __future__ import annotations

from dataclasses import dataclass, field

__all__ = ["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or heading. ``kind`` is ``text``; ``heading``, ``item`` or ``row`` where the markup says so.

    ``at`` is its place among the lines that cleaning was given; it does not tell lines apart.
    """

    text: str
    kind: str = "text"
    at: int = field(default=0, compare=False)
