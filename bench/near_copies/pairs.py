"""All labelled pairs of a run."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bench.near_copies.articles import articles
from bench.near_copies.copies import copies
from bench.near_copies.grammar import Language
from bench.near_copies.look_alikes import boilerplate_shared, forms, one_scheme, other_articles, own_words
from bench.near_copies.pair import Pair
from bench.near_copies.quotes import quotes
from bench.near_copies.revisions import revisions

__all__ = ["labelled_pairs"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def labelled_pairs(rng: Random, count: int) -> Iterator[Pair]:
    """Yield pairs of every kind in both languages: about ``count`` of each kind that is made from articles."""
    for language in LANGUAGES:
        yield from _pairs(language, rng, count)


def _pairs(language: Language, rng: Random, count: int) -> Iterator[Pair]:
    pool = articles(language, rng, max(count, 30))
    for article in pool[:count] if count < len(pool) else pool:
        yield from copies(article, rng)
        yield from revisions(article, rng)
        yield from quotes(article, pool, rng)
    yield from forms(language, rng, max(count // 20, 1))
    yield from one_scheme(language, rng, 2 * count)
    yield from other_articles(pool, rng, 10 * count)
    yield from boilerplate_shared(pool, language, rng, 2 * count)
    yield from own_words(language, rng, count)
