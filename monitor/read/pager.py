"""On which address the same article goes on. Pure; knows how pages are numbered, not what is on them.

Only an address that is the first one with a page's number added is believed: links to the next article, to a list or
to more comments look the same otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from .head import Head
from .hygiene import tidy_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["find_next_page", "is_continuation"]

_MOST_PAGES = 60
_MAX_LINKS = 5_000
_NEXT = re.compile(
    r"[\[<(]?\s*(?:下\s*一?\s*[页頁]|后一?[页頁]|後一?[頁页]|次のページ|次へ|다음\s*페이지|next(?:\s+page)?|"
    r"第?\s*\d{1,2}\s*[页頁]?|(?:page|p\.?)\s*\d{1,2})\s*[\])>»›→]*",
    re.IGNORECASE,
)
_PATH = re.compile(
    r"(?P<stem>.*?)(?:[_-](?:p|page[_-]?)?(?P<a>\d{1,2})(?=\.\w{2,5}$|/?$)|/(?:page[/_-]?|p)?(?P<b>\d{1,2})(?=(?:\.\w{2,5})?/?$))"
    r"(?P<end>(?:\.\w{2,5})?)/?$",
    re.IGNORECASE,
)
_MAY_BE_NUMBERED = re.compile(r"(?<!\d)\d{1,2}(?:\.\w{2,5})?/?(?:[?&#]|$)")
"""What the address of a later page must hold; telling it by the text of the link is dearer."""
_EXTENSION = re.compile(r"\.\w{2,5}$")
_KEYS = frozenset(
    {"page", "p", "pn", "pg", "pageno", "page_no", "pagenum", "page_num", "curpage", "paged", "pageindex"}
)
_COMMENTS = re.compile(r"comment|pinglun|reply|replies|review|disqus|related|recommend|list-?page", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """An address taken apart: host, path without extension, the other query keys, and the number of its page."""

    host: str
    stem: str
    query: tuple[tuple[str, str], ...]
    page: int | None


def is_continuation(first_url: str, next_url: str) -> bool:
    """Tell whether an address is a later page of the article at ``first_url`` (its first page).

    It is on the same host and differs by the number of a page alone: ``X_2.html``, ``X-2.html``, ``X/2``,
    ``X/page/2`` or ``?page=2`` for ``X.html``, ``X`` or ``X_1.html``. Nothing else passes, so the next article
    (``X+1.html``) does not.
    """
    try:
        first, later = _places(first_url), _numbered(next_url)
    except ValueError:
        return False
    return any(
        place.host == other.host
        and place.stem == other.stem
        and place.query == other.query
        and (place.page or 0) < (other.page or 0) <= _MOST_PAGES
        for place in first
        for other in later
    )


def find_next_page(tree: HtmlElement, head: Head, url: str) -> str | None:
    """Return the address of the page on which the article of this page goes on, or None.

    The links of a pager and ``rel=next`` are looked at; what they name must continue the first page's address. On a
    later page that first page must be linked too.
    """
    is_later = bool(_numbered(url))
    linked = list(_links(tree, head, url, everything=is_later))
    first = _first_page(url, [address for address, _ in linked]) if is_later else url
    here = _page(url) if first != url else 0
    later = [
        (number, address)
        for address, is_next in linked
        if is_next and is_continuation(first, address) and (number := _page(address)) > here
    ]
    return min(later, default=(0, None))[1]


def _page(url: str) -> int:
    return min((place.page or 0 for place in _numbered(url)), default=0)


def _first_page(url: str, linked: list[str]) -> str:
    """Return the address among those linked that ``url`` continues, or ``url`` itself."""
    return next((address for address in linked if is_continuation(address, url)), url)


def _links(tree: HtmlElement, head: Head, url: str, *, everything: bool) -> Iterator[tuple[str, bool]]:
    """Yield the addresses on its host that the page links as a next or numbered page, or ``everything`` it links.

    With each comes whether the link speaks of such a page.
    """
    if "next" in head.links:
        yield from _resolved(url, head.links["next"], is_next=True)
    for _, link in zip(range(_MAX_LINKS), tree.iter("a"), strict=False):
        href = (link.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:")):
            continue
        if not everything and not _MAY_BE_NUMBERED.search(href):
            continue
        text = tidy_line("".join(str(text) for text in link.itertext())[:80]) or link.get("title") or ""
        is_next = bool(_NEXT.fullmatch(text)) or "next" in (link.get("rel") or "").lower().split()
        if not is_next and not everything:
            continue
        yield from _resolved(url, href, is_next=is_next and not _is_of_comments(link))


def _resolved(url: str, href: str, *, is_next: bool) -> Iterator[tuple[str, bool]]:
    try:
        address = urldefrag(urljoin(url, href))[0]
        if urlsplit(address).netloc.lower() == urlsplit(url).netloc.lower():
            yield address, is_next
    except ValueError:
        return


def _is_of_comments(link: HtmlElement) -> bool:
    names = [f"{parent.get('class') or ''} {parent.get('id') or ''}" for parent in link.iterancestors()][:6]
    return any(_COMMENTS.search(name) for name in names)


def _places(url: str) -> list[_Place]:
    """Return what may be the first page: the address as it stands, and as page 1 of what is left without the 1."""
    return [_plain(url), *(place for place in _numbered(url) if place.page == 1)]


def _plain(url: str) -> _Place:
    parts = urlsplit(url)
    stem = _EXTENSION.sub("", parts.path).rstrip("/")
    return _Place(parts.netloc.lower(), stem, tuple(sorted(parse_qsl(parts.query))), None)


def _numbered(url: str) -> list[_Place]:
    """Return the readings of an address as a numbered page, by its query or its path."""
    plain = _plain(url)
    found = []
    keyed = [(key, value) for key, value in plain.query if key.lower() in _KEYS and re.fullmatch(r"\d{1,2}", value)]
    if len(keyed) == 1:
        rest = tuple(pair for pair in plain.query if pair != keyed[0])
        found.append(_Place(plain.host, plain.stem, rest, int(keyed[0][1])))
    if path := _PATH.match(urlsplit(url).path):
        stem = _EXTENSION.sub("", path["stem"]).rstrip("/")
        found.append(_Place(plain.host, stem, plain.query, int(path["a"] or path["b"])))
    return found
