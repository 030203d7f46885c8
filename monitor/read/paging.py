"""Tell whether one address is a further page of the article at another. Knows addresses only."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

__all__ = ["is_continuation"]

_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_NUMBERED = re.compile(r"[_\-/.](?:p|page)?[_\-]?(?P<page>\d{1,3})$", re.IGNORECASE)
_PAGE_KEYS = frozenset({"p", "page", "pg", "pageno", "page_no", "pageindex", "pn", "currentpage", "cpage", "paged"})


def is_continuation(first_url: str, next_url: str) -> bool:
    """Tell whether ``next_url`` is another page of ``first_url``: the same host and path but for a page's number.

    ``/a/1.html`` goes on at ``/a/1_2.html``, ``/a/1/2``, ``/a/1.html?page=2``; never at ``/a/2.html``.
    """
    try:
        first, following = urlsplit(first_url), urlsplit(next_url)
    except ValueError:
        return False
    if (first.hostname, first.port) != (following.hostname, following.port):
        return False
    if _query(first.query) != _query(following.query):
        return False
    stems, path = _stems(first.path), _ENDING.sub("", following.path).rstrip("/")
    if path in stems:
        return following.query != first.query
    numbered = _NUMBERED.search(path)
    return numbered is not None and int(numbered["page"]) > 1 and path[: numbered.start()] in stems


def _stems(path: str) -> set[str]:
    """Return the path without its ending, and without the number of a first page."""
    bare = _ENDING.sub("", path).rstrip("/")
    numbered = _NUMBERED.search(bare)
    is_first = numbered is not None and int(numbered["page"]) in (0, 1)
    return {bare, bare[: numbered.start()]} if numbered and is_first else {bare}


def _query(query: str) -> list[tuple[str, str]]:
    return sorted(pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0].lower() not in _PAGE_KEYS)
