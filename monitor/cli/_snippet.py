"""The part of an article that shows why it was found: around the first places in its text, with their offsets. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from storage.cutting import edge_before, edge_behind
from storage.records import Span

__all__ = ["Snippet", "marks_of", "snippet_of"]

_BEFORE, _LENGTH = 24, 90
_SENTENCE = "。！？!?；;\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A part of a text in one line, from ``start`` on; ``marks`` are places (start, end) in it, in order, apart.

    ``is_cut`` says that the text goes on behind it.
    """

    text: str
    start: int
    is_cut: bool
    marks: tuple[tuple[int, int], ...]


def snippet_of(text: str, spans: Iterable[Span]) -> Snippet:
    """Return the part of a text with the first place and those of the others that stand near it; else its beginning."""
    marks = marks_of(spans, "text")
    first = marks[0][0] if marks else 0
    start = _begin(text, max(0, first - _BEFORE), first)
    stop = edge_before(text, min(len(text), start + _LENGTH), marks[0][1] if marks else start)
    held = tuple((max(a, start) - start, min(b, stop) - start) for a, b in marks if a < stop and b > start)
    shown = "".join(" " if c.isspace() else c for c in text[start:stop])
    return Snippet(text=shown, start=start, is_cut=stop < len(text.rstrip()), marks=held)


def marks_of(spans: Iterable[Span], field: str) -> tuple[tuple[int, int], ...]:
    """Return the places of a field, in order; those that touch each other are one."""
    marks: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans if span.field == field):
        if marks and start <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(marks[-1][1], end))
        else:
            marks.append((start, end))
    return tuple(marks)


def _begin(text: str, earliest: int, first: int) -> int:
    """Return where to begin: behind the last end of a sentence before the place, if there is one so near."""
    ends = (at + 1 for at in range(first - 1, earliest - 1, -1) if text[at] in _SENTENCE)
    return next(ends, None) or edge_behind(text, earliest, first)
