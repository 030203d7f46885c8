"""Where a text may be cut so that no character is, as a reader sees characters.

After UAX 29 without its rules for Hangul jamo and Indic conjuncts: marks stay with their letter, the parts of an emoji
and the two halves of a flag stay together.
"""

from __future__ import annotations

import unicodedata

__all__ = ["border"]

_LONGEST = 32  # code points; longer ones are made to annoy
_JOINER = "\u200d"
_MARKS = frozenset({"Mn", "Me", "Mc"})


def border(text: str, at: int) -> int:
    """Return the last place up to ``at`` that lies between two characters; ``at`` itself within a monstrous one."""
    for place in range(at, max(at - _LONGEST, 0), -1):
        if not _holds_together(text, place):
            return place
    return at if at > _LONGEST else 0


def _holds_together(text: str, at: int) -> bool:
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if unicodedata.category(after) in _MARKS or _JOINER in (before, after) or "\U0001f3fb" <= after <= "\U0001f3ff":
        return True
    return _is_flag(before) and _is_flag(after) and _flags_before(text, at) % 2 == 1


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _flags_before(text: str, at: int) -> int:
    count = 0
    while count < min(at, 2 * _LONGEST) and _is_flag(text[at - 1 - count]):
        count += 1
    return count
