"""The folded form of a text: what matching, search and sketches compare instead of the text itself.

Folding maps one code point to one code point, so an offset in the folded text is the same offset in the original.
Width, compatibility forms, Traditional characters, dashes and quotation marks fold; case folds unless kept. Taiwan
and Hong Kong *wording* (人工智慧, 資料) is a matter of aliases, not of folding.

The table of Traditional characters (``t2s.txt``: pairs of characters, Traditional first) holds the single-character
pairs of OpenCC's ``t2s``; a test compares it with OpenCC itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

__all__ = ["fold", "name_key", "to_simplified"]

_DASHES = "‐‑‒–—―−﹣－"
_DOUBLE_QUOTES = "“”„‟«»「」『』〝〞＂"
_SINGLE_QUOTES = "‘’‚‛＇`´"
_MARKS = "！（），：；？“”‘’—–％\u3000\xa0"
"""Marks that stand in nearly every text: one after the other they are replaced in a tenth of what the table takes."""
_MAY_FOLD = (  # all but ASCII, Han that is Simplified, kana, Hangul, arrows and other signs that stay, and the marks
    r"`\x7f-\x9f\xa1-\xb6\xb8-\u2012\u2015-\u2017\u201a\u201b\u201e-\u2021\u2023-\u2025\u2027-\u218f\u2212"
    r"\u2329-\u259f\u2800-\u2fff\u3004-\u3007\u300c-\u3040\u3097-\u30a0\u30ff-\u4dff\ua000-\uabff\ud7a4-\uff00"
    r"\uff02-\uff04\uff06\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\U0010ffff"
)
_SHORT, _PIECE = 64, 512
"""Characters of what the table folds at once; of the pieces of a longer text, each of which needs the table or not."""
_BASIC_PLANE = 0x10000  # what is remembered: all of Unicode, which one hostile page can hold, would take 100 MB


class _FoldTable(dict[int, int]):
    """Code point to folded code point, filled as those of the basic plane are met."""

    def __init__(self, *, keep_case: bool) -> None:
        super().__init__()
        self._keep_case = keep_case
        self._simplified = _t2s()
        self.update({ord(c): ord("-") for c in _DASHES})
        self.update({ord(c): ord('"') for c in _DOUBLE_QUOTES})
        self.update({ord(c): ord("'") for c in _SINGLE_QUOTES})

    def __missing__(self, code: int) -> int:
        folded = _single(unicodedata.normalize("NFKC", chr(code)), chr(code))
        if not self._keep_case:
            folded = _single(folded.casefold(), folded)
        result = self._simplified.get(ord(folded), ord(folded))
        rested = result if result == code else self[result]  # until it rests: folding twice changes nothing
        if code < _BASIC_PLANE:
            self[code] = rested
        return rested


def _single(candidate: str, otherwise: str) -> str:
    return candidate if len(candidate) == 1 else otherwise


@cache
def _t2s() -> dict[int, int]:
    pairs = Path(__file__).with_name("t2s.txt").read_text(encoding="utf-8").split()
    return {ord(pair[0]): ord(pair[1]) for pair in pairs}


@cache
def _table(keep_case: bool) -> _FoldTable:
    return _FoldTable(keep_case=keep_case)


def fold(text: str, *, keep_case: bool = False) -> str:
    """Return the folded form of ``text``: of the same length, and folding it again changes nothing."""
    if len(text) <= _SHORT or text.isascii():
        return text.translate(_table(keep_case))
    pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
    folded = "".join([_folded(piece, keep_case=keep_case) for piece in pieces])
    for mark, plain in _plain_marks():
        folded = folded.replace(mark, plain)
    return folded


def _folded(piece: str, *, keep_case: bool) -> str:
    """Return a piece folded, but for the marks in one that holds nothing else to fold."""
    if _foldable().search(piece):
        return piece.translate(_table(keep_case))
    return piece if keep_case else piece.lower()


@cache
def _foldable() -> re.Pattern[str]:
    traditional = "".join(chr(code) for code in _t2s() if code < _BASIC_PLANE)
    return re.compile(f"[{_MAY_FOLD}{traditional}]")


@cache
def _plain_marks() -> tuple[tuple[str, str], ...]:
    return tuple((mark, chr(_table(keep_case=True)[ord(mark)])) for mark in _MARKS)


def to_simplified(text: str) -> str:
    """Return ``text`` with each Traditional character replaced by its Simplified one; nothing else changes."""
    return text.translate(_t2s())


def name_key(name: str) -> str:
    """Return what two writings of one name share: its letters, digits and signs of count (C++), folded.

    ``"GPT-4o"`` and ``"gpt 4O"`` are one name. Never empty unless ``name`` is: one without letters is its folded self.
    """
    folded = fold(name)
    return "".join(char for char in folded if char.isalnum() or char in "+#") or folded
