"""The ``listing`` kind: a page that lists articles, read by explicit selectors or by finding the list.

Knows what one poll does and what it remembers; rows are read in a worker process by ``monitor.sources._listing`` and
``monitor.sources._listing_found``. A page on which nothing is found is an error that says what was looked for: a
rebuilt page must never look like a quiet day.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, ConfigDict, Field

from monitor.sources import SourceSettings
from monitor.sources._address import WebAddress
from monitor.types import Collected, Failed, Fetched, Rejected, SourcePort, Unchanged
from storage.records import SourceState

if TYPE_CHECKING:
    from monitor.sources._listing_found import Listed

__all__ = ["KIND", "Settings", "address", "collect"]

KIND = "listing"


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


Selector = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_compiles)]
Pattern = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_is_pattern)]


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
                },
                {"id": "gov-news", "kind": "listing", "url": "https://www.gov.cn/yaowen/liebiao/"},
            ]
        }
    )

    kind: Literal["listing"]
    url: WebAddress = Field(description="the list page")
    item: Selector | Annotated[tuple[Selector, ...], Field(min_length=1, max_length=10)] | None = Field(
        default=None, description="the rows of the list, or several selectors to try in order; default: found"
    )
    link: Selector = Field(default="a[href]", description="the link in a row")
    title: Selector | None = Field(default=None, description="the title in a row; default: the link's text")
    date: Selector | None = Field(default=None, description="the date in a row")
    match: Pattern | None = Field(default=None, description="a regular expression that addresses must hold")
    skip: Pattern | None = Field(default=None, description="a regular expression that no address may hold")
    limit: int = Field(default=200, ge=1, le=5_000, description="rows taken from one poll, first ones first")


def address(settings: Settings) -> str:
    """Return the list page's address."""
    return settings.url


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Fetch the page unless it is unchanged, and read its rows."""
    fetched = await port.get(settings.url, conditional=True)
    if not isinstance(fetched, Fetched):
        return fetched
    listed = await (_by_selectors if settings.item else _by_finding)(settings, state, port, fetched)
    if isinstance(listed, Rejected):
        return listed
    return Collected(
        found=listed.found.items,
        status=fetched.status,
        skipped=listed.found.skipped,
        validators=fetched.validators,
        body_hash=hashlib.sha256(fetched.body).hexdigest(),
        bytes_read=len(fetched.body),
        floor_s=fetched.max_age_s,
        cursor=listed.cursor,
        notices=listed.notices,
        moved_to=fetched.permanent_redirect,
    )


async def _by_finding(settings: Settings, state: SourceState, port: SourcePort, fetched: Fetched) -> Listed | Rejected:
    from monitor.sources._finder import Patterns
    from monitor.sources._listing_found import find_listing
    from monitor.sources._parsed import Document

    return await port.run(
        find_listing,
        fetched.body,
        fetched.content_type,
        Document(address=settings.url, base=fetched.final_url),
        fetched.fetched_at,
        state.cursor,
        settings.limit,
        Patterns(match=settings.match, skip=settings.skip),
    )


async def _by_selectors(
    settings: Settings, state: SourceState, port: SourcePort, fetched: Fetched
) -> Listed | Rejected:
    from monitor.sources._finder import Patterns
    from monitor.sources._listing import Selectors, parse_listing
    from monitor.sources._listing_found import Listed, smoothed, yield_notice
    from monitor.sources._parsed import Document

    items = (settings.item,) if isinstance(settings.item, str) else settings.item or ()
    matched = await port.run(
        parse_listing,
        fetched.body,
        fetched.content_type,
        Document(address=settings.url, base=fetched.final_url),
        fetched.fetched_at,
        Selectors(item=items, link=settings.link, title=settings.title, date=settings.date),
        settings.limit,
        Patterns(match=settings.match, skip=settings.skip),
    )
    if isinstance(matched, Rejected):
        return matched
    was_same = state.cursor.get("item") == matched.item
    usual, count = state.cursor.get("usual") if was_same else None, len(matched.found.items)
    told = yield_notice(usual, count, f"the selector {matched.item!r}")
    if matched.item != items[0]:
        told += (("fallback", f"the selector {items[0]!r} found no list any more; {matched.item!r} was used instead"),)
    cursor = {"item": matched.item, "usual": smoothed(usual, count)}
    return Listed(found=matched.found, cursor=cursor, notices=told)
