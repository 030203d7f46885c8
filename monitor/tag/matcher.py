"""All places where any of many spellings stands in a text, overlapping ones too.

The automaton nominates in the squeezed text; letter case, word edges and what stands between the characters decide.
Knows spellings, not what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.tag.spelling import Spelling
from monitor.tag.squeeze import Squeezed

__all__ = ["Match", "Matcher"]


@dataclass(frozen=True, slots=True)
class Match:
    """A spelling (by its index) at ``letters[start:end]`` of the folded text."""

    index: int
    start: int
    end: int


class Matcher:
    """An automaton over spellings; several may be written alike."""

    def __init__(self, spellings: Sequence[Spelling]) -> None:
        from ahocorasick_rs import AhoCorasick

        self._spellings = tuple(spellings)
        owners: dict[str, list[int]] = {}
        for index, spelling in enumerate(self._spellings):
            owners.setdefault(spelling.key, []).append(index)
        self._owners = tuple(map(tuple, owners.values()))
        self._automaton = AhoCorasick(list(owners)) if owners else None

    def find(self, text: Squeezed, is_wanted: Callable[[int], object] | None = None) -> Iterator[Match]:
        """Yield every match in ``text`` of a spelling that is wanted (None: of any), in the order of their ends."""
        if self._automaton is None:
            return
        wanted: dict[int, tuple[int, ...]] = {}
        for key, start, end in self._automaton.find_matches_as_indexes(text.text, overlapping=True):
            indexes = wanted.get(key)
            if indexes is None:
                indexes = wanted[key] = tuple(filter(is_wanted, self._owners[key])) if is_wanted else self._owners[key]
            if indexes:
                yield from self._judge(indexes, text, start, end)

    def _judge(self, indexes: Iterable[int], text: Squeezed, start: int, end: int) -> Iterator[Match]:
        begin, last = text.origin(start), text.origin(end - 1) + 1
        if not _edges_fit(text.letters, begin, last):
            return
        is_whole = last - begin == end - start
        gaps = [] if is_whole else text.gaps(start, end)
        seen = text.letters[begin:last] if is_whole else text.seen(start, end)
        for index in indexes:
            spelling = self._spellings[index]
            if spelling.fits_case(seen) and spelling.fits_gaps(gaps, seen):
                yield Match(index, begin, last)


def _edges_fit(letters: str, start: int, end: int) -> bool:
    """Say whether letters do not run on into letters, nor digits into digits; Han characters join freely."""
    first, last = letters[start], letters[end - 1]
    if _is_spelled(first) and start and _is_spelled(letters[start - 1]):
        return False
    if not _is_spelled(last) or end == len(letters) or not _is_spelled(letters[end]):
        return True
    return letters[end].isdigit() != last.isdigit()  # GPT4, 4o: the grammar of versions decides


def _is_spelled(char: str) -> bool:
    return char < "\u0530" and char.isalnum()
