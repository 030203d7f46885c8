"""前者 and 后者, the former and the latter: the first or the second of two rules named right before.

They mean rules only where exactly two were named in the sentence or the one before, and nothing else stands in a pair
between. One that is not tracked counts, and then the word is nobody's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from monitor.tag.antecedents import Antecedent, ShortForm
from monitor.tag.english_forms import english_names
from monitor.tag.places import Places

__all__ = ["pairs"]

_FORMER = {"前者": 0, "后者": 1, "former": 0, "latter": 1}
_NOBODY = r"\b(?! (?:[A-Z]|head|chief|minister|official|employee|president))"
_WORD = re.compile(  # each alternative begins with a letter of its own, so that the search passes over all others
    rf"前者|后者|former(?<=[Tt]he former){_NOBODY}|latter(?<=[Tt]he latter){_NOBODY}"
)
_STOP = re.compile(r"[。!?;\n\u0001]|[.!?;][\"')]* ")
_ANOTHER_PAIR = re.compile("[和与及、跟]|以及| and | or ")
_LOOK_BACK = 200
_CONFIDENCE = 0.8


def pairs(letters: str, known: Sequence[Antecedent]) -> Iterator[ShortForm]:
    """Yield the words in a folded text that stand for one of two rules, ``known`` are the rules named in it."""
    words = list(_WORD.finditer(letters))
    if not words:
        return
    is_english = any(word[0].isascii() for word in words)
    names = Places(english_names(letters, known) if is_english else known)
    last = 0
    for word in words:
        pair = _pair(letters, names, word.start(), last)
        last = word.end()
        meant = pair[_FORMER[word[0]]] if pair else None
        if meant is not None and meant.entity is not None:
            yield ShortForm(word.start(), word.end(), meant.entity, meant.title, _CONFIDENCE)


def _pair(letters: str, names: Places[Antecedent], at: int, last: int) -> tuple[Antecedent, Antecedent] | None:
    """Return the two rules named before a place; ``last`` is where the word before it ends (前者, of 后者)."""
    stops = [stop.end() for stop in _STOP.finditer(letters, max(0, at - _LOOK_BACK), at)]
    begin = stops[-2] if len(stops) > 1 else max(0, at - _LOOK_BACK)
    near = [name for name in names.starting(begin, at) if name.end <= at]
    distinct = list({name.entity or name.title: name for name in near}.values())
    if len(distinct) != 2:
        return None
    told = near[-1].end
    is_other = _ANOTHER_PAIR.search(letters, told, last if told < last else at)
    return None if is_other else (distinct[0], distinct[1])
