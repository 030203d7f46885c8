"""Where the articles stand in a JSON answer: a guess at the paths of the ``api`` kind from the values themselves.

Takes the largest list of objects in which titles and addresses are told apart by their looks. Pure and picklable.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from monitor.sources._charset import decode
from monitor.urls import is_web

__all__ = ["guess_paths", "guess_rows"]

_MAX_DEPTH = 6
_MAX_ROWS = 50
_LINKS = ("url", "link", "href", "weburl", "web_url", "shareurl", "share_url", "pageurl", "publishurl", "sourceurl")
_TITLES = ("title", "name", "headline", "subject", "content_text")
_CONTENTS = ("content", "text", "body", "rich_text", "summary", "description", "digest", "brief")
_DATES = re.compile(r"(?:date|time|publish|created|updated|_at$|At$|^[cmp]?ts$)", re.IGNORECASE)
_PLAIN_KEY = re.compile(r"[A-Za-z_][\w-]*")
_MOST = 0.8
"""The share of rows that must have a link and a title."""


def guess_paths(body: bytes, content_type: str | None) -> dict[str, str]:
    """Return ``items``, ``link``, ``title`` and perhaps ``date`` as the ``api`` kind has them, or nothing."""
    best: tuple[int, dict[str, str]] = (0, {})
    for path, rows in _lists(_loaded(body, content_type), "", 0):
        paths = _fields(rows)
        if paths and len(rows) > best[0]:
            best = (len(rows), {"items": path, **paths})
    return best[1]


def guess_rows(body: bytes, content_type: str | None) -> dict[str, str]:
    """Return where the largest list of objects stands, with what can be told of its fields; nothing where is none.

    For rows without addresses: ``items``, and perhaps ``title``, ``content`` and ``date``.
    """
    path, rows = max(_lists(_loaded(body, content_type), "", 0), key=lambda one: len(one[1]), default=("", []))
    if not rows:
        return {}
    sample = rows[:_MAX_ROWS]
    texts = {
        name: next((key for key in _by_name(sample, names) if _share(sample, key, _is_text)), None)
        for name, names in (("title", _TITLES), ("content", _CONTENTS))
    }
    found = {"items": path, **texts, "date": _date_key(sample)}
    return {name: key for name, key in found.items() if key}


def _loaded(body: bytes, content_type: str | None) -> Any:
    try:
        return json.loads(decode(body, content_type).lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None


def _date_key(rows: list[dict[str, Any]]) -> str | None:
    return next((key for key in rows[0] if _DATES.search(key) and _share(rows, key, _is_date)), None)


def _lists(value: Any, path: str, depth: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each list of objects with its path; an answer that is a list itself has none that can be written."""
    if isinstance(value, list):
        rows = [row for row in value if isinstance(row, dict)]
        if rows and path and 2 * len(rows) >= len(value):
            yield path, rows
    elif isinstance(value, dict) and depth < _MAX_DEPTH:
        for key, child in value.items():
            if _PLAIN_KEY.fullmatch(key):
                yield from _lists(child, f"{path}.{key}" if path else key, depth + 1)


def _fields(rows: list[dict[str, Any]]) -> dict[str, str]:
    sample = rows[:_MAX_ROWS]
    link = next((key for key in _by_name(sample, _LINKS) if _share(sample, key, _is_address)), None)
    title = next((key for key in _by_name(sample, _TITLES) if _share(sample, key, _is_text)), None)
    if link is None or title is None:
        return {}
    date = _date_key(sample)
    return {"link": link, "title": title} | ({"date": date} if date else {})


def _by_name(rows: list[dict[str, Any]], names: tuple[str, ...]) -> list[str]:
    keys = [key for key in rows[0] if key.lower() in names and _PLAIN_KEY.fullmatch(key)]
    return sorted(keys, key=lambda key: names.index(key.lower()))


def _share(rows: list[dict[str, Any]], key: str, fits: Any) -> bool:
    return sum(1 for row in rows if fits(row.get(key))) >= _MOST * len(rows)


def _is_address(value: Any) -> bool:
    return isinstance(value, str) and (is_web(value) or value.startswith("/"))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and len(value.strip()) >= 2


def _is_date(value: Any) -> bool:
    if isinstance(value, int | float):
        return 600_000_000 < value < 5_000_000_000_000
    return isinstance(value, str) and re.search(r"\d{4}|\d:\d\d|前", value) is not None
