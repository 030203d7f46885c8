"""One feed of any format: bytes in, items out. Pure and picklable; runs in a worker process.

Well-formed UTF-8 is read as it is. Of anything else the charset is repaired first, then the XML; feedparser, which is
fifty times slower, gets what the XML reader lost entries of. What is no feed is named, so that the configuration can be
corrected. docs/design/0008-feeds.md tells why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from monitor.sources._charset import decode, may_be_utf8
from monitor.sources._dates import parse_date
from monitor.sources._entry import Entry, items_of, plain_title
from monitor.sources._feed_dates import exact_date
from monitor.sources._feed_json import looks_like_json, read_json
from monitor.sources._feed_repair import clean_xml, without_declaration
from monitor.sources._feed_wishes import Wishes
from monitor.sources._feed_xml import XmlFeed, read_well_formed, read_xml
from monitor.sources._parsed import Document, ParsedFeed
from monitor.types import Rejected
from storage.records import Outcome

__all__ = ["Listed", "parse_feed", "read_entries"]

_ENTRY_TAG = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:item|entry)[\s>]", re.IGNORECASE)
_FEED_LINK = re.compile(
    r"<link\b[^>]{0,500}\btype\s*=\s*[\"']?application/(?:rss|atom|feed)[^>]{0,500}>", re.IGNORECASE
)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s>]{1,500})", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|div|script|meta)\b", re.IGNORECASE)
_HEAD = 65_536
_MOST_DATED = 10_000  # entries that are looked at to find the newest: at 500 and more a poll, twenty polls' worth
_FALLBACK_CHARACTERS = 200_000  # feedparser's time grows with the square of hostile feeds: 10 s for three times that
_OTHER_ROOTS = {"opml": "an OPML list of feeds; list its feeds one by one", "urlset": "a sitemap",
                "sitemapindex": "a sitemap index"}  # fmt: skip


def parse_feed(
    body: bytes,
    content_type: str | None,
    document: Document,
    fetched_at: datetime,
    cap: int,
    shared: frozenset[str] = frozenset(),
) -> ParsedFeed | Rejected:
    """Read at most ``cap`` entries of a feed, the newest where all are dated; never raises on any bytes.

    ``shared`` are keys of addresses that several entries had before.
    """
    try:
        feed = read_entries(body, content_type, document.base, max(cap, _MOST_DATED))
    except ValueError as error:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"expected a feed, found {error}")
    entries, which = _newest(feed.entries, cap, fetched_at)
    found = items_of(entries, document, fetched_at, origin="feed", shared=shared)
    if found.skipped and not found.items:
        detail = f"none of the {feed.total} entries can be used: {found.skipped[0]}"
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=detail)
    return ParsedFeed(
        items=found.items,
        skipped=found.skipped,
        beyond=f"only the {which} {cap} of {feed.total} entries were taken" if feed.total > cap else None,
        shared=found.shared,
        floor_s=feed.wishes.floor_s(fetched_at),
        quiet_days=feed.wishes.quiet_days,
    )


def _newest(entries: tuple[Entry, ...], cap: int, now: datetime) -> tuple[tuple[Entry, ...], str]:
    """Return at most ``cap`` entries in their order, and which they are: some feeds begin with the oldest."""
    moments = [_moment(entry, now) for entry in entries] if len(entries) > cap else []
    dated = [(moment, -number) for number, moment in enumerate(moments) if moment is not None]
    if len(dated) < len(entries) or not dated:
        return entries[:cap], "first"
    chosen = sorted(-number for _, number in sorted(dated, reverse=True)[:cap])
    return tuple(entries[number] for number in chosen), "newest"


def _moment(entry: Entry, now: datetime) -> datetime | None:
    written = entry.published or entry.updated
    published = exact_date(written, now, origin="feed") or parse_date(written, now, origin="feed") if written else None
    if published is None:
        return None
    moment = datetime.fromisoformat(published.value)
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """At most ``cap`` entries of a feed, their full number, and when it wants to be asked."""

    entries: tuple[Entry, ...]
    total: int
    wishes: Wishes


def read_entries(body: bytes, content_type: str | None, base_url: str, cap: int) -> Listed:
    """Return the entries of a feed of any format; raise ValueError that names what else it is."""
    feed = read_well_formed(body, cap) if may_be_utf8(body, content_type) else None
    if feed is None:
        text = decode(body, content_type)
        if looks_like_json(text):
            listed = read_json(text)
            return Listed(entries=listed[:cap], total=len(listed), wishes=Wishes())
        feed = _read_repaired(text, base_url, cap)
    return Listed(entries=feed.entries, total=feed.total, wishes=feed.wishes)


def _read_repaired(text: str, base_url: str, cap: int) -> XmlFeed:
    undeclared = without_declaration(text)
    well_formed = read_well_formed(undeclared.encode("utf-8", "replace"), cap)
    if well_formed is not None:
        return well_formed
    cleaned = clean_xml(undeclared)
    feed = read_xml(cleaned, cap)
    if feed is None or not feed.is_feed:
        raise ValueError(_name_it(feed, text, base_url))
    expected = len(_ENTRY_TAG.findall(cleaned))
    if feed.total < expected and len(cleaned) <= _FALLBACK_CHARACTERS:
        others = _read_slowly(cleaned, cap)
        feed = replace(feed, entries=others, total=len(others)) if len(others) > len(feed.entries) else feed
    return feed


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
