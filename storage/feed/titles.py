"""The title to show for an article, whose page may have none."""

from __future__ import annotations

import re

from sqlalchemy import func

from storage.tables import articles

__all__ = ["HEAD", "HEAD_LENGTH", "display_title"]

_LONGEST = 80
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]?")

HEAD_LENGTH = 200
HEAD = func.substr(articles.c.text, 1, HEAD_LENGTH).label("head")
"""The part of the text that holds the sentence that stands in for a title."""


def display_title(title: str | None, text: str) -> str:
    """Return the title, else the first sentence of the text, cut; empty only where both are."""
    if title and title.strip():
        return title
    sentence = _SENTENCE.match(text.strip())
    found = sentence[0].strip() if sentence else ""
    return found if len(found) <= _LONGEST else f"{found[: _LONGEST - 1]}…"
