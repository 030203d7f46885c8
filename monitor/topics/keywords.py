"""Which words are the keywords of an article, among the stories that a store remembers.

A word that most stories hold says little about one, however often it stands there: 模型 in a store about nothing else
sinks, a name that comes for the first time rises. Before a store has many stories, what is known of a word counts.
Tracked names of the title come before all other words: they are why the article is looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from monitor.read.regional import fold_wording
from monitor.tag.terms import term_key
from monitor.topics.rarity import ENTITY, Rarity
from storage import profiles
from storage.fold import to_simplified
from storage.records import Article
from storage.tagged import Mention

__all__ = ["KEPT", "with_keywords"]

KEPT = 8
_HALF = 4
"""Places down the list at which a candidate has half the weight of the first: TF-IDF falls so in news (see 0005)."""
_HALF_WORD = 2  # characters of the shortest word of a compound


def with_keywords(session: Session, article: Article) -> Article:
    """Return an article whose keywords, candidates in their order, are ranked by the store's stories; ``KEPT`` stay.

    A tracked name is as common as the stories that mention it, however they write it.
    """
    terms = _terms(article.keywords, article.mentions)
    keys = {term_key(term) for ways in terms for held in ways for term in held}
    counted, total = profiles.count_terms(session, keys)
    rarity = Rarity(stories=counted, total=total)
    titled = _in_title(article.mentions)
    weighed = [
        (word in titled, _told(ways, rarity) / (place + _HALF), -place, word)
        for place, (word, ways) in enumerate(zip(article.keywords, terms, strict=True))
    ]
    return replace(article, keywords=tuple(word for *_, word in sorted(weighed, reverse=True)[:KEPT]))


def _in_title(mentions: Iterable[Mention]) -> frozenset[str]:
    """Return the tracked names, as the article writes them, whose entity the title names."""
    titled = {one.entity for one in mentions if one.field == "title"}
    return frozenset(one.surface for one in mentions if one.entity in titled)


def _told(ways: Iterable[tuple[str, ...]], rarity: Rarity) -> float:
    """Return how much a word tells: the rarest of its parts, taken apart in the way that makes it commonest."""
    return min(max(map(rarity.of, held)) for held in ways)


def _terms(words: Sequence[str], mentions: Sequence[Mention]) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the words as stories count them: simplified, in one wording, a tracked name as its entity.

    Of a name of several words each is counted alone; the rarest of them says how rare it is. A long Chinese one may be
    of two words, which stories count: each way to take it apart is given.
    """
    entities = {one.surface: ENTITY + one.entity for one in mentions}
    folded = fold_wording(to_simplified("\n".join(words))).split("\n") if words else []
    return tuple(
        ((entities[word],),) if word in entities else _ways(term) for word, term in zip(words, folded, strict=True)
    )


def _ways(term: str) -> tuple[tuple[str, ...], ...]:
    whole = tuple(term.split()) or (term,)
    if len(whole) > 1 or term.isascii():
        return (whole,)
    halves = ((term[:at], term[at:]) for at in range(_HALF_WORD, len(term) - _HALF_WORD + 1))
    return (whole, *halves)
