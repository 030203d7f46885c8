"""The title and the outlet to show for an article, whose page may name neither."""

from __future__ import annotations

import re

from sqlalchemy import func

from storage.rows import AnyRow
from storage.tables import articles

__all__ = ["HEAD", "OUTLET", "display_title", "outlet"]

_LONGEST = 80
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]?")

HEAD = func.substr(articles.c.text, 1, 200).label("head")
"""The part of the text that holds the sentence that stands in for a title."""
OUTLET = func.coalesce(
    func.nullif(articles.c.publisher, ""), func.nullif(articles.c.declared_source, ""), articles.c.source_id
)
"""What ``outlet`` returns, asked of the store."""


def display_title(title: str | None, text: str) -> str:
    """Return the title, else the first sentence of the text, cut; empty only where both are."""
    if title and title.strip():
        return title
    sentence = _SENTENCE.match(text.strip())
    found = sentence[0].strip() if sentence else ""
    return found if len(found) <= _LONGEST else f"{found[: _LONGEST - 1]}…"


def outlet(row: AnyRow) -> str:
    """Return who published an article: the publisher, else the declared source, else our source's id."""
    return str(row.publisher or row.declared_source or row.source_id)
