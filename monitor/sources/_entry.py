"""An entry of a feed or a row of a list as it was written, and how it becomes an item.

Knows identity (the canonical address; first of equals wins), relative addresses, titles that hold markup and entries
without an address of their own. Does not know the formats that entries are read from. Pure.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timezone
from urllib.parse import urljoin

from monitor.sources._dates import CHINA, parse_date
from monitor.urls import host_of, url_key
from storage.records import NewItem

__all__ = ["Document", "Entry", "Found", "items_of", "plain_title"]

_MAX_ADDRESS = 2_000
_MAX_TITLE = 500
_MAX_AUTHORS = 20
_ENOUGH_CONTENT = 100  # characters of an entry that says something itself; less is a teaser or a link
_MAX_MESSAGES = 50
_SHOWN = 80
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|br|code|em|font|h[1-6]|i|img|mark|p|small|span|strong|sub|sup|u)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What one entry says; every text as written. ``base`` is where relative addresses start."""

    title: str = ""
    link: str = ""
    id: str = ""
    base: str = ""
    published: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Where entries stand: ``address`` names the document in the configuration, ``base`` is where it was read."""

    address: str
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The items of a document, and one message for each entry that gave none."""

    items: tuple[NewItem, ...]
    skipped: tuple[str, ...] = ()


def items_of(entries: Iterable[Entry], document: Document, now: datetime, *, origin: str) -> Found:
    """Return the items of ``entries`` in their order.

    Of several entries with one canonical address the first counts, unless the address is that of a page which holds
    them all (a list of changes): then each is an item of its own. An entry without a usable address but with content
    is an item that carries the content. One without either is skipped with a message.
    """
    listed = tuple(entries)
    zone = _zone_of(listed)
    versioned = _updates_tell_apart(listed)
    shared = _shared_addresses(listed, document.base)
    items: dict[str, NewItem] = {}
    numbers: dict[str, int] = {}
    skipped: list[str] = []
    for number, entry in enumerate(listed, 1):
        try:
            item = _item(entry, document, now, zone, origin, versioned, shared)
        except ValueError as error:
            skipped.append(f"entry {number}{_called(entry)}: {error}")
            continue
        first = items.setdefault(item.key, item)
        if numbers.setdefault(item.key, number) == number:
            continue
        if first.title is None:  # a picture with a link before the headline with the same link
            items[item.key] = replace(first, title=item.title)
        elif item.title not in (None, first.title):
            skipped.append(f"entry {number}{_called(entry)}: its address is that of entry {numbers[item.key]}")
    return Found(items=tuple(items.values()), skipped=_bounded(skipped))


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
    return " ".join(_INVISIBLE.sub("", " ".join(short.split())).split())[:_MAX_TITLE]


def _item(
    entry: Entry,
    document: Document,
    now: datetime,
    zone: timezone,
    origin: str,
    versioned: bool,
    shared: frozenset[str],
) -> NewItem:
    title = plain_title(entry.title)
    url = _address(entry, document.base)
    payload = None
    if url is None or (_stands_alone(entry) and url_key(url) in shared):
        if not entry.content.strip():
            raise ValueError("it has neither an address nor content")
        url, payload = _own_address(entry, url or document.address), _page(title, entry.content)
    written = entry.published or entry.updated
    return NewItem(
        url=url,
        key=url_key(url),
        host=host_of(url),
        title=title or None,
        published=parse_date(written, now, origin=origin, zone=zone) if written else None,
        authors=_authors(entry.authors),
        version=_version(entry, payload, versioned),
        payload=payload,
        payload_type="text/html; charset=utf-8" if payload else None,
    )


def _version(entry: Entry, payload: bytes | None, versioned: bool) -> str | None:
    """Return what changes when the entry does; what carries its content changes with it."""
    if payload is not None:
        return _digest(payload)
    return entry.updated[:_SHOWN] or None if versioned else None


def _address(entry: Entry, base: str) -> str | None:
    """Return the entry's own address, None where it has content instead.

    Raise ValueError for one that cannot be fetched.
    """
    written = "".join(entry.link.split()) if entry.link else ""
    if not written:
        return None
    try:
        return _fetchable(entry, written, base)
    except ValueError:
        if entry.content.strip():
            return None
        raise


def _fetchable(entry: Entry, written: str, base: str) -> str:
    if len(written) > _MAX_ADDRESS:
        raise ValueError(f"its address has {len(written)} characters")
    url = urljoin(urljoin(base, entry.base.strip()), written)
    if not host_of(url) or not url.isprintable():
        raise ValueError(f"expected an http or https address, found {written[:_SHOWN]!r}")
    return url


def _stands_alone(entry: Entry) -> bool:
    """Tell whether an entry could do without a page: it has an identity and says something itself."""
    return bool(entry.id) and len(entry.content) >= _ENOUGH_CONTENT


def _shared_addresses(entries: tuple[Entry, ...], base: str) -> frozenset[str]:
    """Return the keys of addresses that entries of different ids and titles, all with content, have in common."""
    told: dict[str, tuple[str, str]] = {}
    shared: set[str] = set()
    for entry in filter(_stands_alone, entries):
        url = _address(entry, base)
        if url is None:
            continue
        key, identity = url_key(url), (entry.id, plain_title(entry.title))
        first = told.setdefault(key, identity)
        if first[0] != identity[0] and first[1] != identity[1]:
            shared.add(key)
    return frozenset(shared)


def _own_address(entry: Entry, address: str) -> str:
    """Make an address for an entry that has none to itself: that of the feed or the page, and a mark of the entry."""
    identity = entry.id or entry.title or entry.content
    return f"{address.partition('#')[0]}#!{_digest(identity.encode('utf-8', 'replace'))}"


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _page(title: str, content: str) -> bytes:
    heading = html.escape(title)
    page = f"<!DOCTYPE html><title>{heading}</title><article><h1>{heading}</h1>\n{content}\n</article>"
    return page.encode("utf-8", "replace")


def _authors(names: Iterable[str]) -> tuple[str, ...]:
    plain = (plain_title(name)[:100] for name in names)
    return tuple(dict.fromkeys(name for name in plain if name))[:_MAX_AUTHORS]


def _updates_tell_apart(entries: tuple[Entry, ...]) -> bool:
    """Say whether ``updated`` belongs to the entries: some feeds stamp every entry with the time of the request."""
    stamps = [entry.updated for entry in entries]
    return len(stamps) < 2 or len(set(stamps)) > 1


def _zone_of(entries: tuple[Entry, ...]) -> timezone:
    """Return the zone that dates without one are meant in: China's for Chinese titles."""
    titles = [entry.title[:_SHOWN] for entry in entries if entry.title]
    chinese = sum(1 for title in titles if _HAN.search(title) and not _KANA.search(title))
    return CHINA if 2 * chinese >= len(titles) else UTC


def _called(entry: Entry) -> str:
    title = plain_title(entry.title) or entry.id
    return f" ({title[:_SHOWN]})" if title else ""
