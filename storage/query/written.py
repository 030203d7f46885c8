"""A query as text again: what reads as the same query, whoever wrote it first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from storage.query.letters import MARK, OPEN, stem_of
from storage.query.moments import Moment
from storage.query.nodes import (
    And,
    Author,
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

__all__ = ["unparse"]


def unparse(node: Node) -> str:
    """Return a query that ``parse`` reads as this node, with names that are ids."""
    return _WRITTEN[type(node)](node)


def _phrase(node: Phrase) -> str:
    return ("title:" if node.in_title else "") + _words(node)


def _near(node: Near) -> str:
    left, right = (_words(phrase) for phrase in (node.left, node.right))
    near = f"{left} NEAR/{node.distance} {right}"
    return f"title:({near})" if node.left.in_title else near


def _words(phrase: Phrase) -> str:
    letters = phrase.letters.replace(MARK, ".")
    return f"{stem_of(letters).replace(' ', '-')}*" if letters.endswith(OPEN) else _quoted(letters)


def _pattern(node: TitlePattern) -> str:
    return f"/{node.pattern.replace('/', chr(92) + '/')}/"


def _entity(node: Entity) -> str:
    written = f"entity:{','.join(node.ids)}"
    return f"title:({written})" if node.in_title else written


def _count(node: Count) -> str:
    return f"count(entity:{','.join(node.ids)}){node.comparison}{node.number}"


def _seen(node: Seen) -> str:
    return f"{'after' if node.is_after else 'before'}:{_moment(node.moment)}"


def _dated(node: Dated) -> str:
    return f"published:{'>=' if node.is_after else '<'}{_moment(node.moment)}"


def _moment(moment: Moment) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat()
    seconds = f"{moment.seconds}s" if moment.seconds or not moment.days else ""
    return (f"{moment.days}d" if moment.days else "") + seconds


def _all(node: And) -> str:
    return " ".join(f"({unparse(part)})" if isinstance(part, Or | And | Near) else unparse(part) for part in node.nodes)


def _one(node: Or) -> str:
    return " OR ".join(f"({unparse(part)})" if isinstance(part, Or) else unparse(part) for part in node.nodes)


def _not(node: Not) -> str:
    inner = unparse(node.node)
    return f"NOT ({inner})" if isinstance(node.node, And | Or | Near) else f"NOT {inner}"


def _quoted(text: str) -> str:
    return f"「{text}」" if '"' in text else f'"{text}"'


_WRITTEN: dict[type, Callable[[Any], str]] = {
    And: _all,
    Author: lambda node: f"author:{_quoted(node.key)}",
    Count: _count,
    Dated: _dated,
    Entity: _entity,
    Everything: lambda _: "*",
    Group: lambda node: f"group:{_quoted(node.glob)}",
    Language: lambda node: f"lang:{node.tag}",
    Near: _near,
    Not: _not,
    Or: _one,
    Phrase: _phrase,
    Seen: _seen,
    Source: lambda node: f"source:{_quoted(node.glob)}",
    Stage: lambda node: f"stage:{','.join(node.stages)}",
    TitlePattern: _pattern,
}
