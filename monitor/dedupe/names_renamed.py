"""Persons who stand for one another in two texts, whatever office they are said to hold.

No list knows all that people are called (掌门人, 策展人, 班组长). A person is known by the name itself here: a family's
name and one or two characters that make no ordinary words, with each other or with what stands beside them. That is
enough to say that a text was changed, and too little to say that it is another notice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.dedupe.lexicon import any_form, is_common, is_place, looks_alike, word_kind
from monitor.dedupe.names_changes import Change
from monitor.dedupe.names_heads import is_headed, stands_before_trade
from monitor.dedupe.stretches import equal_ahead
from monitor.read.names import DOUBLE_SURNAMES, SURNAMES

__all__ = ["are_full_names", "misspelt", "renamed"]

Pair = tuple[str, str]

_REACH = 2  # characters beside a change that belong to a person's name
_SHORTEST, _USUAL, _LONGEST = 2, 3, 4
_BEHIND = re.compile(rf"[”\"》 ]*(?:{any_form('titles')}|{any_form('persons do')}|{any_form('persons say')})")
_OFFICE = re.compile(rf"(?:{any_form('titles')}|控制人|总监|股东|[一-龥]官)$")
_SURNAMES = SURNAMES | frozenset(any_form("rarer surnames"))
_HAN = re.compile(r"[\u4e00-\u9fff]")


def renamed(change: Change) -> Pair | None:
    """Return the two persons whose names differ, or nothing where they may be no persons."""
    if not change.is_han:
        return None
    found = [pair for pair, rights in _pairs(change) if _are_persons(change, pair, rights)]
    if not found or is_headed(change) or stands_before_trade(change):
        return None
    return next((pair for pair in found if all(map(_is_full_name, pair))), found[0])


def misspelt(change: Change) -> Pair | None:
    """Return the two full names where one character differs, or nothing where it is in no person's name."""
    found = [(pair, rights) for pair, rights in _pairs(change)]
    ended = (pair for pair, rights in found if all(map(_may_follow, rights)))
    return next(ended, found[-1][0] if found else None)


def _pairs(change: Change) -> Iterator[tuple[Pair, list[str]]]:
    """Yield the pairs of full names that hold a change and are no part of words, with what stands behind each."""
    for before, behind in change.beside(_REACH):
        pair = f"{before}{change.a}{behind}", f"{before}{change.b}{behind}"
        if (_is_full_name(pair[0]) or _is_full_name(pair[1])) and all(map(_may_be_name, pair)):
            lefts = [left[: len(left) - len(before)][-1:] for place in change.places for left in place.left]
            rights = [right[len(behind) :] for place in change.places for right in place.right]
            sides = list(zip(lefts, rights, strict=True))
            if not any(_is_within(left, name, right) for left, right in sides for name in pair):
                yield pair, rights


def are_full_names(a: str, b: str) -> bool:
    """Tell whether both are a family's name with one or two characters that make no ordinary words."""
    return all(_is_full_name(name) and _may_be_name(name) for name in (a, b))


def _is_full_name(name: str) -> bool:
    if name[:_SHORTEST] in DOUBLE_SURNAMES:
        return _SHORTEST < len(name) <= _LONGEST
    return _SHORTEST <= len(name) <= _USUAL and name[0] in _SURNAMES


def _may_be_name(name: str) -> bool:
    is_long = _SHORTEST <= len(name) <= _LONGEST
    return is_long and not (word_kind(name[:_SHORTEST]) or word_kind(name) or is_place(name))


def _are_persons(change: Change, pair: Pair, rights: Sequence[str]) -> bool:
    """Tell whether two that may be persons are some: by what they do, or because they look like nothing else."""
    is_said = all(map(_BEHIND.match, rights)) or _holds_office(change, pair)
    if min(map(len, change.coded)) == 1:  # misread, unless a verb of persons follows
        are_clean = is_common(change.a) and is_common(change.b) and not looks_alike(change.a, change.b)
        return is_said and are_clean and all(map(_is_full_name, pair))
    if pair != (change.a, change.b):
        is_cut = word_kind(change.a) is None and word_kind(change.b) is None
        return is_cut and all(map(_is_full_name, pair)) and all(map(_may_follow, rights))
    if not all(map(_is_full_name, pair)):
        return is_said
    is_long = min(map(len, pair)) >= _USUAL and not any(word_kind(name[1:]) for name in pair)
    return is_long or all(map(_may_follow, rights))


def _holds_office(change: Change, pair: Pair) -> bool:
    """Tell whether an office stands right before a name everywhere: 实际控制人周建平."""
    before = pair[0][: equal_ahead(pair[0], 0, pair[1], 0)]
    return all(_OFFICE.search(left.removesuffix(before)) for place in change.places for left in place.left)


def _is_within(left: str, name: str, right: str) -> bool:
    """Tell whether the first or the last character of a name makes a word with what stands beside it."""
    if left and word_kind(f"{left}{name[0]}"):
        return True
    return bool(right and not _BEHIND.match(right) and word_kind(f"{name[-1]}{right[0]}"))


def _may_follow(right: str) -> bool:
    """Tell whether a name ends before ``right``: at a stop, a verb of persons, or an ordinary word."""
    if not _HAN.match(right) or _BEHIND.match(right):
        return True
    return word_kind(right[:1]) is not None or word_kind(right[:2]) is not None
