"""Organisations that no list knows, by how they are written and by the words round them.

They are made of characters that are no ordinary words (商汤, 旷视), a trade may follow (商汤科技), and they stand where
one that acts or is dealt with does: behind 与 or 由, at the head of a clause, before a verb or another word.
"""

from __future__ import annotations

import re

from monitor.dedupe.lexicon import any_form, is_place, word_kind
from monitor.dedupe.names_changes import ENDS_A_NAME, Change, Place

__all__ = ["houses"]

_SHORTEST, _USUAL, _LONGEST = 2, 3, 8
_TRADE = re.compile(rf"(?:{any_form('trades')})+")
_BEGINS_NO_NAME = ENDS_A_NAME - frozenset("前后内外上下至任")
_OFFICE = re.compile(r"[部局厅署](?![门分面内外长员级属队落署])")
_TAIL = re.compile(rf"(?:{any_form('trades')}|{any_form('houses')})+$")
_BEFORE = re.compile(
    rf"(?:^|[^\u4e00-\u9fff]|[的与和及由向被对从给为将让替跟同据]|公司|企业|厂商|巨头|旗下|团队|平台|{any_form('houses')})$"
)


def houses(change: Change) -> tuple[str, str] | None:
    """Return the two organisations that a change names, or nothing where they may be none."""
    if not change.is_han:
        return None
    office = _OFFICE.match(change.right)
    tail = office or _TRADE.match(change.right)
    behind = tail[0] if tail else ""
    pair = f"{change.a}{behind}", f"{change.b}{behind}"
    are_called_so = min(map(len, change.coded)) >= _SHORTEST if office else _may_be_called_so(*pair)
    return pair if are_called_so and all(_stands_free(place, len(behind)) for place in change.places) else None


def _core(name: str) -> str:
    return _TAIL.sub("", name) or name


def _may_be_called_so(a: str, b: str) -> bool:
    """Tell whether two are names: no ordinary words, but for one at one end of one of them."""
    cores = _core(a), _core(b)
    if not all(_USUAL <= len(name) <= _LONGEST for name in (a, b)) or min(map(len, cores)) < _SHORTEST:
        return False
    if any(word_kind(core) or is_place(core) for core in cores) or set(cores[0]) & set(cores[1]):
        return False
    if any(name[0] in _BEGINS_NO_NAME or name[-1] in ENDS_A_NAME for name in cores):
        return False
    ends = [bool(word_kind(core[at])) for core in cores for at in (slice(_SHORTEST), slice(-_SHORTEST, None))]
    return sum(ends) < _SHORTEST


def _stands_free(place: Place, tail: int) -> bool:
    """Tell whether a name may begin where the change does, and end with the tail that follows it."""
    return all(map(_BEFORE.search, place.left)) and not any(_goes_on(right[tail:]) for right in place.right)


def _goes_on(right: str) -> bool:
    """Tell whether what follows is neither a stop nor an ordinary word, so that a name may go on."""
    is_han = "\u4e00" <= right[:1] <= "\u9fff"
    return is_han and not (word_kind(right[:1]) or word_kind(right[:_SHORTEST]))
