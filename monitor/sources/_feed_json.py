"""Entries from JSON Feed 1.0 and 1.1 (jsonfeed.org). Pure."""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from typing import Any

from monitor.sources._entry import Entry

__all__ = ["looks_like_json", "read_json"]


def looks_like_json(text: str) -> bool:
    """Say whether the text starts like a JSON value that may be a feed."""
    return text.lstrip()[:1] in ("{", "[")


def read_json(text: str) -> tuple[Entry, ...]:
    """Return the entries; raise ValueError that says what was found instead of a feed."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"JSON that cannot be read: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise ValueError("JSON without a list of items")
    return tuple(_entry(item) for item in document["items"] if isinstance(item, dict))


def _entry(item: dict[str, Any]) -> Entry:
    plain = _text(item.get("content_text"))
    paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in plain.splitlines() if line.strip())
    return Entry(
        title=html.escape(_text(item.get("title")), quote=False),
        link=_address(item.get("url")) or _address(item.get("external_url")),
        id=_text(item.get("id")),
        published=_text(item.get("date_published")),
        updated=_text(item.get("date_modified")),
        authors=tuple(_names(item.get("authors")) or _names([item.get("author")])),
        content=_text(item.get("content_html")) or paragraphs or html.escape(_text(item.get("summary"))),
    )


def _names(people: Any) -> Iterable[str]:
    listed = people if isinstance(people, list) else []
    return [_text(person.get("name")) for person in listed if isinstance(person, dict)]


def _address(value: Any) -> str:
    """Return an address as it stands: with a lone surrogate it is none, and replacing that makes another's of it."""
    return value if isinstance(value, str) else ""


def _text(value: Any) -> str:
    """Return a JSON string; a number is an id that somebody did not put in quotes."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**20 else ""
