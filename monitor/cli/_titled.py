"""Articles by words of their titles, for those who ask about one without its number or its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

__all__ = ["titled"]

_MOST = 50
"""Words that are looked for; a title that has as many is told by them."""


def titled(session: Session, words: str, now: datetime, *, limit: int) -> dict[int, str]:
    """Return up to ``limit`` articles, the latest first, whose titles hold all of some words, each with its title.

    Words are told apart by spaces and found as in queries: whatever their case, their width and their script.
    """
    from storage.feed.articles import headlines
    from storage.query.letters import MARK, letters_of
    from storage.query.nodes import Phrase, all_of
    from storage.search import Question, search

    forms = (letters_of(word).strip(f" {MARK}") for word in words.split()[:_MOST])
    asked = [letters for letters in forms if letters]
    if not asked:
        return {}
    node = all_of(Phrase(letters, in_title=True) for letters in asked)
    found = search(session, Question(node=node, now=now), limit=limit).article_ids
    shown = headlines(session, found)
    return {article_id: shown[article_id][0] for article_id in found}
