"""Pairs of a text and a copy of it: printed again, wrapped, cut, reordered, reworded, converted, damaged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from random import Random

from bench.near_copies.articles import Article
from bench.near_copies.damage import damaged
from bench.near_copies.edits import cut, repunctuated, reworded, shuffled, shuffled_sentences, typeset
from bench.near_copies.furniture import furnished, headline, line, lines_between, printed, stubbed
from bench.near_copies.grammar import Language
from bench.near_copies.pair import COPY, LINKED, Pair
from bench.near_copies.scripts import converted, misconverted

__all__ = ["copies"]

Change = Callable[[str, Language, Random], str]


def copies(article: Article, rng: Random) -> Iterator[Pair]:
    """Yield a pair of each kind that the article's language has."""
    kinds = _CHANGES | (_CHINESE if article.language == "zh" else {})
    for kind, (change, right) in kinds.items():
        goal = "contain" if right == frozenset({"contains"}) else "link"
        body = change(article.text.body, article.language, rng)
        title = headline(article.text.title, article.language, rng)
        yield Pair(kind=kind, goal=goal, a=article.text, b=replace(article.text, body=body, title=title), right=right)
    yield _printed_twice("printed by two outlets", article, article.text.body, rng)
    yield _printed_twice("brief printed by two outlets", article, _brief(article), rng)
    if article.language == "zh":
        taiwan = _taiwan(article.text.body, article.language, rng)
        copy = replace(article.text, body=taiwan, title=converted(article.text.title, "s2twp"))
        yield Pair(kind="Traditional, cut and wrapped", goal="link", a=article.text, b=copy, right=COPY)


def _printed_twice(kind: str, article: Article, body: str, rng: Random) -> Pair:
    a, b = (replace(article.text, body=printed(body, article.language, rng)) for _ in range(2))
    return Pair(kind=kind, goal="link", a=a, b=b, right=COPY)


def _brief(article: Article) -> str:
    """Return the text's beginning, as short as news in brief."""
    body, least = article.text.body, 400 if article.language == "en" else 150
    ends = [at + 1 for at, char in enumerate(body) if char in "。.\n" and at >= least]
    return body[: ends[0] if ends else len(body)].replace("\n", "" if article.language == "zh" else " ").strip()


def _wrapped(share: float) -> Change:
    return lambda body, language, rng: furnished(body, language, rng, share)


def _cut(share: float) -> Change:
    return lambda body, language, rng: cut(body, share)


def _stubbed(share: float) -> Change:
    return lambda body, language, rng: stubbed(body, language, rng, share)


def _damaged(share: float) -> Change:
    return lambda body, language, rng: damaged(body, rng, share)


def _reworded(low: float, high: float) -> Change:
    return lambda body, language, rng: reworded(body, language, rng, rng.uniform(low, high))


def _converted(config: str) -> Change:
    return lambda body, language, rng: converted(converted(body, "t2s"), config)


def _advertised(body: str, language: Language, rng: Random) -> str:
    return lines_between(body, language, rng, rng.randint(2, 5))


def _summarised(body: str, language: Language, rng: Random) -> str:
    return f"{line('lead', language, rng)}\n{body}"


def _everything(body: str, language: Language, rng: Random) -> str:
    """Return what a portal makes of a text: shortened, lightly reworded, with captions and its own furniture."""
    shorter = reworded(cut(body, rng.uniform(0.8, 0.95)), language, rng, 0.85)
    return furnished(_advertised(shorter, language, rng), language, rng, 0.15)


def _misconverted(body: str, language: Language, rng: Random) -> str:
    return misconverted(converted(body, "t2s"), rng)


def _taiwan(body: str, language: Language, rng: Random) -> str:
    config = rng.choice(("s2t", "s2hk", "s2tw", "s2twp"))
    return converted(furnished(cut(converted(body, "t2s"), 0.8), language, rng, 0.1), config)


_CHANGES: Mapping[str, tuple[Change, frozenset[str]]] = {
    "width, punctuation, case": (repunctuated, frozenset({"exact_copy"})),
    "typeset otherwise": (typeset, COPY),
    "light wrapper": (_wrapped(0.05), COPY),
    "medium wrapper": (_wrapped(0.25), COPY),
    "heavy wrapper": (_wrapped(0.6), COPY),
    "lines between paragraphs": (_advertised, COPY),
    "new lead": (_summarised, COPY),
    "first 95 %": (_cut(0.95), COPY),
    "first 85 %": (_cut(0.85), COPY),
    "first 70 %": (_cut(0.70), COPY),
    "first 50 %": (_cut(0.50), COPY | {"contains"}),
    "first 30 %": (_cut(0.30), frozenset({"contains"})),
    "first 70 % and a stub": (_stubbed(0.70), COPY),
    "first 30 % and a stub": (_stubbed(0.30), frozenset({"contains"})),
    "paragraphs shuffled": (lambda body, language, rng: shuffled(body, rng), COPY),
    "sentences swapped": (shuffled_sentences, COPY),
    "reworded lightly": (_reworded(0.7, 0.85), COPY),
    "reworded": (_reworded(0.5, 0.65), COPY),
    "cut, reworded and wrapped": (_everything, COPY),
    "damaged 1 %": (_damaged(0.01), LINKED),
    "damaged 2 %": (_damaged(0.02), LINKED),
    "damaged 4 %": (_damaged(0.04), LINKED),
}

_CHINESE: Mapping[str, tuple[Change, frozenset[str]]] = {
    "Traditional (s2t)": (_converted("s2t"), COPY),
    "Traditional (s2hk)": (_converted("s2hk"), COPY),
    "Traditional (s2tw)": (_converted("s2tw"), COPY),
    "Traditional (s2twp)": (_converted("s2twp"), COPY),
    "Traditional, wrongly converted": (_misconverted, COPY),
}
