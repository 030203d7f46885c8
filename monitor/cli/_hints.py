"""Why a query that can be read may find nothing: what was perhaps meant by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from monitor.cli._absent import absent_names, conditions
from monitor.cli._table import cut

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from storage.query.nodes import Node

__all__ = ["hints_of"]

_LOWER = re.compile(r"(?<!\S)(or|and|not|near(?:/\d+)?)(?=\s)", re.IGNORECASE)
_JOINED = re.compile(r"(?<=[\u3400-\u9fff])[且或](?=[\u3400-\u9fff])")
_COMMA = re.compile(r"(?<=[^\s(（])[，、；](?=[^\s)）])")
_FIELD = re.compile(r"\S*[:：]\S*")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|「[^」]*」|『[^』]*』|＂[^＂]*＂|„[^“”]*[“”]|/[^/]*/")


def hints_of(session: Session, text: str, node: Node, now: datetime) -> Iterator[str]:
    """Yield a line for each thing in a query, as ``text`` and read, that may be why it finds nothing."""
    bare = _QUOTED.sub(" ", text)
    for word in dict.fromkeys(match[1] for match in _LOWER.finditer(bare) if not match[1].isupper()):
        yield f"{word} is searched for as a word; the operator is {word.upper()}"
    for sign in dict.fromkeys(_JOINED.findall(bare)):
        yield f"{sign} between other characters is searched for as it stands; the operator has a space on each side"
    for sign in dict.fromkeys(_COMMA.findall(_FIELD.sub(" ", bare))):
        yield f"{sign} between words makes one phrase of them; a space means both words, OR means either"
    yield from _absent(session, node)
    yield from _unheard(session, node, now)


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
    from storage.query.nodes import Author, Language
    from storage.search import Question, search

    for part in dict.fromkeys(one for one in conditions(node) if isinstance(one, Author | Language)):
        found = search(session, Question(node=part, now=now), limit=1)
        if found.article_ids or found.is_cut:
            continue
        if isinstance(part, Author):
            yield f"no article has an author whose name holds {cut(part.key, 60)!r}"
        else:
            yield f"no article is in the language {part.tag!r}; such as zh, en, zh-hans or zh-hant"
