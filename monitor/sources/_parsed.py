"""What passes between the service and the workers that parse: where a document stands, and what a feed held.

Parses nothing itself, so that the service need not load the parsers (0.4 MB).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.types import Rejected
from storage.records import NewItem

__all__ = ["Document", "ParsedFeed", "parse_feed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Where entries stand: ``address`` names the document in the configuration, ``base`` is where it was read."""

    address: str
    base: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """What a feed holds: items in its order, and messages on what was left out.

    ``beyond`` says how much of it the limit left out. ``shared`` are the keys of addresses of several of its items (see
    ``monitor.sources._entry.items_of``). ``floor_s`` is how long it wants to be left alone, ``quiet_days`` the weekdays
    (0 Monday) on which it has no news.
    """

    items: tuple[NewItem, ...]
    skipped: tuple[str, ...] = ()
    beyond: str | None = None
    shared: frozenset[str] = frozenset()
    floor_s: int | None = None
    quiet_days: frozenset[int] = frozenset()


def parse_feed(
    body: bytes,
    content_type: str | None,
    document: Document,
    fetched_at: datetime,
    cap: int,
    shared: frozenset[str] = frozenset(),
) -> ParsedFeed | Rejected:
    """Read a feed as ``monitor.sources._feed.parse_feed`` does, where that is loaded or may be: in a worker."""
    from monitor.sources import _feed

    return _feed.parse_feed(body, content_type, document, fetched_at, cap, shared)
