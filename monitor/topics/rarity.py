"""How much a term tells: by the stories that hold it, and before there are many, by what is known of its kind.

Pure. A story that joined a topic is not counted, so that an event that everybody reports does not make its own words
common.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monitor.tag.terms import is_name, term_key

__all__ = ["ENTITY", "Rarity", "is_anchor", "is_figure"]

ENTITY = "@"
"""Heads the id of a tracked entity among the terms."""

_PRIOR_STORIES = 500
"""How many stories the prior weighs as much as; the store's own counts outweigh it after that."""
_LEAST = 0.3  # stories: the prior of a term that nothing is known of
_UNKNOWN_NAME, _UNKNOWN_WORD, _DATE = 8.5, 6.5, 4.0
_FIGURES = {0: 3.0, 1: 3.5, 2: 5.0}  # by digits that say something; more say as much as a name
_MANY_DIGITS = 7.5
_LARGE = 10_000
_TELLING = 6.5  # a name that is commoner than this (中国, 新华社) is no anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Rarity:
    """The counts that weights rest on: stories that hold a term, by its key, and stories in all."""

    stories: Mapping[str, int]
    total: int

    def of(self, term: str) -> float:
        """Return how much ``term`` tells, 0-1: inverse document frequency over the largest that there can be."""
        prior = max(_PRIOR_STORIES * math.exp(-_prior(term)), _LEAST)
        held = self.stories.get(term_key(term), 0) + prior
        everything = self.total + _PRIOR_STORIES
        return max(0.0, math.log(everything / held) / math.log(everything / _LEAST))


def is_anchor(term: str, count: int) -> bool:
    """Say whether a term ties a story to one event: a tracked entity, a telling name, an exact figure."""
    if term.startswith(ENTITY):
        return True
    if term[0].isdigit():
        return is_figure(term)
    return is_name(count) and _prior(term) >= _TELLING


def is_figure(term: str) -> bool:
    """Say whether a term is a number that hardly stands in another story by chance: 5.6, 387214 or 45%, not 9."""
    if not term[0].isdigit() or "月" in term:
        return False
    digits = _digits(term)
    if "." in term or len(digits) > 2:
        return True
    return len(digits) == 2 and (term.endswith("%") or float(term.rstrip("%")) >= _LARGE)


def _prior(term: str) -> float:
    """Return the inverse document frequency to expect of a term; jieba's table and the figures' shape gave it."""
    if term[0].isdigit():
        return _DATE if "月" in term else _FIGURES.get(len(_digits(term)), _MANY_DIGITS)
    known = _common().get(term_key(term))
    if known is not None:
        return known
    return _UNKNOWN_WORD if term.islower() and term.isascii() else _UNKNOWN_NAME


def _digits(term: str) -> str:
    return term.rstrip("%").replace(".", "").strip("0")


@cache
def _common() -> dict[str, float]:
    """Return the words that many stories hold, by how few of them do: see ``common.txt``."""
    lines = Path(__file__).with_name("common.txt").read_text(encoding="utf-8").splitlines()
    table: dict[str, float] = {}
    for line in lines:
        weight, *words = line.split()
        rarity = float(weight)
        for word in words:
            key = term_key.__wrapped__(word)  # not remembered: a word more for each, 1 MB
            table[key] = min(rarity, table.get(key, math.inf))
    return table
