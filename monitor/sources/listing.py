"""The ``listing`` kind: a page that lists articles, read by explicit selectors.

Knows what one poll does; rows are read in a worker process by ``monitor.sources._listing``. A page on which the
selectors find nothing is an error that names the selector: a rebuilt page must never look like a quiet day.
"""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from monitor.sources import SourceSettings
from monitor.sources._address import WebAddress
from monitor.types import Collected, Failed, Fetched, Rejected, SourcePort, Unchanged
from storage.records import SourceState

__all__ = ["KIND", "Settings", "address", "collect"]

KIND = "listing"


def _compiles(selector: str) -> str:
    from monitor.sources._listing import compile_selector

    compile_selector(selector)
    return selector


Selector = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_compiles)]


class Settings(SourceSettings):
    """A list page. Selectors are CSS, or XPath after ``xpath:``; all but ``item`` start at the row."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "cac",
                    "kind": "listing",
                    "url": "http://www.cac.gov.cn/index.htm",
                    "item": "ul li",
                    "date": "span",
                }
            ]
        }
    )

    kind: Literal["listing"]
    url: WebAddress = Field(description="the list page")
    item: Selector = Field(description="the rows of the list")
    link: Selector = Field(default="a[href]", description="the link in a row")
    title: Selector | None = Field(default=None, description="the title in a row; default: the link's text")
    date: Selector | None = Field(default=None, description="the date in a row")
    limit: int = Field(default=200, ge=1, le=5_000, description="rows taken from one poll, first ones first")


def address(settings: Settings) -> str:
    """Return the list page's address."""
    return settings.url


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Fetch the page unless it is unchanged, and read its rows."""
    from monitor.sources._entry import Document
    from monitor.sources._listing import Selectors, parse_listing

    fetched = await port.get(settings.url, conditional=True)
    if not isinstance(fetched, Fetched):
        return fetched
    selectors = Selectors(item=settings.item, link=settings.link, title=settings.title, date=settings.date)
    found = await port.run(
        parse_listing,
        fetched.body,
        fetched.content_type,
        Document(address=settings.url, base=fetched.final_url),
        fetched.fetched_at,
        selectors,
        settings.limit,
    )
    if isinstance(found, Rejected):
        return found
    return Collected(
        found=found.items,
        status=fetched.status,
        skipped=found.skipped,
        validators=fetched.validators,
        body_hash=hashlib.sha256(fetched.body).hexdigest(),
        bytes_read=len(fetched.body),
        floor_s=fetched.max_age_s,
    )
