"""The words of an article that tell its event from others, with how much each stands out.

Knows names, numbers, dates, titles of works and Latin words by their shape; Chinese words come cut. What is counted
is the head of an article: its title and first 1,500 characters, where news says what happened.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from storage.tagged import Mention

__all__ = [
    "HEAD",
    "MOST_TERMS",
    "Word",
    "count_of",
    "is_in_title",
    "is_name",
    "is_numeral",
    "plain",
    "term_key",
    "terms_of",
    "times",
]

HEAD = 1_500
"""Characters of the body that are looked at: the tokenizer is what costs."""
MOST_TERMS = 32

_LEAD = 220  # characters of the body that count twice: about the first three sentences
_IN_TITLE = 10  # added once to the count in the body
_NAME = 20  # added once to the count of a name
_MOST_COUNTED = 9  # in the body; there the lead counts twice
_TITLE_TIMES = 3  # how often a word of the body would stand to weigh as one of the title
_LONGEST_WORK, _SHORTEST_WORK = 24, 3
_LARGEST = 1e15

_WORK = re.compile(r"《([^《》\n]{3,40})》")
_DATE = re.compile(r"(?:\d{4}年)?(\d{1,2})月(\d{1,2})[日号]")
_NO_NUMBER = re.compile(
    r"(?<!\d)(?:\d{4}年度?|\d{1,2}(?:月份?|[日号时点分秒])|\d{1,2}:\d{2}(?!\d)|(?:19|20)\d\d(?![\d.,万亿%]))"
)
_NUMBER = re.compile(
    r"(?<![A-Za-z0-9.])(\d+(?:[,，]\d{3})*(?:\.\d+)?)[ -]?"
    r"(万亿|亿|万|千|trillion|billion|million|bn\b|m\b|tn\b)?[ -]?(%|％|个百分点|per ?cent|percent)?"
)
_SCALES = {"千": 1e3, "万": 1e4, "亿": 1e8, "万亿": 1e12}
_SCALES |= {"million": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12}
_LATIN = re.compile(
    r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ0-9+'’]*(?:[-.][0-9][0-9.]*[A-Za-z]?|(?<=[a-z]) (?=\d{1,2}(?!\d|[.,:]\d|[%st]))\d{1,2})?"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n]['\"”’)]*\s+|[\"“(])$")
_DISTRICT = re.compile(r"(?<=[\u3400-\u9fff]{2})[省市县州区镇乡村]$")
_IS_NUMERAL = re.compile(r"[零一二三四五六七八九十百千万亿两几数多余]+[个名人家位项条次年月日级款件只份天]?$")
_TENTHS = re.compile(r"(?<![十百千万])([一二两三四五六七八九])成(?!都|为|立|功|员|本)")
_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_BARE = re.compile(r"[^\W\d_]{3,}")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it begins, below zero in the title; ``is_name`` says what kind it is."""

    at: int
    text: str
    is_name: bool


@lru_cache(maxsize=16_384)
def term_key(term: str) -> str:
    """Return the form of a term by which two articles share it: without case, accents and endings of grammar."""
    if _HAN.search(term):
        return _DISTRICT.sub("", term)
    key = term.casefold()
    if not key.isascii():
        key = "".join(c for c in unicodedata.normalize("NFKD", key) if not unicodedata.combining(c))
    return _stem(key) if key.isalpha() else key


def is_in_title(count: int) -> bool:
    """Say whether a term with this count stands in the title."""
    return bool(count // _IN_TITLE % 2)


def is_name(count: int) -> bool:
    """Say whether a term with this count is a name: of a person, a place, a body, a product, a work."""
    return count >= _NAME


def is_numeral(word: str) -> bool:
    """Say whether a Chinese word counts, with or without a measure: 三十, 两个."""
    return bool(_IS_NUMERAL.match(word))


def times(count: int) -> int:
    """Return how often a term with this count stands in the article; the title counts three times."""
    return count % _IN_TITLE + _TITLE_TIMES * is_in_title(count)


def count_of(places: Iterable[Mention]) -> int:
    """Return the count of a tracked entity that stands in these places."""
    in_title = in_body = 0
    for place in places:
        in_title |= place.field == "title"
        in_body += 0 if place.field == "title" else 2 if place.start < _LEAD else 1
    return _NAME + _IN_TITLE * in_title + min(in_body, _MOST_COUNTED)


def terms_of(
    title: str, text: str, words: Iterable[Word], *, weights: Mapping[str, float], common: frozenset[str]
) -> tuple[tuple[str, int], ...]:
    """Return at most ``MOST_TERMS`` terms with their counts, the most telling first.

    ``title`` and ``text`` are the head of the article, folded; ``words`` are its Chinese words. ``weights`` are
    inverse document frequencies, ``common`` words that tell nothing.
    """
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for word in words:
        if not is_numeral(word.text):
            _count(counts, shown, word)
    counts = Counter({key: count for key, count in counts.items() if count > 1})
    for part, base in ((title, -len(title) - 1), (text, 0)):
        for word in _shapes(part, common):
            _count(counts, shown, replace(word, at=base + word.at))
    ranked = sorted(counts, key=lambda key: (-times(counts[key]) * _weight(shown[key], weights), key))
    return tuple((shown[key], counts[key]) for key in ranked[:MOST_TERMS])


def _count(counts: Counter[str], shown: dict[str, str], word: Word) -> None:
    key = term_key(word.text)
    count = counts[key]
    in_body = count % _IN_TITLE + (0 if word.at < 0 else 2 if word.at < _LEAD else 1)
    in_title, named = is_in_title(count) or word.at < 0, is_name(count) or word.is_name
    counts[key] = _NAME * named + _IN_TITLE * in_title + min(in_body, _MOST_COUNTED)
    if shown.setdefault(key, word.text).islower():
        shown[key] = word.text


def _weight(term: str, weights: Mapping[str, float]) -> float:
    return weights.get(term, 9.0 if _HAN.search(term) or not term[:1].islower() else 6.5)


def _shapes(text: str, common: frozenset[str]) -> Iterator[Word]:
    """Yield the terms that are known by their shape."""
    for found in _WORK.finditer(text):
        if _SHORTEST_WORK <= len(found[1]) <= _LONGEST_WORK:
            yield Word(found.start(), f"《{found[1]}》", is_name=True)
    for found in _DATE.finditer(text):
        yield Word(found.start(), f"{int(found[1])}月{int(found[2])}日", is_name=False)
    for found in _TENTHS.finditer(text):
        yield Word(found.start(), f"{'一二三四五六七八九'.find(found[1]) + 1 or 2}0%", is_name=False)
    yield from _numbers(_NO_NUMBER.sub(lambda gone: " " * len(gone[0]), text))
    yield from _latin(text, common)


def _numbers(text: str) -> Iterator[Word]:
    for found in _NUMBER.finditer(text):
        value = float(re.sub("[,，]", "", found[1])) * _SCALES.get(found[2] or "", 1.0)
        if value < _LARGEST:
            yield Word(found.start(), _number(value) + ("%" if found[3] else ""), is_name=False)


def _number(value: float) -> str:
    return str(round(value)) if value == round(value) else f"{value:.6g}"


def _latin(text: str, common: frozenset[str]) -> Iterator[Word]:
    is_english = not _HAN.search(text)
    for found in _LATIN.finditer(text):
        word = _POSSESSIVE.sub("", found[0])
        if word.islower():
            word = word.partition(" ")[0]
        word = word.replace(" ", "-")
        if len(word) < 2 or word.casefold() in common:
            continue
        named = not is_english or _is_name(text, found.start(), word)
        yield Word(found.start(), word if named else word.lower(), is_name=named)
        bare = _BARE.match(word)
        if bare and bare[0] != word and bare[0].casefold() not in common:
            yield Word(found.start(), bare[0], is_name=named)


def _is_name(text: str, at: int, word: str) -> bool:
    """Whether a word of an English text is written as names are, where any other word would be small."""
    if any(c.isupper() for c in word[1:]) or any(c.isdigit() for c in word):
        return True
    return word[0].isupper() and not _SENTENCE_START.search(text, max(0, at - 4), at)


def _stem(word: str) -> str:
    """Return an English word without the endings of grammar: launches, launched and launching are one."""
    if len(word) < 4:
        return word
    for ending, instead in (
        ("ies", "y"),
        ("sses", "ss"),
        ("ing", ""),
        ("ied", "y"),
        ("ed", ""),
        ("es", "e"),
        ("s", ""),
    ):
        if word.endswith(ending) and not (ending == "s" and word[-2:] in ("ss", "us", "is")):
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def plain(text: str) -> str:
    """Return text in its usual width."""
    return text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)
