"""What a story looks like from outside: how many articles, in which outlets.

Read-only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.rows import AnyRow
from storage.tables import articles

__all__ = ["Spread", "spreads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far a story went. ``outlets`` names each once, the first publisher first."""

    article_count: int
    outlets: tuple[str, ...]


_NOWHERE = Spread(article_count=0, outlets=())


def spreads(session: Session, story_ids: Iterable[int]) -> dict[int, Spread]:
    """Return the spread of each story. An outlet is the publisher, else the declared source, else our source's id.

    Order is by day of publication, then by order of arrival: finer dates of different pages do not compare. Where an
    article of the story has no date, arrival alone says who was first.
    """
    wanted = sorted(set(story_ids))
    asked = select(
        articles.c.id,
        articles.c.story_id,
        articles.c.source_id,
        articles.c.publisher,
        articles.c.declared_source,
        articles.c.published,
    )
    members: dict[int, list[AnyRow]] = defaultdict(list)
    for row in session.execute(asked.where(articles.c.story_id.in_(wanted))):
        members[row.story_id].append(row)
    return {story_id: _spread(members[story_id]) if story_id in members else _NOWHERE for story_id in wanted}


def _spread(rows: list[AnyRow]) -> Spread:
    dated = all(row.published for row in rows)
    outlets = dict.fromkeys(_outlet(row) for row in sorted(rows, key=_by_day if dated else _by_arrival))
    return Spread(article_count=len(rows), outlets=tuple(outlets))


def _by_day(row: AnyRow) -> tuple[str, int]:
    return row.published["value"][:10], row.id


def _by_arrival(row: AnyRow) -> int:
    return int(row.id)


def _outlet(row: AnyRow) -> str:
    return str(row.publisher or row.declared_source or row.source_id)
