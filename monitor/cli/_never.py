"""Queries that hold for no article: what asks for a thing and excludes it, and rules that ask for the past."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import combinations

from monitor.cli._table import cut
from storage.query.nodes import (
    And,
    Count,
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
)
from storage.query.patterns import is_glob
from storage.query.predicate import calls
from storage.query.written import unparse

__all__ = ["never", "past"]


def never(node: Node, *, said: str = "holds for no article") -> Iterator[str]:
    """Yield why a query, or a branch of it, holds for no article; it may be so for reasons that are not found."""
    wanted = list(_wanted(node))
    denied = [one.node for one in wanted if isinstance(one, Not)]
    clash = next((one for one in wanted if _is_denied(one, denied)), None)
    apart = next((pair for pair in combinations(wanted, 2) if _are_apart(*pair)), None)
    if clash is not None:
        yield f"{said}: {_shown(clash)} is asked for and excluded; leave one of the two out"
    elif apart is not None:
        hint = "" if isinstance(apart[0], Seen) else "; OR means either"
        yield f"{said}: nothing is both {_shown(apart[0])} and {_shown(apart[1])}{hint}"
    else:
        for one in wanted:
            for part in one.nodes if isinstance(one, Or) else ():
                yield from never(part, said="has a part that holds for no article")


def past(node: Node, now: datetime) -> Iterator[str]:
    """Yield what a rule asks for that no article can be which comes in from ``now`` on: first seen before."""
    for one in _wanted(node):
        parts = one.nodes if isinstance(one, Or) else (one,)
        if all(isinstance(part, Seen) and _is_past(part, now) for part in parts):
            yield (
                f"tells of nothing that comes in: {_shown(parts[0])} asks when an article was first seen; "
                "the date that it gives itself is asked for with published:"
            )


def _shown(node: Node) -> str:
    return cut(node.written or unparse(node), 60)


def _wanted(node: Node) -> Iterator[Node]:
    """Yield what all has to hold where a query does."""
    if isinstance(node, And):
        for part in node.nodes:
            yield from _wanted(part)
    elif isinstance(node, Not) and isinstance(node.node, Or):
        for part in node.node.nodes:
            yield from _wanted(Not(part))
    elif isinstance(node, Not) and isinstance(node.node, Not):
        yield from _wanted(node.node.node)
    else:
        yield node


def _is_denied(wanted: Node, denied: Collection[Node]) -> bool:
    """Say whether one of some conditions holds wherever another one does."""
    if isinstance(wanted, Or):
        return all(_is_denied(part, denied) for part in wanted.nodes)
    return any(_covers(wanted, one) for one in denied)


def _covers(wanted: Node, denied: Node) -> bool:
    """Say whether one condition holds wherever another one does."""
    if wanted == denied or isinstance(denied, Everything):
        return True
    match wanted, denied:
        case Phrase(), Phrase():
            return wanted.letters == denied.letters and not denied.in_title
        case Near(), Phrase():
            return _covers(wanted.left, denied) or _covers(wanted.right, denied)
        case Entity(), Entity():
            is_within = wanted.in_title or not denied.in_title
            return is_within and all(_is_called(one, denied.ids) for one in wanted.ids)
        case Count(comparison=">" | ">=" | "="), Entity():
            is_some = wanted.number > 0 or wanted.comparison == ">"
            return is_some and not denied.in_title and all(_is_called(one, denied.ids) for one in wanted.ids)
    return False


def _is_called(name: str, ids: tuple[str, ...]) -> bool:
    return name in ids or (not is_glob(name) and calls(ids, name))


def _are_apart(one: Node, other: Node) -> bool:
    """Say whether no article meets two conditions."""
    match one, other:
        case Language(), Language():
            short, long = sorted((one.tag, other.tag), key=len)
            return short != long and not long.startswith(f"{short}-")
        case Group(), Group():
            return one.glob != other.glob and not (is_glob(one.glob) or is_glob(other.glob))
        case Seen(), Seen() if one.is_after != other.is_after:
            after, before = (one, other) if one.is_after else (other, one)
            return _is_later(after.moment, before.moment)
    return False


def _is_later(one: datetime | timedelta, other: datetime | timedelta) -> bool:
    """Say whether a moment is at or after another one, whenever that is asked; False where it depends."""
    if isinstance(one, timedelta) and isinstance(other, timedelta):
        return one <= other
    return isinstance(one, datetime) and isinstance(other, datetime) and one >= other


def _is_past(seen: Seen, now: datetime) -> bool:
    moment = now - seen.moment if isinstance(seen.moment, timedelta) else seen.moment
    return not seen.is_after and moment <= now
