"""The numbers of a text under the letters around them, every number masked.

A number's context is the four letters on either side; where the other side tells nothing, eight on one side serve.
Compares nothing.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from monitor.dedupe.numerals import Found, find_numbers

__all__ = ["BESIDE", "SIDES", "Contexts", "Numbers", "Placed", "beside", "context", "numbers_in_context"]

_CONTEXT = 4
BESIDE = 2 * _CONTEXT
"""Letters on one side of a number, where the other side tells nothing."""
SIDES = ("before", "after")
_BREAK = re.compile(r"[。！？；\n]|[.!?;]\s")
_NOT_WORD = re.compile(r"[\W_]+")

Placed = tuple[Found, int]
"""A number, and where it stands among the letters of its text, all numbers masked."""
Contexts = dict[str, list[Placed]]


@dataclass(frozen=True)
class Numbers:
    """The numbers of a text, in order, and its letters with each number as one ``0``."""

    placed: list[Placed]
    masked: str

    @cached_property
    def within(self) -> Contexts:
        """Return the numbers by the letters around them."""
        contexts: Contexts = defaultdict(list)
        for one in self.placed:
            contexts[context(self.masked, one[1])].append(one)
        return contexts


def context(masked: str, at: int) -> str:
    """Return the number at a place among the letters with those around it."""
    return masked[max(0, at - _CONTEXT) : at + 1 + _CONTEXT]


def numbers_in_context(prepared: str, *, has_words: bool = False, start: int = 0, end: int = sys.maxsize) -> Numbers:
    """Return the numbers of a prepared text (``monitor.read.normalize.prepare``) with the letters around them.

    ``has_words`` says that English number words are to be read. Of a stretch from ``start``, over which no number
    reaches, to ``end``, only its own numbers and letters are told.
    """
    numbers = find_numbers(prepared, has_words=has_words, start=start, end=end)
    starts = [start, *(number.end() for number in numbers)]
    ends = [*(number.start() for number in numbers), max(min(end, len(prepared)), starts[-1])]
    masked = _NOT_WORD.sub("", "0".join([prepared[at:to] for at, to in zip(starts, ends, strict=True)]))
    placed: list[Placed] = []
    at = -1
    for number in numbers:
        at = masked.index("0", at + 1)
        placed.append((number, at))
    return Numbers(placed, masked)


def beside(placed: Iterable[Placed], masked: str, side: str) -> Contexts:
    """Return numbers by the eight letters before them, or behind them, where no sentence ends among these."""
    contexts: Contexts = defaultdict(list)
    for one in placed:
        number, at = one
        text, start, end = number.string, number.start(), number.end()
        if side == "before":
            raw, key = text[max(0, start - BESIDE) : start], masked[max(0, at - BESIDE) : at]
        else:
            raw, key = text[end : end + BESIDE], masked[at + 1 : at + 1 + BESIDE]
        if len(key) == BESIDE and not _BREAK.search(raw):
            contexts[key].append(one)
    return contexts
