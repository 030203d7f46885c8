"""One sitemap of any form: bytes in, items or further maps out. Pure and picklable; runs in a worker process.

Knows urlset, index, the news extension, plain lists of addresses, gzip, and feeds that serve as sitemaps. Names are
compared without their namespace, so a wrong or missing declaration changes nothing; pictures and films are left aside.
A document type is refused, for none of the forms has one. When a page was changed (``lastmod``) is not when it was
published: it decides what is recent and when a page is read again, nothing else
(docs/design/0012-sitemaps-and-apis.md).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from urllib.parse import urljoin

from monitor.sources._charset import decode
from monitor.sources._dates import parse_date
from monitor.sources._entry import Entry, items_of
from monitor.sources._parsed import Document
from monitor.sources._sitemap_xml import MAX_ENTRIES, Listed, read_sitemap
from monitor.types import Rejected
from monitor.urls import is_web, url_key
from storage.records import NewItem, Outcome, Published

__all__ = ["ChildMap", "Choice", "Sitemap", "parse_sitemap", "sitemaps_in_robots"]

MAX_INFLATED = 52_428_800
"""The largest sitemap that the protocol allows, 50 MiB uncompressed (sitemaps.org, "Sitemap file location")."""
_MAX_MAPS = 10_000
_MAX_NAMED = 50
_GZIP = b"\x1f\x8b"
_FEED_ROOTS = frozenset({"rss", "rdf", "feed"})
_HTML_ROOTS = frozenset({"html", "head", "body", "div", "script", "meta", "title", "p"})
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,60})")
_DTD = re.compile(r"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
_HTML = re.compile(r"<!DOCTYPE\s+html\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_HEAD = 65_536
_URL_DATE = re.compile(r"/t?(20\d\d)[/-]?(0[1-9]|1[0-2])(?:[/-]?(0[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)")
_SITEMAP_LINE = re.compile(r"^[ \t]*site-?maps?[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which entries of a map count: changed ``since`` then (None: ever), and by expressions over their addresses."""

    since: datetime | None = None
    match: str | None = None
    skip: str | None = None
    limit: int = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildMap:
    """A map that an index names; ``mark`` is its lastmod as written, ``changed_at`` what that means at the latest."""

    url: str
    mark: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """What a map holds: items, or for an index maps. ``left_out`` counts recent entries beyond the limit."""

    items: tuple[NewItem, ...] = ()
    maps: tuple[ChildMap, ...] = ()
    is_index: bool = False
    skipped: tuple[str, ...] = ()
    left_out: int = 0


def parse_sitemap(
    body: bytes, content_type: str | None, document: Document, now: datetime, choice: Choice
) -> Sitemap | Rejected:
    """Read a sitemap; never raises on any bytes."""
    try:
        inflated, faults = _inflated(body)
        text = decode(inflated, content_type).lstrip("\ufeff \t\r\n")
        listed = _listed(text)
    except ValueError as error:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"expected a sitemap, found {error}")
    if listed.root in _FEED_ROOTS:
        return _feed(inflated, content_type, document, now, choice)
    faults += listed.faults
    if listed.root == "sitemapindex":
        maps = _maps(listed, document, now)
        return Sitemap(maps=maps, is_index=True, skipped=faults)
    found = _items(listed.entries, document, now, choice)
    return replace(found, skipped=(*faults, *found.skipped))


def sitemaps_in_robots(body: bytes, base: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names, at most 50, in its order."""
    lines = _SITEMAP_LINE.findall(body.decode("utf-8-sig", "replace"))
    return tuple(dict.fromkeys(url for line in lines if (url := _joined(base, line))))[:_MAX_NAMED]


def _inflated(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return what a gzip file holds, anything else as it is; raise ValueError for more than a sitemap may hold."""
    if not body.startswith(_GZIP):
        return body, ()
    stream = zlib.decompressobj(31)
    try:
        inflated = stream.decompress(body, MAX_INFLATED)
    except zlib.error as error:
        raise ValueError(f"a damaged gzip file: {error}") from error
    if stream.unconsumed_tail:
        raise ValueError(f"a gzip file of more than {MAX_INFLATED} bytes")
    if not inflated and not stream.eof:
        raise ValueError("a damaged gzip file")
    return inflated, () if stream.eof else ("the gzip file ends too early",)


def _listed(text: str) -> Listed:
    """Return what the text lists; raise ValueError that names what else it is."""
    if not text:
        raise ValueError("nothing: the answer is empty")
    if not text.startswith("<"):
        return _plain(text)
    _require_no_page(_without_comments(text[:_HEAD]))
    listed = read_sitemap(text)
    if listed.root not in ("urlset", "sitemapindex", *_FEED_ROOTS):
        raise ValueError(f"XML whose outermost element is <{listed.root[:40]}>" if listed.root else "damaged XML")
    return listed


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    return "".join((first, *(part.partition("-->")[2] for part in rest)))


def _require_no_page(head: str) -> None:
    """Raise ValueError for a page, and for XML with a document type: the way to entities that explode or read files."""
    root = _ROOT.search(head)
    if (root and root[1].lower() in _HTML_ROOTS) or _HTML.match(head):
        title = _TITLE.search(head)
        raise ValueError("an HTML page" + (f" titled {' '.join(title[1].split())[:80]!r}" if title else ""))
    if _DTD.search(head, 0, root.start() if root else len(head)):
        raise ValueError("XML with a document type, which no sitemap has")


def _plain(text: str) -> Listed:
    """Read one address a line (sitemaps.org, "Text file")."""
    lines = [line.strip() for line in islice(text.splitlines(), MAX_ENTRIES) if line.strip()]
    addresses = [line for line in lines if is_web(line)]
    if not addresses or 2 * len(addresses) < len(lines):
        raise ValueError(f"neither XML nor a list of addresses: {' '.join(text[:60].split())!r}")
    return Listed(root="urlset", entries=tuple(Entry(link=address) for address in addresses))


def _feed(
    body: bytes, content_type: str | None, document: Document, now: datetime, choice: Choice
) -> Sitemap | Rejected:
    from monitor.sources._feed import parse_feed

    parsed = parse_feed(body, content_type, document, now, choice.limit)
    if isinstance(parsed, Rejected):
        return parsed
    items = tuple(item for item in parsed.items if _wanted(item.url, choice) and _is_recent(item, choice))
    return Sitemap(items=items, skipped=(*([parsed.beyond] if parsed.beyond else []), *parsed.skipped))


def _is_recent(item: NewItem, choice: Choice) -> bool:
    when = _latest(item.published)
    return when is None or choice.since is None or when >= choice.since


def _maps(listed: Listed, document: Document, now: datetime) -> tuple[ChildMap, ...]:
    children: dict[str, ChildMap] = {}
    for entry in listed.entries[:_MAX_MAPS]:
        url = _joined(document.base, entry.link)
        if url:
            changed_at = _latest(parse_date(entry.updated, now, origin="sitemap"))
            children.setdefault(url, ChildMap(url=url, mark=entry.updated[:40], changed_at=changed_at))
    return tuple(children.values())


def _items(entries: tuple[Entry, ...], document: Document, now: datetime, choice: Choice) -> Sitemap:
    """Return the newest entries that count as items, as many as the limit allows."""
    tells = len({entry.updated for entry in entries}) > 1 or len(entries) < 2
    wanted = [entry for entry in entries if _wanted(urljoin(document.base, entry.link), choice)]
    dated, undated = [], []
    for entry in wanted:
        when = _when(entry, now, tells=tells)
        if when is None:
            undated.append(entry)
        elif choice.since is None or when >= choice.since:
            dated.append((when, entry))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    recent = [entry for _, entry in dated[: choice.limit]]
    ends = _ends(undated, choice.limit - len(recent))
    found = items_of((replace(entry, updated="") for entry in (*recent, *ends)), document, now, origin="sitemap")
    versions = _versions((*recent, *ends), document) if tells else {}
    items = tuple(replace(item, version=versions.get(item.key)) for item in found.items)
    left_out = len(dated) + len(undated) - len(recent) - len(ends)
    beyond = (f"only {len(recent) + len(ends)} of {len(dated) + len(undated)} recent entries were taken",)
    return Sitemap(items=items, skipped=(*(beyond if left_out else ()), *found.skipped), left_out=left_out)


def _wanted(url: str, choice: Choice) -> bool:
    if choice.match is not None and not re.search(choice.match, url):
        return False
    return choice.skip is None or not re.search(choice.skip, url)


def _when(entry: Entry, now: datetime, *, tells: bool) -> datetime | None:
    """Return the latest time that an entry can be meant to be new at: what it says, else what its address says."""
    told = entry.published or (entry.updated if tells else "")
    published = parse_date(told, now, origin="sitemap") if told else None
    return _latest(published) or _dated_by_address(entry.link)


def _latest(published: Published | None) -> datetime | None:
    """Return the end of what a date may mean: a day lasts until the last zone has left it."""
    if published is None:
        return None
    moment = datetime.fromisoformat(published.value)
    if published.precision != "day":
        return moment.astimezone(UTC)
    return moment.replace(tzinfo=UTC) + timedelta(hours=36)


def _dated_by_address(url: str) -> datetime | None:
    found = _URL_DATE.search(url)
    if not found:
        return None
    start = datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC)
    return start + timedelta(days=int(found[3]) - 1 + 1.5 if found[3] else 32.5)


def _ends(entries: list[Entry], limit: int) -> list[Entry]:
    """Return entries without a date: where there are too many the first and the last, for new ones stand at an end."""
    if len(entries) <= limit:
        return entries
    half = max(limit, 0) // 2
    return [*entries[: limit - half], *(entries[-half:] if half else [])] if limit > 0 else []


def _versions(entries: Iterable[Entry], document: Document) -> dict[str, str]:
    """Return when entries say that they were changed, by the key of their address."""
    changed: dict[str, str] = {}
    for entry in entries:
        url = _joined(document.base, entry.link) if entry.updated else ""
        if url:
            changed.setdefault(url_key(url), entry.updated[:40])
    return changed


def _joined(base: str, written: str) -> str:
    """Return a whole web address, "" for anything else."""
    try:
        url = urljoin(base, "".join(written.split()))
    except ValueError:
        return ""
    return url if len(url) <= 2_000 and url.isprintable() and is_web(url) else ""
