"""The ``sitemap`` kind: a sitemap, an index of them, or a site that has one somewhere.

Knows where the map is that a poll starts from; ``monitor.sources._sitemap_maps`` reads those of an index. Maps are
parsed in a worker process by ``monitor.sources._sitemap``.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import urljoin, urlsplit

from pydantic import AfterValidator, ConfigDict, Field

from alerts.fields import Duration
from monitor.sources import SourceSettings
from monitor.sources._address import WebAddress
from monitor.types import Collected, Failed, Fetched, Rejected, SourcePort, Unchanged
from storage.records import Outcome, SourceState

if TYPE_CHECKING:
    from monitor.sources._sitemap_maps import Haul, Wish
    from monitor.sources._sitemap_plan import Memory

__all__ = ["KIND", "Settings", "address", "collect"]

KIND = "sitemap"
_WELL_KNOWN = ("/sitemap.xml", "/sitemap_index.xml", "/sitemap-index.xml", "/sitemap-news.xml", "/news-sitemap.xml")


def _is_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a regular expression: {text!r}: {error}") from error
    return text


Pattern = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_is_pattern)]


class Settings(SourceSettings):
    """The sitemap of a site: its recent entries are articles."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"id": "people", "kind": "sitemap", "url": "http://www.people.cn/sitemap_index.xml", "since": "3d"},
                {"id": "daily", "kind": "sitemap", "url": "https://news.example.com/map.xml", "match": "/news/"},
            ]
        }
    )

    kind: Literal["sitemap"]
    url: WebAddress = Field(description="a sitemap, an index, or a site's root: then robots.txt and usual places tell")
    since: Duration | None = Field(default=timedelta(days=7), description="how recent an entry must be")
    match: Pattern | None = Field(default=None, description="a regular expression that addresses must hold")
    skip: Pattern | None = Field(default=None, description="a regular expression; addresses that hold it are left out")
    maps: int = Field(default=5, ge=1, le=50, description="maps of an index read in one poll")
    limit: int = Field(default=500, ge=1, le=50_000, description="entries taken from one poll, newest first")


def address(settings: Settings) -> str:
    """Return the address of the sitemap or the site."""
    return settings.url


async def collect(
    settings: Settings, state: SourceState, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Fetch the map unless it is unchanged, and of an index those maps that changed, within bounds."""
    from monitor.sources._sitemap_plan import Memory

    memory = Memory.of(state.cursor)
    if not _is_root(settings.url):
        return await _collect_at(settings.url, settings, memory, port)
    if len(memory.at) > 1:
        return await _collect_all(settings, memory, port)
    if memory.at:
        collected = await _collect_at(memory.at[0], settings, memory, port)
        if not _is_lost(collected):
            return collected
    return await _discover(settings, Memory(), port)


async def _collect_at(
    url: str, settings: Settings, memory: Memory, port: SourcePort
) -> Collected | Unchanged | Failed | Rejected:
    """Poll the one map that everything starts from; without conditions while maps of it are left to read."""
    from monitor.sources._sitemap_maps import Haul, MapReader, parse

    fetched = await port.get(url, conditional=not memory.again)
    if not isinstance(fetched, Fetched):
        return fetched
    wish = _wish(settings)
    sitemap = await parse(fetched, wish, wish.limit, port)
    if isinstance(sitemap, Rejected):
        return sitemap
    haul = Haul()
    haul.add(sitemap, len(fetched.body))
    memory = replace(memory, turns={}, again=False) if not sitemap.is_index else memory
    if sitemap.is_index:
        reader = MapReader(wish, memory, haul, port)
        memory = await reader.read(sitemap.maps, fetched.fetched_at)
        if haul.fault is not None and haul.maps_read == 1 and reader.is_hopeless:
            return haul.fault
    return replace(
        _collected(haul, memory),
        status=fetched.status,
        validators=fetched.validators,
        body_hash=hashlib.sha256(fetched.body).hexdigest(),
        floor_s=None if memory.again else fetched.max_age_s,
        moved_to=fetched.permanent_redirect if url == settings.url else None,
    )


async def _collect_all(settings: Settings, memory: Memory, port: SourcePort) -> Collected | Failed | Rejected:
    """Poll the several maps that a robots.txt names: an index without lastmods."""
    from monitor.sources._sitemap import ChildMap
    from monitor.sources._sitemap_maps import Haul, MapReader

    haul = Haul()
    children = tuple(ChildMap(url=url) for url in memory.at)
    reader = MapReader(_wish(settings), memory, haul, port)
    memory = await reader.read(children, None)
    if haul.fault is not None and haul.maps_read == 0 and (reader.is_hopeless or not _is_lost(haul.fault)):
        return haul.fault
    return replace(_collected(haul, memory), status=200)


async def _discover(settings: Settings, memory: Memory, port: SourcePort) -> Collected | Unchanged | Failed | Rejected:
    """Find the site's maps: those that robots.txt names, else the first usual place that holds one."""
    named = await _named_in_robots(settings.url, port)
    if len(named) > 1:
        return await _collect_all(settings, replace(memory, at=named), port)
    for url in (*named, *(urljoin(settings.url, path) for path in _WELL_KNOWN)):
        collected = await _collect_at(url, settings, replace(memory, at=(url,), again=True), port)
        if not _is_lost(collected):
            return collected
    where = ", ".join(("robots.txt", *_WELL_KNOWN))
    return Failed(reason=Outcome.GONE, detail=f"no sitemap found; looked in {where}", status=404)


async def _named_in_robots(url: str, port: SourcePort) -> tuple[str, ...]:
    from monitor.sources._sitemap import sitemaps_in_robots

    robots = await port.get(urljoin(url, "/robots.txt"))
    if not isinstance(robots, Fetched):
        return ()
    named = await port.run(sitemaps_in_robots, robots.body, robots.final_url)
    return () if isinstance(named, Rejected) else named


def _collected(haul: Haul, memory: Memory) -> Collected:
    return Collected(
        found=tuple(haul.found.values()),
        skipped=haul.skipped,
        bytes_read=haul.bytes_read,
        cursor=memory.cursor(),
        notices=haul.notices,
    )


def _is_lost(collected: Collected | Unchanged | Failed | Rejected) -> bool:
    """Say whether there is no map at an address, or none that may be read."""
    if isinstance(collected, Failed):
        return collected.reason is Outcome.ROBOTS or (400 <= (collected.status or 0) < 500 and collected.status != 429)
    return isinstance(collected, Rejected)


def _is_root(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _wish(settings: Settings) -> Wish:
    from monitor.sources._sitemap_maps import Wish

    return Wish(
        since=settings.since, match=settings.match, skip=settings.skip, maps=settings.maps, limit=settings.limit
    )
