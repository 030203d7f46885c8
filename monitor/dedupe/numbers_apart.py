"""The numbers of two texts that may conflict, found where the two differ.

Numbers in stretches that are equal, with as many letters around them as a comparison reads, answer each other; what
differs, and what is near it, holds all others. Where that cannot be told from a part of the texts, nothing is told:
``monitor.dedupe.numbers`` comes to the same conflicts from here and from the whole texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from monitor.dedupe.numbers_context import BESIDE, Contexts, Placed, context, numbers_in_context
from monitor.dedupe.numerals import Found, is_cut
from monitor.dedupe.stretches import gaps, stretches

__all__ = ["numbers_apart"]

_NEAR = 24  # characters beside a gap in which a number may be read otherwise than without the gap, ...
_NEAR_IN_LATIN = 60
_PLAIN = BESIDE + 1  # ... if so many letters among them belong to no number
_MOST = 0.5  # of a text; to read more of it in pieces takes longer than to read it

# Letters, all numbers masked, and the numbers in or near the gap among them, each with its context.
_Window = tuple[str, list[tuple[str, Placed]]]

# Letters that no number holds: Han characters, and words of an alphabet that begin and continue none.
_NO_NUMBER = re.compile(
    r"[^\W\da-z_年月日号份万亿千百十零〇一二三四五六七八九两分之]+"
    r"|(?<![\da-z])(?:[cgilpqruvxyz]|a(?!nd|pr|ug)|d(?!ec|oz)|e(?!igh|lev)|n(?!in|ov|d)|w(?!ed))[a-z]*"
)


def numbers_apart(a: str, b: str, *, has_words: bool) -> tuple[Contexts, Contexts] | None:
    """Return the numbers of two prepared texts in and near what differs, by their contexts.

    Nothing on either side where no two numbers conflict for sure; None where the whole texts have to be read.
    """
    near = _NEAR_IN_LATIN if has_words else _NEAR
    apart = gaps(stretches(a, b), len(a), len(b), least=4 * near)
    sides = [(a, [gap[:2] for gap in apart]), (b, [gap[2:] for gap in apart])]
    least, most = sorted(sides, key=lambda side: _length(side[1]))
    if _is_much(*least, near) or not all(_is_clear(least[0], *place, near) for place in least[1]):
        return None
    windows_least = _windows(*least, near, has_words=has_words)
    if not windows_least:
        return {}, {}
    if _is_much(*most, near):
        return None
    windows_most = _windows(*most, near, has_words=has_words)
    windows_a, windows_b = (windows_least, windows_most) if least is sides[0] else (windows_most, windows_least)
    found_a, found_b = _by_context(windows_a), _by_context(windows_b)
    only_a, only_b = _beside(windows_a, found_b), _beside(windows_b, found_a)
    may_differ = any(_may_differ(only_a[key], only_b[key]) for key in only_a.keys() & only_b.keys())
    return None if may_differ else (found_a, found_b)


def _length(places: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in places)


def _is_much(text: str, places: Sequence[tuple[int, int]], near: int) -> bool:
    return _length(places) + 4 * near * len(places) > _MOST * len(text)


def _is_clear(text: str, start: int, end: int, near: int) -> bool:
    """Tell whether on either side of a gap, near it and a little further off, stand enough letters of no number.

    Both texts have the same there, so one is asked.
    """
    before = ((start - 2 * near, start - near), (start - near, start)) if start else ()
    behind = ((end, end + near), (end + near, end + 2 * near)) if end < len(text) else ()
    return all(_plain(text, at, to) >= _PLAIN for at, to in before + behind)


def _plain(text: str, start: int, end: int) -> int:
    return sum(map(len, _NO_NUMBER.findall(text, start, end)))


def _windows(text: str, places: Sequence[tuple[int, int]], near: int, *, has_words: bool) -> list[_Window]:
    """Return what is read of the gaps that have numbers in or near them."""
    windows = (_window(text, start, end, near, has_words=has_words) for start, end in places)
    return [window for window in windows if window[1]]


def _window(text: str, start: int, end: int, near: int, *, has_words: bool) -> _Window:
    """Return the numbers in and near a gap among the letters from a place on over which no number reaches."""
    first = _NO_NUMBER.search(text, start - 2 * near) if start else None
    read = numbers_in_context(
        text, has_words=has_words, start=first.start() if first else 0, end=min(len(text), end + 2 * near)
    )
    near_gap = (one for one in read.placed if one[0].end() > start - near and one[0].start() < end + near)
    return read.masked, [(context(read.masked, one[1]), one) for one in near_gap]


def _by_context(windows: Sequence[_Window]) -> Contexts:
    contexts: Contexts = {}
    for _, placed in windows:
        for around, one in placed:
            contexts.setdefault(around, []).append(one)
    return contexts


def _beside(windows: Sequence[_Window], known: Contexts) -> dict[str, list[Found]]:
    """Return the numbers of other contexts by the letters before them (``<``) and by those behind them (``>``)."""
    found: dict[str, list[Found]] = {}
    for masked, placed in windows:
        for around, (number, at) in placed:
            if around in known:
                continue
            if at >= BESIDE:
                found.setdefault(f"<{masked[at - BESIDE : at]}", []).append(number)
            if at + BESIDE < len(masked):
                found.setdefault(f">{masked[at + 1 : at + 1 + BESIDE]}", []).append(number)
    return found


def _may_differ(a: list[Found], b: list[Found]) -> bool:
    """Tell whether numbers beside the same letters may be in conflict.

    Which of them would be compared is not known here: not those that stand in equal context elsewhere. A number within
    which one text breaks off is in none.
    """
    if len({number[0] for number in a + b}) == 1:
        return False
    return len(a) > 1 or len(b) > 1 or not (is_cut(a[0], b[0]) or is_cut(b[0], a[0]))
