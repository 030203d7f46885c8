"""All places where any of many spellings stands in a text, overlapping ones too.

The automaton nominates in the squeezed text; letter case, word edges and what stands between the characters decide.
Knows spellings, not what they mean.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from monitor.tag.places import Place
from monitor.tag.spelling import Case, Spelling
from monitor.tag.squeeze import Squeezed

__all__ = ["Match", "Matcher"]


_ALPHABETS = "\u0530"
"""Letters before this one are written in words (Latin, Greek, Cyrillic)."""


@dataclass(slots=True)  # not frozen, which takes three times as long to make, and a page of names has thousands
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
        self._is_any = [one.case is Case.ANY and not one.separators for one in self._spellings]
        self._automaton = AhoCorasick(list(owners)) if owners else None

    def find(
        self, text: Squeezed, is_wanted: Callable[[int], object] | None = None, within: Iterable[Place] | None = None
    ) -> Iterator[Match]:
        """Yield every match in ``text`` of a spelling that is wanted (None: of any), in the order of their ends.

        ``within`` are the places of the folded text that are searched, apart and in order; None: all of it.
        """
        piece, stops = 0, (*text.starts[1:], len(text.text))
        for indexes, start, end in self._nominated(text, is_wanted, within):
            while stops[piece] < end:  # the ends only grow
                piece += 1
            is_whole = start >= text.starts[piece]
            last = end + text.origins[piece] - text.starts[piece]
            begin = last - end + start if is_whole else text.origin(start)
            if not _edges_fit(text.letters, begin, last):
                continue
            for index in indexes if is_whole else self._broken(indexes, text, start, end):
                if self._is_any[index] or not is_whole or self._fits(index, text.letters[begin:last]):
                    yield Match(index, begin, last)

    def _nominated(
        self, text: Squeezed, is_wanted: Callable[[int], object] | None, within: Iterable[Place] | None
    ) -> Iterator[tuple[tuple[int, ...], int, int]]:
        """Yield where the automaton finds keys of wanted spellings in the squeezed text, with those spellings."""
        if self._automaton is None:
            return
        wanted: dict[int, tuple[int, ...]] = {}
        for first, stop in [(0, len(text.letters))] if within is None else within:
            begin = text.kept_before(first)
            piece = text.text[begin : text.kept_before(stop)]
            for key, start, end in self._automaton.find_matches_as_indexes(piece, overlapping=True):
                indexes = wanted.get(key)
                if indexes is None:
                    owners = self._owners[key]
                    indexes = wanted[key] = tuple(filter(is_wanted, owners)) if is_wanted else owners
                if indexes:
                    yield indexes, begin + start, begin + end

    def _fits(self, index: int, seen: str) -> bool:
        """Say whether ``seen``, with nothing between its characters, is a spelling."""
        spelling = self._spellings[index]
        return spelling.fits_case(seen) and spelling.fits_gaps([], seen)

    def _broken(self, indexes: Iterable[int], text: Squeezed, start: int, end: int) -> list[int]:
        """Return the spellings that ``text.text[start:end]`` is with what stands between its characters."""
        gaps, seen = text.gaps(start, end), text.seen(start, end)
        spellings = [(index, self._spellings[index]) for index in indexes]
        return [index for index, one in spellings if one.fits_case(seen) and one.fits_gaps(gaps, seen)]


def _edges_fit(letters: str, start: int, end: int) -> bool:
    """Say whether letters do not run on into letters, nor digits into digits; Han characters join freely."""
    if start and letters[start] < _ALPHABETS and letters[start].isalnum() and _is_spelled(letters[start - 1]):
        return False
    last = letters[end - 1]
    if last >= _ALPHABETS or not last.isalnum() or end == len(letters) or not _is_spelled(letters[end]):
        return True
    return letters[end].isdigit() != last.isdigit()  # GPT4, 4o: the grammar of versions decides


def _is_spelled(char: str) -> bool:
    return char < _ALPHABETS and char.isalnum()
