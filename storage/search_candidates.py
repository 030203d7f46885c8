"""The articles in which PostgreSQL finds the words of a query, newest first, wherever in the text they stand.

Its planner knows of a phrase only how often its words are there. It takes one of common characters for common, too, and
looks for it in all texts, from the newest back: 20 us each, whether there is one or none. Which texts have all of the
words the index alone knows, in tens of milliseconds; only these are looked into (docs/design/0016-search.md).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ARRAY, BigInteger, Select, any_, bindparam, cast, func, literal_column, select, text
from sqlalchemy.orm import Session

from storage.search_tables import TsQuery, chunks
from storage.tables import articles

__all__ = ["Candidates"]

_NEWEST = 1_000
"""Words that are often in articles are in enough of so many: 20 ms at most."""
_SLICE, _LARGEST_SLICE = 500, 8_000
_FARTHER = 4
"""Windows more that are looked into where so many are likely to hold the rest of a page."""
_ONE_BY_ONE = tuple(text(f"SET LOCAL enable_{way} = off") for way in ("bitmapscan", "hashjoin", "mergejoin"))
"""Else the planner, which may think that a phrase is rare, looks for all of them each time."""
_BY_INDEX = text("SET LOCAL enable_bitmapscan = on")


class Candidates:
    """What one question of a session may find; ``needles`` are questions to the index, each for a chunk of it.

    The ``newest`` articles are looked into before the index is asked for all.
    """

    def __init__(self, session: Session, needles: Sequence[str], *, newest: int = _NEWEST) -> None:
        self._session = session
        self._needles = needles
        self._window = newest
        self._ids: list[int] | None = None

    def newest(self, asked: Select[Any], *, before_id: int | None, size: int) -> list[int]:
        """Return the newest ids of articles below ``before_id`` that ``asked`` finds, which is ordered by them."""
        self._one_by_one()
        if self._ids is not None:
            return self._among(self._ids, asked, before_id, size)
        end = before_id if before_id is not None else (self._session.scalar(select(func.max(articles.c.id))) or 0) + 1
        first = end - self._window
        found = self._from(first, asked, size)
        if 2 * _FARTHER * len(found) >= size > len(found):
            end, first = first, first - _FARTHER * self._window
            found += self._from(first, asked.where(articles.c.id < end), size - len(found))
        if len(found) == size or first <= 0:
            return found
        self._ids = self._all()
        return found + self._among(self._ids, asked, first, size - len(found))

    def _from(self, first: int, asked: Select[Any], size: int) -> list[int]:
        return list(self._session.scalars(asked.where(articles.c.id >= first).limit(size)))

    def _one_by_one(self) -> None:
        for setting in _ONE_BY_ONE:
            self._session.execute(setting)

    def _among(self, ids: list[int], asked: Select[Any], before_id: int | None, size: int) -> list[int]:
        found: list[int] = []
        for some in _slices(ids, before_id):
            listed = cast(bindparam(None, some, unique=True), ARRAY(BigInteger))
            found += self._session.scalars(asked.where(articles.c.id == any_(listed)).limit(size - len(found)))
            if len(found) == size:
                break
        return found

    def _all(self) -> list[int]:
        """Return all articles whose chunks hold the words, in the order of their ids."""
        self._session.execute(_BY_INDEX)
        held = [set(self._session.scalars(_chunks_with(needle))) for needle in self._needles]
        self._one_by_one()
        return sorted(set.intersection(*held))


def _chunks_with(needle: str) -> Select[Any]:
    asked = cast(bindparam(None, needle, unique=True), TsQuery())
    return select(chunks.c.article_id).where(literal_column("search_chunk.tokens").op("@@")(asked))


def _slices(ids: list[int], before_id: int | None) -> Iterator[list[int]]:
    """Yield ids below one, the newest first; the farther back, the more at once."""
    end, size = len(ids) if before_id is None else bisect_left(ids, before_id), _SLICE
    while end > 0:
        yield ids[max(0, end - size) : end]
        end, size = end - size, min(2 * size, _LARGEST_SLICE)
