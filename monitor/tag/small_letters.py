"""Names as people type them: in small letters (问了kimi, used claude to, qwen2.5), and whether that still is the name.

A name that is an English word as well (whisper, llama) is that word in an English sentence; behind Chinese characters,
or with a version glued to it, it is the name. The words stand in ``everyday_english.txt``. Knows no entity.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

from monitor.tag.spelling import Case, Spelling
from monitor.tag.squeeze import is_han, is_latin

__all__ = ["in_small_letters", "is_everyday", "is_identifier", "is_only_a_word", "is_version_glued"]

_FILE = Path(__file__).with_name("everyday_english.txt")
_FIRST = re.compile("[a-z]+")
_SHORTEST = 4
"""Letters of a name that is told in small letters: ``yi`` and ``glm`` are too many other things."""

_GLUED = re.compile(
    r"\d| v?\d\.\d| \d{1,3}b\b|"
    r"-(?:v?\d|(?:small|medium|large|tiny|mini|nano|nemo|base|chat|instruct|code|pro|lite|vl|guard|vision)\b)"
)
_ASKED = re.compile(
    r"\b(?:does|did|ask(?:s|ed|ing)?|tells?|told|prompt(?:s|ed|ing)|use[ds]?|using|via|tried|pasted into) $"
)
_VERB = 14  # characters of such a verb, behind which no animal stands without an article
_AROUND = 2  # characters that a space or a quotation mark may take


def in_small_letters(spelling: Spelling) -> Spelling | None:
    """Return a spelling of capitalised words in small letters, None where that would be too little of a name."""
    small = spelling.letters.lower()
    if spelling.case is not Case.NAME or not small.isascii() or len(small) < _SHORTEST:
        return None
    return replace(spelling, letters=small, case=Case.EXACT)


def is_everyday(name: str) -> bool:
    """Say whether a name begins with an English word that people use without thinking of models."""
    first = _FIRST.match(name.lower())
    return first is not None and first[0] in _everyday()


def is_version_glued(letters: str, start: int, end: int) -> bool:
    """Say whether a version is glued to a name as identifiers have it, or is one of models: llama3, llama 3.3."""
    found = _GLUED.match(letters, end)
    return found is not None and (letters[end].isdigit() or letters[start:end].islower())


def is_identifier(letters: str, start: int, end: int) -> bool:
    """Say whether a name of several words is written as programs write it: mistral-small, arctic-embed."""
    return letters[start:end].islower() and letters[start:end].isascii() and "-" in letters[start:end]


def is_only_a_word(letters: str, start: int, stop: int) -> bool:
    """Say whether no Chinese stands right around a name, or another foreign word beside it: ``whisper`` is a word."""
    before, behind = letters[max(0, start - _AROUND) : start], letters[stop : stop + _AROUND]
    if before.endswith("@") or _ASKED.search(letters[max(0, start - _VERB) : start]):
        return False
    return not any(map(is_han, before + behind)) or any(map(is_latin, before[-1:] + behind[:1]))


@cache
def _everyday() -> frozenset[str]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    return frozenset(word.strip() for line in lines if not line.startswith("#") for word in line.split(","))
