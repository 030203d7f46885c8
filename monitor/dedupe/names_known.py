"""Names that are known: those of well-known companies, and, to whoever asks, of tracked entities and their makers.

A name is replaced by another one where both are known and name two things, or where one is known and the other is no
ordinary word.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from monitor.dedupe.lexicon import word_kind, words
from monitor.dedupe.names_changes import Change
from storage.fold import fold

__all__ = ["folded_names", "known_names"]

_REACH = 8  # characters beside a change that belong to a known name
_SHORTEST = 2


def folded_names(known: Mapping[str, str]) -> dict[str, str]:
    """Return names as they are compared, with what they name: these, and those of well-known companies."""
    return {fold(name): what for name, what in {**_companies(), **known}.items()}


@cache
def _companies() -> dict[str, str]:
    return {name: name for name in words("companies")}


def known_names(change: Change, known: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the two names that differ, or nothing where none is known or both name one thing."""
    found = [pair for pair in _written(change) if _are_two(pair, known)]
    return max(found, key=lambda pair: (all(fold(name) in known for name in pair), len(pair[0])), default=None)


def _written(change: Change) -> Iterator[tuple[str, str]]:
    """Yield what is written in the two texts, alone and with the Han characters beside it everywhere."""
    for before, behind in change.beside(_REACH):
        yield f"{before}{change.a}{behind}", f"{before}{change.b}{behind}"


def _are_two(pair: tuple[str, str], known: Mapping[str, str]) -> bool:
    named = [known.get(fold(name)) for name in pair]
    if all(named):
        return named[0] != named[1] and not (pair[0] in pair[1] or pair[1] in pair[0])
    unknown = pair[named.index(None)]
    return any(named) and len(unknown) >= _SHORTEST and _is_unlisted(unknown)


def _is_unlisted(name: str) -> bool:
    """Tell whether a name is no ordinary words, nor begins and ends with some; Latin ones have a capital."""
    if name.isascii():
        return name[:1].isupper()
    return not (word_kind(name) or (word_kind(name[:_SHORTEST]) and word_kind(name[-_SHORTEST:])))
