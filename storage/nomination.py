"""The question to the near-copy index: which stored articles may be the same text as a given one.

Nominates; whether two texts are copies is decided elsewhere. Keys are signed 64-bit integers that the reading
computed: bands of the sketch, of which one shared is enough, and hashes of sentences. The work is bounded whatever is
stored: no more than one row over its cap is read of any key in a slot.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain, zip_longest

from sqlalchemy import TextClause, bindparam, func, select, text, union_all
from sqlalchemy.orm import Session

from storage import postgresql, sqlite
from storage.near_slots import asked_slots
from storage.near_tables import KEY_BYTES, bands, fingerprints, sentences
from storage.records import Candidate
from storage.rows import AnyRow
from storage.tables import articles, stories

__all__ = ["COMMON_SENTENCE", "FEW_SENTENCES", "HOT_BAND", "MIN_SHARED_SENTENCES", "Keys", "nominate"]

HOT_BAND = 200
"""A band that more articles share is a template's."""
COMMON_SENTENCE = 20
"""A sentence that more articles share is boilerplate."""
FEW_SENTENCES = 3
"""An article of so few is nominated, and nominates, by one of them."""
MIN_SHARED_SENTENCES = 2
_MAX_EQUAL = 10  # more of one text add nothing: they are of one story
_LOOKED_AT = 2  # times the limit: some have left the window, or share one sentence only


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What nominating for an article needs: of which text it is, and its keys with the version that cut them."""

    content_hash: str
    sketch_version: str
    bands: tuple[int, ...]
    sentences: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Shared:
    """What articles share with the one asked for."""

    bands: Counter[int]
    sentences: dict[int, set[int]]
    equal: set[int]

    def count(self, kind: int, k: int, holders: Iterable[int]) -> None:
        """Count a key for those that hold it."""
        if kind == _BAND:
            self.bands.update(holders)
        elif kind == _SENTENCE:
            for one in holders:
                self.sentences.setdefault(one, set()).add(k)
        else:
            self.equal.update(holders)

    def leave_out(self, exclude: Iterable[int]) -> None:
        """Forget some articles."""
        for one in exclude:
            self.bands.pop(one, None)
            self.sentences.pop(one, None)
            self.equal.discard(one)

    def places(self) -> dict[int, int]:
        """Return the articles in order of promise with their places: by bands and by sentences in turn."""
        by_bands = sorted(self.bands, key=lambda one: (-self.bands[one], -one))
        by_sentences = sorted(self.sentences, key=lambda one: (-len(self.sentences[one]), -one))
        merged = dict.fromkeys(chain.from_iterable(zip_longest(by_bands, by_sentences)))
        merged.pop(None, None)
        return {one: place for place, one in enumerate(merged)}


_HELD_BY = """
SELECT {kind} AS kind, wanted.k AS k, (
  SELECT {ids} FROM ({held}) AS held
) AS ids FROM ({wanted}) AS wanted
"""
_HELD = "SELECT article_id FROM {table} WHERE k = wanted.k LIMIT {most}"
_HELD_IN_ANY = "SELECT article_id FROM ({held}) AS {table}"
_EQUAL_TO = """
SELECT {kind} AS kind, CAST(NULL AS bigint) AS k, (
  SELECT {ids} FROM (
    SELECT id AS article_id FROM article WHERE content_hash = :content_hash ORDER BY id LIMIT {most}
  ) AS held
) AS ids
"""
_FOUND = "WITH found AS MATERIALIZED ({found}) SELECT kind, k, ids FROM found WHERE ids IS NOT NULL"
_BAND, _SENTENCE, _EQUAL = 0, 1, 2
_MOST = {_BAND: HOT_BAND, _SENTENCE: COMMON_SENTENCE, _EQUAL: _MAX_EQUAL}

_other = articles.alias()
_LAST_SEEN = (  # of its story: while copies come, all of it is fresh
    select(_other.c.first_seen_at)
    .where(_other.c.story_id == articles.c.story_id)
    .order_by(_other.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_SIZE = (
    union_all(
        *(select(func.length(table.c.sentences)).where(table.c.article_id == articles.c.id) for table in fingerprints)
    )
    .limit(1)
    .scalar_subquery()
)  # one article has the same keys in all its slots
_NOMINATED = (
    select(
        articles.c.id,
        articles.c.story_id,
        articles.c.title,
        articles.c.content_hash,
        articles.c.sketch_version,
        articles.c.precedence,
        stories.c.canonical_id,
        _LAST_SEEN.label("last_seen_at"),
        _SIZE.label("size"),
        articles.c.text,
    )
    .join(stories, stories.c.id == articles.c.story_id)
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
)


def nominate(
    session: Session, keys: Keys, *, since: datetime, exclude: Collection[int] = (), limit: int = 50
) -> tuple[Candidate, ...]:
    """Return stored articles that may hold the same text as the article of ``keys``, the strongest evidence first.

    Equal text counts for ever. Shared keys, of the same sketch version only, count while the last article of the
    story was first seen at ``since`` or later, as far back as the index reaches: a band alone; sentences when two are
    shared with the articles of one story, or one where either text has no more than ``FEW_SENTENCES``. Keys that very
    many articles share tell nothing. ``exclude`` are ids that are never among them.
    """
    shared = _shared_with(session, keys, asked_slots(session, since))
    shared.leave_out(exclude)
    places = shared.places()
    ids = shared.equal.union(list(places)[: _LOOKED_AT * limit])
    if not ids:
        return ()
    found = _telling(session.execute(_NOMINATED, {"ids": sorted(ids)}).all(), shared, keys, since)
    found.sort(key=lambda one: _rank(one, keys.content_hash, places))
    return tuple(found[:limit])


def _shared_with(session: Session, keys: Keys, slots: tuple[int, ...]) -> _Shared:
    shared = _Shared(Counter(), {}, set())
    asked = {
        "bands": _listed(keys.bands),
        "sentences": _listed(keys.sentences),
        "content_hash": keys.content_hash,
    }
    for kind, k, ids in session.execute(_statement(session.get_bind().dialect.name, slots), asked):
        holders = [int(one) for one in ids.split(",")]
        if len(holders) <= _MOST[kind]:
            shared.count(kind, k, holders)
    return shared


def _telling(rows: Sequence[AnyRow], shared: _Shared, keys: Keys, since: datetime) -> list[Candidate]:
    """Return the candidates among the articles that were looked at."""
    comparable = {row.id for row in rows if row.sketch_version == keys.sketch_version and row.last_seen_at >= since}
    said: dict[int, set[int]] = {}
    for row in rows:
        if row.id in comparable:
            said.setdefault(row.story_id, set()).update(shared.sentences.get(row.id, ()))
    found = []
    for row in rows:
        counts = row.id in comparable
        band_hits = shared.bands[row.id] if counts else 0
        sentence_hits = len(shared.sentences.get(row.id, ())) if counts else 0
        enough = sentence_hits and len(said[row.story_id]) >= _least(keys, row)
        if row.id in shared.equal or band_hits or enough:
            found.append(_candidate(row, band_hits, sentence_hits))
    return found


def _least(keys: Keys, row: AnyRow) -> int:
    """Return how many sentences two articles must share."""
    fewest = min(len(set(keys.sentences)), (row.size or 0) // KEY_BYTES)
    return 1 if fewest <= FEW_SENTENCES else MIN_SHARED_SENTENCES


def _candidate(row: AnyRow, band_hits: int, sentence_hits: int) -> Candidate:
    return Candidate(
        article_id=row.id,
        story_id=row.story_id,
        is_canonical=row.canonical_id == row.id,
        title=row.title,
        text=row.text,
        content_hash=row.content_hash,
        precedence=row.precedence,
        band_hits=band_hits,
        sentence_hits=sentence_hits,
    )


@cache
def _statement(dialect: str, slots: tuple[int, ...]) -> TextClause:
    """Return the one question for all keys: each with those that hold it, more than its cap only to be told so."""
    speaks = postgresql if dialect == "postgresql" else sqlite
    parts = [_EQUAL_TO.format(kind=_EQUAL, ids=speaks.LISTED_IDS, most=_MAX_EQUAL)]
    asked = ((_BAND, "bands", bands), (_SENTENCE, "sentences", sentences)) if slots else ()
    for kind, name, tables in asked:
        held = _held([tables[slot].name for slot in slots], _MOST[kind] + 1)
        wanted = speaks.KEYS_FROM_JSON.format(name=name)
        parts.append(_HELD_BY.format(kind=kind, ids=speaks.LISTED_IDS, held=held, wanted=wanted))
    return text(_FOUND.format(found=" UNION ALL ".join(parts)))


def _held(tables: Sequence[str], most: int) -> str:
    """Return the question for those that hold a key: of many no more than ``most`` from each table, each once."""
    parts = [_HELD.format(table=table, most=most) for table in tables]
    if len(parts) == 1:
        return parts[0]
    named = zip(parts, tables, strict=True)
    return " UNION ".join(_HELD_IN_ANY.format(held=held, table=table) for held, table in named)


def _listed(keys: Iterable[int]) -> str:
    """Return keys as JSON: one parameter for any number of them, in order, so that neighbours share pages."""
    return json.dumps(sorted(set(keys)))


def _rank(candidate: Candidate, content_hash: str, places: dict[int, int]) -> tuple[bool, int, bool, int]:
    return (
        candidate.content_hash != content_hash,
        places.get(candidate.article_id, len(places)),
        not candidate.is_canonical,
        candidate.article_id,
    )
