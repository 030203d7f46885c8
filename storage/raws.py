"""Pages as they were fetched, compressed, so that a better reader can read them again.

Bounded by age and by size; what goes first is the oldest. Does not read pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, literal, select, tuple_
from sqlalchemy.orm import Session

from storage.records import Published, RawPage
from storage.rows import AnyRow, published_from
from storage.tables import items, raws

__all__ = ["PackedPage", "RawItem", "count_items", "keep", "pack", "raw_items", "trim"]

_LEVEL = 3
"""zstd level: pages of 23 KB shrink to 28 % in 0.08 ms; level 6 takes 0.19 ms for 27 %."""
_MAX_UNPACKED = 100_000_000
_TRIMMED_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPage:
    """A page ready to be stored; ``body`` is zstd."""

    url: str
    content_type: str | None
    fetched_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class RawItem:
    """An item with the pages it was read from, and what the store knows of it now."""

    item_id: int
    source_id: str
    host: str
    article_id: int | None
    title: str | None
    published: Published | None
    authors: tuple[str, ...]
    pages: tuple[RawPage, ...]


def pack(page: RawPage) -> PackedPage:
    """Return a page with its body compressed."""
    import zstandard

    body = zstandard.ZstdCompressor(level=_LEVEL).compress(page.body)
    return PackedPage(url=page.url, content_type=page.content_type, fetched_at=page.fetched_at, body=body)


def keep(session: Session, item_id: int, pages: Sequence[PackedPage]) -> None:
    """Store the pages of an item in place of those it had."""
    session.execute(delete(raws).where(raws.c.item_id == item_id))
    if pages:
        session.execute(insert(raws), [_row(item_id, part, page) for part, page in enumerate(pages)])


def trim(session: Session, *, before: datetime, max_bytes: int) -> int:
    """Drop the items whose pages were fetched before a time, then the oldest beyond a total size; return how many.

    At most 500 at once, so that the write lock is held for a moment only; call it again while it returns any.
    """
    too_old = raws.c.fetched_at < before
    excess = (session.scalar(select(func.sum(raws.c.size))) or 0) - max_bytes
    oldest = select(raws.c.item_id, raws.c.fetched_at, raws.c.size).order_by(raws.c.fetched_at).limit(_TRIMMED_AT_ONCE)
    gone: dict[int, None] = {}
    for row in session.execute(oldest if excess > 0 else oldest.where(too_old)):
        if row.fetched_at >= before and excess <= 0:
            break
        gone[row.item_id] = None
        excess -= row.size
    if gone:
        session.execute(delete(raws).where(raws.c.item_id.in_(list(gone))))
    return len(gone)


def count_items(session: Session, *, since: datetime | None, source: str | None) -> int:
    """Return how many items ``raw_items`` would yield."""
    return session.scalar(select(func.count()).select_from(items).where(*_wanted(since, source))) or 0


def raw_items(
    session: Session, *, since: datetime | None, source: str | None, after: RawItem | None, limit: int = 50
) -> tuple[RawItem, ...]:
    """Return some items whose pages are kept and were fetched at ``since`` or later; go on ``after`` the last of them.

    Their order is that of their articles; items without an article come last.
    """
    wanted = select(items).where(*_wanted(since, source)).limit(limit)
    place, filed = tuple_(items.c.article_id, items.c.id), items.c.article_id.is_not(None)
    rows: Sequence[AnyRow] = ()
    if after is None:
        rows = session.execute(wanted.where(filed).order_by(items.c.article_id, items.c.id)).all()
    elif after.article_id is not None:
        beyond = place > tuple_(literal(after.article_id), literal(after.item_id))
        rows = session.execute(wanted.where(beyond).order_by(items.c.article_id, items.c.id)).all()
    if not rows:
        last = after.item_id if after is not None and after.article_id is None else 0
        rows = session.execute(wanted.where(~filed, items.c.id > last).order_by(items.c.id)).all()
    return tuple(_raw_item(row, _pages(session, row.id)) for row in rows)


def _wanted(since: datetime | None, source: str | None) -> list[ColumnElement[bool]]:
    kept = raws.c.item_id == items.c.id
    if since is not None:
        kept = and_(kept, raws.c.fetched_at >= since)
    return [exists().where(kept)] if source is None else [exists().where(kept), items.c.source_id == source]


def _row(item_id: int, part: int, page: PackedPage) -> dict[str, Any]:
    return {
        "item_id": item_id,
        "part": part,
        "url": page.url,
        "content_type": page.content_type,
        "fetched_at": page.fetched_at,
        "size": len(page.body),
        "body": page.body,
    }


def _pages(session: Session, item_id: int) -> tuple[RawPage, ...]:
    import zstandard

    rows = session.execute(select(raws).where(raws.c.item_id == item_id).order_by(raws.c.part))
    unpacker = zstandard.ZstdDecompressor()
    return tuple(
        RawPage(
            url=row.url,
            content_type=row.content_type,
            fetched_at=row.fetched_at,
            body=unpacker.decompress(row.body, max_output_size=_MAX_UNPACKED),
        )
        for row in rows
    )


def _raw_item(row: AnyRow, pages: tuple[RawPage, ...]) -> RawItem:
    return RawItem(
        item_id=row.id,
        source_id=row.source_id,
        host=row.host,
        article_id=row.article_id,
        title=row.title,
        published=published_from(row.published),
        authors=tuple(row.authors),
        pages=pages,
    )
