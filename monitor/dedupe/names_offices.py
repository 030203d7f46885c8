"""Small places, offices and numbered houses whose names differ in one character: 榆林镇, 柳林镇; 审计厅, 统计厅.

No list holds them all, and a scanner may take one character for another; what it takes for it looks alike, as is known
to ``monitor.dedupe.lexicon``, and makes no word of a word.
"""

from __future__ import annotations

import re

from monitor.dedupe.lexicon import any_form, is_common, is_of_places, is_place, looks_alike, word_kind, words
from monitor.dedupe.names_changes import Change
from monitor.read.names import SURNAMES

__all__ = ["are_crimes", "are_small_places", "are_sure", "is_numbered", "leads"]

_LEADING = 0.25  # of a text that is short: its first sentence
_SMALL = re.compile(rf"([\u4e00-\u9fff]{{0,2}}?)(?:{any_form('small heads')})")
_NUMERALS = frozenset("一二三四五六七八九十")
_CRIMES = words("crimes")
_NUMBERED = re.compile(any_form("numbered"))
_ZONES = frozenset(any_form("zones").split("|"))
_BEGINS = re.compile(r"(?:^|[^\w]|[的在是和与及将为于被从向由到自往赴对据省市县区州镇乡])$")
_OTHER_HEADS = frozenset("镇乡县市区")


def leads(change: Change) -> bool:
    """Tell whether a change stands in a title, near the head of the text, or more than once."""
    return len(change.places) > 1 or any(place.in_title or place.at <= _LEADING for place in change.places)


def are_crimes(change: Change) -> bool:
    """Tell whether two crimes differ: a corrected charge (受贿罪, 贪污罪)."""
    return change.right.startswith(("罪", "案")) and {change.a, change.b} <= _CRIMES


def is_numbered(change: Change) -> bool:
    """Tell whether two hospitals, courts or schools differ in their number: 第一医院, 第四医院."""
    is_ordinal = change.left.endswith("第") and {change.a, change.b} <= _NUMERALS
    return is_ordinal and _NUMBERED.match(change.right) is not None


def are_small_places(change: Change) -> bool:
    """Tell whether two towns, villages, offices or zones differ, and none was misread for the other."""
    if max(len(change.a), len(change.b)) > 1:
        return {change.a, change.b} <= _ZONES and change.right.startswith("区") and bool(_BEGINS.search(change.left))
    if "村" in (change.a, change.b) and not _OTHER_HEADS.isdisjoint((change.a, change.b)):
        return _may_be_a_name(change.left[-2:]) and bool(_BEGINS.search(change.left[:-2]))
    head = _SMALL.match(change.right)
    if head is None:
        return False
    before = "" if head[1] else change.left[-1:]
    is_whole = bool(_BEGINS.search(change.left[: len(change.left) - len(before)]))
    names = f"{before}{change.a}{head[1]}", f"{before}{change.b}{head[1]}"
    return is_whole and len(names[0]) > 1 and _are_of_a_kind(*names) and _is_clean(change)


def are_sure(change: Change) -> bool:
    """Tell whether small places or offices that differ are ordinary words both (审计, 统计): no damage makes them."""
    if max(len(change.a), len(change.b)) > 1:
        return True
    ways = ((before, behind) for before, behind in change.beside(1) if len(before) + len(behind) == 1)
    return any(all(word_kind(f"{before}{char}{behind}") for char in (change.a, change.b)) for before, behind in ways)


def _are_of_a_kind(a: str, b: str) -> bool:
    """Tell whether both are words, or neither and written as places are; what was misread is a word on one side."""
    are_words = [word_kind(name) is not None for name in (a, b)]
    if any(are_words):
        return all(is_word or is_place(name) for is_word, name in zip(are_words, (a, b), strict=True))
    return all(is_of_places(char) or char in SURNAMES for char in f"{a}{b}")


def _may_be_a_name(name: str) -> bool:
    return len(name) > 1 and word_kind(name) is None and all(map(is_common, name))


def _is_clean(change: Change) -> bool:
    return is_common(change.a) and is_common(change.b) and not looks_alike(change.a, change.b)
