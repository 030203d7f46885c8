"""What a story looks like from outside: how many articles, in which outlets.

Read-only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.outlets import OUTLET
from storage.rows import AnyRow, published_from
from storage.tables import articles, stories
from storage.timing import publication_order

__all__ = ["Spread", "spreads"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How far a story went. ``outlets`` names each once, the first publisher first."""

    article_count: int
    outlets: tuple[str, ...]


_ANOTHER = "2"  # how the precedence of an article begins that names another outlet (monitor.dedupe.precedence)
_NOWHERE = Spread(article_count=0, outlets=())


def spreads(session: Session, story_ids: Iterable[int]) -> dict[int, Spread]:
    """Return the spread of each story; an outlet is who printed an article (``storage.outlets``).

    Those that name another outlet as their source come last, for a repost with a date is not before an original without
    one; else their order is ``storage.timing.publication_order``, as it is for the articles of a story.
    """
    wanted = sorted(set(story_ids))
    asked = select(
        articles.c.id,
        articles.c.story_id,
        OUTLET,
        articles.c.published,
        articles.c.precedence,
        stories.c.canonical_id,
    ).join(stories, stories.c.id == articles.c.story_id)
    members: dict[int, list[AnyRow]] = defaultdict(list)
    for row in session.execute(asked.where(articles.c.story_id.in_(wanted))).all():
        members[row.story_id].append(row)
    return {story_id: _spread(members[story_id]) if story_id in members else _NOWHERE for story_id in wanted}


def _spread(rows: list[AnyRow]) -> Spread:
    in_order = sorted(rows, key=_order) if len(rows) > 1 else rows
    outlets = dict.fromkeys(row.outlet for row in in_order)
    return Spread(article_count=len(rows), outlets=tuple(outlets))


def _order(row: AnyRow) -> tuple[bool, tuple[datetime, bool, str, int]]:
    names_another = row.precedence.startswith(_ANOTHER)
    leads = row.id == row.canonical_id
    return names_another, publication_order(published_from(row.published), row.precedence, row.id, leads=leads)
