"""Addresses of feeds that can be guessed, and the id of a source that was found. Pure: looks at addresses alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.sites import site_of
from monitor.urls import host_of

__all__ = ["Candidate", "known_ways", "propose_id", "slug", "well_known"]

_PATHS = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml", "/feed.json")
_WAYS = (
    (r"github\.com", r"/([\w.-]+)/([\w.-]+?)(?:\.git)?(?:/releases)?", "https://github.com/{1}/{2}/releases.atom"),
    (r"youtube\.com", r"/channel/(UC[\w-]+)", "https://www.youtube.com/feeds/videos.xml?channel_id={1}"),
    (r"medium\.com", r"/(@?[\w.-]+)", "https://medium.com/feed/{1}"),
    (r"reddit\.com", r"/(r/\w+)", "https://www.reddit.com/{1}/.rss"),
    (r"arxiv\.org", r"/list/([a-z-]+(?:\.[A-Za-z-]+)?)(?:/.*)?", "https://rss.arxiv.org/rss/{1}"),
)
"""Hosts whose feeds follow from the address: host, path, feed."""
_SHARED_HOSTS = frozenset(
    {"github.com", "medium.com", "reddit.com", "youtube.com", "arxiv.org", "huggingface.co", "feedburner.com"}
)
_ADDRESS = re.compile(r"[0-9.]+|\[[0-9a-f:.]*\]")
_PORT = re.compile(r":[0-9]+$")
_ENDING = re.compile(r"\.(?:html?|shtml|xml|php|aspx?|jsp|json|rss|atom|git)$", re.IGNORECASE)
_GENERIC = ("blog", "news")
_SKIPPED_LABELS = frozenset({"www", "m", "rss", "feed", "feeds", "export"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that may be a source; ``how`` says in words why it is tried."""

    kind: str
    url: str
    how: str


def known_ways(url: str) -> tuple[Candidate, ...]:
    """Return the feeds that follow from the address alone, on hosts whose addresses are known."""
    host, path = host_of(url).removeprefix("www."), urlsplit(url).path.rstrip("/")
    found = (
        template.format("", *match.groups())
        for hosts, paths, template in _WAYS
        if re.fullmatch(hosts, host) and (match := re.fullmatch(paths, path))
    )
    return tuple(Candidate(kind="feed", url=feed, how=f"how {host} names its feeds") for feed in found)


def well_known(url: str) -> tuple[Candidate, ...]:
    """Return the usual addresses of feeds: below the page's own path, then at the root of its site."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}"
    own = parts.path.rstrip("/")
    is_section = bool(own) and "." not in own.rpartition("/")[2]
    paths = [f"{own}/feed", f"{own}/rss.xml"] if is_section else []
    return tuple(Candidate(kind="feed", url=root + path, how="a usual address of feeds") for path in (*paths, *_PATHS))


def propose_id(url: str, taken: Iterable[str]) -> str:
    """Return an id for a source that is not taken yet: from its host, then its path, then a number."""
    host = _PORT.sub("", host_of(url))
    known = frozenset(taken)
    site = site_of(host)
    base = _host_name(host, site)
    path = slug("-".join(_ENDING.sub("", part) for part in urlsplit(url).path.split("/") if _tells(part)))
    longer = slug(f"{base}-{path}") or "source"
    first = longer if site in _SHARED_HOSTS else base
    numbered = (f"{longer[:58]}-{number}" for number in range(2, 10_000))
    return next(one for one in (first, longer, *numbered) if one and one not in known)


def _host_name(host: str, site: str) -> str:
    """Return what a host is called: its labels without the public suffix and without www."""
    if _ADDRESS.fullmatch(host):
        return slug(host)
    kept = host.split(".")[: -max(site.count("."), 1)] or [host]
    name = slug("-".join(label for label in kept if label not in _SKIPPED_LABELS))
    return slug(site) if name in ("", *_GENERIC) else name


def _tells(part: str) -> bool:
    """Say whether a piece of a path says which source it is, and not that it is a feed."""
    return bool(part) and not re.fullmatch(r"(?i)(?:feeds?|rss|atom|index|releases|default|list)(?:\.\w+)?", part)


def slug(text: str) -> str:
    """Return what is left of a text as an identifier: ASCII letters and digits, joined by hyphens; perhaps nothing."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:64].strip("-")
