"""The words of a Chinese text as its keywords need them: names and terms whole, what tells nothing away.

Pure. The tokenizer cuts 逆|回购 and 王|小川; what stands together again and again is one word here. What is a piece of
such a word, qualifies or fills is handed on as single characters, which no keyword is. What a word can be says
``tokens``.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from monitor.tag.squeeze import HAN
from monitor.tag.tokens import Lexicon, Token, tokens_of

__all__ = ["compounds"]

_MOST_WORDS, _LONGEST, _SHORTEST = 4, 9, 3  # words, characters; two characters may be a name too, if often: 鸿海
_TWICE, _THRICE = 2, 3
_HAN = re.compile(f"[{HAN}]")
_NOTHING = Token(text="")


def compounds(words: Sequence[str], title_words: int, lexicon: Lexicon) -> Iterator[str]:
    """Yield the words of an article, simplified, with their compounds joined; together they are the same text.

    The first ``title_words`` are those of the title. A compound stands twice at least.
    """
    tokens = tokens_of(words, lexicon)
    known = _recurring(tokens, words, title_words)
    starts = {phrase[0] for phrase in known}
    counts = Counter(words)
    at = 0
    while at < len(tokens):
        token = tokens[at]
        size = _longest(tokens, at, known) if token.begins and token.text[0] in starts else 1
        if size > 1:
            yield "".join(words[at : at + size])
        elif len(token.text) == 1 or _is_bare(tokens, at, counts[token.text], is_titled=at < title_words):
            yield token.text
        else:
            yield from token.text
        at += size


def _recurring(tokens: Sequence[Token], words: Sequence[str], title_words: int) -> dict[str, int]:
    """Return the compounds that stand in the text twice, with how often they do.

    None that always goes on alike, nor one that begins with a character which is always half of a word: 研芯片 of 自研.
    """
    pairs = Counter(pairwise(words))
    counts: Counter[str] = Counter()
    behind: dict[str, set[str]] = defaultdict(set)
    likely: set[str] = set()
    free: set[str] = set()
    for at in _beginnings(tokens, words, pairs, title_words):
        for size, phrase, is_rare in _phrases(tokens, at, pairs if at >= title_words else None):
            counts[phrase] += 1
            then = tokens[at + size] if at + size < len(tokens) else _NOTHING
            behind[phrase].add(then.text if then.ends else "")
            if len(tokens[at].text) > 1 or not at or not tokens[at - 1].leads:
                free.add(phrase)
            if is_rare or len(phrase) >= _SHORTEST:
                likely.add(phrase)
    return {
        phrase: count
        for phrase, count in _often(counts, words, title_words).items()
        if count >= (_TWICE if phrase in likely else _THRICE)
        and phrase in free
        and (counts[phrase] < _TWICE or len(behind[phrase]) > 1 or "" in behind[phrase])
    }


def _beginnings(
    tokens: Sequence[Token], words: Sequence[str], pairs: Mapping[tuple[str, str], int], title_words: int
) -> Iterator[int]:
    """Yield where a compound may begin: in the title, or where two words stand that do so twice."""
    for at, pair in enumerate(pairwise(words)):
        if tokens[at].begins and (at < title_words or pairs[pair] >= _TWICE):
            yield at


def _often(counts: Mapping[str, int], words: Sequence[str], title_words: int) -> dict[str, int]:
    """Return how often each phrase stands in the text; one of the title may be cut otherwise there."""
    title = "".join(words[:title_words])
    whole = "".join(words)
    return {phrase: max(count, whole.count(phrase)) if phrase in title else count for phrase, count in counts.items()}


def _phrases(
    tokens: Sequence[Token], at: int, pairs: Mapping[tuple[str, str], int] | None
) -> Iterator[tuple[int, str, bool]]:
    """Yield what could be a compound that begins at a token, with its words, the shortest first.

    Two names are no compound, nor is what goes on behind a verb, nor words that do not stand in ``pairs`` twice, where
    these are given. The last says whether it may be short: a name of rare characters.
    """
    before = tokens[at]
    text, rare = before.text, int(before.is_rare)
    for place in range(at + 1, min(at + _MOST_WORDS, len(tokens))):
        token = tokens[place]
        text, rare = text + token.text, rare + token.is_rare
        if not token.joins or len(text) > _LONGEST or (token.is_name and before.is_name):
            return
        if before.is_verb or (pairs is not None and pairs[before.text, token.text] < _TWICE):
            return
        if token.ends and rare and not (token.is_verb and before.acts) and _HAN.search(text):
            yield place - at + 1, text, rare == len(text)
        before = token


def _longest(tokens: Sequence[Token], at: int, known: Mapping[str, int]) -> int:
    """Return of how many words the longest compound at a token is; 1 where there is none.

    What stands oftener without a further word of its own is whole without it: 台积电 before 嘉义.
    """
    text, best, often = tokens[at].text, 1, 0
    for size in range(2, _MOST_WORDS + 1):
        if at + size > len(tokens) or not tokens[at + size - 1].joins:
            break
        last = tokens[at + size - 1].text
        text += last
        count = known.get(text, 0)
        if count and (count >= often or len(last) == 1):
            best, often = size, count
    return best


def _is_bare(tokens: Sequence[Token], at: int, often: int, *, is_titled: bool) -> bool:
    """Say whether a word that is in no compound may tell something: no filler, no half of a name (格林 in 格林美)."""
    if often < tokens[at].least:
        return False
    beside = (tokens[place] for place in (at - 1, at + 1) if 0 <= place < len(tokens))
    return often > 1 or is_titled or not tokens[at].joins or not any(token.cuts for token in beside)
