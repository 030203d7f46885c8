"""An entry of a feed or a row of a list as it was written, and how it becomes an item.

Knows identity (the canonical address; first of equals wins), relative addresses, titles that hold markup and entries
without an address of their own. Does not know the formats that entries are read from. Pure.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timezone
from functools import cache
from typing import NamedTuple
from urllib.parse import urljoin

from monitor.sources._dates import CHINA, parse_date
from monitor.sources._feed_dates import exact_date
from monitor.sources._parsed import Document
from monitor.urls import Address, address_of
from storage.records import NewItem, Published

__all__ = ["Entry", "Found", "items_of", "plain_title"]

_MAX_ADDRESS = 2_000
_MAX_TITLE = 500
_MAX_AUTHORS = 20
_ENOUGH_CONTENT = 100  # characters of an entry that says something itself; less is a teaser or a link
_FULL_TEXT = 1_000  # bytes with their markup; a teaser has less
_MAX_CONTENT = 200_000
_MAX_MESSAGES = 50
_SHOWN = 80
_MARK_BYTES = 6
_TAG = re.compile(rb"<[^<>]*>")
_ABSOLUTE = re.compile(r"https?://[^/?#\\]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|br|code|em|font|h[1-6]|i|img|mark|p|small|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one entry says; every text as written. ``base`` is where relative addresses start.

    ``content`` may be given as a function, which is called for what the entry becomes. ``raw`` gives the same in UTF-8
    where it costs less.
    """

    title: str = ""
    link: str = ""
    id: str = ""
    base: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    content: str | Callable[[], str] = ""
    raw: Callable[[], bytes | None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The items of a document, and one message for each entry that gave none.

    ``shared`` are the keys of addresses that entries have in common, each being an item of its own.
    """

    items: tuple[NewItem, ...]
    skipped: tuple[str, ...] = ()
    shared: frozenset[str] = frozenset()


class _Row(NamedTuple):
    """An entry with its title as shown and, where it has one, the address of its page."""

    number: int
    entry: Entry
    title: str
    page: Address | None


def items_of(
    entries: Iterable[Entry], document: Document, now: datetime, *, origin: str, shared: frozenset[str] = frozenset()
) -> Found:
    """Return the items of ``entries`` in their order.

    Of several entries with one canonical address the first counts, unless the address is that of a page which holds
    them all (a list of changes): then each is an item of its own, as it is where the address is among those that were
    ``shared`` before. An entry without a usable address but with content is an item that carries the content. One
    without either is skipped with a message.
    """
    listed = tuple(entries)
    rows, skipped = _rows(listed, document)
    zone = cache(lambda: _zone_of(listed))
    listed_shared = _shared_addresses(rows)
    versioned = _tell_apart(entry.updated for entry in listed)
    dated = _tell_apart(entry.published for entry in listed)
    make = _Maker(document, now, origin, zone, versioned, dated, listed_shared | shared)
    items: dict[str, NewItem] = {}
    numbers: dict[str, int] = {}
    for row in rows:
        item = make.item(row)
        first = items.setdefault(item.key, item)
        if numbers.setdefault(item.key, row.number) == row.number:
            continue
        if first.title is None:  # a picture with a link before the headline with the same link
            items[item.key] = replace(first, title=item.title)
        elif item.title not in (None, first.title):
            skipped[row.number] = f"{_called(row)}: its address is that of entry {numbers[item.key]}"
    messages = [f"entry {number}{message}" for number, message in sorted(skipped.items())]
    return Found(items=tuple(items.values()), skipped=_bounded(messages), shared=listed_shared)


def _rows(entries: Iterable[Entry], document: Document) -> tuple[list[_Row], dict[int, str]]:
    """Return the entries that can be items, and by number why others cannot."""
    rows: list[_Row] = []
    skipped: dict[int, str] = {}
    for number, entry in enumerate(entries, 1):
        title = plain_title(entry.title)
        try:
            page = _address(entry, document.base)
            if page is None and not _content(entry).strip():
                raise ValueError("it has neither an address nor content")
        except ValueError as error:
            skipped[number] = f"{_called(_Row(number, entry, title, None))}: {error}"
            continue
        rows.append(_Row(number, entry, title, page))
    return rows, skipped


def _bounded(messages: list[str]) -> tuple[str, ...]:
    more = len(messages) - _MAX_MESSAGES
    return (*messages[:_MAX_MESSAGES], f"and {more} more") if more > 0 else tuple(messages)


def plain_title(text: str) -> str:
    """Return a title as one line of at most 500 characters: entities resolved, markup and invisible signs dropped."""
    short = text[: 4 * _MAX_TITLE]
    if "<" in short:
        short = _INLINE_TAG.sub("", short)
    if "&" in short:
        short = html.unescape(short)
    if not short.isprintable() or "  " in short or short[:1] == " " or short[-1:] == " ":
        short = " ".join(_INVISIBLE.sub("", " ".join(short.split())).split())
    return short[:_MAX_TITLE]


class _Maker(NamedTuple):
    """What all items of a document share."""

    document: Document
    now: datetime
    origin: str
    zone: Callable[[], timezone]
    versioned: bool
    dated: bool
    shared: frozenset[str]

    def item(self, row: _Row) -> NewItem:
        """Return the item of an entry."""
        page, payload, content, told, entry = row.page, None, None, None, row.entry
        if page is None or (page.key in self.shared and _stands_alone(entry)):
            page = address_of(_own_address(entry, page.url if page else self.document.address))
            payload = _page(row.title, _content(entry).encode("utf-8", "replace"))
        else:
            said = _said(entry)
            content = _page(row.title, said) if _FULL_TEXT <= len(said) <= _MAX_CONTENT else None
            told = _told(row, said, entry.published if self.dated else "") if self.origin == "feed" else None
        return NewItem(
            url=page.url,
            key=page.key,
            host=page.host,
            title=row.title or None,
            published=self._published(entry.published or entry.updated),
            authors=_authors(entry.authors) if entry.authors else (),
            version=_version(entry, payload, self.versioned),
            told=told,
            payload=payload,
            payload_type="text/html; charset=utf-8" if payload else None,
            content=content,
        )

    def _published(self, written: str) -> Published | None:
        if not written:
            return None
        exact = exact_date(written, self.now, origin=self.origin)
        return exact or parse_date(written, self.now, origin=self.origin, zone=self.zone())


def _version(entry: Entry, payload: bytes | None, versioned: bool) -> str | None:
    """Return what changes when the entry does; what carries its content changes with it."""
    if payload is not None:
        return _digest(payload)
    return entry.updated[:_SHOWN] or None if versioned else None


def _address(entry: Entry, base: str) -> Address | None:
    """Return the entry's own address, None where it has content instead.

    Raise ValueError for one that cannot be fetched.
    """
    written = "".join(entry.link.split())
    if not written:
        return None
    try:
        return _fetchable(entry, written, base)
    except ValueError:
        if _content(entry).strip():
            return None
        raise


def _fetchable(entry: Entry, written: str, base: str) -> Address:
    if len(written) > _MAX_ADDRESS:
        raise ValueError(f"its address has {len(written)} characters")
    url = written if _ABSOLUTE.match(written) else urljoin(urljoin(base, entry.base.strip()), written)
    try:
        address = address_of(url)
    except ValueError as error:
        raise ValueError(f"expected an http or https address, found {written[:_SHOWN]!r}") from error
    if not address.url.isprintable():
        raise ValueError(f"expected an http or https address, found {written[:_SHOWN]!r}")
    return address


def _stands_alone(entry: Entry) -> bool:
    """Tell whether an entry could do without a page: it has an identity and says something itself."""
    return bool(entry.id) and len(_content(entry)) >= _ENOUGH_CONTENT


def _content(entry: Entry) -> str:
    return entry.content if isinstance(entry.content, str) else entry.content()


def _shared_addresses(rows: Iterable[_Row]) -> frozenset[str]:
    """Return the keys of addresses that entries of different ids and titles, all with content, have in common."""
    alike: dict[str, list[_Row]] = {}
    for row in rows:
        if row.page is not None:
            alike.setdefault(row.page.key, []).append(row)
    return frozenset(key for key, group in alike.items() if len(group) > 1 and _are_different(group))


def _are_different(group: list[_Row]) -> bool:
    first, *others = [row for row in group if _stands_alone(row.entry)] or group[:1]
    return any(other.entry.id != first.entry.id and other.title != first.title for other in others)


def _own_address(entry: Entry, address: str) -> str:
    """Make an address for an entry that has none to itself: that of the feed or the page, and a mark of the entry."""
    identity = entry.id or entry.title or _content(entry)
    return f"{address.partition('#')[0]}#!{_digest(identity.encode('utf-8', 'replace'))}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _page(title: str, content: bytes) -> bytes:
    heading = html.escape(title)
    before = f"<!DOCTYPE html><title>{heading}</title><article><h1>{heading}</h1>\n".encode("utf-8", "replace")
    return b"".join((before, content, b"\n</article>"))


def _said(entry: Entry) -> bytes:
    content = entry.raw() if entry.raw is not None else None
    return _content(entry).encode("utf-8", "replace") if content is None else content


def _told(row: _Row, said: bytes, published: str) -> tuple[str, str]:
    """Return marks of the title, and of the date and the text without its markup, which holds counters and tokens."""
    text = _TAG.sub(b"", said[:_MAX_CONTENT]).translate(None, b" \t\r\n")
    dated = b"%b\n%b" % (published[:_SHOWN].encode("utf-8", "replace"), text)
    return _mark(row.title.encode("utf-8", "replace")), _mark(dated.strip())


def _mark(said: bytes) -> str:
    return hashlib.blake2b(said, digest_size=_MARK_BYTES).hexdigest() if said else ""


def _authors(names: Iterable[str]) -> tuple[str, ...]:
    plain = [plain_title(name)[:100] for name in names]
    return tuple(dict.fromkeys(filter(None, plain)))[:_MAX_AUTHORS]


def _tell_apart(stamps: Iterable[str]) -> bool:
    """Say whether stamps belong to their entries: some feeds stamp every entry with the time of the request."""
    listed = list(stamps)
    return len(listed) < 2 or len(set(listed)) > 1


def _zone_of(entries: tuple[Entry, ...]) -> timezone:
    """Return the zone that dates without one are meant in: China's for Chinese titles."""
    titles = [entry.title[:_SHOWN] for entry in entries if entry.title]
    chinese = sum(1 for title in titles if _HAN.search(title) and not _KANA.search(title))
    return CHINA if 2 * chinese >= len(titles) else UTC


def _called(row: _Row) -> str:
    title = row.title or row.entry.id
    return f" ({title[:_SHOWN]})" if title else ""
