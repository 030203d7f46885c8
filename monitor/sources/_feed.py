"""One feed of any format: bytes in, items out. Pure and picklable; runs in a worker process.

The charset is repaired first, then JSON Feed or XML is read; feedparser, which is a hundred times slower, gets what
the XML reader lost entries of. What is no feed is named, so that the configuration can be corrected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from monitor.sources._charset import decode
from monitor.sources._entry import Document, Entry, items_of, plain_title
from monitor.sources._feed_json import looks_like_json, read_json
from monitor.sources._feed_xml import XmlFeed, clean_xml, read_xml
from monitor.types import Rejected
from storage.records import NewItem, Outcome

__all__ = ["ParsedFeed", "parse_feed"]

_ENTRY_TAG = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_FEED_LINK = re.compile(
    r"<link\b[^>]{0,500}\btype\s*=\s*[\"']?application/(?:rss|atom|feed)[^>]{0,500}>", re.IGNORECASE
)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|script|meta)\b", re.IGNORECASE)
_HEAD = 65_536
_FALLBACK_CHARACTERS = 200_000  # feedparser's time grows with the square of hostile feeds: 10 s for three times that
_MAX_TTL_S = 86_400
_OTHER_ROOTS = {"opml": "an OPML list of feeds; list its feeds one by one", "urlset": "a sitemap",
                "sitemapindex": "a sitemap index"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed holds: items in its order, messages on what was left out, ``ttl_s`` where it asks for one."""

    items: tuple[NewItem, ...]
    skipped: tuple[str, ...] = ()
    ttl_s: int | None = None


def parse_feed(
    body: bytes, content_type: str | None, document: Document, fetched_at: datetime, cap: int
) -> ParsedFeed | Rejected:
    """Read at most ``cap`` entries of a feed; never raises on any bytes."""
    text = decode(body, content_type)
    try:
        entries, total, ttl = _read(text, document.base, cap)
    except ValueError as error:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"expected a feed, found {error}")
    found = items_of(entries, document, fetched_at, origin="feed")
    beyond = (f"only the first {cap} of {total} entries were taken",) if total > cap else ()
    return ParsedFeed(items=found.items, skipped=(*beyond, *found.skipped), ttl_s=_ttl_s(ttl))


def _read(text: str, base_url: str, cap: int) -> tuple[tuple[Entry, ...], int, str]:
    """Return entries, their full number and the ttl as written; raise ValueError that names what else it is."""
    if looks_like_json(text):
        listed = read_json(text)
        return listed[:cap], len(listed), ""
    cleaned = clean_xml(text)
    feed = read_xml(cleaned, cap)
    if feed is None or not feed.is_feed:
        raise ValueError(_name_it(feed, text, base_url))
    expected = len(_ENTRY_TAG.findall(cleaned))
    if feed.total < expected and len(cleaned) <= _FALLBACK_CHARACTERS:
        others = _read_slowly(cleaned, cap)
        feed = replace(feed, entries=others, total=len(others)) if len(others) > len(feed.entries) else feed
    return feed.entries, feed.total, feed.ttl


def _read_slowly(cleaned: str, cap: int) -> tuple[Entry, ...]:
    import feedparser

    try:
        feed = feedparser.parse(BytesIO(cleaned.encode()), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, OverflowError, RecursionError, TypeError, AttributeError, LookupError):
        return ()  # its own faults on hostile feeds; the quick reader's entries stand
    return tuple(_from_feedparser(entry) for entry in feed.entries[:cap])


def _from_feedparser(entry: Any) -> Entry:
    contents = entry.get("content") or [{}]
    return Entry(
        title=entry.get("title", ""),
        link=entry.get("link", ""),
        id=entry.get("id", ""),
        published=entry.get("published", ""),
        updated=dict.get(entry, "updated", ""),  # its own get() would answer with the publication date
        authors=(entry.get("author", ""),),
        content=contents[0].get("value") or entry.get("summary", ""),
    )


def _ttl_s(minutes: str) -> int | None:
    return min(int(minutes) * 60, _MAX_TTL_S) if minutes.isascii() and minutes.isdecimal() and int(minutes) else None


def _name_it(feed: XmlFeed | None, text: str, base_url: str) -> str:
    """Say what a document is that is no feed."""
    if not text.strip():
        return "nothing: the answer is empty"
    head = text[:_HEAD]
    if feed is not None and feed.root in _OTHER_ROOTS:
        return _OTHER_ROOTS[feed.root]
    if _HTML.search(head):
        return _name_page(head, base_url)
    if feed is not None and feed.root:
        return f"XML whose outermost element is <{feed.root[:40]}>"
    return f"neither XML nor JSON: {' '.join(head[:60].split())!r}"


def _name_page(head: str, base_url: str) -> str:
    title = _TITLE.search(head)
    called = f" titled {plain_title(title[1])[:80]!r}" if title else ""
    links = [link[1] for tag in _FEED_LINK.finditer(head) if (link := _HREF.search(tag[0]))]
    feeds = ", ".join(dict.fromkeys(urljoin(base_url, link) for link in links[:3]))
    return f"an HTML page{called}" + (f" that names these feeds: {feeds}" if feeds else "")
