"""What kind of word jieba's dictionary takes a word for: a name, an action, or grammar.

Kinds are kept as hashes, in order, 8 bytes a word: as words they would take 20 MB. Read when first asked for.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cache
from pathlib import Path

from monitor.tag.catalogue import load_catalogue
from storage.fold import to_simplified

__all__ = ["is_action", "is_deed", "is_grammar", "is_phrase", "is_proper"]

_LINES = r"^(\S{{2,}}) \d+ (?:{tags})$"
_PROPER = re.compile(_LINES.format(tags="nr|nrt|nrfg|ns|nt|nz"), re.MULTILINE)
_ACTION = re.compile(_LINES.format(tags="v|vd|vi|vq"), re.MULTILINE)
_PHRASE = re.compile(r"^(\S{2,}) \d+ [ib]$|^(\S{4,}) \d+ l$", re.MULTILINE)
_DEED = re.compile(_LINES.format(tags="vn|an"), re.MULTILINE)
_GRAMMAR = re.compile(  # numerals, measures, pronouns, adverbs, adjectives, times, interjections and what joins them
    _LINES.format(tags="m|mq|mg|q|r|rr|rz|d|df|ad|a|z|t|f|c|p|u|u[a-z]|y|e|o|k|h"), re.MULTILINE
)


def is_proper(word: str) -> bool:
    """Say whether jieba's dictionary, or the catalogue, has ``word``, simplified, as a name."""
    return _holds(_proper(), word)


def is_action(word: str) -> bool:
    """Say whether jieba's dictionary has ``word``, simplified, as a verb and nothing else (继续, 下调)."""
    return _holds(_actions(), word)


def is_grammar(word: str) -> bool:
    """Say whether jieba's dictionary has ``word``, simplified, as one that counts, qualifies or joins (六成, 最大)."""
    return _holds(_grammar(), word)


def is_phrase(word: str) -> bool:
    """Say whether jieba's dictionary has ``word``, simplified, as an idiom, a set phrase or a mark of kind (国产)."""
    return _holds(_phrases(), word)


def is_deed(word: str) -> bool:
    """Say whether jieba's dictionary has ``word``, simplified, as what is done or is so, used as a noun (冲刺)."""
    return _holds(_deeds(), word)


def _holds(known: array[int], word: str) -> bool:
    value = hash(word)
    at = bisect_left(known, value)
    return at < len(known) and known[at] == value


@cache
def _proper() -> array[int]:
    names = (to_simplified(alias) for entity in load_catalogue() for alias in entity.strong)
    return _hashes({*_words(_PROPER), *names})


@cache
def _actions() -> array[int]:
    return _hashes(_words(_ACTION))


@cache
def _phrases() -> array[int]:
    return _hashes(_words(_PHRASE))


@cache
def _deeds() -> array[int]:
    return _hashes(_words(_DEED))


@cache
def _grammar() -> array[int]:
    return _hashes(_words(_GRAMMAR))


def _hashes(words: set[str]) -> array[int]:
    return array("q", sorted(map(hash, words)))


def _words(kind: re.Pattern[str]) -> set[str]:
    import jieba

    table = (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8")
    return {found[found.lastindex or 1] for found in kind.finditer(table)}
