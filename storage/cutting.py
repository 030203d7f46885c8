"""Where to cut a text that is too long to show: not within a word that is written with spaces round it. Pure."""

from __future__ import annotations

from storage.query.letters import is_alphabetic

__all__ = ["edge_before", "edge_behind"]

_LONGEST_WORD = 20
"""Characters that are given up so as not to cut a word; of a longer one a part is shown."""


def edge_before(text: str, stop: int, least: int) -> int:
    """Return where a part of a text should end: at ``stop``, or before the word in which that is.

    Never before ``least``. Chinese is cut anywhere.
    """
    edges = (at for at in range(stop, max(least, stop - _LONGEST_WORD) - 1, -1) if not _is_inside(text, at))
    return next(edges, stop)


def edge_behind(text: str, start: int, most: int) -> int:
    """Return where a part of a text should begin: at ``start``, or behind the word in which that is.

    Never behind ``most``. Chinese is cut anywhere.
    """
    edges = (at for at in range(start, min(most, start + _LONGEST_WORD) + 1) if not _is_inside(text, at))
    return next(edges, start)


def _is_inside(text: str, at: int) -> bool:
    return 0 < at < len(text) and is_alphabetic(text[at - 1]) and is_alphabetic(text[at])
