"""Statements that were turned round between two texts whose wording is otherwise the same: 批准, 未批准; rose, fell.

Looks at the words that were replaced, added or cut between equal words, and at nothing else; what they say is for
``monitor.dedupe.polarity``. Other words of the same sense, and words without an opposite, turn nothing round.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import takewhile

from monitor.dedupe.names_alignment import Aligned
from monitor.dedupe.names_slots import Slot
from monitor.dedupe.names_tokens import Tokens, is_han
from monitor.dedupe.polarity import Sense, are_opposed, sense_of_chinese, sense_of_words

__all__ = ["are_opposites", "reversals"]

_LONGEST = 12  # tokens of a stretch; a longer one was written anew
_MOST = 200  # stretches that are looked at
_BESIDE_IT = 4  # letters on either side by which a stretch is known again
_NO_ONE = frozenset({"no one", "nobody"})
_DENIED = 2  # words behind them that say what is denied: was hurt
_SHOWN = 2  # letters behind a denial that say what is denied
_WIDEST = (2, 2)  # letters on either side that may belong to a word of the stretch, ...
_BESIDE = ((0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0), _WIDEST)  # ... or as few as make a word


def reversals(parts: Sequence[Aligned]) -> tuple[tuple[str, str], ...]:
    """Return the distinct pairs (in A, in B) that say the opposite of each other, in order."""
    found = (
        pair
        for part in parts
        for slot in part.slots[:_MOST]
        if (pair := _reversed(part, slot)) and not _has_moved(part, slot)
    )
    return tuple(dict.fromkeys(found))


def _has_moved(part: Aligned, slot: Slot) -> bool:
    """Tell whether each side stands, with what is beside it, in one text as often as in the other."""
    a, b = part.a.masked, part.b.masked
    here, there = _clause(part.a, slot.a, slot.a_end), _clause(part.b, slot.b, slot.b_end)
    return a.count(here) == b.count(here) and a.count(there) == b.count(there)


def _clause(text: Tokens, start: int, end: int) -> str:
    """Return a stretch with some letters beside it, as far as its line goes."""
    first = text.at[start] if start < len(text.at) else len(text.masked)
    last = text.at[end - 1] + 1 if end > start else first
    before, behind = text.masked[max(0, first - _BESIDE_IT) : first], text.masked[last : last + _BESIDE_IT]
    return before.rpartition("\n")[2] + text.masked[first:last] + behind.partition("\n")[0]


def are_opposites(a: str, b: str, before: str, behind: str) -> bool:
    """Tell whether some words say the opposite of others, with the letters beside them in both texts: 收涨, 收跌."""
    if any(map(is_han, f"{a}{b}")):
        read = partial(_senses, a, b, before, behind)
        is_denied = _is_one_denied(*read((0, 0)), sense_of_chinese("", behind[:_SHOWN], ""))
        return is_denied or any(_are_opposed(a, b, *read(widths)) for widths in ((0, 0), _WIDEST))
    return are_opposed(sense_of_words(a), sense_of_words(b))


def _reversed(part: Aligned, slot: Slot) -> tuple[str, str] | None:
    if max(slot.a_end - slot.a, slot.b_end - slot.b) > _LONGEST:
        return None
    return _in_chinese(part, slot) if _is_chinese(part.a, slot.a, slot.a_end) else _in_words(part, slot)


def _is_chinese(text: Tokens, start: int, end: int) -> bool:
    """Tell whether a Han character is in a stretch or next to it."""
    return any(map(is_han, text.coded[max(0, start - 1) : end + 1]))


def _in_words(part: Aligned, slot: Slot) -> tuple[str, str] | None:
    words = part.a.surface(slot.a, slot.a_end), part.b.surface(slot.b, slot.b_end)
    one, other = map(sense_of_words, words)
    if not are_opposed(one, other):
        is_of_persons = any(said.casefold() in _NO_ONE for said in words)
        follows = _with_next(part.a, slot.a_end, slot.a_end, _DENIED if is_of_persons else 1)
        is_denied = all(words) and _is_one_denied(one, other, sense_of_words(follows))
        return (f"{words[0]} {follows}", f"{words[1]} {follows}") if is_denied else None
    if one.says_something or other.says_something:
        return words
    return _with_next(part.a, slot.a, slot.a_end), _with_next(part.b, slot.b, slot.b_end)


def _with_next(text: Tokens, start: int, end: int, most: int = 1) -> str:
    """Return some words with those behind them."""
    follow = takewhile(lambda token: text.at[token] in text.words, range(end, min(len(text.at), end + most)))
    return text.surface(start, end + sum(1 for _ in follow))


def _in_chinese(part: Aligned, slot: Slot) -> tuple[str, str] | None:
    a, b = part.a.surface(slot.a, slot.a_end), part.b.surface(slot.b, slot.b_end)
    before, behind = _beside(part, slot)
    read = partial(_senses, a, b, before, behind)
    if not any(sense.turns for sense in read(_WIDEST)) and not len(a) == len(b) == 1:
        return None
    widths = next((widths for widths in _BESIDE if _are_opposed(a, b, *read(widths))), None)
    if widths is None:
        is_denied = _is_one_denied(*read((0, 0)), sense_of_chinese("", behind, ""))
        return (f"{a}{behind}", f"{b}{behind}") if a and b and is_denied else None
    is_bare = not any(sense.says_something for sense in read(widths))
    left, right = _cut(
        before, behind, (0, _SHOWN) if is_bare else (0, 1) if len(a) == len(b) == 1 > max(widths) else widths
    )
    return f"{left}{a}{right}", f"{left}{b}{right}"


def _are_opposed(a: str, b: str, one: Sense, other: Sense) -> bool:
    """Tell whether two runs are opposed; what only one text has must be the denial itself, not a part of 不过."""
    if not a or not b:
        return (one.denials > other.denials) == bool(a) and are_opposed(one, other)
    return are_opposed(one, other)


def _is_one_denied(one: Sense, other: Sense, follows: Sense) -> bool:
    """Tell whether one side is nothing but a denial of a listed word that follows both: 附条件批准, 不予批准."""
    bare = [sense.denials == 1 and not sense.says_something for sense in (one, other)]
    return bare[0] != bare[1] and one.denials + other.denials == 1 and bool(follows.sides) and not follows.denials


def _senses(a: str, b: str, before: str, behind: str, widths: tuple[int, int]) -> tuple[Sense, Sense]:
    left, right = _cut(before, behind, widths)
    return sense_of_chinese(left, a, right), sense_of_chinese(left, b, right)


def _cut(before: str, behind: str, widths: tuple[int, int]) -> tuple[str, str]:
    return before[len(before) - min(widths[0], len(before)) :], behind[: widths[1]]


def _beside(part: Aligned, slot: Slot) -> tuple[str, str]:
    """Return the Han characters that stand before and behind a stretch in the same clause, two of each at most."""
    text, start, end = (part.a, slot.a, slot.a_end) if slot.a < slot.a_end else (part.b, slot.b, slot.b_end)
    before = "".join(takewhile(is_han, reversed(text.before(start, _SHOWN))))[::-1]
    return before, "".join(takewhile(is_han, text.behind(end, _SHOWN)))
