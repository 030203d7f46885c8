"""Which way a few words say something: whether they deny it, and on which side of a pair of opposites they stand.

The tables are ``lexicon/opposites.txt``. A negation within an idiom (不仅, not only) denies nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from monitor.dedupe.lexicon import opposites

__all__ = ["Sense", "are_opposed", "sense_of_chinese", "sense_of_words"]

_NOT = re.compile(r"(?<=.)n't\b|(?<=can)not\b")
_SHORTENED = {"wo": "will", "sha": "shall", "ca": "can"}
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
_DENIED = 5  # letters of a word before which such a beginning denies: no inform
_STEM = 3  # letters that two forms of a verb share at least ...
_ENDING = 3  # ... and of what each has of its own: approv-ing


@dataclass(frozen=True, slots=True)
class Sense:
    """What words say: how often they deny, the sides of opposites by pair, and the words that are neither."""

    denials: int
    sides: Mapping[int, tuple[int, ...]]
    rest: tuple[str, ...]

    @property
    def turns(self) -> bool:
        """Tell whether anything in them can turn a statement round."""
        return self.denials > 0 or bool(self.sides)

    @property
    def says_something(self) -> bool:
        """Tell whether they hold more than denials and what comes and goes with these."""
        return bool(self.sides or self.rest)


def are_opposed(one: Sense, other: Sense) -> bool:
    """Tell whether two runs of words that stand for each other say the opposite.

    They do where they stand on two sides of a pair of opposites, or where one denies what the other says else alike.
    """
    is_denied = (one.denials - other.denials) % 2 == 1
    if both := one.sides.keys() & other.sides.keys():
        return any(_differ(one.sides[pair], other.sides[pair], is_denied=is_denied) for pair in both)
    if one.sides or other.sides or len(one.rest) != len(other.rest):
        return False
    if is_denied:
        return all(map(_are_alike, one.rest, other.rest))
    return len(one.rest) == 1 and _are_opposite_words(one.rest[0], other.rest[0])


def sense_of_chinese(before: str, words: str, behind: str) -> Sense:
    """Return what Chinese ``words`` say, where what stands beside them may be part of the first and the last of them.

    Denials count beside them, too: 不 is one in 不直接, and so is 不能 in 不能直接.
    """
    text = f"{before}{words}{behind}"
    start, end = len(before), len(before) + len(words)
    denials, at, rest = 0, start, ""
    sides: dict[int, list[int]] = defaultdict(list)
    for found, stop in _known(text):
        kind = _chinese()[text[found:stop]]
        rest += text[at : min(found, end)]
        if kind is None:
            rest += text[max(found, start) : min(stop, end)]
        elif not kind:
            denials += 1
        elif found < end and stop > start:
            for pair, side in kind:
                sides[pair].append(side)
        at = max(stop, start)
    return _sense(denials, sides, rest + text[at:end], _fillers())


def sense_of_words(words: str) -> Sense:
    """Return what the words of a language with an alphabet say, spaces between them; "won't" and "cannot" are two."""
    denials, rest = 0, []
    sides: dict[int, list[int]] = defaultdict(list)
    plain = _NOT.sub(" not", words.casefold().replace("’", "'"))
    for found in _phrases().sub(lambda phrase: phrase[0].replace(" ", "_"), plain).split():
        word = _SHORTENED.get(found, found)
        if word in _denials():
            denials += 1
        elif not (listed := _english().get(word)):
            rest.append(word)
        else:
            for pair, side in listed:
                sides[pair].append(side)
    return _sense(denials, sides, rest, _english_fillers())


def _known(text: str) -> Iterator[tuple[int, int]]:
    """Yield where listed words stand in a text, the longest at each place."""
    at = 0
    while at < len(text):
        listed = _by_first().get(text[at], ())
        length = next((len(word) for word in listed if text.startswith(word, at)), 0)
        if length:
            yield at, at + length
        at += max(length, 1)


def _sense(denials: int, sides: Mapping[int, list[int]], rest: Iterable[str], fillers: frozenset[str]) -> Sense:
    said = {pair: tuple(found) for pair, found in sides.items()}
    return Sense(denials, said, tuple(word for word in rest if word not in fillers))


def _differ(one: tuple[int, ...], other: tuple[int, ...], *, is_denied: bool) -> bool:
    """Tell whether words stand on other sides, one after the other; one denial turns a single one round."""
    if len(one) != len(other):
        return not is_denied and len({*one}) == len({*other}) == 1 and one[0] != other[0]
    return (one != other) != is_denied if len(one) == 1 else one != other and not is_denied


def _are_opposite_words(one: str, other: str) -> bool:
    """Tell whether two Chinese characters are listed as opposites, or a beginning denies a word (unchanged)."""
    if len(one) == len(other) == 1:
        return any((one in left and other in right) or (one in right and other in left) for left, right in _letters())
    short, long = sorted((one, other), key=len)
    return len(short) >= _DENIED and any(long == f"{prefix}{short}" for prefix in _PREFIXES)


def _are_alike(one: str, other: str) -> bool:
    """Tell whether two words are one, or two forms of one verb."""
    if one == other or _irregular().get(one, one) == _irregular().get(other, other):
        return True
    shared = next((at for at, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return one.isascii() and shared >= _STEM and max(len(one), len(other)) - shared <= _ENDING


@cache
def _chinese() -> Mapping[str, tuple[tuple[int, int], ...] | None]:
    """Return the listed words: the pairs and sides of each; none for a denial, None for an idiom."""
    denials = dict.fromkeys(_words("negations"), ())
    return {**denials, **dict.fromkeys(_words("idioms")), **_sides("chinese")}


@cache
def _by_first() -> Mapping[str, tuple[str, ...]]:
    """Return the listed words by their first characters, the longest first."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in sorted(_chinese(), key=len, reverse=True):
        found[word[0]].append(word)
    return {first: tuple(words) for first, words in found.items()}


@cache
def _english() -> Mapping[str, tuple[tuple[int, int], ...]]:
    return _sides("english")


@cache
def _phrases() -> re.Pattern[str]:
    """Return what finds the listed phrases: failed to, turned down."""
    listed = (word.replace("_", " ") for word in (*_english(), *_denials()) if "_" in word)
    return re.compile(rf"\b(?:{'|'.join(listed)})\b")


@cache
def _denials() -> frozenset[str]:
    return frozenset(_words("english negations"))


def _sides(section: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Return the words of all pairs of senses: each with the pairs it is in, and on which side."""
    sides: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for pair, line in enumerate(opposites(section)):
        for side, words in enumerate(line.split("|")):
            for word in words.split():
                sides[word].append((pair, side))
    return {word: tuple(found) for word, found in sides.items()}


@cache
def _letters() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    halves = (line.partition("|") for line in opposites("letters"))
    return tuple((frozenset(left.split()), frozenset(right.split())) for left, _, right in halves)


@cache
def _fillers() -> frozenset[str]:
    return frozenset("".join(_words("fillers")))


@cache
def _english_fillers() -> frozenset[str]:
    return frozenset(_words("english fillers"))


@cache
def _irregular() -> Mapping[str, int]:
    return {word: row for row, line in enumerate(opposites("irregular")) for word in line.split()}


def _words(section: str) -> list[str]:
    return " ".join(opposites(section)).split()
