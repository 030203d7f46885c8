"""What one document holds and names: a page, a feed, a sitemap, JSON.

Lists candidates for sources; whether they hold anything is found out by polling them. Pure and picklable: documents
are read in a worker process.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from monitor.sites import site_of
from monitor.sources._charset import decode
from monitor.sources._entry import plain_title
from monitor.sources._ways import Candidate
from monitor.urls import host_of, is_web, url_key

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["Survey", "survey"]

_HEAD = 65_536
_MAX_LINKS = 3_000
_MAX_CANDIDATES = 12
_NAME = 80
_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_DOCTYPE = re.compile(r"<!DOCTYPE[^>\[]*", re.IGNORECASE)
_PROLOG = (("<!--", "-->"), ("<?", "?>"))
_FORMS = {"rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap"}
_HTML_ROOTS = frozenset({"a", "body", "div", "head", "html", "link", "meta", "p", "script", "table", "title", "ul"})
_HTML = re.compile(r"<(?:html|body)[\s>]", re.IGNORECASE)
_XML_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,600}?)</title>", re.DOTALL)
_FIRST_ENTRY = re.compile(r"<(?:item|entry)[\s>]")
_FEED_TYPE = re.compile(r"application/(?:rss|atom|rdf|feed)\+(?:xml|json)|text/(?:rss|atom)", re.IGNORECASE)
_FEED_LIKE = re.compile(
    r"(?:^|/)(?:feeds?|rss|atom)(?:[/.]|$)|\.(?:rss|atom|rdf)$|(?:rss|atom|feed|index)[\w-]*\.xml$|feed[\w-]*\.json$",
    re.IGNORECASE,
)
_FEED_QUERY = re.compile(r"(?:^|&)(?:feed|format|type|output)=(?:rss|atom|feed)", re.IGNORECASE)
_FEED_WORDS = re.compile(r"(?<![a-z])(?:rss|atom|feed)(?![a-z])|订阅源|訂閱源", re.IGNORECASE)
_COMMENTS = re.compile(r"comment|评论|評論|留言|podcast", re.IGNORECASE)
_FEED_HOSTS = ("feeds.", "rss.", "feed.", "feedproxy.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a document is and names.

    ``form`` is ``feed``, ``sitemap``, ``json``, ``page`` or ``other``; ``name`` what it calls itself. ``links`` are
    the keys of the addresses that a page links to.
    """

    form: str
    name: str = ""
    candidates: tuple[Candidate, ...] = ()
    links: frozenset[str] = frozenset()


def survey(body: bytes, content_type: str | None, url: str) -> Survey:
    """Say what a document is and which feeds and sitemaps it names; never raises on any bytes."""
    text = decode(body, content_type)
    form = _form(text)
    if form in ("feed", "json"):
        return Survey(form=form, name=_feed_name(text))
    return _survey_page(text, url) if form == "page" else Survey(form=form)


def _form(text: str) -> str:
    head = text.lstrip("\ufeff \t\r\n")
    if head[:1] in ("{", "["):
        return _json_form(head)
    root = _root(head[:_HEAD])
    if root is None:
        return "other"
    name = root[2].lower()
    return _FORMS.get(name, "page" if name in _HTML_ROOTS or _HTML.search(head[:_HEAD]) else "other")


def _root(head: str) -> re.Match[str] | None:
    """Return the first tag behind comments, instructions and a document type; what does not end hides nothing."""
    at = 0
    while (at := head.find("<", at)) >= 0:
        end = _prolog_end(head, at)
        if end is None:
            return _ROOT.search(head, at)
        at = end
    return None


def _prolog_end(head: str, at: int) -> int | None:
    """Return the end of what may stand before the root and starts at a position; None if nothing does, or ends."""
    for start, stop in _PROLOG:
        if head.startswith(start, at):
            end = head.find(stop, at + len(start))
            return end + len(stop) if end >= 0 else None
    doctype = _DOCTYPE.match(head, at)
    if doctype is None:
        return None
    subset = head.find("]", doctype.end()) if head.startswith("[", doctype.end()) else doctype.end()
    end = head.find(">", subset) if subset >= 0 else -1
    return end + 1 if end >= 0 else None


def _json_form(text: str) -> str:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return "other"
    is_feed = (
        isinstance(value, dict) and isinstance(value.get("items"), list) and "jsonfeed" in str(value.get("version"))
    )
    return "feed" if is_feed else "json"


def _feed_name(text: str) -> str:
    if text.lstrip("\ufeff \t\r\n")[:1] == "{":
        return plain_title(str(json.loads(text.lstrip("\ufeff \t\r\n")).get("title") or ""))[:_NAME]
    first = _FIRST_ENTRY.search(text)
    title = _XML_TITLE.search(text[: first.start() if first else _HEAD][:_HEAD])
    written = title[1].strip() if title else ""
    return plain_title(written.removeprefix("<![CDATA[").removesuffix("]]>"))[:_NAME]


def _survey_page(text: str, url: str) -> Survey:
    page = _parsed(text)
    if page is None:
        return Survey(form="other")
    base = _join(url, next((node.get("href", "") for node in page.iter("base")), ""))
    found: dict[str, Candidate] = {}
    for one in (*_declared(page, base), *_linked(page, base)):
        found.setdefault(url_key(one.url), one)
    hrefs = (_join(base, node.get("href", "")) for node in page.iter("a"))
    links = (link for link in hrefs if is_web(link))
    return Survey(
        form="page",
        name=_page_name(page),
        candidates=tuple(found.values())[:_MAX_CANDIDATES],
        links=frozenset(url_key(link) for link, _ in zip(links, range(_MAX_LINKS), strict=False)),
    )


def _parsed(text: str) -> _Element | None:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href.strip())
    except ValueError:
        return ""


def _declared(page: _Element, base: str) -> Iterator[Candidate]:
    """Yield what the page says of itself: its feeds, then its sitemaps."""
    for node in page.iter("link"):
        relations = node.get("rel", "").lower().split()
        url, title = _join(base, node.get("href", "")), plain_title(node.get("title", ""))
        if not is_web(url) or not host_of(url):
            continue
        is_feed = "feed" in relations or ("alternate" in relations and _FEED_TYPE.search(node.get("type", "")))
        if is_feed and not _COMMENTS.search(f"{url} {title}"):
            yield Candidate(kind="feed", url=url, how=f"the page names it{f': {title[:40]}' if title else ''}")
        elif "sitemap" in relations:
            yield Candidate(kind="sitemap", url=url, how="the page names it")


def _linked(page: _Element, base: str) -> Iterator[Candidate]:
    """Yield links that look like feeds of the page's own site."""
    site = site_of(host_of(base))
    for node in page.iter("a"):
        url = _join(base, node.get("href", ""))
        if not is_web(url) or not (host := host_of(url)) or _COMMENTS.search(url):
            continue
        is_own = site_of(host) == site or host.startswith(_FEED_HOSTS)
        if is_own and _looks_like_feed(url, plain_title("".join(map(str, node.itertext()))[:200])):
            yield Candidate(kind="feed", url=url, how="the page links to it")


def _looks_like_feed(url: str, words: str) -> bool:
    parts = urlsplit(url)
    if _FEED_LIKE.search(parts.path) or _FEED_QUERY.search(parts.query) or parts.netloc.startswith(_FEED_HOSTS):
        return True
    return len(words) <= 20 and _FEED_WORDS.search(words) is not None


def _page_name(page: _Element) -> str:
    """Return what the site calls itself, else the page's title."""
    named = {node.get("property") or node.get("name"): node.get("content", "") for node in page.iter("meta")}
    title = next(("".join(map(str, node.itertext())) for node in page.iter("title")), "")
    wanted = (named.get("og:site_name"), named.get("application-name"), title)
    return next((name for text in wanted if text and (name := plain_title(text))), "")[:_NAME]
