"""Articles that a query found, the most telling first, each story once.

Never more than a few hundred of the newest are ranked: to score all hits of a common word takes seconds. How much a
word tells comes with the question; what an article is worth for it, adds up from parts that a person can be shown.
Read-only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log2

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.fold import fold
from storage.query.letters import letters_of, occurrences
from storage.query.nodes import And, Count, Entity, Near, Node, Or, Phrase
from storage.query.predicate import calls
from storage.query.subject import Subject
from storage.stories import Spread, spreads
from storage.subjects import subjects_of
from storage.tables import articles

__all__ = ["MOST_RANKED", "WEIGHTS", "Ranked", "Wanted", "rank", "wanted_of"]

MOST_RANKED = 300
"""The newest articles among which the best are looked for: 0.1-0.2 s (docs/design/0016-search.md)."""
WEIGHTS: Mapping[str, float] = {
    "title": 3.0,
    "text": 2.0,
    "entities": 2.0,
    "keywords": 1.0,
    "coverage": 0.8,
    "freshness": 0.8,
}
"""What each part adds at most; a table of cases in the tests pins their order."""
_HALF_TIMES = 1.2
"""How often a word of the text has to occur for half of what it can add (Robertson's k1), in a text of mean length."""
_SHARE_OF_LENGTH = 0.5
_HALF_MENTIONS = 2.0
_MANY_OUTLETS = 16
_HALF_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a query wants to be there: phrases, and entities as ids or globs; not what it excludes."""

    phrases: tuple[Phrase, ...]
    entities: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An article with its score, and what each part (of ``WEIGHTS``) adds to it.

    ``others`` are the found articles of the same story that rank lower; ``outlets`` counts all that have the story.
    """

    article_id: int
    story_id: int
    score: float
    parts: Mapping[str, float]
    others: tuple[int, ...]
    outlets: int


def wanted_of(node: Node) -> Wanted:
    """Return what a query wants to be there."""
    leaves = list(_positive(node))
    phrases = [leaf for leaf in leaves if isinstance(leaf, Phrase)]
    entities = [one for leaf in leaves if isinstance(leaf, Entity | Count) for one in leaf.ids]
    return Wanted(phrases=tuple(dict.fromkeys(phrases)), entities=tuple(dict.fromkeys(entities)))


def rank(
    session: Session,
    article_ids: Sequence[int],
    *,
    words: Mapping[str, float],
    entities: tuple[str, ...],
    now: datetime,
    one_a_story: bool = True,
) -> tuple[Ranked, ...]:
    """Return the articles, the best first; of two alike the newer one. Each story stands there once unless asked.

    ``words`` are those of the query as ``letters_of`` forms them, with how much each tells (0-1).
    """
    subjects, placed = subjects_of(session, article_ids), _placed(session, article_ids)
    spread = spreads(session, {story_id for story_id, _ in placed.values()})
    mean = sum(len(subject.text) for subject in subjects.values()) / max(len(subjects), 1)
    scored = []
    for article_id, subject in subjects.items():
        story_id, keywords = placed[article_id]
        parts = {
            **_of_words(subject, words, mean),
            "keywords": _of_keywords(keywords, words),
            "entities": _of_entities(subject, entities),
            "coverage": _of_coverage(spread[story_id]),
            "freshness": 0.5 ** (max(now - subject.first_seen_at, timedelta(0)) / _HALF_LIFE),
        }
        added = {name: weight * parts[name] for name, weight in WEIGHTS.items()}
        scored.append((sum(added.values()), article_id, added))
    scored.sort(key=lambda one: (one[0], one[1]), reverse=True)
    stories = {article_id: story_id for article_id, (story_id, _) in placed.items()}
    return tuple(_grouped(scored, stories, spread, one_a_story=one_a_story))


def _positive(node: Node) -> Iterator[Node]:
    """Yield the conditions that make a query hold by what is there."""
    if isinstance(node, And | Or):
        for one in node.nodes:
            yield from _positive(one)
    elif isinstance(node, Near):
        yield from (node.left, node.right)
    else:
        yield node


def _placed(session: Session, article_ids: Sequence[int]) -> dict[int, tuple[int, list[str]]]:
    """Return the story and the keywords of each article."""
    asked = select(articles.c.id, articles.c.story_id, articles.c.keywords).where(articles.c.id.in_(article_ids))
    return {row.id: (row.story_id, row.keywords) for row in session.execute(asked)}


def _of_words(subject: Subject, words: Mapping[str, float], mean: float) -> dict[str, float]:
    """Return how much of what is asked stands in the title and, often enough for its length, in the text (0-1)."""
    all_told = sum(words.values())
    if not all_told:
        return {"title": 0.0, "text": 0.0}
    title, text = letters_of(subject.title or ""), letters_of(subject.text)
    half = _HALF_TIMES * (1 - _SHARE_OF_LENGTH + _SHARE_OF_LENGTH * len(subject.text) / max(mean, 1))
    in_title = sum(told for word, told in words.items() if next(occurrences(title, word), None) is not None)
    in_text = 0.0
    for word, told in words.items():
        times = sum(1 for _ in occurrences(text, word))
        in_text += told * times / (times + half)
    return {"title": in_title / all_told, "text": in_text / all_told}


def _of_keywords(keywords: Sequence[str], words: Mapping[str, float]) -> float:
    """Return how much of what is asked is among the keywords of an article, as one or as a part of one."""
    kept = [letters_of(fold(word)) for word in keywords]
    told = sum(told for word, told in words.items() if any(word in keyword for keyword in kept))
    return told / (sum(words.values()) or 1)


def _of_entities(subject: Subject, entities: tuple[str, ...]) -> float:
    if not entities:
        return 0.0
    found = [mention for mention in subject.mentions if calls(entities, mention.entity)]
    in_title = any(mention.field == "title" for mention in found)
    return (len(found) / (len(found) + _HALF_MENTIONS) + in_title) / 2


def _of_coverage(spread: Spread) -> float:
    return min(1.0, log2(max(len(spread.outlets), 1)) / log2(_MANY_OUTLETS))


def _grouped(
    scored: Sequence[tuple[float, int, Mapping[str, float]]],
    stories: Mapping[int, int],
    spread: Mapping[int, Spread],
    *,
    one_a_story: bool,
) -> Iterator[Ranked]:
    others: dict[int, list[int]] = defaultdict(list)
    for _, article_id, _ in scored:
        others[stories[article_id]].append(article_id)
    for score, article_id, parts in scored:
        story_id = stories[article_id]
        if one_a_story and others[story_id][0] != article_id:
            continue
        yield Ranked(
            article_id=article_id,
            story_id=story_id,
            score=score,
            parts=parts,
            others=tuple(one for one in others[story_id] if one != article_id),
            outlets=len(spread[story_id].outlets),
        )
