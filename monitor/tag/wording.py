"""What the other words of a sentence say of a name in it: weights learned from labelled texts, a vote among reasons.

The weights stand in ``wording.txt``, which ``bench/wording_train.py`` writes. They weigh single words, digits as one
word, and pairs of neighbours; of Chinese each character is a word. The name itself is none of them, so one that
nobody has seen is heard as the others are. Decides nothing: docs/design/0005-tagging.md tells what this is worth.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from monitor.tag.context import Context

__all__ = ["FILE", "LEANS", "NAME", "SPEAKS_AGAINST", "SPEAKS_FOR", "TELLS", "around", "leaning", "opinion", "words_of"]

FILE = Path(__file__).with_name("wording.txt")
"""A line for each word or pair, ``weight<TAB>words``, in the order of the words."""

NAME = "NAME"
"""Stands for the name among the words, which are in small letters."""

SPEAKS_FOR = "wording speaks for it"
SPEAKS_AGAINST = "wording speaks against it"

LEANS = 1.5
"""Log-odds of one point; 1 and 2 do nearly as well (docs/design/0005-tagging.md)."""

TELLS = 3.0
"""Log-odds of two points."""

_REACH = 80  # characters on each side
_TOKEN = re.compile(r"[A-Za-z][A-Za-z']*|\d+|[^\sA-Za-z\d《》]")  # titles are told by other reasons
_NUMBER = "0"
_NEAR, _AWAY = 3, 8  # words between the name and another
_WEIGHTS = (1.0, 0.75, 0.5)  # of what is near, away and far
_REMEMBERED = 512  # a name is judged in rounds, and lists of names repeat themselves


def around(context: Context, start: int, stop: int) -> tuple[str, str]:
    """Return what stands before and behind a place in its sentence, 80 characters at most of each."""
    begin, end = context.sentence(start, stop)
    return context.letters[max(begin, start - _REACH) : start], context.letters[stop : min(end, stop + _REACH)]


@lru_cache(_REMEMBERED)
def opinion(before: str, behind: str) -> tuple[tuple[str, int], ...]:
    """Return the reason that the wording around a name gives, with -2 to 2 points; none where it says little."""
    odds = leaning(words_of(before, behind))
    points = (abs(odds) >= LEANS) + (abs(odds) >= TELLS)
    if not points:
        return ()
    return ((SPEAKS_FOR, points),) if odds > 0 else ((SPEAKS_AGAINST, -points),)


def leaning(words: dict[str, float]) -> float:
    """Return the log-odds that a name among these words is a model's."""
    weights = _weights()
    return sum(near * weights.get(word, 0.0) for word, near in words.items())


def words_of(before: str, behind: str) -> dict[str, float]:
    """Return the words and pairs around a name, folded, each with how much its distance to the name counts."""
    left, right = _tokens(before), _tokens(behind)
    words = [*left, NAME, *right]
    near = [_WEIGHTS[(gap > _NEAR) + (gap > _AWAY)] for gap in (abs(at - len(left)) for at in range(len(words)))]
    found: dict[str, float] = {}
    for at, word in enumerate(words):
        found[word] = max(near[at], found.get(word, 0.0))
        if at:
            pair = f"{words[at - 1]} {word}"
            found[pair] = max(near[at - 1], near[at], found.get(pair, 0.0))
    del found[NAME]
    return found


def _tokens(letters: str) -> list[str]:
    return [_NUMBER if token.isdigit() else token.lower() for token in _TOKEN.findall(letters)]


@cache
def _weights() -> dict[str, float]:
    lines = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines())
    return {words: float(weight) for weight, words in lines}
