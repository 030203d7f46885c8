"""The words shown of an article beside its names. Read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.fold import fold
from storage.tables import articles, mentions

__all__ = ["SHOWN", "shown_keywords"]

SHOWN = 5
"""Keywords in a line of the feed and in a message."""


def shown_keywords(session: Session, article_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Return at most ``SHOWN`` keywords of each article, the best first; articles without any are left out.

    What is a tracked name in the article, or a piece of one, is not among them: its entities say it already.
    """
    ids = sorted(set(article_ids))
    named = _names(session, ids)
    asked = select(articles.c.id, articles.c.keywords).where(articles.c.id.in_(ids))
    shown = {row.id: _besides(row.keywords, named[row.id]) for row in session.execute(asked)}
    return {article_id: words for article_id, words in shown.items() if words}


def _names(session: Session, ids: list[int]) -> dict[int, set[str]]:
    asked = select(mentions.c.article_id, mentions.c.surface).where(mentions.c.article_id.in_(ids)).distinct()
    named: dict[int, set[str]] = defaultdict(set)
    for row in session.execute(asked):
        named[row.article_id].add(fold(row.surface))
    return named


def _besides(keywords: Iterable[str], names: set[str]) -> tuple[str, ...]:
    return tuple(word for word in keywords if not any(fold(word) in name for name in names))[:SHOWN]
