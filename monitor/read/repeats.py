"""Find the stretches of a text that a page holds twice: once for each kind of screen, or once to print.

A sentence or a refrain may be repeated by its author; several paragraphs in a row are not.
"""

from __future__ import annotations

from .hygiene import units

__all__ = ["repeated"]

_FEWEST = 2
_LEAST = 80.0
"""Paragraphs in a row, and their units, that no author writes twice."""


def repeated(texts: list[str]) -> set[int]:
    """Return the places of the lines that only repeat an earlier stretch."""
    first: dict[str, int] = {}
    before = [first.setdefault(text, index) for index, text in enumerate(texts)]
    found: set[int] = set()
    index = 0
    while index < len(texts):
        length = _run(before, index)
        if length >= _FEWEST and sum(units(text) for text in texts[index : index + length]) >= _LEAST:
            found.update(range(index, index + length))
        index += max(1, length)
    return found


def _run(before: list[int], start: int) -> int:
    """Return how many lines from ``start`` on repeat lines that follow each other further above."""
    end = start
    while end < len(before) and before[end] == before[start] + end - start < start:
        end += 1
    return end - start
