"""Articles for which a query holds, newest first.

The store is asked for articles as the SQL of the query says (``storage.query.sql``); where that finds too many, each
is asked again as it was when it came in (``storage.query.predicate``), so that both give one answer. Read-only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select, text
from sqlalchemy.orm import Session

from storage.query.nodes import Node
from storage.query.outlets import Outlets, known_outlets
from storage.query.predicate import holds
from storage.query.sql import Branch, Plan, asks_outlets, compile_query
from storage.search_candidates import Candidates
from storage.search_index import Reach, reach
from storage.search_tables import FTS, fts
from storage.subjects import groups_of_sources, subjects_of
from storage.tables import articles, mentions

__all__ = ["Counted", "Found", "Question", "count", "search"]

_ASKED_AT_ONCE = 100
_ASKED_AT_MOST = 2_000
"""Articles asked one by one for one page: about 0.5 ms each (docs/design/0016-search.md)."""
_NO_OUTLETS = Outlets(sources=(), publishers=(), declared=())
_BY_INDEX = text("SET LOCAL enable_seqscan = off")
"""PostgreSQL does not count what it keeps apart from a row, which the tokens of most chunks are: it reads all chunks
where a hundred would do (docs/design/0016-search.md). Every question here has an index to go by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query and when it is asked, from which reaches such as ``after:7d`` count."""

    node: Node
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of articles, newest first.

    ``next_before_id`` is where the next page begins, None where there is none. ``is_cut`` says that the page is not
    full and yet not the last one: as many articles as may be were asked one by one. ``reach`` is how far back the index
    of words goes, None for a query that does not need it; no article before it is found.
    """

    article_ids: tuple[int, ...]
    next_before_id: int | None
    is_cut: bool
    reach: Reach | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """How many articles there are: ``number``, or more unless that is all of them."""

    number: int
    is_all: bool


def search(
    session: Session, question: Question, *, limit: int, before_id: int | None = None, most: int = _ASKED_AT_MOST
) -> Found:
    """Return the newest ``limit`` articles with ids below ``before_id`` for which a query holds.

    Where SQL cannot tell, at most ``most`` articles are asked one by one.
    """
    asking = _Asking(session, question)
    found: list[int] = []
    last, looked_at = before_id, 0
    for page in asking.pages(before_id, limit + 1, most):
        found += asking.of_those(page)
        last, looked_at = page[-1], looked_at + len(page)
        if len(found) > limit:
            return _page(asking, found[:limit], next_before_id=found[limit - 1])
        if not asking.plan.is_exact and looked_at >= most:
            return _page(asking, found, next_before_id=last, is_cut=len(found) < limit)
    return _page(asking, found, next_before_id=None)


def count(session: Session, question: Question, *, most: int = 1_000) -> Counted:
    """Count the articles for which a query holds, as far as ``most``, or as far as ``search`` looks."""
    found = search(session, question, limit=most)
    return Counted(number=len(found.article_ids), is_all=found.next_before_id is None)


class _Asking:
    """A question while it is asked of a store."""

    def __init__(self, session: Session, question: Question) -> None:
        self._session = session
        self._question = question
        self._groups = groups_of_sources(session)
        self.plan = _plan(session, question, self._groups)
        if self.plan.reads_words and session.get_bind().dialect.name == "postgresql":
            session.execute(_BY_INDEX)
        self.reach = reach(session) if self.plan.reads_words else None
        self._candidates = {
            branch: Candidates(session, branch.needles) for branch in self.plan.branches if branch.needles
        }

    def pages(self, before_id: int | None, size: int, most: int) -> Iterator[list[int]]:
        """Yield ids that the SQL finds, newest first, until there are none; ``size`` at once where it is exact."""
        at_once = size if self.plan.is_exact else max(size, min(_ASKED_AT_ONCE, most))
        while page := self._page(before_id, at_once):
            yield page
            before_id = page[-1]
            if len(page) < at_once:
                return

    def of_those(self, page: list[int]) -> list[int]:
        """Return the articles among these for which the query holds."""
        if self.plan.is_exact:
            return page
        asked, now = self._question.node, self._question.now
        subjects = subjects_of(self._session, page)
        return [
            article_id
            for article_id in page
            if holds(asked, subjects[article_id], now, self._groups.get(subjects[article_id].source_id))
        ]

    def _page(self, before_id: int | None, size: int) -> list[int]:
        """Return the newest of what the branches find: none of these is beyond the newest of its own branch."""
        from_id = None if self.reach is None or self.reach.is_whole else self.reach.from_id
        found: set[int] = set()
        for branch in self.plan.branches:
            asked, candidates = _asked(branch, from_id, before_id), self._candidates.get(branch)
            if candidates is None:
                found.update(self._session.scalars(asked.limit(size)))
            else:
                found.update(candidates.newest(asked, before_id=before_id, size=size))
        return sorted(found, reverse=True)[:size]


def _plan(session: Session, question: Question, groups: dict[str, str | None]) -> Plan:
    outlets = known_outlets(session) if asks_outlets(question.node) else _NO_OUTLETS
    dialect = session.get_bind().dialect.name
    return compile_query(question.node, dialect=dialect, now=question.now, groups=groups, outlets=outlets)


def _asked(branch: Branch, from_id: int | None, before_id: int | None) -> Select[Any]:
    """Return a branch as a question for ids, read in the order of the index that leads it."""
    article_id: ColumnElement[int] = articles.c.id
    asked = select(article_id)
    if branch.match is not None:
        article_id = fts.c.rowid
        asked = select(article_id).where(fts.c[FTS].op("MATCH")(branch.match))
    elif branch.entity is not None:
        article_id = mentions.c.article_id
        (entity,) = branch.entity.ids
        asked = select(article_id).distinct().where(mentions.c.entity == entity)
        asked = asked.where(mentions.c.field == "title") if branch.entity.in_title else asked
    if branch.where is not None:
        asked = asked if article_id is articles.c.id else asked.join(articles, articles.c.id == article_id)
        asked = asked.where(branch.where)
    for bound in branch.bounds:
        asked = asked.where(article_id >= bound.article_id if bound.is_first else article_id <= bound.article_id)
    if from_id is not None:
        asked = asked.where(article_id >= from_id)
    if before_id is not None:
        asked = asked.where(article_id < before_id)
    return asked.order_by(article_id.desc())


def _page(asking: _Asking, found: list[int], *, next_before_id: int | None, is_cut: bool = False) -> Found:
    return Found(article_ids=tuple(found), next_before_id=next_before_id, is_cut=is_cut, reach=asking.reach)
