"""Where two texts are equal: stretches of the one that stand in the other, in order.

Finds what is worth finding, quickly; it may miss short stretches and what moved, and never tells of one that is none.
Whoever asks must not depend on which of several equal stretches are found.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

__all__ = ["Gap", "Stretch", "equal_ahead", "equal_before", "gaps", "stretches"]

_PROBE = 16  # characters that must be equal for two places to be looked at
_STEP = 8  # characters from one probe to the next behind a place that differs, ...
_GROWTH = 2  # ... so many more each time, ...
_LONGEST_STEP = 64  # ... up to these
_FAR = 8_000  # characters ahead that are searched
_WORTH = 4  # characters that may be skipped for each that is equal: phrases recur

Stretch = tuple[int, int, int]
"""Where in A, where in B, how many characters."""
Gap = tuple[int, int, int, int]
"""Start and end in A, start and end in B."""


@lru_cache(maxsize=4)  # one comparison asks for the same pair several times
def stretches(a: str, b: str) -> tuple[Stretch, ...]:
    """Return equal stretches of two texts in the order of both; they overlap in neither.

    The time is linear in the length of ``a``, but for a factor of ``_FAR`` / ``_LONGEST_STEP`` in texts made for it.
    """
    found: list[Stretch] = []
    i = j = 0
    step = _STEP
    while i + _PROBE <= len(a):
        at = b.find(a[i : i + _PROBE], j, j + _FAR)
        if at >= 0:
            ahead = equal_ahead(a, i, b, at)
            before = equal_before(a, i, b, at, _longest_step_back(found, i, at))
            if at - before - j <= _WORTH * (ahead + before):
                found.append((i - before, at - before, ahead + before))
                i, j, step = i + ahead, at + ahead, _STEP
                continue
        i += step
        step = min(step + _GROWTH, _LONGEST_STEP)
    return tuple(found)


def gaps(found: Sequence[Stretch], length_a: int, length_b: int, *, least: int) -> list[Gap]:
    """Return what stretches leave of two texts; a stretch of under ``least`` characters parts no gaps.

    One side of a gap may be empty, not both.
    """
    left: list[Gap] = []
    start_a = start_b = 0
    for i, j, length in [*found, (length_a, length_b, least)]:
        if length < least:
            continue
        if start_a < i or start_b < j:
            left.append((start_a, i, start_b, j))
        start_a, start_b = i + length, j + length
    return left


def _longest_step_back(found: list[Stretch], i: int, j: int) -> int:
    """Return how many characters before ``i`` and ``j`` belong to no stretch yet."""
    if not found:
        return min(i, j)
    last_a, last_b, length = found[-1]
    return min(i - last_a - length, j - last_b - length)


def equal_ahead(a: str, i: int, b: str, j: int) -> int:
    """Return how many characters from ``i`` and from ``j`` on are equal."""
    low, high = 0, min(len(a) - i, len(b) - j)
    step = _PROBE
    while a[i + low : i + min(low + step, high)] == b[j + low : j + min(low + step, high)]:
        low = min(low + step, high)
        if low == high:
            return high
        step *= 2
    high = min(high, low + step) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if a[i + low : i + middle] == b[j + low : j + middle]:
            low = middle
        else:
            high = middle - 1
    return low


def equal_before(a: str, i: int, b: str, j: int, most: int) -> int:
    """Return how many characters before ``i`` and ``j`` are equal, ``most`` at most."""
    back = 0
    while back < most and a[i - back - 1] == b[j - back - 1]:
        back += 1
    return back
