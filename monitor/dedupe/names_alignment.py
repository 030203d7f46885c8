"""What stands in one text where other words stand in the other: two texts laid side by side.

Knows tokens and their order, and nothing of what they mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from monitor.dedupe.names_tokens import Tokens, is_han

__all__ = ["Aligned", "Line", "Slot", "aligned", "aligned_titles"]

_NEAR = 64  # tokens to look ahead before the whole text is searched
_MOVED = 12  # an equal stretch elsewhere must have as many tokens: paragraphs move, phrases recur
_ITEM = 6  # tokens of an item of a list
_SKIPPED = 3  # tokens that may be skipped before ...
_LOOKED_AT = 10  # ... so many behind them are looked at for an equal stretch that skips less
_SAME_TITLE = 0.5
_LONGEST = 40  # tokens of a stretch that was replaced; more is other text
_STOP = re.compile(r"[\n。！？!?；;]|[.](?=\s|$)")


@dataclass(frozen=True, slots=True)
class Slot:
    """Tokens ``[a, a_end)`` of one text that stand where ``[b, b_end)`` of the other do; one may be empty."""

    a: int
    a_end: int
    b: int
    b_end: int


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
        slots += _refined(a, b, Slot(left[0] + left[2], right[0], left[1] + left[2], right[1]))
    slots += _foot(a, b, lines[-1]) if lines else []
    told = tuple(slot for slot in slots if not (_is_known(a, slot.a, slot.a_end) or _is_known(b, slot.b, slot.b_end)))
    return Aligned(a, b, tuple(lines), told, in_title=False)


def _is_known(text: Tokens, start: int, end: int) -> bool:
    """Tell whether a stretch holds a sentence that both texts have: it moved."""
    return any(start <= at < end for at, _ in text.wholes)


def aligned_titles(a: Tokens, b: Tokens) -> Aligned:
    """Lay two titles side by side; two that share less than half of their tokens have nothing to compare."""
    matcher = SequenceMatcher(None, a.coded[:_LONGEST], b.coded[:_LONGEST], autojunk=False)
    if matcher.ratio() < _SAME_TITLE:
        return Aligned(a, b, (), (), in_title=True)
    lines = tuple((line.a, line.b, line.size) for line in matcher.get_matching_blocks() if line.size)
    parts = [Slot(i, i_end, j, j_end) for i, i_end, j, j_end in _unequal(matcher)]
    return Aligned(a, b, lines, tuple(_joined(a, parts)), in_title=True)


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
        length = _equal(here, i, there, at)
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
    kept = lines[:1]
    for line, (after_a, after_b, _) in zip(lines[1:], [*lines[2:], (*ends, 0)], strict=False):
        moved, moved_before, moved_after = line[1] - line[0], kept[-1][1] - kept[-1][0], after_b - after_a
        if line[2] > _ITEM or moved == moved_before or moved_before != moved_after:
            kept.append(line)
    return kept


def _sooner(here: str, there: str, i: int, j: int, at: int, run: int) -> tuple[int, int]:
    """Return where two texts are equal again with less skipped in both: in a list of like items one was replaced."""
    for skipped in range(1, min(_LOOKED_AT, at - j)):
        found = there.find(here[i + skipped : i + skipped + run], j, j + _LOOKED_AT + run)
        if found >= 0 and i + skipped + run <= len(here) and skipped + found <= at:
            return i + skipped, found
    return i, at


def _equal(here: str, i: int, there: str, j: int) -> int:
    """Return how many characters from ``i`` and from ``j`` on are equal."""
    low, high = 0, min(len(here) - i, len(there) - j)
    if here[i : i + high] == there[j : j + high]:
        return high
    step = 8
    while here[i + low : i + low + step] == there[j + low : j + low + step]:
        low, step = low + step, 2 * step
    high = min(high, low + step)
    while high - low > 1:
        middle = (low + high) // 2
        if here[i + low : i + middle] == there[j + low : j + middle]:
            low = middle
        else:
            high = middle
    return low


def _equal_before(here: str, i: int, there: str, j: int, last: Line) -> int:
    """Return how many characters before ``i`` and ``j`` are equal, down to the stretch found last."""
    floor_a, floor_b = last[0] + last[2], last[1] + last[2] if last[1] + last[2] <= j else 0
    back = 0
    while i - back > floor_a and j - back > floor_b and here[i - back - 1] == there[j - back - 1]:
        back += 1
    return back


def _head(a: Tokens, b: Tokens, first: Line) -> list[Slot]:
    """Compare what stands before the first equal stretch, in the sentence that it is in."""
    start_a, start_b = _sentence_start(a, first[0]), _sentence_start(b, first[1])
    return _refined(a, b, Slot(start_a, first[0], start_b, first[1]))


def _foot(a: Tokens, b: Tokens, last: Line) -> list[Slot]:
    """Compare what stands behind the last equal stretch, in the sentence that it is in.

    A sentence that ends one text and not the other says that the one was cut (read more).
    """
    end_a, end_b = _sentence_end(a, last[0] + last[2]), _sentence_end(b, last[1] + last[2])
    if (end_a == len(a.at)) != (end_b == len(b.at)):
        return []
    return _refined(a, b, Slot(last[0] + last[2], end_a, last[1] + last[2], end_b))


def _sentence_start(text: Tokens, token: int) -> int:
    floor = max(0, token - _LONGEST)
    inner = text.between(floor, token)
    stops = list(_STOP.finditer(inner))
    return token - sum(map(str.isalnum, inner[stops[-1].end() :])) if stops else floor


def _sentence_end(text: Tokens, token: int) -> int:
    inner = text.between(token, min(len(text.at), token + _LONGEST))
    stop = _STOP.search(inner)
    return token + sum(map(str.isalnum, inner[: stop.start()] if stop else inner))


def _refined(a: Tokens, b: Tokens, slot: Slot) -> list[Slot]:
    """Return the parts of a slot that differ, or nothing where too much does for the two to answer each other."""
    long_a, long_b = slot.a_end - slot.a, slot.b_end - slot.b
    if min(long_a, long_b) < 0 or max(long_a, long_b) > _LONGEST or long_a == long_b == 0:
        return []
    if min(long_a, long_b) == 0:
        return [slot]
    if parts := _alike_lists(a, b, slot):
        return _joined(a, parts)
    matcher = SequenceMatcher(None, a.coded[slot.a : slot.a_end], b.coded[slot.b : slot.b_end], autojunk=False)
    parts = [Slot(slot.a + i, slot.a + i_end, slot.b + j, slot.b + j_end) for i, i_end, j, j_end in _unequal(matcher)]
    return _joined(a, parts)


def _alike_lists(a: Tokens, b: Tokens, slot: Slot) -> list[Slot]:
    """Return the items that differ where both sides are lists with equal gaps: numbers, or words in equal places."""
    here, there = a.coded[slot.a : slot.a_end], b.coded[slot.b : slot.b_end]
    if here.count("0") == there.count("0") > 0:
        parts, at_a, at_b = [], slot.a, slot.b
        for left, right in zip(here.split("0"), there.split("0"), strict=True):
            if left != right:
                same = _equal(left, 0, right, 0)  # the unit of the number before
                parts.append(Slot(at_a + same, at_a + len(left), at_b + same, at_b + len(right)))
            at_a, at_b = at_a + len(left) + 1, at_b + len(right) + 1
        return parts if all(part.a < part.a_end and part.b < part.b_end for part in parts) else []
    if len(here) != len(there) or is_han(here[0]) or not any(map(str.__eq__, here, there)):
        return []
    runs = re.finditer("1+", "".join("01"[x != y] for x, y in zip(here, there, strict=True)))
    return [Slot(slot.a + run.start(), slot.a + run.end(), slot.b + run.start(), slot.b + run.end()) for run in runs]


def _unequal(matcher: SequenceMatcher[str]) -> list[tuple[int, int, int, int]]:
    return [(i, i_end, j, j_end) for tag, i, i_end, j, j_end in matcher.get_opcodes() if tag != "equal"]


def _joined(a: Tokens, parts: list[Slot]) -> list[Slot]:
    """Join parts that one token parts: 李建军 for 王建国, or Department of Commerce for Labor Department."""
    joined: list[Slot] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and part.a - last.a_end == 1 and (is_han(a.coded[last.a_end]) or _is_swapped(last, part)):
            joined[-1] = Slot(last.a, part.a_end, last.b, part.b_end)
        else:
            joined.append(part)
    return joined


def _is_swapped(one: Slot, other: Slot) -> bool:
    """Tell whether one part stands in one text alone and the other in the other."""
    is_cut_then_added = one.b == one.b_end and other.a == other.a_end
    is_added_then_cut = one.a == one.a_end and other.b == other.b_end
    return is_cut_then_added or is_added_then_cut
