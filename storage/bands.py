"""The near-copy index: which stored articles may be the same text as a given one.

Nominates; whether two texts are copies is decided elsewhere. Keys are signed 64-bit integers that the reading
computed: bands of the sketch (canonical articles only) and hashes of sentences. Ids grow with time, so a window of
time is a range of ids, and every question is a range of the key ``(k, article_id)``.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Table, TextClause, bindparam, delete, insert, select, text
from sqlalchemy.orm import Session

from storage import postgresql, sqlite
from storage.records import Article, Candidate
from storage.rows import AnyRow
from storage.tables import articles, bands, fingerprints, sentences, stories

__all__ = ["candidates", "drop_before", "index", "unindex"]

HOT_BAND = 200  # a band that more articles share is a template's
COMMON_SENTENCE = 20  # a sentence that more articles share is boilerplate
FEW_SENTENCES = 3  # an article of so few is nominated by one of them
MIN_SHARED_SENTENCES = 2
_MAX_EXACT = 10  # canonical first; more of one text add nothing
_DROPPED_AT_ONCE = 500
_LATEST = 2**31 - 1

_PUT_IN = "INSERT INTO {table} (k, article_id) SELECT k, :article_id FROM ({wanted}) AS wanted"
_TAKE_OUT = "DELETE FROM {table} WHERE article_id = :article_id AND k IN ({wanted})"
_NOMINATE = """
WITH wanted AS ({wanted}),
     telling AS (
       SELECT w.k FROM wanted w WHERE (
         SELECT c.article_id FROM {table} c WHERE c.k = w.k AND c.article_id BETWEEN :floor AND :last
         ORDER BY c.article_id LIMIT 1 OFFSET :most
       ) IS NULL
     )
SELECT b.article_id, count(*) AS shared
FROM telling t JOIN {table} b ON b.k = t.k AND b.article_id BETWEEN :floor AND :last
GROUP BY b.article_id HAVING count(*) >= :least ORDER BY shared DESC, b.article_id DESC LIMIT :limit
"""

_FLOOR = (
    select(articles.c.id)
    .where(articles.c.first_seen_at >= bindparam("since"))
    .order_by(articles.c.first_seen_at, articles.c.id)
    .limit(1)
)
_EQUAL = (
    select(articles.c.id)
    .join(stories, stories.c.id == articles.c.story_id)
    .where(articles.c.content_hash == bindparam("content_hash"))
    .order_by((stories.c.canonical_id == articles.c.id).desc(), articles.c.id)
    .limit(_MAX_EXACT)
)
_NOMINATED = (
    select(
        articles.c.id,
        articles.c.key,
        articles.c.story_id,
        articles.c.title,
        articles.c.content_hash,
        articles.c.sketch_version,
        stories.c.canonical_id,
        articles.c.text,
    )
    .join(stories, stories.c.id == articles.c.story_id)
    .where(articles.c.id.in_(bindparam("ids", expanding=True)))
)


def candidates(
    session: Session, article: Article, *, since: datetime, before: int | None = None, limit: int = 50
) -> tuple[Candidate, ...]:
    """Return the articles that may hold the same text as ``article``, the strongest evidence first.

    Equal text counts for ever; shared bands (of the same sketch version) and shared sentences count for articles
    first seen at ``since`` or later. The article itself, known by its key, is never among them, nor are those that came
    with the id ``before`` or after it.
    """
    floor = session.scalar(_FLOOR, {"since": since})
    band_hits: dict[int, int] = {}
    sentence_hits: dict[int, int] = {}
    if floor is not None:
        span = (floor, _LATEST if before is None else before - 1)
        band_hits = _shared(session, bands, article.bands, span=span, most=HOT_BAND, least=1, limit=limit)
        least = 1 if len(article.sentences) <= FEW_SENTENCES else MIN_SHARED_SENTENCES
        sentence_hits = _shared(
            session, sentences, article.sentences, span=span, most=COMMON_SENTENCE, least=least, limit=limit
        )
    exact = session.scalars(_EQUAL, {"content_hash": article.content_hash}).all()
    ids = sorted(one for one in {*exact, *band_hits, *sentence_hits} if before is None or one < before)
    rows = session.execute(_NOMINATED, {"ids": ids}) if ids else ()
    found = [_candidate(row, band_hits, sentence_hits, article) for row in rows if row.key != article.key]
    telling = [one for one in found if one.band_hits or one.sentence_hits or one.content_hash == article.content_hash]
    return tuple(sorted(telling, key=lambda one: _rank(one, article.content_hash))[:limit])


def index(
    session: Session, article_id: int, article: Article, *, with_bands: bool, without: Iterable[int] = ()
) -> None:
    """Put an article into the index; ``without`` are sentences that lead to its story already."""
    keys = sorted(set(article.bands)) if with_bands else []
    said = sorted(set(article.sentences) - set(without))
    for table, values in ((bands, keys), (sentences, said)):
        _change_keys(session, _PUT_IN, table, values, article_id)
    row = {"article_id": article_id, "sketch": article.sketch, "bands": _pack(keys), "sentences": _pack(said)}
    session.execute(insert(fingerprints), row)


def unindex(session: Session, article_id: int) -> None:
    """Take an article out of the index."""
    row = session.execute(select(fingerprints).where(fingerprints.c.article_id == article_id)).one_or_none()
    if row is not None:
        _drop_keys(session, row)
        session.execute(delete(fingerprints).where(fingerprints.c.article_id == article_id))


def indexed_sentences(session: Session, article_id: int) -> tuple[int, ...]:
    """Return the sentences that an article put into the index."""
    packed = session.scalar(select(fingerprints.c.sentences).where(fingerprints.c.article_id == article_id))
    return _unpack(packed) if packed else ()


def drop_before(session: Session, before: datetime, *, limit: int = _DROPPED_AT_ONCE) -> int:
    """Take articles first seen before a time out of the index, at most ``limit``; return how many there were.

    Equal texts are still found: that needs no index but the content hash. Where all articles are older nothing is
    dropped: a clock that runs ahead looks the same, and the next article tells.
    """
    floor = session.scalar(_FLOOR, {"since": before})
    if floor is None:
        return 0
    oldest = select(fingerprints).where(fingerprints.c.article_id < floor).order_by(fingerprints.c.article_id)
    rows = session.execute(oldest.limit(limit)).all()
    for row in rows:
        _drop_keys(session, row)
    session.execute(delete(fingerprints).where(fingerprints.c.article_id.in_([row.article_id for row in rows])))
    return len(rows)


def _shared(
    session: Session, table: Table, keys: Sequence[int], *, span: tuple[int, int], most: int, least: int, limit: int
) -> dict[int, int]:
    if not keys:
        return {}
    values = {"keys": _listed(keys), "floor": span[0], "last": span[1], "most": most, "least": least, "limit": limit}
    found = session.execute(_statement(_NOMINATE, table.name, session.get_bind().dialect.name), values)
    return {row.article_id: row.shared for row in found}


def _change_keys(session: Session, words: str, table: Table, keys: Sequence[int], article_id: int) -> None:
    if keys:
        values = {"keys": _listed(keys), "article_id": article_id}
        session.execute(_statement(words, table.name, session.get_bind().dialect.name), values)


@cache
def _statement(words: str, table: str, dialect: str) -> TextClause:
    wanted = (postgresql if dialect == "postgresql" else sqlite).KEYS_FROM_JSON
    return text(words.format(wanted=wanted, table=table))


def _listed(keys: Iterable[int]) -> str:
    """Return keys as JSON: one parameter for any number of them, in order, so that neighbours share pages."""
    return json.dumps(sorted(set(keys)))


def _candidate(row: AnyRow, band_hits: dict[int, int], sentence_hits: dict[int, int], article: Article) -> Candidate:
    comparable = row.sketch_version == article.sketch_version
    return Candidate(
        article_id=row.id,
        story_id=row.story_id,
        is_canonical=row.canonical_id == row.id,
        title=row.title,
        text=row.text,
        content_hash=row.content_hash,
        band_hits=band_hits.get(row.id, 0) if comparable else 0,
        sentence_hits=sentence_hits.get(row.id, 0) if comparable else 0,
    )


def _rank(candidate: Candidate, content_hash: str) -> tuple[bool, bool, int, int, int]:
    return (
        candidate.content_hash != content_hash,
        not candidate.is_canonical,
        -candidate.band_hits,
        -candidate.sentence_hits,
        -candidate.article_id,
    )


def _drop_keys(session: Session, row: AnyRow) -> None:
    for table, packed in ((bands, row.bands), (sentences, row.sentences)):
        _change_keys(session, _TAKE_OUT, table, _unpack(packed), row.article_id)


def _pack(keys: Iterable[int]) -> bytes:
    values = tuple(keys)
    return struct.pack(f"<{len(values)}q", *values)


def _unpack(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // 8}q", packed)
