"""Which of the candidates for keywords stay: no fillers, no piece of a name beside the whole, terms of two words whole.

Pure. Gets candidates in their order, as their text writes them; gives fewer, in an order that differs where a whole
takes the place of its piece.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from monitor.tag.squeeze import HAN
from monitor.tag.terms import term_key

__all__ = ["distinct", "english", "forms"]

_JOINT = re.compile(rf"[-/]|(?<=[{HAN}])(?=[A-Za-z])|(?<=[A-Za-z])(?=[{HAN}])")
_SMALL = re.compile(r"[a-z][a-z'’-]{2,}")
_PAIR = re.compile(r"(?=(?<![\w'’-])([A-Za-z][a-z'’-]{2,}) ([a-z][a-z'’-]{2,}|[A-Z][a-z]{2,})(?![\w'’]))")
_TWICE = 2
_ALONE = 2  # times alone for each time in the whole
_SENTENCE = re.compile(r"(?:^|[.!?:\n][\"”’)]*\s+|[\"“])$")
_ROLES = "President|Chief|Chair|Governor|Chairman|Director|Minister|Secretary|Judge|Justice|Senator|Boeing|Airbus"
_REST = re.compile(rf" (?!(?:{_ROLES})\b)[A-Z][a-z]+(?![\w-]| [A-Z])|(?<=Bill) \d{{1,4}}(?!\d)")


def distinct(words: Sequence[str], tracked: Collection[str], text: str) -> tuple[str, ...]:
    """Return the words without those that are a piece of another; the whole takes the place of its first piece.

    A piece that stands in ``text`` far oftener than the whole is a word of its own, and stays instead of the whole.
    ``tracked`` are names as they stand in the text: they stay, and one may hold another.
    """
    counts = {word: text.count(word) for word in words}
    held = {word: [one for one in words if _holds(one, word)] for word in words if word not in tracked}
    wholes = {word: [one for one in ones if _is_usual(counts, one, word)] for word, ones in held.items()}
    rare = {one for word, ones in held.items() for one in ones if one not in wholes[word] and one not in tracked}
    kept: dict[str, None] = {}
    for word in words:
        whole = next((one for one in wholes.get(word, ()) if one not in rare), word)
        if whole not in rare and not any(one in kept for one in wholes.get(whole, ())):
            for piece in [one for one in kept if whole in wholes.get(one, ())]:
                del kept[piece]
            kept[whole] = None
    return tuple(kept)


def _is_usual(counts: Mapping[str, int], whole: str, part: str) -> bool:
    """Say whether a part stands in the whole about as often as alone: at least once in three times."""
    return _ALONE * counts[whole] >= counts[part] - counts[whole]


def _holds(whole: str, part: str) -> bool:
    """Say whether a name holds another: as characters, or as words where it is Latin."""
    if len(part) >= len(whole) or part not in whole:
        return False
    return not part.isascii() or f" {part} " in f" {_JOINT.sub(' ', whole)} "


def english(title: str, text: str, words: Iterable[str], fillers: frozenset[str]) -> tuple[str, ...]:
    """Return the words without fillers, with pairs that stand together twice as one: heat pumps.

    ``fillers`` are words that tell nothing, in all their forms. A word that has its capital only where a sentence
    begins comes after the others.
    """
    whole = f"{title}\n{text}"
    told = [_uncut(word, text) for word in words if not _is_filler(word, fillers)]
    pairs = _pairs(whole, frozenset(small for word in told if _SMALL.fullmatch(small := word.casefold())), fillers)
    joined = list(dict.fromkeys(pairs.get(term_key(word), word) for word in told))
    last = {word for word in joined if _only_begins(word, title, text)}
    return (*(word for word in joined if word not in last), *(word for word in joined if word in last))


def forms(word: str) -> Iterator[str]:
    """Yield what an English word may become: plans, planned, planning; some of it is no word."""
    base = word.removesuffix("e")
    yield from (f"{word}s", f"{word}es", f"{word}ed", f"{base}ed", f"{base}ing", f"{word}'s")
    yield from (f"{word}{word[-1]}ed", f"{word}{word[-1]}ing", f"{word}ly")
    if word.endswith("y"):
        yield from (f"{word[:-1]}ies", f"{word[:-1]}ied")


def _is_filler(word: str, fillers: frozenset[str]) -> bool:
    return " " not in word and word.casefold() in fillers


def _uncut(name: str, text: str) -> str:
    """Return a name of several words that stops short with its rest, or without its tail: A. Ray of the Natural."""
    at = text.find(name) if " " in name else -1
    rest = _REST.match(text, at + len(name)) if at >= 0 else None
    if rest is None:
        return name
    head, of, _ = name.partition(" of ")
    return head if of else name + rest[0]


def _pairs(whole: str, words: frozenset[str], fillers: frozenset[str]) -> Mapping[str, str]:
    """Return the pairs of words that stand together twice, as first written in small letters, by each word's stem."""
    counts: Counter[tuple[str, str]] = Counter()
    written: dict[tuple[str, str], str] = {}
    for found in _PAIR.finditer(whole):
        pair = found[1].casefold(), found[2].casefold()
        if words.issuperset(pair) and fillers.isdisjoint(pair):
            key = term_key(pair[0]), term_key(pair[1])
            counts[key] += 1
            if pair == found.groups():
                written.setdefault(key, " ".join(pair))
    by_word: dict[str, str] = {}
    for key, count in counts.most_common():
        if count >= _TWICE and key in written:
            for word in key:
                by_word.setdefault(word, written[key])
    return by_word


def _only_begins(word: str, title: str, text: str) -> bool:
    """Say whether a word stands once, where a sentence begins, so that its capital need not be a name's."""
    if not word[:1].isupper() or not word[1:].islower() or word in title or text.count(word) > 1:
        return False
    at = text.find(word)
    return at >= 0 and _SENTENCE.search(text, max(0, at - 4), at) is not None
