"""Which sources, publishers and declared sources a store has articles of.

Queries name them by folded globs, which no database knows.

Read-only; steps from one name to the next in the indexes of articles, whose number says nothing about the cost.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Column, func, select
from sqlalchemy.orm import Session

from storage.tables import articles

__all__ = ["Outlets", "known_outlets"]

_MOST = 20_000
"""Names of one sort that are read; of a store with more, each article is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """The ids of the sources of all articles, their publishers and declared sources; None for too many of a sort."""

    sources: tuple[str, ...]
    publishers: tuple[str, ...] | None
    declared: tuple[str, ...] | None


def known_outlets(session: Session) -> Outlets:
    """Return the outlets of all stored articles."""
    return Outlets(
        sources=_distinct(session, articles.c.source_id),
        publishers=_few(_distinct(session, articles.c.publisher)),
        declared=_few(_distinct(session, articles.c.declared_source)),
    )


def _few(names: tuple[str, ...]) -> tuple[str, ...] | None:
    return names if len(names) <= _MOST else None


def _distinct(session: Session, name: Column[str]) -> tuple[str, ...]:
    first = select(func.min(name).label("name"))
    steps = first.cte("step", recursive=True)
    following = select(func.min(name)).where(name > steps.c.name).scalar_subquery()
    steps = steps.union_all(select(following).where(steps.c.name.is_not(None)))
    return tuple(session.scalars(select(steps.c.name).where(steps.c.name.is_not(None)).limit(_MOST + 1)))
