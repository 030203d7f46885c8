"""What a site's robots.txt permits, by RFC 9309.

Knows the outcomes: rules that were read hold for a day; a 4xx, or redirects that lead nowhere, means that everything
is allowed; a server error, a 429 or silence means that nothing is, and that is said as the failure it is, not as a
rule. Keeps what it read in memory, by origin; the pace that a Crawl-delay asks for is the caller's to keep.
"""

from __future__ import annotations

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from protego import Protego

from monitor.fetch.client import Fetcher
from monitor.fetch.failures import FetchFailed
from monitor.fetch.redirects import web_url
from monitor.fetch.tls import Tls
from monitor.types import Failed, Fetched, Unchanged
from storage.records import Outcome

__all__ = ["Robots", "RobotsRuling"]

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5: what has to be read at least
_KEPT = timedelta(hours=24)  # RFC 9309, 2.4: no longer than a day
_KEPT_FAILURE = timedelta(minutes=5)
_MAX_RULES = 20_000  # matching one address then takes 50 ms at worst
_MAX_KEPT = 32 << 20  # bytes of rules in memory over all origins, about; the longest unused go first
_ENTRY_BYTES = 1_000  # what an origin weighs without rules (0.7 KB measured),
_LINE_BYTES = 1_500  # and with each rule (0.3 KB, once matched 1.5 KB where it has wildcards)
_LONGEST_DELAY_S = 120.0  # well within the lease of a visit, and no host is put off for ever
_INLINE_CHARS = 32_768  # larger files are parsed in a thread: the worst takes 0.8 s

_AGENT = re.compile(r"user[- ]?agent\s*[:\s]\s*(.*)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(?:site-?maps?|host)\s*[:\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsRuling:
    """Whether an address may be fetched. With ``failure`` no rule was read: try again, do not write it off."""

    allowed: bool
    crawl_delay_s: float | None = None
    failure: Failed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What is known of an origin: its rules (None: it has none), or why they cannot be had."""

    rules: Protego | None
    failure: Failed | None
    weight: int
    until: datetime


class Robots:
    """Asks for robots.txt once a day and origin, through ``fetcher``, and answers for ``agent``.

    ``agent`` is the product token of the User-Agent (``newswatch`` of ``newswatch/1.0 (+...)``).
    """

    def __init__(self, fetcher: Fetcher, *, agent: str, now: Callable[[], datetime]) -> None:
        self._fetcher = fetcher
        self._agent = agent.partition("/")[0].strip().lower()
        self._now = now
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._bytes = 0
        self._asking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def check(self, url: str, *, tls: Tls = "modern") -> RobotsRuling:
        """Rule on an address, asking its site first where nothing recent is known; ``tls`` is how old it may be."""
        try:
            url = web_url(url)
        except FetchFailed as stop:
            return RobotsRuling(allowed=False, failure=stop.failure)
        known = await self._about(_origin(url), tls)
        if known.failure is not None:
            return RobotsRuling(allowed=False, failure=known.failure)
        if known.rules is None:
            return RobotsRuling(allowed=True)
        plain = url.encode("utf-8", "replace").decode()
        delay_s = known.rules.crawl_delay(self._agent)
        return RobotsRuling(
            allowed=bool(known.rules.can_fetch(plain, self._agent)),
            crawl_delay_s=None if delay_s is None else min(delay_s, _LONGEST_DELAY_S),
        )

    async def allowed(self, url: str) -> bool:
        """Say whether an address may be fetched now."""
        return (await self.check(url)).allowed

    async def crawl_delay(self, url: str) -> float | None:
        """Return the seconds between requests that the site of ``url`` asks for, at most two minutes."""
        return (await self.check(url)).crawl_delay_s

    async def _about(self, origin: str, tls: Tls) -> _Known:
        """Return what is known; whoever else asks meanwhile waits for the same answer."""
        place = origin if tls == "modern" else f"{origin} {tls}"
        async with self._asking.setdefault(place, asyncio.Lock()):
            known = self._known.get(place)
            if known is None or self._now() >= known.until:
                known = await self._ask(origin, known, tls)
                self._keep(place, known)
            self._known.move_to_end(place)
            return known

    async def _ask(self, origin: str, before: _Known | None, tls: Tls) -> _Known:
        answer = await self._fetcher.get(f"{origin}/robots.txt", first_bytes=MAX_BYTES, tls=tls)
        if isinstance(answer, Fetched):
            rules = _relevant(answer.body.decode("utf-8-sig", "replace"), self._agent)
            weight = _ENTRY_BYTES + len(rules) + _LINE_BYTES * (rules.count("\n") + 1)
            return _Known(rules=await _parse(rules), failure=None, weight=weight, until=self._now() + _KEPT)
        if isinstance(answer, Unchanged) or _means_none(answer):
            return _Known(rules=None, failure=None, weight=_ENTRY_BYTES, until=self._now() + _KEPT)
        until = self._now() + timedelta(seconds=answer.retry_after_s or _KEPT_FAILURE.total_seconds())
        if before is not None and before.failure is None:  # RFC 9309, 2.4: old rules serve while none can be read
            return _Known(rules=before.rules, failure=None, weight=before.weight, until=until)
        return _Known(rules=None, failure=answer, weight=_ENTRY_BYTES, until=until)

    def _keep(self, origin: str, known: _Known) -> None:
        self._bytes += known.weight - (self._known[origin].weight if origin in self._known else 0)
        self._known[origin] = known
        self._known.move_to_end(origin)
        while self._bytes > _MAX_KEPT and len(self._known) > 1:
            self._bytes -= self._known.popitem(last=False)[1].weight


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def _means_none(failure: Failed) -> bool:
    """Say whether a failure means that there is no robots.txt (RFC 9309, 2.3.1.2 and 2.3.1.3)."""
    status = failure.status or 0
    return 300 <= status < 500 and status != 429 and failure.reason is not Outcome.TIMEOUT


async def _parse(rules: str) -> Protego:
    if len(rules) <= _INLINE_CHARS:
        return Protego.parse(rules)
    return await asyncio.to_thread(Protego.parse, rules)


def _relevant(text: str, agent: str) -> str:
    """Keep the groups of a robots.txt that speak of ``agent`` or of everybody.

    A file of many agents takes the parser minutes (20,000 of them and 10,000 rules: 7 minutes), and it takes
    ``news`` for a name of ``newswatch``.
    """
    kept: list[str] = []
    for line in _group_lines(text, agent):
        kept.append(line)
        if len(kept) >= _MAX_RULES:
            break
    return "\n".join(kept)


def _group_lines(text: str, agent: str) -> Iterator[str]:
    naming, ours = False, False
    for raw in text.splitlines():
        line = raw.partition("#")[0].strip()
        named = _AGENT.match(line)
        if named is not None:
            spoken_of = _token(named[1]) in ("*", agent)
            ours = spoken_of or (naming and ours)
            naming = True
            if spoken_of:
                yield f"User-agent: {_token(named[1])}"
        elif line and not _SITE_WIDE.match(line):
            naming = False
            if ours:
                yield line


def _token(name: str) -> str:
    token = name.partition("/")[0].strip().lower()
    return token.rstrip("*") or token
