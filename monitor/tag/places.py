"""Things with a place in a text, found by place: what stands near, what covers what.

Every question costs by what stands near, not by the length of the text: a page of ten thousand names must not take
the square of that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Generic, Protocol, TypeVar

__all__ = ["Cover", "Place", "Placed", "Places"]

Place = tuple[int, int]
"""Start and end offsets."""


class Placed(Protocol):
    """What has a start and an end."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


T = TypeVar("T", bound=Placed)


class Places(Generic[T]):
    """Items ordered by start."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        self._items = sorted(items, key=attrgetter("start"))
        self._starts = [item.start for item in self._items]

    def __bool__(self) -> bool:
        return bool(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def starting(self, begin: int, stop: int) -> list[T]:
        """Return the items that start in ``[begin, stop)``."""
        return self._items[bisect_left(self._starts, begin) : bisect_left(self._starts, stop)]


class Cover:
    """Whether places lie inside one of many, which are merged where they overlap."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(places):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __iter__(self) -> Iterator[Place]:
        """Yield the places as they are merged."""
        return zip(self._starts, self._ends, strict=True)

    def gaps(self, stop: int) -> Iterator[Place]:
        """Yield what lies between the places, from 0 to ``stop``."""
        return zip((0, *self._ends), (*self._starts, stop), strict=True)

    def holds(self, start: int, end: int) -> bool:
        """Say whether ``[start, end)`` lies inside."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self._ends[index]

    def touches(self, start: int, end: int) -> bool:
        """Say whether ``[start, end)`` shares a character with one of them."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and start < self._ends[index]
