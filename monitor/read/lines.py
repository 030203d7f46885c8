"""A line of an article on its way through cleaning."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Line"]


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph or heading. ``kind`` is ``text``, or ``heading`` where the markup says so."""

    text: str
    kind: str = "text"
