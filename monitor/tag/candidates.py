"""The words that may say what an article is about, as its text writes them, best first: candidates for its keywords.

Pure: Chinese words come cut. Ranks by what an article and a dictionary tell; how common a word is among the stories of
a store is weighed later. Tracked names stay whole, however they are written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import NamedTuple

from monitor.tag.terms import is_numeral, term_key
from monitor.tag.word_kinds import is_action, is_grammar
from storage.tagged import Mention

__all__ = ["MOST_CANDIDATES", "TELLING", "Weights", "chinese", "latin"]

TELLING = 5.0
"""Inverse document frequency in jieba's table: what is below tells no event (公司 3.5, 市场 3.3)."""

MOST_CANDIDATES = 24
"""Handed on: three times what is kept, so that a word that a store is full of makes room."""

_IN_TITLE = 3  # how often a word of the body would stand to weigh as one of the title
_ACTION = 0.5  # what happens says less than to whom: 继续, 拉长, 跟进
_SMALL = 0.7  # an English word in small letters says less than a name
_MOST_COUNTED = 30  # of one word: what a long text repeats for ever is no more its subject
_LONGEST_NAME = 40
_NAMES_SOUGHT = 100  # of the body, in the title: bounds the time on a text made of names

_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9+'’.-]*[A-Za-zÀ-ɏ0-9+]|[A-Za-z]")
_WHEN = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August"
_WHEN += "|September|October|November|December"
_ROLE = "President|Governor|Chair|Chairman|Chairwoman|CEO|CFO|CTO|Chief|Executive|Officer|Judge|Justice|Prime|Minister"
_ROLE += "|Senator|Secretary|Director|Professor|Representative|Spokesman|Spokeswoman|Analyst|Founder|Mr|Mrs|Ms|Dr"
_IS_WHEN = re.compile(rf"(?:{_WHEN})$", re.IGNORECASE)
_CAPITAL = rf"(?!(?:{_WHEN}|{_ROLE})\b)[A-ZÀ-Þ][\wÀ-ɏ-]*(?:['’][A-ZÀ-Þ]\w+)?"
_NAME = re.compile(rf"(?<![\w-]){_CAPITAL}(?: (?:of the |of |for )?{_CAPITAL}){{1,3}}", re.ASCII)
_IN_NAMES = frozenset({"new", "first", "us"})  # words that tell nothing, and begin names: New York, First Solar
_BREAK = re.compile(r"[\s,.;:!?\"'()、。《》〈〉]")
_POSSESSIVE = re.compile(r"['’]s?$")
_SHORTEST_LATIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What is known of words before any store is asked: inverse document frequencies, and words that tell nothing."""

    of: Mapping[str, float]
    usual: float
    common: frozenset[str]


class _Found(NamedTuple):
    """A word in its place; ``key`` is one for all its spellings."""

    at: int
    key: str
    surface: str
    weight: float


def chinese(
    title: str, text: str, words: Iterable[str], mentions: Sequence[Mention], *, weights: Weights, n: int
) -> tuple[str, ...]:
    """Return at most ``n`` words of a Chinese article by TF-IDF.

    ``words`` are those that ``title``, a line break and ``text`` are cut into, simplified.
    """
    whole = f"{title}\n{text}"
    tracked = _tracked(title, mentions, weights)
    names = (*tracked, *_outside(_named(whole, 0, weights), tracked))
    return _ranked((*names, *_outside(_telling(whole, words, weights), names)), len(title), n)


def latin(title: str, text: str, mentions: Sequence[Mention], *, weights: Weights, n: int) -> tuple[str, ...]:
    """Return at most ``n`` words and names of an article without Chinese words, by how often they stand in it."""
    whole = f"{title}\n{text}"
    tracked = _tracked(title, mentions, weights)
    told = tuple(_named(whole, len(title) + 1, weights))  # a headline may have every word in capitals
    names = (*tracked, *_outside((*told, *_in_title(title, told)), tracked))
    return _ranked((*names, *_outside(_spaced(whole, _ends(told), weights), names)), len(title), n)


def _tracked(title: str, mentions: Iterable[Mention], weights: Weights) -> tuple[_Found, ...]:
    """Return the tracked names where they stand in title and text, each entity under its first spelling."""
    below = len(title) + 1
    return tuple(
        _Found(one.start + (0 if one.field == "title" else below), f"@{one.entity}", one.surface, weights.usual)
        for one in mentions
        if "\n" not in one.surface
    )


def _telling(whole: str, words: Iterable[str], weights: Weights) -> Iterator[_Found]:
    known: dict[str, float] = {}
    at = 0
    for word in words:
        if len(word) > 1:
            weight = known.get(word)
            if weight is None:
                weight = known[word] = _weight(word, weights)
            if weight:
                yield _Found(at, word.lower(), whole[at : at + len(word)], weight)
        at += len(word)


def _weight(word: str, weights: Weights) -> float:
    """Return how much a Chinese word says, or a Latin one among such; 0 for nothing."""
    if not _tells(word, weights.common):
        return 0.0
    weight = weights.of.get(word, weights.usual)
    return weight * (_ACTION if is_action(word) else 1.0) if weight >= TELLING else 0.0


def _tells(word: str, common: frozenset[str]) -> bool:
    if _BREAK.search(word) or word[0].isdigit() or word.casefold() in common:
        return False
    return not (is_numeral(word) or is_grammar(word))


def _named(whole: str, below: int, weights: Weights) -> Iterator[_Found]:
    """Yield the names of several Latin words after ``below``: European Commission."""
    for found in _NAME.finditer(whole, below):
        name = _without_article(found[0], weights.common)
        if 0 < len(name) <= _LONGEST_NAME:
            yield _Found(found.start() + found[0].index(name), name.casefold(), name, weights.usual)


def _without_article(name: str, common: frozenset[str]) -> str:
    """Return a name without what begins its sentence (The, In), empty where no name of two words is left."""
    first, _, rest = name.partition(" ")
    kept = rest if first.casefold() in common - _IN_NAMES else name
    return _POSSESSIVE.sub("", kept) if " " in kept else ""


def _in_title(title: str, names: Iterable[_Found]) -> Iterator[_Found]:
    """Yield the names of the body that the title holds."""
    known = {name.key: name for name in names}
    for name in islice(known.values(), _NAMES_SOUGHT):
        at = title.find(name.surface)
        if at >= 0:
            yield name._replace(at=at)


def _ends(names: Iterable[_Found]) -> dict[str, _Found]:
    """Return the names by their last word, by which they go once they were told in full: Altman, the Commission."""
    ends: dict[str, _Found] = {}
    for name in names:
        ends.setdefault(name.surface.rpartition(" ")[2], name)
    return ends


def _spaced(whole: str, names: Mapping[str, _Found], weights: Weights) -> Iterator[_Found]:
    """Yield the words between spaces; the last word of a name, ``names``, stands for the whole."""
    for found in _WORD.finditer(whole):
        word = _POSSESSIVE.sub("", found[0])
        if word in names:
            yield names[word]._replace(at=found.start())
        elif len(word) >= _SHORTEST_LATIN and not _is_usual(word.casefold(), weights.common):
            weight = weights.usual * (_SMALL if word.islower() else 1.0)
            yield _Found(found.start(), term_key(word), word, weight)


def _is_usual(word: str, common: frozenset[str]) -> bool:
    return word in common or word in _usual_words() or bool(_IS_WHEN.match(word))


@cache
def _usual_words() -> frozenset[str]:
    """Return English words that stand in news on anything, in small letters."""
    return frozenset(Path(__file__).with_name("usual_english.txt").read_text(encoding="utf-8").split())


def _outside(found: Iterable[_Found], names: Sequence[_Found]) -> Iterator[_Found]:
    """Yield what is no piece of a name."""
    spans = sorted((name.at, name.at + len(name.surface)) for name in names)
    begins = [begin for begin, _ in spans]
    ends = list(accumulate((end for _, end in spans), max))
    for one in found:
        before = bisect_right(begins, one.at + len(one.surface) - 1) - 1
        if before < 0 or ends[before] <= one.at:
            yield one


def _ranked(found: Iterable[_Found], title_end: int, n: int) -> tuple[str, ...]:
    counts: Counter[str] = Counter()
    first: dict[str, _Found] = {}
    for one in sorted(found):
        counts[one.key] += _IN_TITLE if one.at < title_end else 1
        first.setdefault(one.key, one)
    ranked = sorted(first.values(), key=lambda one: (-min(counts[one.key], _MOST_COUNTED) * one.weight, one.at))
    return tuple(dict.fromkeys(one.surface for one in ranked))[:n]
