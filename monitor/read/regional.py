"""Words and characters of Taiwan and Hong Kong, and what careless converters leave, in one form.

資訊 and 信息 are one word to who compares two printings of a text; so are 了解 and 瞭解. Both sides of a comparison
fold alike, so the origin of a text need not be known, and a mainland word that is also a Taiwan one loses nothing. The
form that stands for a class of words is the mainland one, or the usual one where that is rare. It serves comparison
only: it is no translation, and words of different length move what follows.

The table (``wordings/taiwan.txt``) comes from the dictionaries of OpenCC (Apache License 2.0); tests compare it with
OpenCC's conversions. ahocorasick_rs is imported with the first text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from .wordings import sections

__all__ = ["fold_wording", "table_version", "variants", "words"]

# A replaced word may make another with its neighbours. Texts rest after one or two rounds; only text written to
# that end takes more (视视视视窗), and it is left as it is, for whatever is returned must fold to itself.
_ROUNDS = 6
_ENCODING = ("utf-8", "surrogatepass")


def fold_wording(simplified: str) -> str:
    """Return ``simplified`` with each Taiwan or Hong Kong word in its mainland form: 资讯 as 信息.

    The text is Simplified and folded already (``normalize.prepare``). Of words that overlap, the first counts, and of
    those that begin together the longest. Idempotent.
    """
    if simplified.isascii():
        return simplified
    text = simplified.encode(*_ENCODING)
    for _ in range(_ROUNDS):
        text, replaced = _replace(text)
        if not any(_stands_by(text, *place) for place in replaced):
            return text.decode(*_ENCODING)
    return simplified


@cache
def variants() -> dict[str, str]:
    """Return the characters (Simplified, folded) that stand for the same one: 藉 for 借, 祇 for 只."""
    pairs = [pair for name, lines in sections("taiwan") if name.endswith("characters") for pair in _items(lines)]
    return {pair[0]: pair[1] for pair in pairs}


@cache
def words() -> dict[str, str]:
    """Return the words that are replaced, with what stands for them; one that stands for itself hides a shorter one."""
    items = [item for name, lines in sections("taiwan") if name.endswith("words") for item in _items(lines)]
    return dict(item.split("=") for item in items)


@cache
def table_version() -> str:
    """Return the first 8 hex digits of the SHA-256 of the table."""
    return hashlib.sha256(repr(sections("taiwan")).encode()).hexdigest()[:8]


def _replace(text: bytes) -> tuple[bytes, list[tuple[int, int]]]:
    """Return ``text`` with its words replaced, and where what replaced them stands."""
    forms = _finder().forms
    parts: list[bytes] = []
    places: list[tuple[int, int]] = []
    at = grown = 0
    for index, start, end in _finder().find(text):
        if (form := forms[index]) is not None:
            parts += (text[at:start], form)
            at = end
            places.append((start + grown, start + grown + len(form)))
            grown += len(form) - (end - start)
    parts.append(text[at:])
    return b"".join(parts), places


def _stands_by(text: bytes, start: int, end: int) -> bool:
    """Tell whether a word stands in the place or so near it that it may hold a part of it.

    Where none does, all words of the text stood there before the place was filled, and were looked at.
    """
    reach = _finder().longest - 1
    return bool(_finder().find(text[max(0, start - reach) : end + reach]))


class _Finder(NamedTuple):
    """``forms`` go by the numbers of ``find``, None for a word that stands for itself; ``longest`` is in bytes."""

    find: Callable[[bytes], list[tuple[int, int, int]]]
    forms: tuple[bytes | None, ...]
    longest: int


@cache
def _finder() -> _Finder:
    """Return what finds the words in UTF-8: to count characters would take half as long again."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

    encoded = {word.encode(): form.encode() for word, form in words().items()}
    automaton = BytesAhoCorasick(list(encoded), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)
    return _Finder(
        find=automaton.find_matches_as_indexes,
        forms=tuple(None if form == word else form for word, form in encoded.items()),
        longest=max(map(len, encoded)),
    )


def _items(lines: tuple[str, ...]) -> list[str]:
    return [item for line in lines for item in line.split()]
