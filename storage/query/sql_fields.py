"""Conditions on what is known of an article besides its words, as SQL."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, ColumnElement, ScalarSelect, and_, exists, false, func, or_, select, true

from storage.fold import fold
from storage.query.moments import instant
from storage.query.nodes import Count, Dated, Entity, Everything, Group, Language, Node, Seen, Source, Stage
from storage.query.outlets import Outlets
from storage.query.patterns import glob_fits, is_glob
from storage.query.sql_dates import may_be_published
from storage.states import FactKind
from storage.tables import articles, mentions, stated_facts

__all__ = ["Bound", "bound", "condition", "is_plain"]

_LISTED = 500
"""Outlets named one by one in a question; of more, each article is asked again."""
_NAMED = mentions.alias("named")  # of an article that a branch may have found by its mentions
_DELAYS = frozenset({FactKind.POSTPONED.value, FactKind.POSTPONEMENT_PROPOSED.value})
_OPEN = (true(), False)
_BEYOND = 2**63 - 1  # an id that no article has: FTS5 takes NULL for no bound at all
_SIGNS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "=": operator.eq,
    "<": operator.lt,
    "<=": operator.le,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """All that are found have this id or a later one (``is_first``), or this or an earlier one."""

    article_id: ScalarSelect[int]
    is_first: bool


def is_plain(ids: Sequence[str]) -> bool:
    """Tell whether these are ids of entities, none of them a glob."""
    return not any(map(is_glob, ids))


def condition(
    node: Node, *, is_sqlite: bool, now: datetime, groups: Mapping[str, str | None], outlets: Outlets
) -> tuple[ColumnElement[bool], bool]:
    """Return where a condition may hold, on rows of ``article``, and whether it surely does there."""
    match node:
        case Everything():
            return true(), True
        case Entity():
            return exists().where(*_mentions(node.ids, is_sqlite), *_in_title(node)), _is_sure(node.ids)
        case Count():
            times = select(func.count()).select_from(_NAMED).where(*_mentions(node.ids, is_sqlite))
            return (
                (_SIGNS[node.comparison](times.scalar_subquery(), node.number), True) if _is_sure(node.ids) else _OPEN
            )
        case Stage():
            return _stated(node), True
        case Source():
            return _from(node, outlets)
        case Group():
            named = [source for source, group in groups.items() if group and glob_fits(node.glob, fold(group))]
            return articles.c.source_id.in_(named), True
        case Language():
            return _in_language(node.tag), True
        case Seen():
            at = instant(node.moment, now)
            return (articles.c.first_seen_at >= at if node.is_after else articles.c.first_seen_at < at), True
        case Dated():
            return may_be_published(node, now, is_sqlite=is_sqlite), False
    return _OPEN  # regular expressions, authors


def bound(node: Seen, now: datetime) -> Bound:
    """Return what a time of arrival says of the ids, in whose order articles are read.

    To an id 0 is added: for the least of them as they stand, databases would walk all articles in their order.
    """
    at, seen = instant(node.moment, now), articles.alias()
    if node.is_after:
        first = select(func.coalesce(func.min(seen.c.id + 0), _BEYOND)).where(seen.c.first_seen_at >= at)
        return Bound(article_id=first.scalar_subquery(), is_first=True)
    last = select(func.coalesce(func.max(seen.c.id + 0), 0)).where(seen.c.first_seen_at < at)
    return Bound(article_id=last.scalar_subquery(), is_first=False)


def _mentions(ids: Sequence[str], is_sqlite: bool) -> list[ColumnElement[bool]]:
    """Return what is true of the mentions of some entities in an article, by ids and globs over ids."""
    plain = [one for one in ids if not is_glob(one)]
    named: list[ColumnElement[bool]] = [_NAMED.c.entity.in_(plain)] if plain else []
    named += [_like(_without_sets(glob), is_sqlite) for glob in ids if is_glob(glob)]
    return [_NAMED.c.article_id == articles.c.id, or_(false(), *named)]


def _in_title(node: Entity) -> list[ColumnElement[bool]]:
    return [_NAMED.c.field == "title"] if node.in_title else []


def _like(glob: str, is_sqlite: bool) -> ColumnElement[bool]:
    """Return that an entity's id is like a glob of ``*`` and ``?``; SQLite's LIKE does not see case, its GLOB does."""
    if is_sqlite:
        return _NAMED.c.entity.op("GLOB", return_type=Boolean())(glob)
    for sign, like in (("\\", r"\\"), ("%", r"\%"), ("_", r"\_"), ("*", "%"), ("?", "_")):
        glob = glob.replace(sign, like)
    return _NAMED.c.entity.like(glob, escape="\\")


def _stated(node: Stage) -> ColumnElement[bool]:
    of_article = stated_facts.c.article_id == articles.c.id
    is_stage = and_(stated_facts.c.what == FactKind.STAGE, stated_facts.c.value.in_(node.stages))
    return exists().where(of_article, or_(is_stage, stated_facts.c.what.in_(sorted(_DELAYS.intersection(node.stages)))))


def _from(node: Source, outlets: Outlets) -> tuple[ColumnElement[bool], bool]:
    sources = [name for name in outlets.sources if name in node.ids or glob_fits(node.glob, fold(name))]
    if len(sources) == len(outlets.sources):
        return true(), True
    if outlets.publishers is None or outlets.declared is None:
        return _OPEN
    publishers, declared = (_fitting(node.glob, names) for names in (outlets.publishers, outlets.declared))
    if len(sources) + len(publishers) + len(declared) > _LISTED:
        return _OPEN
    named = ((articles.c.publisher, publishers), (articles.c.declared_source, declared))
    others = [func.coalesce(column, "").in_(names) for column, names in named if names]
    return or_(articles.c.source_id.in_(sources), *others), True


def _fitting(glob: str, names: Sequence[str]) -> list[str]:
    return [name for name in names if name and glob_fits(glob, fold(name))]


def _in_language(tag: str) -> ColumnElement[bool]:
    language, script = (func.lower(func.coalesce(part, "")) for part in (articles.c.language, articles.c.script))
    return and_(language != "", or_(language == tag, language + "-" + script == tag))


def _is_sure(ids: Sequence[str]) -> bool:
    """Tell whether SQL can ask for these globs: those with sets of characters, each database knows in its own way."""
    return not any("[" in one for one in ids)


def _without_sets(glob: str) -> str:
    """Return a glob without sets of characters that fits whatever ``glob`` does, and more."""
    before, bracket, _ = glob.partition("[")
    return f"{before}*" if bracket else glob
