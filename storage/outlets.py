"""Who printed an article, as far as it is known. Read-only.

That an article names another outlet as its source (来源) does not make it that outlet's: a reprint counts for whoever
reprints. Only where many outlets lie in one place, in a folder or in an archive of pages, and an article does not say
whose it is, the outlet that it names is the best there is.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from storage.tables import articles, sources

__all__ = ["OUTLET", "outlets_of"]

_COLLECTIONS = ("archive", "folder")  # kinds of sources that hold what others printed
_COLLECTED = articles.c.source_id.in_(select(sources.c.id).where(sources.c.kind.in_(_COLLECTIONS)))

OUTLET = func.coalesce(
    func.nullif(articles.c.publisher, ""),
    case((_COLLECTED, func.nullif(articles.c.declared_source, ""))),
    articles.c.source_id,
).label("outlet")
"""The publisher, else the source that an article of a collection declares, else our source's id."""


def outlets_of(session: Session, article_ids: Collection[int]) -> dict[int, tuple[str, str]]:
    """Return where each of some articles comes from: the source that found it, and its outlet."""
    asked = select(articles.c.id, articles.c.source_id, OUTLET).where(articles.c.id.in_(sorted(article_ids)))
    return {row.id: (row.source_id, row.outlet) for row in session.execute(asked)}
