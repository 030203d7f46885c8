"""What stands in one text where other words stand in the other: two texts laid side by side.

Knows tokens and their order, and nothing of what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from monitor.dedupe.names_slots import LONGEST, Slot, refined
from monitor.dedupe.names_tokens import Tokens
from monitor.dedupe.stretches import equal_ahead, equal_before

__all__ = ["Aligned", "Line", "aligned", "aligned_titles"]

_NEAR = 64  # tokens to look ahead before the whole text is searched
_MOVED = 12  # an equal stretch elsewhere must have as many tokens: paragraphs move, phrases recur
_ITEM = 6  # tokens of an item of a list
_SKIPPED = 3  # tokens that may be skipped before ...
_LOOKED_AT = 10  # ... so many behind them are looked at for an equal stretch that skips less
_SAME_TITLE = 0.5
_STOP = re.compile(r"[\n。！？!?；;]|(?<!\.\w)[.](?=\s+(?!0)|$)")  # not in "D.C. officials", "No. 1"


Line = tuple[int, int, int]  # a stretch that is equal: where in A, where in B, how many tokens


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts side by side: the stretches that are equal and those that differ between them, in order of A."""

    a: Tokens
    b: Tokens
    lines: tuple[Line, ...]
    slots: tuple[Slot, ...]
    in_title: bool


def aligned(a: Tokens, b: Tokens) -> Aligned:
    """Lay two texts side by side.

    Text that only one of them has gives a slot that is empty on the other side; what moved gives none.
    """
    lines = _without_shifts(_lines(a, b), (len(a.at), len(b.at)))
    slots = _head(a, b, lines[0]) if lines else []
    for left, right in pairwise(lines):
        slots += refined(a, b, Slot(left[0] + left[2], right[0], left[1] + left[2], right[1]))
    slots += _foot(a, b, lines[-1]) if lines else []
    told = tuple(slot for slot in slots if not (_is_known(a, slot.a, slot.a_end) or _is_known(b, slot.b, slot.b_end)))
    return Aligned(a, b, tuple(lines), told, in_title=False)


def _is_known(text: Tokens, start: int, end: int) -> bool:
    """Tell whether a stretch holds a sentence that both texts have: it moved."""
    return any(start <= at < end for at, _ in text.wholes)


def aligned_titles(a: Tokens, b: Tokens) -> Aligned:
    """Lay two titles side by side; two that share less than half of their tokens have nothing to compare."""
    matcher = SequenceMatcher(None, a.coded[:LONGEST], b.coded[:LONGEST], autojunk=False)
    if matcher.ratio() < _SAME_TITLE:
        return Aligned(a, b, (), (), in_title=True)
    lines = tuple((line.a, line.b, line.size) for line in matcher.get_matching_blocks() if line.size)
    return Aligned(a, b, lines, tuple(refined(a, b, _middle(a, b))), in_title=True)


def _middle(a: Tokens, b: Tokens) -> Slot:
    """Return what two titles have between an equal beginning and an equal end."""
    here, there = a.coded[:LONGEST], b.coded[:LONGEST]
    begin = equal_ahead(here, 0, there, 0)
    end = equal_ahead(here[begin:][::-1], 0, there[begin:][::-1], 0)
    return Slot(begin, len(here) - end, begin, len(there) - end)


def _lines(a: Tokens, b: Tokens) -> list[Line]:
    """Return the equal stretches, in order of ``a``."""
    here, there, run = a.coded, b.coded, min(a.run, b.run)
    found: list[Line] = []
    i = j = 0
    while i + run <= len(here):
        piece = here[i : i + run]
        at = there.find(piece, j, j + _NEAR)
        is_near = at >= 0
        if at - j > _SKIPPED:
            i, at = _sooner(here, there, i, j, at, run)
        if not is_near and (at := there.find(piece)) < 0:
            i += 1
            continue
        length = equal_ahead(here, i, there, at)
        if is_near or length >= _MOVED:
            back = _equal_before(here, i, there, at, found[-1] if found else (0, 0, 0))
            found.append((i - back, at - back, length + back))
            i, j = i + length, at + length
        else:
            i += 1
    return found


def _without_shifts(lines: list[Line], ends: tuple[int, int]) -> list[Line]:
    """Leave out short stretches that moved between neighbours that did not, the ends of the texts being the last.

    They are equal by chance: an item of a list that recurs in another place parts those that answer each other.
    """
    kept: list[Line] = []
    for line, (after_a, after_b, _) in zip(lines, [*lines[1:], (*ends, 0)], strict=False):
        before_a, before_b, _ = kept[-1] if kept else (0, 0, 0)
        moved, moved_before, moved_after = line[1] - line[0], before_b - before_a, after_b - after_a
        if line[2] > _ITEM or not _is_shifted(moved - moved_before, moved_after - moved, line[2]):
            kept.append(line)
    return kept


def _is_shifted(there: int, back: int, length: int) -> bool:
    """Tell whether a stretch moved and what follows moved back, by as much or nearly: items differ in length."""
    return there != 0 and (there + back == 0 or (there * back < 0 and min(abs(there), abs(back)) >= length))


def _sooner(here: str, there: str, i: int, j: int, at: int, run: int) -> tuple[int, int]:
    """Return where two texts are equal again with less skipped in both: in a list of like items one was replaced."""
    for skipped in range(1, min(_LOOKED_AT, at - j)):
        found = there.find(here[i + skipped : i + skipped + run], j, j + _LOOKED_AT + run)
        if found >= 0 and i + skipped + run <= len(here) and skipped + found <= at:
            return i + skipped, found
    return i, at


def _equal_before(here: str, i: int, there: str, j: int, last: Line) -> int:
    """Return how many characters before ``i`` and ``j`` are equal, down to the stretch found last."""
    floor_a, floor_b = last[0] + last[2], last[1] + last[2] if last[1] + last[2] <= j else 0
    return equal_before(here, i, there, j, min(i - floor_a, j - floor_b))


def _head(a: Tokens, b: Tokens, first: Line) -> list[Slot]:
    """Compare what stands before the first equal stretch, in the sentence that it is in."""
    start_a, start_b = _sentence_start(a, first[0]), _sentence_start(b, first[1])
    return refined(a, b, Slot(start_a, first[0], start_b, first[1]))


def _foot(a: Tokens, b: Tokens, last: Line) -> list[Slot]:
    """Compare what stands behind the last equal stretch, in the sentence that it is in.

    A sentence that ends one text and not the other says that the one was cut (read more).
    """
    end_a, end_b = _sentence_end(a, last[0] + last[2]), _sentence_end(b, last[1] + last[2])
    if (end_a == len(a.at)) != (end_b == len(b.at)):
        return []
    return refined(a, b, Slot(last[0] + last[2], end_a, last[1] + last[2], end_b))


def _sentence_start(text: Tokens, token: int) -> int:
    floor = max(0, token - LONGEST)
    inner = text.between(floor, token)
    stops = list(_STOP.finditer(inner))
    return token - sum(map(str.isalnum, inner[stops[-1].end() :])) if stops else floor


def _sentence_end(text: Tokens, token: int) -> int:
    last = min(len(text.at), token + LONGEST)
    before = text.behind(token, text.at[token] - text.at[token - 1] - 1) if 0 < token < len(text.at) else ""
    inner = before + text.between(token, last)
    stop = _STOP.search(inner)
    return token + sum(map(str.isalnum, inner[: stop.start()] if stop else inner))
