"""Persons with Chinese names: a family name, one or two characters, and a title or a verb that shows who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.dedupe.lexicon import any_form, sounds_alike, word_kind
from monitor.dedupe.names_changes import Change, Place
from monitor.dedupe.names_heads import is_headed, stands_before_trade
from monitor.read.names import DOUBLE_SURNAMES, SURNAMES

__all__ = ["are_spelt_alike", "begins_clause", "people"]

_TITLE_BEFORE = re.compile(rf"(?:{any_form('titles')}|{any_form('appoints')})[“\"《 ]*$")
_TITLE_BEHIND = re.compile(rf"[”\"》 ]*(?:{any_form('titles')}|{any_form('persons do')})")
_LONGEST_PERSON = 4
_SHORTEST = 2
_BESIDE = 2  # characters beside a change that belong to a person's name


def people(change: Change) -> tuple[str, str] | None:
    """Return the two persons whose names differ, or nothing where they are no persons.

    What stands beside them everywhere is theirs; beside a single place a title shows where the name ends.
    """
    if is_headed(change) or stands_before_trade(change):
        return None
    found = list(_full_names(change))
    if len(change.places) > 1:
        return max(found, key=_length, default=None)
    return next((pair for pair in found if _TITLE_BEHIND.match(_rest(change, pair))), found[0] if found else None)


def _full_names(change: Change) -> Iterator[tuple[str, str]]:
    """Yield the pairs of full names that hold a change, the shorter first."""
    is_single = len(change.places) == 1
    for before, behind in change.beside(_BESIDE):
        a, b = f"{before}{change.a}{behind}", f"{before}{change.b}{behind}"
        if not (_is_full_name(a) and _is_full_name(b)) or (is_single and _are_in_words(change, a, b, len(behind))):
            continue
        if _is_used_as_person(change, len(before), len(behind)):
            yield a, b


def _are_in_words(change: Change, a: str, b: str, behind: int) -> bool:
    """Tell whether names begin with an ordinary word, or both end within one: 马岚建(议), 马岚提(议)."""
    if word_kind(a[:2]) or word_kind(b[:2]):
        return True
    following = change.right[behind : behind + 1]
    return bool(following and word_kind(a[-1] + following) and word_kind(b[-1] + following))


def _length(pair: tuple[str, str]) -> int:
    return len(pair[0])


def _rest(change: Change, pair: tuple[str, str]) -> str:
    """Return what stands behind a full name in the first place of a change."""
    return change.places[0].right[0][len(pair[0].rpartition(change.a)[2]) :]


def _is_full_name(name: str) -> bool:
    if not 1 < len(name) <= _LONGEST_PERSON:
        return False
    if name[:2] in DOUBLE_SURNAMES:
        return len(name) > 2
    return len(name) < _LONGEST_PERSON and name[0] in SURNAMES and not word_kind(name)


def _is_used_as_person(change: Change, before: int, behind: int) -> bool:
    if len(change.places) > 1 and (before == behind == 0 < min(len(change.a), len(change.b)) - 1):
        return True
    if len(change.places) > 1 and any(begins_clause(place, before) for place in change.places):
        return True
    return any(
        all(_TITLE_BEFORE.search(left[: len(left) - before]) for left in place.left)
        or (all(_TITLE_BEHIND.match(right[behind:]) for right in place.right) and begins_clause(place, before))
        for place in change.places
    )


def begins_clause(place: Place, before: int = 0) -> bool:
    """Tell whether a name that begins ``before`` characters ahead of the place follows a stop or nothing."""
    return not any(left[: len(left) - before][-1:].isalnum() for left in place.left)


def are_spelt_alike(a: str, b: str, *, is_short: bool) -> bool:
    """Tell whether one character differs that sounds alike, or any one of three in a long text."""
    other = [(x, y) for x, y in zip(a, b, strict=False) if x != y]
    if len(a) != len(b) or len(other) > 1:
        return False
    return sounds_alike(*other[0]) or (len(a) > _SHORTEST and not is_short)
