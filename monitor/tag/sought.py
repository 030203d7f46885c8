"""One pattern for many words, quick where a text holds none of them.

A search stops at each character that a match may begin with. Each word is therefore written from its rarest letter, and
what leads to that is looked for behind it: ``d(?<=mod)el``. So a match begins inside a word: such a pattern tells
whether, never where.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["sought"]

_USUAL = "zqjxkvbygpwfmucdlhrsnioate "
"""Small letters and the space, the rarest in English first; capitals, digits, marks and Han are rarer than all."""


def sought(words: Iterable[str], *, whole: bool = False) -> str:
    """Return the source of a pattern that matches in any of ``words``; ``whole``: where they stand as whole words."""
    rests: dict[str, list[str]] = {}
    for word in words:
        letter, rest = _from_rarest(word, r"\b" if whole else "")
        rests.setdefault(letter, []).append(rest)
    return "|".join(f"{re.escape(letter)}(?:{'|'.join(found)})" for letter, found in rests.items())


def _from_rarest(word: str, edge: str) -> tuple[str, str]:
    """Return the rarest letter of a word, and the pattern of what stands around it."""
    at = min(range(len(word)), key=lambda index: _USUAL.find(word[index]))
    before = f"(?<={edge}{re.escape(word[: at + 1])})" if at or edge else ""
    return word[at], before + re.escape(word[at + 1 :]) + edge
