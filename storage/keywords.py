"""The words shown of an article beside its names. Read-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.fold import fold
from storage.tables import articles, mentions

__all__ = ["SHOWN", "shown_keywords"]

SHOWN = 5
"""Keywords in a line of the feed and in a message."""


def shown_keywords(
    session: Session, article_ids: Iterable[int], named: Mapping[int, Iterable[str]] | None = None
) -> dict[int, tuple[str, ...]]:
    """Return at most ``SHOWN`` keywords of each article, the best first; articles without any are left out.

    What is a tracked name in the article, or a piece of one, is not among them: its entities say it already. ``named``
    are those names as the articles write them, where they are known.
    """
    ids = sorted(set(article_ids))
    names = _names(session, ids) if named is None else named
    asked = select(articles.c.id, articles.c.keywords).where(articles.c.id.in_(ids))
    shown = {row.id: _besides(row.keywords, names.get(row.id, ())) for row in session.execute(asked).all()}
    return {article_id: words for article_id, words in shown.items() if words}


def _names(session: Session, ids: list[int]) -> dict[int, set[str]]:
    asked = select(mentions.c.article_id, mentions.c.surface).where(mentions.c.article_id.in_(ids)).distinct()
    named: dict[int, set[str]] = defaultdict(set)
    for row in session.execute(asked):
        named[row.article_id].add(row.surface)
    return named


def _besides(keywords: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    said = "\n".join(map(fold, names))
    return tuple(islice((word for word in keywords if fold(word) not in said), SHOWN))
