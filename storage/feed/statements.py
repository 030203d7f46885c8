"""What stories state of one regulation: each value with how many stories say so, and the article that said so first.

Copies count once. An article without a usable date of publication counts from when it was first seen.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from storage.cutting import edge_before, edge_behind
from storage.feed.bodies import body_key
from storage.feed.entity_views import FirstStated, StatedValue
from storage.feed.titles import HEAD, display_title
from storage.fold import name_key
from storage.outlets import OUTLET
from storage.rows import AnyRow, published_from
from storage.states import FactKind
from storage.tables import articles, stated_facts
from storage.timing import latest

__all__ = ["stated_values"]

_VALUES = 12  # of one kind
_REACH = 300  # characters read on either side of what states a fact
_LONGEST = 160  # characters of a sentence that are shown
_WRITTEN = frozenset({FactKind.NUMBER, FactKind.ISSUER})  # in characters that have two forms
_AT_ONCE = 1000  # rows in memory
_SENTENCE_END = re.compile(r"[。！？!?；;\n]|\.(?=\s)")

_STATED = select(stated_facts.c.what, stated_facts.c.value, stated_facts.c.confidence, stated_facts.c.article_id)
_STATING = select(articles.c.id, articles.c.story_id, articles.c.published, articles.c.first_seen_at)

_BEGIN = case((stated_facts.c.start > _REACH, stated_facts.c.start - _REACH), else_=0)
_PIECE = func.substr(articles.c.text, _BEGIN + 1, stated_facts.c.stop - _BEGIN + _REACH)
_FIRST = select(
    stated_facts,
    articles.c.story_id,
    articles.c.title,
    articles.c.url,
    OUTLET,
    articles.c.published,
    articles.c.first_seen_at,
    _BEGIN.label("begin"),
    _PIECE.label("piece"),
    HEAD,
).join(articles, articles.c.id == stated_facts.c.article_id)

_Key = tuple[str, str]


class _Place(NamedTuple):
    """An article's story, and what sorts it among others: the time of publication, then the id."""

    story_id: int
    order: tuple[datetime, int]


@dataclass(slots=True)
class _Tally:
    """What was counted of one value in all its writings; ``first`` is the order of the first article, and its own."""

    writings: Counter[str] = field(default_factory=Counter)
    stories: set[int] = field(default_factory=set)
    articles: set[int] = field(default_factory=set)
    confidence: float = 0.0
    first: tuple[tuple[datetime, int], str] | None = None

    def written(self) -> list[str]:
        """Return the writings, the most frequent first, without those that differ in case or script alone."""
        ordered = sorted(self.writings, key=lambda value: (-self.writings[value], value))
        return list({name_key(value): value for value in reversed(ordered)}.values())[::-1]

    def add(self, value: str, confidence: float, place: _Place) -> None:
        self.writings[value] += 1
        self.stories.add(place.story_id)
        self.articles.add(place.order[1])
        self.confidence = max(self.confidence, confidence)
        found = place.order, value
        self.first = found if self.first is None else min(self.first, found)


def stated_values(session: Session, entity: str) -> tuple[tuple[StatedValue, ...], int]:
    """Return what is stated of an entity, the most stated values of each kind, and how many others there are."""
    places = _places(session, entity)
    tallies: defaultdict[_Key, _Tally] = defaultdict(_Tally)
    for row in session.execute(_STATED.where(stated_facts.c.entity == entity)).yield_per(_AT_ONCE):
        key = row.what, _alike(row.what, row.value)
        tallies[key].add(row.value, row.confidence, places[row.article_id])
    kept = _most_stated(tallies)
    firsts = _firsts(session, entity, kept)
    found = tuple(
        StatedValue(
            what=FactKind(what),
            value=writings[0],
            writings=tuple(writings[1:]),
            stories=len(tally.stories),
            articles=len(tally.articles),
            confidence=tally.confidence,
            first=firsts[what, key],
        )
        for (what, key), tally in kept.items()
        for writings in [tally.written()]
    )
    return found, len(tallies) - len(kept)


def _alike(what: str, value: str) -> str:
    """Return what the writings of one value have in common."""
    if what == FactKind.ISSUER:
        return body_key(value)
    return name_key(value) if what in _WRITTEN else value


def _places(session: Session, entity: str) -> dict[int, _Place]:
    """Return the story of each article that states something, and the order of their publication.

    None was published after it was first seen, whatever its page says.
    """
    stating = select(stated_facts.c.article_id).where(stated_facts.c.entity == entity)
    found = {}
    for row in session.execute(_STATING.where(articles.c.id.in_(stating))).yield_per(_AT_ONCE):
        seen = row.first_seen_at
        moment = min(latest(published_from(row.published)) or seen, seen)
        found[row.id] = _Place(row.story_id, (moment, row.id))
    return found


def _most_stated(tallies: Mapping[_Key, _Tally]) -> dict[_Key, _Tally]:
    kinds: defaultdict[str, list[_Key]] = defaultdict(list)
    for key in sorted(tallies, key=lambda key: (-len(tallies[key].stories), key)):
        kinds[key[0]].append(key)
    return {key: tallies[key] for keys in kinds.values() for key in keys[:_VALUES]}


def _firsts(session: Session, entity: str, kept: Mapping[_Key, _Tally]) -> dict[_Key, FirstStated]:
    wanted = {}
    for key, tally in kept.items():
        if tally.first is not None:
            (_, article_id), value = tally.first
            wanted[key[0], value, article_id] = key
    ids = sorted({article_id for _, _, article_id in wanted})
    rows = session.execute(_FIRST.where(stated_facts.c.entity == entity, stated_facts.c.article_id.in_(ids)))
    found = {wanted.get((row.what, row.value, row.article_id)): row for row in rows}
    return {key: _first(row) for key, row in found.items() if key is not None}


def _first(row: AnyRow) -> FirstStated:
    in_title = row.field == "title"
    piece, begin = (row.title or "", 0) if in_title else (row.piece, row.begin)
    sentence, start = _sentence(piece, row.start - begin, row.stop - begin)
    return FirstStated(
        article_id=row.article_id,
        story_id=row.story_id,
        title=display_title(row.title, row.head),
        url=row.url,
        outlet=row.outlet,
        published=published_from(row.published),
        first_seen_at=row.first_seen_at,
        sentence=sentence,
        start=start,
        end=start + row.stop - row.start,
    )


def _sentence(piece: str, start: int, end: int) -> tuple[str, int]:
    """Return the sentence round ``piece[start:end]``, cut between words if long, and where that begins in it."""
    left = max((match.end() for match in _SENTENCE_END.finditer(piece, 0, start)), default=0)
    closing = _SENTENCE_END.search(piece, end)
    right = closing.end() if closing else len(piece)
    spare = max(_LONGEST - (end - start), 0)
    begin = edge_behind(piece, max(left, start - spare // 2), start)
    stop = edge_before(piece, min(right, max(end, begin + _LONGEST)), end)
    before = "…" * (begin > left) + piece[begin:start].lstrip()
    behind = piece[end:stop].rstrip() + "…" * (stop < right)
    return before + piece[start:end] + behind, len(before)
