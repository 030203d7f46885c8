"""The ``feed`` kind: RSS, RDF, Atom and JSON Feed, asked for conditionally.

Knows what one poll does; the formats are read in a worker process by ``monitor.sources._feed``.
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal

from pydantic import ConfigDict, Field

from monitor.sources import SourceSettings
from monitor.sources._address import WebAddress
from monitor.sources._parsed import Document, parse_feed
from monitor.types import Collected, Failed, Fetched, Rejected, SourcePort, Unchanged
from storage.records import SourceState

__all__ = ["KIND", "Settings", "address", "collect"]

KIND = "feed"
_MAX_SHARED = 200


class Settings(SourceSettings):
    """A feed whose entries are articles."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"id": "qbitai", "kind": "feed", "url": "https://www.qbitai.com/feed", "group": "media"}]
        }
    )

    kind: Literal["feed"]
    url: WebAddress = Field(description="the feed's address")
    limit: int = Field(default=500, ge=1, le=5_000, description="entries taken from one poll, newest ones first")


def address(settings: Settings) -> str:
    """Return the feed's address."""
    return settings.url


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Fetch the feed unless it is unchanged, and read its entries."""
    fetched = await port.get(settings.url, conditional=True)
    if not isinstance(fetched, Fetched):
        return fetched
    parsed = await port.run(
        parse_feed,
        fetched.body,
        fetched.content_type,
        Document(address=settings.url, base=fetched.final_url),
        fetched.fetched_at,
        settings.limit,
        frozenset(_shared(state)),
    )
    if isinstance(parsed, Rejected):
        return parsed
    return Collected(
        found=parsed.items,
        status=fetched.status,
        skipped=parsed.skipped,
        validators=fetched.validators,
        body_hash=hashlib.sha256(fetched.body).hexdigest(),
        bytes_read=len(fetched.body),
        floor_s=max(parsed.floor_s or 0, fetched.max_age_s or 0) or None,
        moved_to=fetched.permanent_redirect,
        quiet_days=parsed.quiet_days,
        cursor=_cursor(state, parsed.shared),
        notices=(("limit", parsed.beyond),) if parsed.beyond else (),
    )


def _shared(state: SourceState) -> tuple[str, ...]:
    """Return the keys of addresses that several entries had in earlier polls."""
    known = state.cursor.get("shared", ())
    return tuple(key for key in known if isinstance(key, str)) if isinstance(known, list) else ()


def _cursor(state: SourceState, shared: frozenset[str]) -> dict[str, Any]:
    """Remember shared addresses, those seen last first: an entry keeps its key when the others are gone."""
    keys = dict.fromkeys((*sorted(shared), *_shared(state)))
    return {"shared": list(keys)[:_MAX_SHARED]} if keys else {}
