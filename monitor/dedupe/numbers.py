"""Numbers that differ between two texts where the words around them are the same.

A number's context is the four letters on either side, with every number in it masked. A number that was added or
dropped is neither agreement nor conflict, so cuts and wrappers show none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

__all__ = ["NumberCheck", "check_numbers"]

_CONTEXT = 4
_LONGEST = 40  # characters of a number that are reported
# 3.5, 1,234, 10:30 and 2023-07-02 are one number each.
_NUMBER = re.compile(r"(\d+(?:(?:,(?=\d{3}(?!\d))|[.:/\-–])\d+)*)")
_NOT_WORD = re.compile(r"[\W_]+")
_SEPARATORS = re.compile(r"\D+")

Numbers = dict[str, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberCheck:
    """How the numbers of two texts compare.

    ``conflicts`` are the distinct pairs (number in A, number in B) in order of A; ``conflicting`` and ``agreeing``
    count occurrences.
    """

    conflicts: tuple[tuple[str, str], ...]
    conflicting: int
    agreeing: int

    @property
    def share(self) -> float:
        """Return which share of the numbers in equal context conflict, 0-1."""
        compared = self.conflicting + self.agreeing
        return self.conflicting / compared if compared else 0.0


def check_numbers(prepared_a: str, prepared_b: str) -> NumberCheck:
    """Compare the numbers of two prepared texts (``monitor.read.normalize.prepare``)."""
    numbers_a, numbers_b = _in_context(prepared_a), _in_context(prepared_b)
    pairs: list[tuple[str, str]] = []
    agreeing = 0
    for context in numbers_a:
        if context in numbers_b:
            left, right, same = _differences(numbers_a[context], numbers_b[context])
            pairs += zip(left, right, strict=False)
            agreeing += same
    shown = [(left[:_LONGEST], right[:_LONGEST]) for left, right in pairs]
    return NumberCheck(conflicts=tuple(dict.fromkeys(shown)), conflicting=len(pairs), agreeing=agreeing)


def _in_context(prepared: str) -> Numbers:
    """Return the numbers under each context, as they are written, in order."""
    parts = _NUMBER.split(prepared)  # text, number, text, number, ... text
    masked = _NOT_WORD.sub("", "0".join(parts[::2]))
    found: Numbers = defaultdict(list)
    at = -1
    for surface in parts[1::2]:
        at = masked.index("0", at + 1)
        found[masked[max(0, at - _CONTEXT) : at + 1 + _CONTEXT]].append(surface)
    return found


def _differences(numbers_a: list[str], numbers_b: list[str]) -> tuple[list[str], list[str], int]:
    """Take out what both sides hold; return the rest of each side and how many were taken."""
    if numbers_a == numbers_b:
        return [], [], len(numbers_a)
    common = Counter(map(_value, numbers_a)) & Counter(map(_value, numbers_b))
    return _without(numbers_a, common), _without(numbers_b, common), common.total()


def _without(numbers: list[str], common: Counter[str]) -> list[str]:
    left = common.copy()
    rest = []
    for number in numbers:
        if left[_value(number)] > 0:
            left[_value(number)] -= 1
        else:
            rest.append(number)
    return rest


def _value(number: str) -> str:
    """Return the digits that count: 1,234 equals 1234, and 07 equals 7."""
    digits = _SEPARATORS.sub("", number)
    return digits if digits != number else digits.lstrip("0") or "0"
