"""How many distinct shingles, runs of some letters, two texts share.

Two ways come to the same counts. Where numpy is loaded already, in the workers and in a large backfill, it sorts a
hash of 64 bits for each shingle: a quarter of the time of sets. Two different shingles among 100,000 share one with a
probability of 3e-10. The daemon counts the shingles themselves, for it goes without numpy's 15 MB.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from struct import unpack_from
from typing import TYPE_CHECKING

from monitor.dedupe.stretches import stretches

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

__all__ = ["Counts", "count_in_sets", "count_shared", "outside", "runs"]

_FEW = 64  # shingles that are cut one by one
_ENCODING = ("utf-32-le", "surrogatepass")
_FACTOR = 0x9E3779B97F4A7C15  # odd, its bits spread evenly: the golden ratio in 64 bits

Counts = tuple[int, int, int]
"""Distinct shingles: in both texts, in A, in B."""


def count_shared(a: str, b: str, size: int) -> Counts:
    """Return how many distinct runs of ``size`` letters are in both texts, in ``a`` and in ``b``."""
    return _count_sorted(a, b, size) if "numpy" in sys.modules else count_in_sets(a, b, size)


def runs(text: str, size: int) -> Iterable[bytes]:
    """Return the runs of ``size`` letters, each four bytes a letter, in any order.

    Cut by ``struct`` they take half of the time that slices of the text take.
    """
    return _runs(text.encode(*_ENCODING), 0, len(text) - size + 1, size)


def outside(equal: list[tuple[int, int]], length: int, size: int) -> Iterator[range]:
    """Yield, in runs, where the shingles begin that lie in none of the equal stretches (where, how many letters)."""
    start, last = 0, length - size + 1
    for at, letters in [*equal, (last, size)]:
        yield range(start, max(start, min(at, last)))
        start = max(start, at + letters - size + 1)


def count_in_sets(a: str, b: str, size: int) -> Counts:
    """Return what ``count_shared`` does, without numpy; what is equal in copies is cut once."""
    found = stretches(a, b)
    here, there = a.encode(*_ENCODING), b.encode(*_ENCODING)
    equal: set[bytes] = set()
    for i, _, length in found:
        equal.update(_runs(here, i, i + length - size + 1, size))
    only_a = _beside(here, [(i, length) for i, _, length in found], size) - equal
    only_b = _beside(there, [(j, length) for _, j, length in found], size) - equal
    return len(equal) + len(only_a & only_b), len(equal) + len(only_a), len(equal) + len(only_b)


def _beside(encoded: bytes, equal: list[tuple[int, int]], size: int) -> set[bytes]:
    return {run for at in outside(equal, len(encoded) // 4, size) for run in _runs(encoded, at.start, at.stop, size)}


def _runs(encoded: bytes, start: int, end: int, size: int) -> Iterable[bytes]:
    """Return the runs that begin at letters ``start`` to ``end``."""
    width = 4 * size
    if end - start < _FEW:
        return [encoded[at : at + width] for at in range(4 * start, 4 * end, 4)]
    counts = ((end - at + size - 1) // size for at in range(start, start + size))
    return chain.from_iterable(
        unpack_from(f"{width}s" * count, encoded, 4 * at) for at, count in enumerate(counts, start)
    )


def _count_sorted(a: str, b: str, size: int) -> Counts:
    import numpy as np

    hashes_a, hashes_b = _hashes(a, size), _hashes(b, size)
    hashes_a.sort()
    hashes_b.sort()
    either = np.concatenate((hashes_a, hashes_b))
    either.sort(kind="stable")  # it merges two sorted halves
    in_a, in_b, in_either = _distinct(hashes_a), _distinct(hashes_b), _distinct(either)
    return in_a + in_b - in_either, in_a, in_b


def _hashes(text: str, size: int) -> NDArray[np.uint64]:
    """Return a hash for each run of ``size`` letters, in order: a polynomial over its code points."""
    import numpy as np

    codes = np.frombuffer(text.encode(*_ENCODING), "<u4").astype(np.uint64)
    count = max(len(codes) - size + 1, 0)
    hashes = codes[:count].copy()
    for offset in range(1, size):
        hashes *= np.uint64(_FACTOR)
        hashes += codes[offset : offset + count]
    return hashes


def _distinct(values: NDArray[np.uint64]) -> int:
    """Return how many different values a sorted array holds."""
    return int((values[1:] != values[:-1]).sum()) + (len(values) > 0)
