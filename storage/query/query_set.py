"""Many queries asked of one article at once: a thousand cost hardly more than ten.

One automaton finds the phrases of all queries in one pass. A query is looked at only where something that must be
there for it to hold is: a phrase, an entity or a kind of entity, a stage. Those of which nothing can be said are asked
always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.query.letters import is_alphabetic, place, stem_of
from storage.query.nodes import And, Count, Entity, Near, Node, Not, Or, Phrase, Stage
from storage.query.patterns import is_glob
from storage.query.places import spans_of
from storage.query.predicate import is_true
from storage.query.subject import Asked, Subject
from storage.records import Span

__all__ = ["QuerySet", "compile_queries"]

_WINDOW = 65_536
"""Characters searched at once: bounds the list of what is found, whatever the text repeats."""
_PHRASE, _ENTITY, _KIND, _STAGE = "phrase", "entity", "kind", "stage"

Sign = tuple[str, str]
"""What an article shows: that it holds a phrase, mentions an entity or one of a kind, states a stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuerySet:
    """Queries made ready to be asked together, by name.

    ``phrases`` are found by ``automaton`` (None where there are none), the longest has ``reach`` + 1 letters.
    ``of_words`` are those (indexes) that begin or end with a letter of a word, whose edges must be those of a word.
    ``by_sign`` gives the queries (indexes) that a sign may make true; ``always`` are those that need none.
    """

    queries: Mapping[str, Node]
    nodes: tuple[Node, ...]
    names: tuple[str, ...]
    phrases: tuple[str, ...]
    automaton: Any
    reach: int
    of_words: frozenset[int]
    by_sign: Mapping[Sign, tuple[int, ...]]
    always: tuple[int, ...]

    def matches(self, article: Subject, now: datetime, group: str | None) -> dict[str, tuple[Span, ...]]:
        """Return the queries that hold for an article, in their order, each with the places that make it hold.

        ``group`` is the group of the article's source.
        """
        asked = Asked(article, now, group)
        title, text = (self._phrases_in(asked.forms[field].letters) for field in ("title", "text"))
        asked.know(title, text)
        found = {index for sign in _signs(asked, title | text) for index in self.by_sign.get(sign, ())}
        holding = (index for index in sorted(found.union(self.always)) if is_true(self.nodes[index], asked))
        return {self.names[index]: spans_of(self.nodes[index], asked) for index in holding}

    def _phrases_in(self, letters: str) -> frozenset[str]:
        if self.automaton is None:
            return frozenset()
        found: set[int] = set()
        for index, start in self._occurrences(letters):
            if index in found:
                continue
            if index in self.of_words and place(letters, self.phrases[index], start) is None:
                continue
            found.add(index)
        return frozenset(self.phrases[index] for index in found)

    def _occurrences(self, letters: str) -> Iterator[tuple[int, int]]:
        for offset in range(0, len(letters), _WINDOW):
            window = letters[offset : offset + _WINDOW + self.reach]
            for index, start, _ in self.automaton.find_matches_as_indexes(window, overlapping=True):
                if start < _WINDOW:
                    yield index, offset + start


def compile_queries(queries: Mapping[str, Node]) -> QuerySet:
    """Return queries made ready to be asked together."""
    phrases = tuple(dict.fromkeys(phrase for node in queries.values() for phrase in _phrases(node)))
    by_sign: dict[Sign, list[int]] = {}
    always = []
    for index, node in enumerate(queries.values()):
        needed = _needed(node)
        if needed is None:
            always.append(index)
        for sign in needed or ():
            by_sign.setdefault(sign, []).append(index)
    return QuerySet(
        queries=queries,
        nodes=tuple(queries.values()),
        names=tuple(queries),
        phrases=phrases,
        automaton=_automaton(phrases),
        reach=max(map(len, phrases), default=1) - 1,
        of_words=frozenset(index for index, phrase in enumerate(phrases) if _is_of_words(stem_of(phrase))),
        by_sign={sign: tuple(indexes) for sign, indexes in by_sign.items()},
        always=tuple(always),
    )


def _is_of_words(stem: str) -> bool:
    return is_alphabetic(stem[0]) or is_alphabetic(stem[-1])


def _automaton(phrases: tuple[str, ...]) -> Any:
    if not phrases:
        return None
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(map(stem_of, phrases))


def _phrases(node: Node) -> Iterator[str]:
    """Yield the phrases that may be asked for."""
    match node:
        case Phrase():
            yield node.letters
        case Near():
            yield from (node.left.letters, node.right.letters)
        case Not():
            yield from _phrases(node.node)
        case And() | Or():
            for part in node.nodes:
                yield from _phrases(part)


def _signs(asked: Asked, phrases: Iterable[str]) -> Iterator[Sign]:
    """Yield what an article shows."""
    for phrase in phrases:
        yield _PHRASE, phrase
    for entity in asked.entities:
        yield _ENTITY, entity
    for kind in {entity.partition(":")[0] for entity in asked.entities}:
        yield _KIND, kind
    for stage in asked.subject.stages:
        yield _STAGE, stage


def _needed(node: Node) -> frozenset[Sign] | None:
    """Return signs of which one must be there for the query to hold; None where nothing can be said."""
    match node:
        case Phrase():
            return frozenset({(_PHRASE, node.letters)})
        case Near():
            return frozenset({(_PHRASE, max(node.left.letters, node.right.letters, key=len))})
        case Entity():
            return _entity_signs(node.ids)
        case Count(comparison=">=" | ">" | "=") if node.number > 0:
            return _entity_signs(node.ids)
        case Stage():
            return frozenset((_STAGE, stage) for stage in node.stages)
        case And():
            return min(filter(None, map(_needed, node.nodes)), key=_cost, default=None)
        case Or():
            parts = [_needed(part) for part in node.nodes]
            known = [part for part in parts if part is not None]
            return frozenset().union(*known) if len(known) == len(parts) else None
    return None


def _entity_signs(ids: tuple[str, ...]) -> frozenset[Sign] | None:
    signs = {(_KIND, one.partition(":")[0]) if is_glob(one) else (_ENTITY, one) for one in ids}
    return None if any(is_glob(name) for _, name in signs) else frozenset(signs)


def _cost(signs: frozenset[Sign]) -> tuple[int, int]:
    """Return how often signs will be there by chance: short phrases and whole kinds are common, lists add up."""
    return sum(name == _KIND for name, _ in signs), len(signs) * 100 - min(
        (len(value) for _, value in signs), default=0
    )
