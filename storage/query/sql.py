"""A query as SQL over the rows of articles: which articles it may hold for, and whether it surely holds for them.

What a database cannot decide as the predicate does (regular expressions, names of authors, words near each other,
conditions far within others) is left open: the articles found are a superset, and are asked again
(``storage.search``). Each branch of a plan can be read newest first without finding all of its articles: it is led by
the index whose order that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, and_, not_, or_, true

from storage.query import sql_fields, sql_words
from storage.query.nodes import And, Entity, Near, Node, Not, Or, Phrase, Seen, Source, height
from storage.query.outlets import Outlets

__all__ = ["Branch", "Condition", "Plan", "asks_outlets", "compile_query"]

_HIGHEST = 16
"""Conditions within each other that are asked of a database: the readers of SQLite and of FTS5 stop at about 32."""
_WAYS = 64
"""Entities of which each is followed in its own order; of more, every article is asked for all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Where a query may hold, on rows of ``article``; it surely does there if ``is_exact``."""

    where: ColumnElement[bool]
    is_exact: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """One way to find articles: those that FTS5 finds (``match``) or that mention one ``entity``, its only id.

    Without both it is all articles; of them those for which ``where`` holds. ``bounds`` follow from it: their ids are
    from one on, or up to one. So do ``needles``, questions to PostgreSQL's index of tokens, each for a chunk of every
    article that is found.
    """

    match: str | None = None
    entity: Entity | None = None
    where: ColumnElement[bool] | None = None
    bounds: tuple[sql_fields.Bound, ...] = ()
    needles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A query as SQL: it holds for no article that none of the branches finds.

    It holds for all that they find if ``is_exact``. ``reads_words`` says that it asks the full-text index.
    """

    branches: tuple[Branch, ...]
    is_exact: bool
    reads_words: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What conditions are compiled for; ``is_one_by_one`` says that few articles are asked, each by itself."""

    is_sqlite: bool
    now: datetime
    groups: Mapping[str, str | None]
    outlets: Outlets
    is_one_by_one: bool = False


def compile_query(
    node: Node, *, dialect: str, now: datetime, groups: Mapping[str, str | None], outlets: Outlets
) -> Plan:
    """Return a query as SQL of ``dialect``; ``groups`` says in which group each source is."""
    asked = _Asked(is_sqlite=dialect == "sqlite", now=now, groups=groups, outlets=outlets)
    made = [_branch(one, asked) for one in _ways(node)]
    return Plan(
        branches=tuple(branch for branch, _ in made),
        is_exact=all(is_exact for _, is_exact in made),
        reads_words=_holds_any(node, (Phrase, Near)),
    )


def asks_outlets(node: Node) -> bool:
    """Tell whether ``compile_query`` needs to know the outlets for it."""
    return _holds_any(node, (Source,))


def _ways(node: Node) -> list[Node]:
    """Return what to find each on its own: one of them, or one of several entities."""
    if isinstance(node, Or):
        return [way for one in node.nodes for way in _ways(one)]
    if isinstance(node, Entity) and len(node.ids) <= _WAYS and sql_fields.is_plain(node.ids):
        return [Entity(ids=(one,), in_title=node.in_title) for one in node.ids]
    return [node]


def _branch(node: Node, asked: _Asked) -> tuple[Branch, bool]:
    every = _flat(node)
    parts = [part for part in every if height(part) <= _HIGHEST]
    led = sql_words.match_of(parts) if asked.is_sqlite else None
    entity = None if led else next(filter(_leads, parts), None)
    done = led.parts if led else (entity,)
    rest = [part for part in parts if part not in done]
    needles = () if asked.is_sqlite or entity else sql_words.needles_of(parts)
    each = replace(asked, is_one_by_one=bool(needles))
    conditions = [_condition(part, each) for part in rest]
    where = _all([condition.where for condition in conditions]) if conditions else None
    bounds = tuple(sql_fields.bound(part, asked.now) for part in rest if isinstance(part, Seen))
    is_told = len(parts) == len(every) and all(condition.is_exact for condition in conditions)
    branch = Branch(
        match=led.text if led else None,
        entity=cast("Entity | None", entity),
        where=where,
        bounds=bounds,
        needles=needles,
    )
    return branch, is_told and (led is None or led.is_exact)


def _leads(node: Node) -> bool:
    return isinstance(node, Entity) and len(node.ids) == 1 and sql_fields.is_plain(node.ids)


def _flat(node: Node) -> list[Node]:
    """Return the conditions that all have to hold."""
    return [part for one in node.nodes for part in _flat(one)] if isinstance(node, And) else [node]


def _condition(node: Node, asked: _Asked) -> Condition:
    match node:
        case And():
            return _joined([_condition(one, asked) for one in node.nodes], are_all=True)
        case Or():
            return _joined([_condition(one, asked) for one in node.nodes], are_all=False)
        case Not():
            return _opposite(_condition(node.node, asked))
        case Phrase() | Near():
            where, is_exact = sql_words.condition(node, is_sqlite=asked.is_sqlite, is_one_by_one=asked.is_one_by_one)
        case _:
            where, is_exact = sql_fields.condition(
                node, is_sqlite=asked.is_sqlite, now=asked.now, groups=asked.groups, outlets=asked.outlets
            )
    return Condition(where=where, is_exact=is_exact)


def _joined(conditions: list[Condition], *, are_all: bool) -> Condition:
    wheres = [condition.where for condition in conditions]
    return Condition(
        where=_all(wheres) if are_all else or_(*wheres),
        is_exact=all(condition.is_exact for condition in conditions),
    )


def _opposite(condition: Condition) -> Condition:
    """Return where a condition does not hold: what may hold somewhere may fail there, too."""
    return Condition(where=not_(condition.where)) if condition.is_exact else Condition(where=true(), is_exact=False)


def _all(wheres: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    return and_(true(), *wheres)


def _holds_any(node: Node, kinds: tuple[type, ...]) -> bool:
    if isinstance(node, And | Or):
        return any(_holds_any(one, kinds) for one in node.nodes)
    return _holds_any(node.node, kinds) if isinstance(node, Not) else isinstance(node, kinds)
