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
import re
from collections.abc import Callable
from functools import cache

from .wordings import sections

__all__ = ["fold_wording", "table_version", "variants", "words"]

# A replaced word may make another with its neighbours. Texts rest after one or two rounds; only text written to
# that end takes more (视视视视窗), and it is left as it is, for whatever is returned must fold to itself.
_ROUNDS = 6
_SURROGATE = re.compile("[\ud800-\udfff]")


def fold_wording(simplified: str) -> str:
    """Return ``simplified`` with each Taiwan or Hong Kong word in its mainland form: 资讯 as 信息.

    The text is Simplified and folded already (``normalize.prepare``). Of words that overlap, the first counts, and of
    those that begin together the longest. Idempotent.
    """
    if simplified.isascii():
        return simplified
    text = simplified
    for _ in range(_ROUNDS):
        folded = _replace(text)
        if folded == text:
            return text
        text = folded
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


def _replace(text: str) -> str:
    find, forms = _finder()
    found = find(_without_surrogates(text))
    if not found:
        return text
    parts: list[str] = []
    at = 0
    for index, start, end in found:
        parts += (text[at:start], forms[index])
        at = end
    parts.append(text[at:])
    return "".join(parts)


def _without_surrogates(text: str) -> str:
    """Return ``text`` as the automaton takes it: lone surrogates have no UTF-8. Offsets stay."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("?", text)
    return text


@cache
def _finder() -> tuple[Callable[[str], list[tuple[int, int, int]]], tuple[str, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    automaton = AhoCorasick(list(words()), matchkind=MatchKind.LeftmostLongest)
    return automaton.find_matches_as_indexes, tuple(words().values())


def _items(lines: tuple[str, ...]) -> list[str]:
    return [item for line in lines for item in line.split()]
