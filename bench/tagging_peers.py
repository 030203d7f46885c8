"""Other ways to find names, on the same texts: a plain dictionary, jieba with a user dictionary, flashtext.

Each knows every alias of the catalogue, folded, and no more; each is used as its own manual shows. A peer that is not
installed is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec

from monitor.tag.catalogue import Catalogue
from storage.fold import fold

__all__ = ["Finder", "Found", "aliases", "available", "missing"]

Found = tuple[str, int, int]
"""Entity, start and end in the text."""
Finder = Callable[[str | None, str], list[Found]]


def available(catalogue: Catalogue) -> dict[str, Finder]:
    """Return the peers that are installed, made for a catalogue."""
    owners = aliases(catalogue)
    return {name: make(owners) for name, (module, make) in _PEERS.items() if find_spec(module)}


def missing() -> list[str]:
    """Return the peers that are not installed."""
    return sorted(name for name, (module, _) in _PEERS.items() if not find_spec(module))


def aliases(catalogue: Catalogue) -> dict[str, str]:
    """Return the entity of each alias, folded."""
    return {fold(alias): one.id for one in catalogue for alias in (*one.strong, *one.ambiguous, *one.common)}


def _dictionary(owners: Mapping[str, str]) -> Finder:
    """Every alias wherever its characters stand, the longest first."""
    pattern = re.compile("|".join(map(re.escape, sorted(owners, key=len, reverse=True))))
    return _in_both(lambda text: ((owners[at[0]], at.start(), at.end()) for at in pattern.finditer(text)))


def _jieba(owners: Mapping[str, str]) -> Finder:
    """Every word that is an alias, where jieba knows the aliases as words."""
    import logging

    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    for alias in owners:
        tokenizer.add_word(alias)

    def find(text: str) -> Iterable[Found]:
        return ((owners[word], start, end) for word, start, end in tokenizer.tokenize(text) if word in owners)

    return _in_both(find)


def _flashtext(owners: Mapping[str, str]) -> Finder:
    from flashtext import KeywordProcessor

    processor = KeywordProcessor()
    for alias, entity in owners.items():
        processor.add_keyword(alias, entity)
    return _in_both(lambda text: processor.extract_keywords(text, span_info=True))


def _in_both(find: Callable[[str], Iterable[Found]]) -> Finder:
    return lambda title, text: [*find(fold(title or "")), *find(fold(text))]


_PEERS: dict[str, tuple[str, Callable[[Mapping[str, str]], Finder]]] = {
    "naive dictionary": ("re", _dictionary),
    "jieba, user words": ("jieba", _jieba),
    "flashtext": ("flashtext", _flashtext),
}
