"""The ``page`` kind: one address that is watched for changes.

The poll's own bytes, or the selected part of them, become the payload of one item, so the page is fetched once. Its
version is that of its visible lines: a change of scripts, attributes or counters is none.
"""

from __future__ import annotations

import hashlib
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from monitor.sources import SourceSettings
from monitor.sources._address import WebAddress
from monitor.types import Collected, Failed, Fetched, Rejected, SourcePort, Unchanged
from monitor.urls import host_of, url_key
from storage.records import NewItem, SourceState

__all__ = ["KIND", "Settings", "address", "collect"]

KIND = "page"
STEADY = True


def _compiles(selector: str) -> str:
    from monitor.sources._listing import compile_selector

    compile_selector(selector)
    return selector


def _is_pattern(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"not a regular expression: {pattern!r}: {error}") from error
    return pattern


class Settings(SourceSettings):
    """One page; every change of it is read as a new version of one article."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"id": "rules-page", "kind": "page", "url": "https://example.org/rules.html", "every": "6h"}]
        }
    )

    kind: Literal["page"]
    url: WebAddress = Field(description="the page")
    select: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_compiles)] | None = Field(
        default=None, description="CSS, or XPath after xpath: only these parts of the page are watched"
    )
    ignore: Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_is_pattern)] | None = Field(
        default=None, description="a regular expression; lines that hold it are not watched"
    )


def address(settings: Settings) -> str:
    """Return the page's address."""
    return settings.url


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Fetch the page unless it is unchanged."""
    from monitor.sources._page import cut_page

    fetched = await port.get(settings.url, conditional=True)
    if not isinstance(fetched, Fetched):
        return fetched
    cut = await port.run(cut_page, fetched.body, fetched.content_type, settings.select, settings.ignore)
    if isinstance(cut, Rejected):
        return cut
    item = NewItem(
        url=settings.url,
        key=url_key(settings.url),
        host=host_of(settings.url),
        version=cut.version,
        payload=cut.payload,
        payload_type=cut.payload_type,
    )
    return Collected(
        found=(item,),
        status=fetched.status,
        validators=fetched.validators,
        body_hash=hashlib.sha256(fetched.body).hexdigest(),
        bytes_read=len(fetched.body),
        floor_s=fetched.max_age_s,
        moved_to=fetched.permanent_redirect,
    )
