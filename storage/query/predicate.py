"""Whether a query holds for one article in memory.

Gives the same answer as the SQL of the query. Pure: what it asks, ``storage.query.subject`` knows.
"""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from storage.query.moments import instant
from storage.query.nodes import (
    And,
    Author,
    Comparison,
    Count,
    Dated,
    Entity,
    Everything,
    Group,
    Language,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Seen,
    Source,
    Stage,
    TitlePattern,
)
from storage.query.patterns import glob_fits, is_glob, title_fits
from storage.query.subject import FIELDS, Asked, Subject
from storage.timing import earliest, latest

__all__ = ["calls", "holds", "is_true", "near_pairs"]

_COMPARE: dict[Comparison, Callable[[int, int], bool]] = {
    ">=": operator.ge, ">": operator.gt, "=": operator.eq, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
_REMEMBERED = 4_096

Places = list[tuple[int, int]]


def holds(node: Node, article: Subject, now: datetime, group: str | None) -> bool:
    """Return whether a query holds for an article; ``group`` is the group of its source."""
    return is_true(node, Asked(article, now, group))


def is_true(node: Node, asked: Asked) -> bool:
    """Return whether a query, or a part of it, holds for an article that is being asked."""
    return _TESTS[type(node)](node, asked)


def calls(ids: tuple[str, ...], entity: str) -> bool:
    """Tell whether an entity is one of these: ids, or globs over ids."""
    exact, globs = _split(ids)
    return entity in exact or any(glob_fits(glob, entity) for glob in globs)


def near_pairs(node: Near, asked: Asked, field: str) -> tuple[Places, Places]:
    """Return the places of the left and the right phrase in a field that make it hold there, in tokens."""
    left, right = (asked.tokens(field, phrase.letters) for phrase in (node.left, node.right))
    if not left or not right:
        return [], []
    return _with_one_near(left, right, node.distance), _with_one_near(right, left, node.distance)


def _with_one_near(ones: Places, others: Places, distance: int) -> Places:
    """Return those that have another one near them, on either side and without overlap."""
    starts, ends = [start for start, _ in others], [end for _, end in others]
    found = []
    for start, end in ones:
        behind = bisect_left(starts, end)
        before = bisect_left(ends, start + 1) - 1
        is_near = (behind < len(starts) and starts[behind] - end <= distance) or (
            before >= 0 and start - ends[before] <= distance
        )
        if is_near:
            found.append((start, end))
    return found


@lru_cache(_REMEMBERED)
def _split(ids: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the ids and the globs."""
    return frozenset(one for one in ids if not is_glob(one)), tuple(one for one in ids if is_glob(one))


def _phrase(node: Phrase, asked: Asked) -> bool:
    return asked.stands(node.letters, in_title=node.in_title)


def _near(node: Near, asked: Asked) -> bool:
    if not (_phrase(node.left, asked) and _phrase(node.right, asked)):
        return False
    fields = FIELDS[:1] if node.left.in_title else FIELDS
    return any(near_pairs(node, asked, field)[0] for field in fields)


def _pattern(node: TitlePattern, asked: Asked) -> bool:
    return title_fits(node.pattern, asked.subject.title or "") is not None


def _entity(node: Entity, asked: Asked) -> bool:
    mentioned = asked.in_title if node.in_title else asked.entities
    exact, globs = _split(node.ids)
    return not mentioned.isdisjoint(exact) or any(glob_fits(glob, one) for glob in globs for one in mentioned)


def _count(node: Count, asked: Asked) -> bool:
    found = sum(calls(node.ids, mention.entity) for mention in asked.subject.mentions)
    return _COMPARE[node.comparison](found, node.number)


def _stage(node: Stage, asked: Asked) -> bool:
    return not asked.subject.stages.isdisjoint(node.stages)


def _source(node: Source, asked: Asked) -> bool:
    return asked.subject.source_id in node.ids or any(glob_fits(node.glob, outlet) for outlet in asked.outlets)


def _group(node: Group, asked: Asked) -> bool:
    return asked.group is not None and glob_fits(node.glob, asked.group)


def _author(node: Author, asked: Asked) -> bool:
    return any(node.key in key for key in asked.author_keys)


def _language(node: Language, asked: Asked) -> bool:
    return node.tag in asked.languages


def _seen(node: Seen, asked: Asked) -> bool:
    moment = instant(node.moment, asked.now)
    return (asked.subject.first_seen_at >= moment) is node.is_after


def _dated(node: Dated, asked: Asked) -> bool:
    moment = instant(node.moment, asked.now)
    first, end = (tell(asked.subject.published) for tell in (earliest, latest))
    if not node.is_after:
        return first is not None and first < moment
    return end is not None and (end > moment or end == first == moment)


def _everything(node: Everything, asked: Asked) -> bool:
    return True


def _not(node: Not, asked: Asked) -> bool:
    return not is_true(node.node, asked)


def _and(node: And, asked: Asked) -> bool:
    return all(is_true(part, asked) for part in node.nodes)


def _or(node: Or, asked: Asked) -> bool:
    return any(is_true(part, asked) for part in node.nodes)


_TESTS: dict[type, Callable[[Any, Asked], bool]] = {
    And: _and, Author: _author, Count: _count, Dated: _dated, Entity: _entity, Everything: _everything,
    Group: _group, Language: _language, Near: _near, Not: _not, Or: _or, Phrase: _phrase, Seen: _seen, Source: _source,
    Stage: _stage, TitlePattern: _pattern,
}  # fmt: skip
