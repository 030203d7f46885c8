"""Which address a page names as its true one. Pure; compares spellings, asks no server.

Sites declare wrong canonical addresses: their home page, a section, the article the template was copied from. One is
believed only where it names the same article on the same site.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urljoin, urlsplit

from .head import Head

__all__ = ["own_canonical"]

_INDEX = re.compile(r"(?:index|default|home|main)(?:\.\w{2,5})?", re.IGNORECASE)
_TOKEN = re.compile(r"[0-9A-Za-z]+")
_DAY = re.compile(r"t?(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?|[01]\d[0-3]\d|\d{1,2}")
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp|jhtml|amp)$", re.IGNORECASE)
_VARIANT = re.compile(r"^(?:amp|index)$|(?:^|[._-])amp$", re.IGNORECASE)
_LONG_SLUG = 12
_LONG_ID = 5
"""Characters from which a token tells articles apart; shorter ones (``c1``) are numbers of channels."""


def own_canonical(head: Head, url: str) -> str | None:
    """Return the canonical address that the page names, if it is another one of the same site for the same article.

    It counts as the same article if both carry the same number or slug, or if ``og:url`` or the JSON-LD of the
    article name the same address and it reads like an article's.
    """
    from monitor.sites import is_same_site
    from monitor.urls import canonical_url, is_web

    href = head.links.get("canonical")
    if not href:
        return None
    try:
        named = urljoin(url, href)
        if not is_web(named) or not is_same_site(named, url) or canonical_url(named) == canonical_url(url):
            return None
        canonical = canonical_url(named)
        agreed = any(canonical_url(urljoin(url, other)) == canonical for other in _others(head))
    except ValueError:
        return None
    here, there = urlsplit(canonical_url(url)), urlsplit(canonical)
    return canonical if _is_article(there) and (_same_article(here, there) or (agreed and not _ids(here))) else None


def _others(head: Head) -> list[str]:
    page = head.linked.get("mainEntityOfPage")
    page = page.get("@id") if isinstance(page, dict) else page
    return [text for text in (head.metas.get("og:url"), head.linked.get("url"), page) if isinstance(text, str) and text]


def _is_article(parts: SplitResult) -> bool:
    """Tell whether an address reads like that of an article: a file, a number, a long slug, or a query with one."""
    last = parts.path.rstrip("/").rpartition("/")[2]
    if not last or _INDEX.fullmatch(last):
        return any(character.isdigit() for character in parts.query)
    stem = _EXTENSION.sub("", last)
    return stem != last or bool(re.search(r"\d{3}", stem)) or len(stem) >= _LONG_SLUG or bool(_ids(parts))


def _same_article(here: SplitResult, there: SplitResult) -> bool:
    mine, named = _ids(here), _ids(there)
    if mine or named:
        return bool(mine & named)
    return _slug(here) == _slug(there) and bool(_slug(here))


def _ids(parts: SplitResult) -> set[str]:
    """Return the tokens with digits that tell an article from others: neither years nor days."""
    tokens = _TOKEN.findall(f"{_EXTENSION.sub('', parts.path)} {parts.query}")
    found = {token for token in tokens if re.search(r"\d", token) and not _DAY.fullmatch(token)}
    return {token for token in found if len(token) >= _LONG_ID} or found


def _slug(parts: SplitResult) -> str:
    segments = [_EXTENSION.sub("", segment) for segment in parts.path.split("/") if segment]
    named = [segment for segment in segments if not _VARIANT.search(segment)]
    return named[-1].lower() if named else ""
