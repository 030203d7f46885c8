"""Chinese words: keywords of an article, and whether two characters are a word of their own where they stand.

Owns one jieba tokenizer, loaded when first needed (1-2 s, 100 MB). Its cache lies in a private folder: the library's
default is one guessable file in the shared temporary folder, from which anyone could feed it.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monitor.tag.candidates import MOST_CANDIDATES, TELLING, Weights, chinese, latin
from monitor.tag.catalogue import load_catalogue
from monitor.tag.compounds import compounds
from monitor.tag.distinct import distinct, english, forms
from monitor.tag.lexicon import generic_cues
from monitor.tag.squeeze import HAN
from monitor.tag.terms import HEAD, Word, plain, terms_of
from monitor.tag.tokens import Lexicon
from monitor.tag.word_kinds import is_proper
from storage.fold import to_simplified
from storage.tagged import Mention

__all__ = ["Telling", "commonness", "is_astride", "is_ordinary", "is_word", "keywords", "telling", "words_of"]

_AROUND = 12  # characters of context each side; jieba decides within a clause
_HAN = re.compile(f"[{HAN}]")
_LETTERS = re.compile(r"[\u4e00-\u9fd5A-Za-z\d+#&._%-]+", re.ASCII)
_LONGEST = 3  # characters that a longer word adds on one side
_MIN_HAN_SHARE = 0.1
_MIN_NAME, _MAX_NAME = 3, 12
_LOOSE = 3.5  # a single character below is mostly grammar (的, 在, 将), not a piece of a name
_GRAMMAR, _RARE = 3.3, 7.5  # 来 and 小 are pieces of 蔚来 and 小鹏
_PARTICLE = 2  # letters of an English word that has no forms
_ARTICLES = frozenset({"a", "an"})
_WEIGHED = 3  # candidates for each that is handed on: pieces of others go


def is_word(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` is a word of its own: 星火 in 星火燎原 is not.

    It begins and ends where words do, and the dictionary knows no longer word around it.
    """
    begin, stop = max(0, start - _AROUND), min(len(text), end + _AROUND)
    clause = to_simplified(text[begin:stop])
    left, right = start - begin, end - begin
    if _is_in_longer_word(clause, left, right):
        return False
    opens, closes = _block(clause, left, right)
    edges = {opens, *accumulate(map(len, _tokenizer().cut(clause[opens:closes], HMM=False)), initial=opens)}
    return left in edges and right in edges


def is_astride(text: str, start: int, end: int) -> bool:
    """Say whether ``text[start:end]`` begins with the end of one word and ends with the beginning of the next."""
    if start == 0:
        return False
    known = _tokenizer().FREQ
    pairs = to_simplified(text[start - 1 : start + 1]), to_simplified(text[end - 1 : end + 1])
    return all(len(pair) == 2 and known.get(pair, 0) for pair in pairs)


def _block(clause: str, left: int, right: int) -> tuple[int, int]:
    """Return the bounds of the run of letters around a place, which jieba cuts for itself; all, for a broken one."""
    behind = _LETTERS.match(clause, left)
    if behind is None or behind.end() < right:
        return 0, len(clause)
    before = _LETTERS.match(clause[:left][::-1])
    return left - (before.end() if before else 0), behind.end()


def _is_in_longer_word(clause: str, left: int, right: int) -> bool:
    known = _tokenizer().FREQ
    begins = range(max(0, left - _LONGEST), left + 1)
    ends = range(right, min(len(clause), right + _LONGEST) + 1)
    return any(known.get(clause[b:e], 0) for b in begins for e in ends if e - b > right - left)


def is_ordinary(word: str) -> bool:
    """Say whether jieba's dictionary knows ``word``, simplified: 元宝 is a word, 千问 a coined name."""
    return commonness(word) > 0


def words_of(phrase: str) -> tuple[str, ...]:
    """Return the words that a simplified phrase is cut into."""
    return tuple(_tokenizer().cut(phrase, HMM=False))


def commonness(word: str) -> int:
    """Return how often jieba's dictionary has counted ``word``, simplified; 0 for one that it does not know."""
    return int(_tokenizer().FREQ.get(word, 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """The words that tell what an article is about.

    ``keywords`` are candidates for its keywords, as its text writes them, best first; ``terms`` are folded, with how
    much each stands out: see ``storage.records.Article``.
    """

    keywords: tuple[str, ...]
    terms: tuple[tuple[str, int], ...]


def keywords(title: str | None, text: str, n: int = MOST_CANDIDATES) -> tuple[str, ...]:
    """Return at most ``n`` words that say what an article is about, best first, as its text writes them.

    Chinese by TF-IDF over jieba's table, other texts by frequency without stop words; a word of the title counts
    three times. What stands together twice is one word, and none is a piece of another.
    """
    return telling(title, text, n).keywords


def telling(
    title: str | None,
    text: str,
    n: int = MOST_CANDIDATES,
    fold: Callable[[str], str] = str,
    mentions: Sequence[Mention] = (),
) -> Telling:
    """Return at most ``n`` candidates for keywords and the terms of an article. The text is cut into words once.

    ``fold`` brings regional wording of a simplified text into one form, for the terms alone. The names in ``mentions``
    are kept whole.
    """
    heading = title or ""
    whole = f"{heading}\n{text}"
    head = whole[: len(heading) + 1 + HEAD]
    if len(_HAN.findall(whole)) < _MIN_HAN_SHARE * len(whole):
        found = latin(heading, text, mentions, weights=_known(), n=_WEIGHED * n)
        found = english(heading, text, found, _fillers())
        return Telling(keywords=_distinct(found, mentions, whole, n), terms=_terms(head, ()))
    words = list(_tokenizer().cut(to_simplified(whole), HMM=False))
    folded = list(_folded(_first(words, len(head)), fold))
    titled = sum(1 for _ in _first(words, len(heading) + 1))
    found = chinese(heading, text, compounds(words, titled, _lexicon()), mentions, weights=_known(), n=_WEIGHED * n)
    return Telling(keywords=_distinct(found, mentions, whole, n), terms=_terms("".join(folded), folded))


def _distinct(words: Sequence[str], mentions: Sequence[Mention], text: str, n: int) -> tuple[str, ...]:
    return distinct(words, {one.surface for one in mentions}, text)[:n]


def _first(words: Iterable[str], length: int) -> Iterator[str]:
    """Yield the words of the first ``length`` characters; none crosses a line break."""
    at = 0
    for word in words:
        if at >= length:
            return
        yield word
        at += len(word)


def _folded(words: Iterable[str], fold: Callable[[str], str]) -> Iterator[str]:
    """Yield the words with their wording folded; only a clause that this changes is cut again."""
    clause: list[str] = []
    for word in words:
        if word.isalnum():
            clause.append(word)
            continue
        yield from _cut_again(clause, fold)
        yield word
        clause.clear()
    yield from _cut_again(clause, fold)


def _cut_again(clause: list[str], fold: Callable[[str], str]) -> Iterable[str]:
    whole = "".join(clause)
    folded = fold(whole)
    return tuple(clause) if folded == whole else _tokenizer().cut(folded, HMM=False)


def _terms(head: str, words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return the terms of a folded head, the title in its first line, from the words it is cut into."""
    title, _, text = head.partition("\n")
    found = _telling_words(words, -len(title) - 1)
    return terms_of(plain(title), plain(text), found, weights=_weights()[0], common=_stop_words())


def _telling_words(words: Iterable[str], at: int) -> Iterator[Word]:
    """Yield the telling Chinese words, and pairs of characters of no known word, which are pieces of names."""
    weights, median = _weights()
    before, weight_before = "", 0.0
    for word in words:
        weight = weights.get(word, median)
        is_single = len(word) == 1 and "\u3400" <= word <= "\u9fff"
        if is_single and before and _is_piece(weight_before, weight):
            yield Word(at - 1, before + word, is_name=True)
        before, weight_before = (word if is_single else ""), weight
        if len(word) > 1 and weight >= TELLING and _HAN.match(word) and word not in _stop_words():
            yield Word(at, word, is_name=is_proper(word))
        at += len(word)


def _is_piece(left: float, right: float) -> bool:
    """Say whether two characters that stand alone may be of one name: not grammar, or grammar beside a rare one."""
    least, most = min(left, right), max(left, right)
    return least >= _LOOSE or (least >= _GRAMMAR and most >= _RARE)


@cache
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.CRITICAL)  # a cache that cannot be written is no news
    tokenizer = jieba.Tokenizer()
    with _private_folder() as folder:
        tokenizer.tmp_dir = str(folder)
        tokenizer.cache_file = "jieba.cache"
        tokenizer.initialize()
    for name in _names():
        tokenizer.add_word(name)
    return tokenizer


@cache
def _weights() -> tuple[dict[str, float], float]:
    """Return the inverse document frequencies that come with jieba, and their median."""
    import jieba

    table = Path(jieba.__file__).parent / "analyse" / "idf.txt"
    pairs = (line.rpartition(" ") for line in table.read_text(encoding="utf-8").splitlines())
    weights = {word: float(weight) for word, _, weight in pairs}
    return weights, sorted(weights.values())[len(weights) // 2]


@cache
def _known() -> Weights:
    of, median = _weights()
    return Weights(of=of, usual=median, common=_stop_words() | _ARTICLES)


@cache
def _lexicon() -> Lexicon:
    of, median = _weights()
    return Lexicon(of=of, usual=median, fillers=_fillers())


@cache
def _fillers() -> frozenset[str]:
    """Return what tells nothing alone: stop words and fillers, English ones in their forms."""
    fillers = _listed("keyword_fillers")
    inflected = {form for word in fillers if word.isascii() and len(word) > _PARTICLE for form in forms(word)}
    return _stop_words() | fillers | inflected


def _names() -> tuple[str, ...]:
    """Return the names and terms of three characters or more that keywords should keep whole."""
    known = {to_simplified(alias) for entity in load_catalogue() for alias in entity.strong} | set(generic_cues())
    return tuple(sorted(name for name in known if _MIN_NAME <= len(name) <= _MAX_NAME and " " not in name))


@contextmanager
def _private_folder() -> Iterator[Path]:
    """Give the cache folder if it is ours alone, else a fresh one that goes away: what lies in it is trusted."""
    try:
        folder = _default_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        state = folder.stat()
        is_ours = state.st_uid == os.getuid() and not state.st_mode & 0o022 and os.access(folder, os.W_OK)
    except (OSError, RuntimeError):  # RuntimeError: no home directory
        is_ours = False
    if is_ours:
        yield folder
        return
    with TemporaryDirectory(prefix="newswatch-") as fresh:
        yield Path(fresh)


def _default_folder() -> Path:
    own = os.environ.get("CACHE_DIRECTORY")
    root = Path(own.split(":")[0]) if own else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return root / ("words" if own else "newswatch")


@cache
def _stop_words() -> frozenset[str]:
    return _listed("stop_words")


def _listed(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(f"{name}.txt").read_text(encoding="utf-8").split())
