"""Why a query that can be read may find nothing: what in it nothing stored has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from monitor.cli._absent import absent_names
from monitor.cli._table import cut

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from storage.query.nodes import Node

__all__ = ["hints_of"]


def hints_of(session: Session, node: Node, now: datetime) -> Iterator[str]:
    """Yield a line for each thing in a query that may be why it finds nothing."""
    yield from _absent(session, node)
    yield from _unheard(session, node, now)
    yield from _longer(session, node, now)


def _absent(session: Session, node: Node) -> Iterator[str]:
    from storage.query.outlets import known_outlets
    from storage.query.sql import asks_outlets
    from storage.subjects import groups_of_sources

    groups = groups_of_sources(session)
    names = set(groups)
    if asks_outlets(node):
        outlets = known_outlets(session)
        if outlets.publishers is None or outlets.declared is None:
            return
        names |= {*outlets.sources, *outlets.publishers, *outlets.declared}
    yield from absent_names(node, {group for group in groups.values() if group}, names, are_all=True)


def _unheard(session: Session, node: Node, now: datetime) -> Iterator[str]:
    """Yield a line for each language and author that a query names and that no article has."""
    from storage.query.nodes import Author, Language, conditions_in
    from storage.search import Question, search

    for part in dict.fromkeys(one for one in conditions_in(node) if isinstance(one, Author | Language)):
        found = search(session, Question(node=part, now=now), limit=1)
        if found.article_ids or found.is_cut:
            continue
        if isinstance(part, Author):
            yield f"no article has an author whose name holds {cut(part.key, 60)!r}"
        else:
            yield f"no article is in the language {part.tag!r}; such as zh, en, zh-hans or zh-hant"


def _longer(session: Session, node: Node, now: datetime) -> Iterator[str]:
    """Yield a line for each phrase that no article holds, and that some do whose last word goes on: chatbots."""
    from storage.query.letters import OPEN, may_go_on, stem_of
    from storage.query.nodes import Phrase
    from storage.query.written import unparse
    from storage.ranking import wanted_of
    from storage.search import Question, search

    def is_found(phrase: Phrase) -> bool:
        return bool(search(session, Question(node=phrase, now=now), limit=1).article_ids)

    for phrase in wanted_of(node).phrases:
        longer = Phrase(stem_of(phrase.letters) + OPEN, phrase.in_title)
        if longer != phrase and may_go_on(phrase.letters) and is_found(longer) and not is_found(phrase):
            yield f"{unparse(phrase)} is found as whole words only; {unparse(longer)} finds longer ones"
