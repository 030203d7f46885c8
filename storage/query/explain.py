"""Why a query does not hold for an article: the first condition that failed."""

from __future__ import annotations

from datetime import datetime

from storage.query.nodes import And, Node
from storage.query.predicate import is_true
from storage.query.subject import Asked, Subject

__all__ = ["explain"]


def explain(node: Node, article: Subject, now: datetime, group: str | None) -> Node | None:
    """Return the first condition that fails, None where the query holds.

    Of several of which one had to hold it is all of them; a negation where what it excludes is there.
    """
    asked = Asked(article, now, group)
    return None if is_true(node, asked) else _failing(node, asked)


def _failing(node: Node, asked: Asked) -> Node:
    while isinstance(node, And):
        node = next(part for part in node.nodes if not is_true(part, asked))
    return node
