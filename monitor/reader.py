"""Read an item whole: in a worker, without the furniture of its host, with the further pages of its article.

Does not record: what comes out is what one transaction needs.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from monitor.engine.workers import NoWorker, OnlyThere
from monitor.runtime import Runtime
from monitor.types import Failed, Fetched, Hints, Reading, Rejected, SourcePort, Unchanged
from monitor.urls import host_of
from storage.frontier import article_of
from storage.lines import learned_lines
from storage.raws import PackedPage, RawItem, pack
from storage.records import Item, Outcome, RawPage

if TYPE_CHECKING:
    from monitor.read.reading import next_page, read
else:
    next_page, read = (OnlyThere("monitor.read.reading", name) for name in ("next_page", "read"))

__all__ = ["MAX_PAGES", "ReadItem", "furniture_host", "pages_to_keep", "read_item", "read_pages"]

MAX_PAGES = 20
_PATIENCE = 3
"""Attempts in which a further page that cannot be had puts the whole article off; then it is stored as it is."""
_WORTH_ANOTHER_LOOK = frozenset({Outcome.TOO_SHORT, Outcome.NOT_ARTICLE, Outcome.BLOCKED, Outcome.UNDECODABLE})
"""Rejections that a better reader may take back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadItem:
    """An article that was read, and the pages it was read from, as they are kept."""

    reading: Reading
    pages: tuple[PackedPage, ...]


async def read_item(item: Item, fetched: Fetched, port: SourcePort, rt: Runtime) -> ReadItem | Rejected | Failed:
    """Read what was fetched for an item, and fetch what it goes on with."""
    learned = await asyncio.to_thread(_learned, item, rt)
    first = _page(fetched)
    reading = await read_pages(item, (first,), learned, rt)
    if not isinstance(reading, Reading) or reading.extracted.next_page is None:
        return _read_item(item, reading, (first,), rt)
    pages, stopped = await _go_on(first, reading.extracted.next_page, port, rt)
    if stopped is not None and _may_come_back(stopped) and item.attempts + 1 < _PATIENCE:
        return replace(stopped, detail=f"page {len(pages) + 1} of the article: {stopped.detail}")
    reading = await read_pages(item, pages, learned, rt)
    if stopped is not None and isinstance(reading, Reading):
        reading = _marked(reading)
    return _read_item(item, reading, pages, rt)


async def _go_on(
    first: RawPage, next_url: str | None, port: SourcePort, rt: Runtime
) -> tuple[tuple[RawPage, ...], Failed | None]:
    """Return the pages of an article in order, and the failure that ended them before their end."""
    pages = [first]
    while next_url is not None and len(pages) < MAX_PAGES and _is_further(next_url, pages):
        fetched = await port.get(next_url)
        if isinstance(fetched, Failed):
            return tuple(pages), fetched
        if isinstance(fetched, Unchanged):
            break
        pages.append(_page(fetched))
        found = await port.run(next_page, pages[-1])
        next_url = None if isinstance(found, Rejected) else found
    return tuple(pages), None


def _may_come_back(stopped: Failed) -> bool:
    return not stopped.permanent and stopped.reason is not Outcome.GONE


def _is_further(url: str, pages: list[RawPage]) -> bool:
    from monitor.read.pager import is_continuation

    return url not in {page.url for page in pages} and is_continuation(pages[0].url, url)


def pages_to_keep(item: Item, rejected: Failed | Rejected, fetched: Fetched, rt: Runtime) -> tuple[PackedPage, ...]:
    """Return what is kept of a page that holds no article."""
    again = isinstance(rejected, Rejected) and rejected.rejected in _WORTH_ANOTHER_LOOK
    return _kept(item, (_page(fetched),), rt) if again else ()


def furniture_host(url: str, item_host: str) -> str:
    """Return the host whose furniture a page carries: its own, or the item's where it is a local file."""
    return host_of(url) or item_host


def _learned(item: Item, rt: Runtime) -> frozenset[int]:
    with rt.store.read() as session:
        is_new = article_of(session, item.id) is None
        return learned_lines(session, furniture_host(item.url, item.host), before_another=is_new)


async def read_pages(
    origin: Item | RawItem, pages: Sequence[RawPage], learned: frozenset[int], rt: Runtime
) -> Reading | Rejected | Failed:
    """Read the pages of one article in a worker, the first with what is known of the item."""
    first, *more = pages
    settings = rt.sources.get(origin.source_id)
    is_whole = settings is not None and settings.kind == "page"
    try:
        return await rt.pool.run(
            read,
            first.body,
            url=first.url,
            content_type=first.content_type,
            hints=Hints(title=origin.title, published=origin.published, authors=origin.authors, whole=is_whole),
            fetched_at=first.fetched_at,
            watch=rt.watch,
            learned=frozenset() if is_whole else learned,
            more=tuple(more),
        )
    except NoWorker as error:
        return Failed(reason=Outcome.TIMEOUT, detail=str(error))


def _marked(reading: Reading) -> Reading:
    article = reading.extracted
    return replace(reading, extracted=replace(article, flags=(*article.flags, "incomplete")))


def _read_item(
    item: Item, reading: Reading | Rejected | Failed, pages: tuple[RawPage, ...], rt: Runtime
) -> ReadItem | Rejected | Failed:
    return ReadItem(reading=reading, pages=_kept(item, pages, rt)) if isinstance(reading, Reading) else reading


def _kept(item: Item, pages: tuple[RawPage, ...], rt: Runtime) -> tuple[PackedPage, ...]:
    """Return the pages as they are kept, if they are; those of an archive are kept by the archive."""
    is_kept = rt.config.settings.raw.keep and item.payload_at is None
    return tuple(map(pack, pages)) if is_kept else ()


def _page(fetched: Fetched) -> RawPage:
    return RawPage(
        url=fetched.final_url, content_type=fetched.content_type, fetched_at=fetched.fetched_at, body=fetched.body
    )
