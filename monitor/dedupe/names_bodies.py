"""Authorities, registered companies and persons in Latin letters by how they are written, on a page that was edited.

A notice of one form may have any such word in the place of another; a page that had one and has the other now says
something else. The abbreviation of a name (工信部 of 工业和信息化部) is the same.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from monitor.dedupe.lexicon import is_english_word, word_kind
from monitor.dedupe.names_changes import ENDS_A_NAME, Change
from monitor.dedupe.names_same import is_cut_from

__all__ = ["bodies"]

_HAN = rf"(?:(?![{''.join(sorted(ENDS_A_NAME - frozenset('和与及')))}])[\u4e00-\u9fff])"
_OFFICE = r"(?:委员会|[革建健教工商]委|[总分]局|[\u4e00-\u9fff]局|厅|署|部|[政网信]办|办公室|办事处|监会|交易所|检察院)"
_HOUSE = r"(?:会|法院|研究[院所]|科学院|大学|学院|医院|银行|集团|出版社|通讯社|电视台)"
_NO_HEAD = r"(?![门分面内外长员级属队落署件位下级议上计见谈场])"
_NAMED = re.compile(rf"{_HAN}{{2,14}}?(?:{_OFFICE}|{_HOUSE})")
_LONG_HEAD = re.compile(r"(?:委员会|总局|分局|办公室|办事处|交易所|院|大学|银行|集团|社|电视台)$")
_IS_OFFICE = re.compile(rf".*{_OFFICE}")
_ENDS = re.compile(rf"{_HAN}{{0,4}}?(?:{_OFFICE}|{_HOUSE}){_NO_HEAD}")
_REGISTERED = re.compile(rf"{_HAN}{{0,12}}?(?:有限公司|有限责任公司|股份公司|集团公司)")
_POINTED = re.compile(
    r"(?:[该本某此其这那各不未没无]|有关|相关|主管|监管|多[个家]|[一两几]家|上述|当地|上级|职能|所属)"
)
_MISSPELT = 0.7  # a word that looks so much like an ordinary one is a slip of the pen
_CAPITALISED = re.compile(r"[^\W\d_][\w'’-]{2,}")
_WITHIN = re.compile(r"[^\s.!?:“\"] $")  # a sentence


def bodies(change: Change) -> tuple[str, str] | None:
    """Return the two whole names, or nothing where a change names no such bodies, or one in two ways."""
    pair = _han(change) if change.is_han else _latin(change)
    if pair is None or any(map(_POINTED.match, pair)) or is_cut_from(*sorted(pair, key=len)):
        return None
    return pair


def _han(change: Change) -> tuple[str, str] | None:
    registered = _REGISTERED.match(change.right)
    if registered:
        return f"{change.a}{registered[0]}", f"{change.b}{registered[0]}"
    if not _begins(change.left):
        return None
    ends = _ENDS.match(change.right)
    for behind in ("", ends[0] if ends else ""):
        pair = f"{change.a}{behind}", f"{change.b}{behind}"
        if all(map(_NAMED.fullmatch, pair)) and not (all(map(_is_common, pair)) or any(map(_ends_in_word, pair))):
            return pair
    return None


def _begins(left: str) -> bool:
    """Tell whether a name may begin behind ``left``: at a stop, a particle or an ordinary word."""
    return not left or left[-1] in ENDS_A_NAME or word_kind(left[-2:]) is not None


def _ends_in_word(name: str) -> bool:
    """Tell whether what looks like an office is the end of an ordinary word: 僵局, 大厅, 全部."""
    return word_kind(name[-2:]) is not None and not _LONG_HEAD.search(name)


def _is_common(name: str) -> bool:
    """Tell whether a house is called by ordinary words alone: 综合医院; offices are (公安部)."""
    return not _IS_OFFICE.fullmatch(name) and any(map(word_kind, (name, name.removesuffix("会"))))


def _similarity(a: str, b: str) -> float:
    return SequenceMatcher(None, a.casefold(), b.casefold(), autojunk=False).ratio()


def _latin(change: Change) -> tuple[str, str] | None:
    """Return one word for another, both with a capital that means something and not both ordinary words."""
    pair = change.a, change.b
    are_names = all(_CAPITALISED.fullmatch(name) and name[0].isupper() for name in pair)
    common = sum(map(is_english_word, pair))
    are_names = are_names and (common == 0 or (common == 1 and _similarity(*pair) < _MISSPELT))
    is_within = all(place.is_cased and all(map(_WITHIN.search, place.left)) for place in change.places)
    return pair if are_names and is_within else None
