"""The near-copy index: what articles put into it and take out of it.

Nominating for an article is ``nominate``; the slots of time are the concern of ``near_slots``. Each slot is an index of
its own, and an article may be in two of them. Its keys are kept whole for as long as a slot of it lasts. Into the
index go all of a canonical article; of any other only those that its canonical article lacks, so that a story of many
copies does not crowd its keys, and yet whatever shares a key with a stored article is led to it or to its canonical
one.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Table,
    TextClause,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    text,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from storage import postgresql, sqlite
from storage.near_slots import doomed, expire, slots_for
from storage.near_tables import KEY_BYTES, bands, fingerprints, sentences
from storage.nomination import Keys, nominate
from storage.records import Article
from storage.rows import AnyRow
from storage.tables import articles

__all__ = ["Keys", "doomed", "expire", "forget", "index", "keys_of", "nominate", "put", "stored_keys"]

_PUT_IN = "INSERT INTO {table} (k, article_id) SELECT k, :article_id FROM ({wanted}) AS wanted"
_PRESENT = "SELECT k FROM {table} WHERE article_id = :article_id AND k IN ({wanted})"
_TAKE_OUT = "DELETE FROM {table} WHERE article_id = :article_id AND k IN ({wanted})"


def _columns(slot: int) -> tuple[ColumnElement[Any], ...]:
    columns = fingerprints[slot].c
    return (
        literal_column(str(slot)).label("slot"),
        columns.article_id,
        columns.lead_id,
        columns.sketch_version,
        columns.bands,
        columns.sentences,
    )


_KEPT = union_all(
    *(
        select(*_columns(slot)).where(table.c.article_id.in_(bindparam("ids", expanding=True)))
        for slot, table in enumerate(fingerprints)
    )
)


def keys_of(article: Article) -> Keys:
    """Return the keys of an article as read."""
    return Keys(
        content_hash=article.content_hash,
        sketch_version=article.sketch_version,
        bands=article.bands,
        sentences=article.sentences,
    )


def stored_keys(session: Session, article_id: int) -> Keys | None:
    """Return the keys of a stored article; None for one whose period has passed."""
    kept = next((in_slot[article_id] for in_slot in _kept(session, article_id).values()), None)
    if kept is None:
        return None
    content_hash = session.execute(select(articles.c.content_hash).where(articles.c.id == article_id)).scalar_one()
    return Keys(
        content_hash=content_hash,
        sketch_version=kept.sketch_version,
        bands=_unpack(kept.bands),
        sentences=_unpack(kept.sentences),
    )


def put(session: Session, article_id: int, article: Article, *, at: datetime) -> None:
    """Keep the keys of an article as of a time, in the place of those it had; ``index`` makes them known."""
    forget(session, article_id)
    row = {
        "article_id": article_id,
        "lead_id": None,
        "sketch_version": article.sketch_version,
        "bands": _pack(article.bands),
        "sentences": _pack(article.sentences),
    }
    for slot in slots_for(session, article_id, at):
        session.execute(insert(fingerprints[slot]), row)


def index(session: Session, article_id: int, *, lead: int | None) -> None:
    """Make the keys of an article known: all of them, or those that its canonical article ``lead`` lacks.

    Where the lead is not in a slot, an article of its story stands in for it, or nothing is left out: no slot needs
    another one. An article whose keys are kept no more stays unknown.
    """
    for kept in _kept(session, article_id, lead).values():
        if article_id in kept:
            _index_in_slot(session, kept[article_id], lead, None if lead is None else kept.get(lead))


def forget(session: Session, article_id: int) -> None:
    """Make the keys of an article unknown, and keep them no more."""
    for slot, kept in _kept(session, article_id).items():
        _take_out(session, kept[article_id])
        session.execute(delete(fingerprints[slot]).where(fingerprints[slot].c.article_id == article_id))


def _kept(session: Session, *ids: int | None) -> dict[int, dict[int, AnyRow]]:
    """Return the kept keys of articles by their slots and ids."""
    found: dict[int, dict[int, AnyRow]] = {}
    for row in session.execute(_KEPT, {"ids": [one for one in ids if one is not None]}):
        found.setdefault(row.slot, {})[row.article_id] = row
    return found


def _index_in_slot(session: Session, own: AnyRow, lead: int | None, led: AnyRow | None) -> None:
    """Put in and take out what differs: a lead that changes has followers for whom little or nothing does."""
    leader = None if lead is None or lead == own.article_id else _leading(session, own, lead, led)
    for table, mine, known in (
        (bands[own.slot], own.bands, b"" if leader is None else leader.bands),
        (sentences[own.slot], own.sentences, b"" if leader is None else leader.sentences),
    ):
        keys = set(_unpack(mine))
        wanted = keys.difference(_unpack(known))
        present = _present(session, table, keys, own) if own.lead_id is not None else set()
        _change(session, _TAKE_OUT, table, present - wanted, own.article_id)
        _change(session, _PUT_IN, table, wanted - present, own.article_id)
    lead_id = own.article_id if leader is None else leader.article_id
    if lead_id != own.lead_id:
        kept = fingerprints[own.slot]
        session.execute(update(kept).where(kept.c.article_id == own.article_id).values(lead_id=lead_id))


def _present(session: Session, table: Table, keys: Iterable[int], own: AnyRow) -> set[int]:
    """Return which of an article's keys are in the index."""
    asked = _statement(_PRESENT, table.name, session.get_bind().dialect.name)
    return set(session.scalars(asked, {"keys": json.dumps(sorted(keys)), "article_id": own.article_id}))


def _leading(session: Session, own: AnyRow, lead: int, led: AnyRow | None) -> AnyRow | None:
    """Return the article of the same slot and version whose keys ``own`` may leave out."""
    if led is None:
        led = _stand_in(session, own, lead)
    return led if led is not None and led.sketch_version == own.sketch_version else None


def _stand_in(session: Session, own: AnyRow, lead: int) -> AnyRow | None:
    """Return the first article of the lead's story that put all of its keys into the slot of ``own``."""
    table = fingerprints[own.slot]
    story = select(articles.c.story_id).where(articles.c.id == lead).scalar_subquery()
    return session.execute(
        select(*_columns(own.slot))
        .join(articles, articles.c.id == table.c.article_id)
        .where(articles.c.story_id == story, table.c.lead_id == table.c.article_id)
        .where(table.c.article_id != own.article_id)
        .order_by(articles.c.id)
        .limit(1)
    ).one_or_none()


def _take_out(session: Session, own: AnyRow) -> None:
    if own.lead_id is None:
        return
    for table, packed in ((bands[own.slot], own.bands), (sentences[own.slot], own.sentences)):
        _change(session, _TAKE_OUT, table, _unpack(packed), own.article_id)


def _change(session: Session, words: str, table: Table, keys: Iterable[int], article_id: int) -> None:
    listed = sorted(keys)
    if listed:
        values = {"keys": json.dumps(listed), "article_id": article_id}
        session.execute(_statement(words, table.name, session.get_bind().dialect.name), values)


@cache
def _statement(words: str, table: str, dialect: str) -> TextClause:
    speaks = postgresql if dialect == "postgresql" else sqlite
    return text(words.format(wanted=speaks.KEYS_FROM_JSON.format(name="keys"), table=table))


def _pack(keys: Iterable[int]) -> bytes:
    values = sorted(set(keys))
    return struct.pack(f"<{len(values)}q", *values)


def _unpack(packed: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(packed) // KEY_BYTES}q", packed)
