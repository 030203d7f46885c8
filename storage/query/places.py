"""Where in an article a query holds: the places that an alert shows and a result highlights.

Asked only of queries that hold. What must not stand there has no place, and neither has a source or a date.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from storage.query.letters import occurrences, stem_of
from storage.query.nodes import And, Count, Entity, Near, Node, Or, Phrase, Stage, TitlePattern
from storage.query.patterns import title_fits
from storage.query.predicate import calls, is_true, near_pairs
from storage.query.subject import FIELDS, Asked, stage_of
from storage.records import Span

__all__ = ["spans_of"]

_FEW = 5
"""Places of one phrase in one field: one makes a condition true, a few show the context."""


def spans_of(node: Node, asked: Asked) -> tuple[Span, ...]:
    """Return the places that make a query hold that does: those of the title first, then by position.

    ``term`` is what was written, or the phrase itself where nobody wrote it.
    """
    found = set(_spans(node, asked))
    return tuple(sorted(found, key=lambda span: (span.field != FIELDS[0], span.start, span.end, span.term)))


def _spans(node: Node, asked: Asked) -> Iterator[Span]:
    spans = _PLACES.get(type(node))
    if spans is not None:
        yield from spans(node, asked)
    elif isinstance(node, And | Or):
        for part in node.nodes:
            if isinstance(node, And) or is_true(part, asked):
                yield from _spans(part, asked)


def _of_phrase(node: Phrase, asked: Asked) -> Iterator[Span]:
    for field in FIELDS[:1] if node.in_title else FIELDS:
        for start, end in islice(occurrences(asked.forms[field].letters, node.letters), _FEW):
            yield _span(asked, field, start, end, node.written or node.letters)


def _of_near(node: Near, asked: Asked) -> Iterator[Span]:
    for field in FIELDS[:1] if node.left.in_title else FIELDS:
        for phrase, places in zip((node.left, node.right), near_pairs(node, asked, field), strict=True):
            for first, _ in places[:_FEW]:
                start = asked.token_starts(field)[first]
                end = start + len(stem_of(phrase.letters))
                yield _span(asked, field, start, end, phrase.written or phrase.letters)


def _of_pattern(node: TitlePattern, asked: Asked) -> Iterator[Span]:
    title = asked.subject.title or ""
    start, end = title_fits(node.pattern, title) or (0, 0)
    if start < end:
        term = node.written or f"/{node.pattern}/"
        yield Span(field="title", start=start, end=end, surface=title[start:end], term=term)


def _of_entity(node: Entity, asked: Asked) -> Iterator[Span]:
    called = {entity for entity in asked.entities if calls(node.ids, entity)}
    for mention in asked.subject.mentions:
        if mention.entity in called and (mention.field == "title" or not node.in_title):
            yield Span(
                field=mention.field,
                start=mention.start,
                end=mention.end,
                surface=mention.surface,
                term=node.written or mention.entity,
            )


def _of_count(node: Count, asked: Asked) -> Iterator[Span]:
    return _of_entity(Entity(node.ids, written=node.written), asked)


def _of_stage(node: Stage, asked: Asked) -> Iterator[Span]:
    for fact in asked.subject.stated:
        if stage_of(fact) in node.stages:
            yield Span(
                field=fact.field,
                start=fact.start,
                end=fact.end,
                surface=fact.surface,
                term=node.written or stage_of(fact),
            )


def _span(asked: Asked, field: str, start: int, end: int, term: str) -> Span:
    text = asked.subject.text if field == "text" else asked.subject.title or ""
    first, last = asked.forms[field].original(start, end)
    return Span(field=field, start=first, end=last, surface=text[first:last], term=term)


_PLACES: dict[type, Callable[[Any, Asked], Iterator[Span]]] = {
    Phrase: _of_phrase,
    Near: _of_near,
    TitlePattern: _of_pattern,
    Entity: _of_entity,
    Count: _of_count,
    Stage: _of_stage,
}
