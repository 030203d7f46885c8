"""The folded form of a text: what matching, search and sketches compare instead of the text itself.

Folding maps one code point to one code point, so an offset in the folded text is the same offset in the original.
Width, compatibility forms, Traditional characters, dashes and quotation marks fold; case folds unless kept. Taiwan
and Hong Kong *wording* (人工智慧, 資料) is a matter of aliases, not of folding.

The table of Traditional characters (``t2s.txt``: pairs of characters, Traditional first) holds the single-character
pairs of OpenCC's ``t2s``; a test compares it with OpenCC itself.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path

__all__ = ["fold", "name_key", "to_simplified"]

_DASHES = "‐‑‒–—―−﹣－"
_DOUBLE_QUOTES = "“”„‟«»「」『』〝〞＂"
_SINGLE_QUOTES = "‘’‚‛＇`´"
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
    return text.translate(_table(keep_case))


def to_simplified(text: str) -> str:
    """Return ``text`` with each Traditional character replaced by its Simplified one; nothing else changes."""
    return text.translate(_t2s())


def name_key(name: str) -> str:
    """Return what two writings of one name share: its letters, digits and signs of count (C++), folded.

    ``"GPT-4o"`` and ``"gpt 4O"`` are one name. Never empty unless ``name`` is: one without letters is its folded self.
    """
    folded = fold(name)
    return "".join(char for char in folded if char.isalnum() or char in "+#") or folded
