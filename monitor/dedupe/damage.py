"""Whether a text was damaged on its way, by a scanner or a broken encoding: it holds what is no word.

Names and numbers of a damaged copy differ as those of a form do that was filled in twice; what tells the two apart is
that ordinary words differ too, each from one that looks like it.
"""

from __future__ import annotations

import re

from monitor.dedupe.body import Body
from monitor.dedupe.lexicon import is_common, is_english_word, word_kind

__all__ = ["is_damaged"]

_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"(?<![\w'’-])[a-z][a-z\d]{2,}(?![\w'’-])")  # in lower case: names are not looked at
_NUMBER = re.compile(r"\d[OIlZSB]\d|\d\d[OIl]")  # 2O0
_RARE = 2  # characters that hardly any text has
_MISREAD = 3  # words
_MOST = 100  # words, or rare characters, of a side that are looked at


def is_damaged(a: Body, b: Body) -> bool:
    """Tell whether words of one text stand damaged in the other."""
    if a.is_latin:
        only_a, only_b = _words(a) - _words(b), _words(b) - _words(a)
        return max(_misread(only_a, only_b), _misread(only_b, only_a)) >= _MISREAD
    letters_a, letters_b = set(a.normalized), set(b.normalized)
    odd_a = _rare(letters_a - letters_b, a) + _odd_numbers(a)
    odd_b = _rare(letters_b - letters_a, b) + _odd_numbers(b)
    return abs(odd_a - odd_b) >= _RARE


def _words(body: Body) -> frozenset[str]:
    return frozenset(_WORD.findall(body.text))


def _misread(words: frozenset[str], others: frozenset[str]) -> int:
    """Return how many of some words are none and look like one of the others."""
    odd = [word for word in sorted(words)[:_MOST] if not is_english_word(word)]
    return sum(any(_look_alike(word, other) for other in sorted(others)[:_MOST]) for word in odd)


def _look_alike(word: str, other: str) -> bool:
    """Tell whether one letter in three differs at most, and none was moved."""
    if len(word) != len(other):
        return False
    return 0 < sum(map(str.__ne__, word, other)) <= max(1, len(word) // 3)


def _odd_numbers(body: Body) -> int:
    return len(_NUMBER.findall(body.text))


def _rare(letters: set[str], body: Body) -> int:
    """Count characters that hardly any text has; one that goes on an ordinary word again and again is enough."""
    rare = sorted(letter for letter in letters if _HAN.match(letter) and not is_common(letter))[:_MOST]
    return sum(_RARE if _goes_on_a_word(letter, body.normalized) else 1 for letter in rare)


def _goes_on_a_word(letter: str, text: str) -> bool:
    """Tell whether a character recurs, each time behind an ordinary word: 供应啇 for 供应商, but no 王喆."""
    places = (at for at, char in enumerate(text) if char == letter)
    return text.count(letter) > 1 and all(at > 1 and word_kind(text[at - 2 : at]) for at in places)
