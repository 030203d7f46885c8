"""The parts of a stretch that differ: lists item by item, names that changed places, and else the closest reading.

What belongs to one name stays together, what punctuation parts is parted. Knows nothing of what the words mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import Match, SequenceMatcher

from monitor.dedupe.names_tokens import Tokens, is_han
from monitor.dedupe.stretches import equal_ahead

__all__ = ["ANDS", "LONGEST", "Slot", "refined"]

LONGEST = 40  # tokens of a stretch that was replaced; more is other text
_BETWEEN = 4  # Han characters, or ...
_BETWEEN_WORDS = 2  # ... words with capitals, of one name between what one text lacks and what the other does
ANDS = frozenset({"and", "or", "和", "与", "及"})
_PARTED = re.compile(r"[^\w\s.'’\-‑–]")


@dataclass(frozen=True, slots=True)
class Slot:
    """Tokens ``[a, a_end)`` of one text that stand where ``[b, b_end)`` of the other do; one may be empty."""

    a: int
    a_end: int
    b: int
    b_end: int


def refined(a: Tokens, b: Tokens, slot: Slot) -> list[Slot]:
    """Return the parts of a slot that differ, or nothing where too much does for the two to answer each other."""
    long_a, long_b = slot.a_end - slot.a, slot.b_end - slot.b
    if min(long_a, long_b) < 0 or max(long_a, long_b) > LONGEST or long_a == long_b == 0:
        return []
    if min(long_a, long_b) == 0:
        return [slot]
    if turned := _turned(a, b, slot):
        return turned
    parts = _items(a, b, slot) or _alike_lists(a, b, slot) or _unlike(a, b, slot)
    return [piece for part in _joined(a, b, parts) for piece in _at_punctuation(a, b, part)]


def _turned(a: Tokens, b: Tokens, slot: Slot) -> list[Slot]:
    """Return two names that changed places with the same words between them: Rovers met Albion, Albion met Rovers."""
    here, there = a.coded[slot.a : slot.a_end], b.coded[slot.b : slot.b_end]
    if len(here) != len(there) or sorted(here) != sorted(there):
        return []
    for first in range(1, len(here) - 1):
        for last in range(1, len(here) - first):
            one, between, other = here[:first], here[first:-last], here[-last:]
            if there == f"{other}{between}{one}":
                begins = Slot(slot.a, slot.a + first, slot.b, slot.b + last)
                return [begins, Slot(slot.a_end - last, slot.a_end, slot.b_end - first, slot.b_end)]
    return []


def _items(a: Tokens, b: Tokens, slot: Slot) -> list[Slot]:
    """Return the items that differ where both sides list as many names, in whatever order."""
    items_a, items_b = _listed(a, slot.a, slot.a_end), _listed(b, slot.b, slot.b_end)
    if len(items_a) != len(items_b) or len(items_a) < 2:
        return []
    pairs = [Slot(*left, *right) for left, right in zip(items_a, items_b, strict=True)]
    return [part for pair in pairs for part in _alike_lists(a, b, pair) or _unlike(a, b, pair)]


def _listed(text: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the items of a list begin and end; they are parted by nothing but marks and words like "and"."""
    items, begin = [], start
    for token in range(start, end):
        is_and = _surface(text, token) in ANDS
        gap = text.masked[text.at[token - 1] + 1 : text.at[token]].strip()
        if is_and or (token > begin and (gap == "、" or (gap == "," and not is_han(text.coded[token])))):
            items.append((begin, token))
            begin = token + is_and
    items.append((begin, end))
    return [item for item in items if item[0] < item[1]]


def _surface(text: Tokens, token: int) -> str:
    return text.words.get(text.at[token], text.coded[token]).casefold()


def _unlike(a: Tokens, b: Tokens, slot: Slot) -> list[Slot]:
    """Return the parts of a slot that differ in the closest reading of the two."""
    matcher = SequenceMatcher(None, a.coded[slot.a : slot.a_end], b.coded[slot.b : slot.b_end], autojunk=False)
    return [Slot(slot.a + i, slot.a + i_end, slot.b + j, slot.b + j_end) for i, i_end, j, j_end in _unequal(matcher)]


def _alike_lists(a: Tokens, b: Tokens, slot: Slot) -> list[Slot]:
    """Return the items that differ where both sides are lists with equal gaps: numbers, or words in equal places."""
    here, there = a.coded[slot.a : slot.a_end], b.coded[slot.b : slot.b_end]
    if here.count("0") == there.count("0") > 0:
        parts, at_a, at_b = [], slot.a, slot.b
        for left, right in zip(here.split("0"), there.split("0"), strict=True):
            if left != right:
                same = equal_ahead(left, 0, right, 0)  # the unit of the number before
                piece = Slot(at_a + same, at_a + len(left), at_b + same, at_b + len(right))
                parts += [piece] if is_han((left + right)[-1]) else _unlike(a, b, piece)
            at_a, at_b = at_a + len(left) + 1, at_b + len(right) + 1
        return parts if all(part.a < part.a_end and part.b < part.b_end for part in parts) else []
    if len(here) != len(there) or is_han(here[0]):
        return []
    equal = "".join("10"[x != y] for x, y in zip(here, there, strict=True))
    if equal.count("1") <= sum(line.size for line in _matched(here, there)) - ("1" in equal):
        return []
    return [
        Slot(slot.a + run.start(), slot.a + run.end(), slot.b + run.start(), slot.b + run.end())
        for run in re.finditer("0+", equal)
    ]


def _matched(here: str, there: str) -> list[Match]:
    return SequenceMatcher(None, here, there, autojunk=False).get_matching_blocks()


def _unequal(matcher: SequenceMatcher[str]) -> list[tuple[int, int, int, int]]:
    return [(i, i_end, j, j_end) for tag, i, i_end, j, j_end in matcher.get_opcodes() if tag != "equal"]


def _joined(a: Tokens, b: Tokens, parts: list[Slot]) -> list[Slot]:
    """Join the parts of one name: 李建军 for 王建国, 皇家马德里 for 马德里竞技, Rice University for University of X."""
    joined: list[Slot] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and _are_of_one_name(a, b, last, part):
            joined[-1] = Slot(last.a, part.a_end, last.b, part.b_end)
        else:
            joined.append(part)
    return joined


def _are_of_one_name(a: Tokens, b: Tokens, one: Slot, other: Slot) -> bool:
    gap = other.a - one.a_end
    if gap == 1 and a.coded[one.a_end] in ANDS:
        return False
    if gap == 1 and (is_han(a.coded[one.a_end]) or _is_swapped(one, other)):
        return True
    glued_a = _is_glued(a, one.a_end - (one.a < one.a_end), other.a + (other.a < other.a_end))
    glued_b = _is_glued(b, one.b_end - (one.b < one.b_end), other.b + (other.b < other.b_end))
    if gap > _BETWEEN or not (glued_a and glued_b):
        return False
    if all(map(is_han, a.coded[one.a_end : other.a])):
        return _is_swapped(one, other) and _are_no_anagrams(a, b, one, other)
    is_capital = all(text.words.get(text.at[token], "")[:1].isupper() for text, token in _between(a, b, one, other))
    return gap <= _BETWEEN_WORDS and is_capital and (_is_one_sided(one) or _is_one_sided(other))


def _is_one_sided(slot: Slot) -> bool:
    return slot.a == slot.a_end or slot.b == slot.b_end


def _between(a: Tokens, b: Tokens, one: Slot, other: Slot) -> list[tuple[Tokens, int]]:
    """Return the tokens that part two slots, in A and in B."""
    return [(a, token) for token in range(one.a_end, other.a)] + [(b, token) for token in range(one.b_end, other.b)]


def _is_glued(text: Tokens, start: int, end: int) -> bool:
    """Tell whether no punctuation parts the tokens."""
    return start >= end or not _PARTED.search(text.masked[text.at[start] : text.at[end - 1]])


def _are_no_anagrams(a: Tokens, b: Tokens, one: Slot, other: Slot) -> bool:
    """Tell whether more than the order of two words differs (今日宣布, 宣布今日)."""
    return sorted(a.coded[one.a : other.a_end]) != sorted(b.coded[one.b : other.b_end])


def _at_punctuation(a: Tokens, b: Tokens, slot: Slot) -> list[Slot]:
    """Return a slot in as many parts as the same punctuation parts both sides into."""
    cuts_a, cuts_b = _cuts(a, slot.a, slot.a_end), _cuts(b, slot.b, slot.b_end)
    if not cuts_a or [mark for _, mark in cuts_a] != [mark for _, mark in cuts_b]:
        return [slot]
    at_a, at_b = [at for at, _ in cuts_a], [at for at, _ in cuts_b]
    pieces = zip([slot.a, *at_a], [*at_a, slot.a_end], [slot.b, *at_b], [*at_b, slot.b_end], strict=True)
    return [Slot(*piece) for piece in pieces if a.coded[piece[0] : piece[1]] != b.coded[piece[2] : piece[3]]]


def _cuts(text: Tokens, start: int, end: int) -> list[tuple[int, str]]:
    """Return before which tokens punctuation stands, and which."""
    gaps = ((token, text.masked[text.at[token - 1] + 1 : text.at[token]].strip()) for token in range(start + 1, end))
    return [(token, gap) for token, gap in gaps if _PARTED.search(gap)]


def _is_swapped(one: Slot, other: Slot) -> bool:
    """Tell whether one part stands in one text alone and the other in the other."""
    is_cut_then_added = one.b == one.b_end and other.a == other.a_end
    is_added_then_cut = one.a == one.a_end and other.b == other.b_end
    return is_cut_then_added or is_added_then_cut
