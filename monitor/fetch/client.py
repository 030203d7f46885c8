"""The fetcher: one GET or POST inside every bound, answered with a value.

Knows the order of things: total deadline, redirects one by one, validators, body. Keeps no state but connections;
what a source's validators are, when a host may be asked again and what robots.txt says is for the caller to know.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

import httpx

from monitor.fetch.failures import FetchFailed, failed, from_status, quoted
from monitor.fetch.guard import GuardedBackend, Resolve, SystemResolver, parse_allow
from monitor.fetch.headers import kept_validators, max_age_of, own_headers, renewed_validators
from monitor.fetch.hops import Hop, Trail
from monitor.fetch.limits import FetchLimits
from monitor.fetch.pace import parse_retry_after
from monitor.fetch.reading import drain, read_body
from monitor.fetch.redirects import is_redirect, next_url, take_credentials, web_url
from monitor.fetch.tls import Tls, contexts
from monitor.fetch.transport import PooledTransport
from monitor.types import Failed, Fetched, Unchanged
from storage.records import Outcome, Validators

_T = TypeVar("_T")

__all__ = ["Fetcher", "Reply"]

_REPLY_BYTES = 65_536
_REPLY_S = 5.0  # for the text of a reply whose status is already known


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The answer to a POST, whatever its status; header names in lower case, ``body`` cut to 64 KiB."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """How much of the answer is wanted, and over which connections."""

    first_bytes: int | None
    transport: PooledTransport


class Fetcher:
    """Fetches addresses. Make one per event loop, ``aclose`` it at the end.

    ``allow`` names what may be connected to besides the public internet, as ``host:port``, ``CIDR`` or
    ``CIDR:port``; ``now`` is the clock for ``fetched_at`` and for dates in Retry-After. ``resolve`` replaces the
    system's name look-up, ``tls`` and ``legacy_tls`` the default contexts (certifi's roots; verification cannot be
    turned off otherwise). Of the sites that nothing is being asked of at most ``max_origins`` stay connected. Raise
    ValueError for an entry of ``allow`` that is none of these.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        now: Callable[[], datetime],
        limits: FetchLimits | None = None,
        allow: tuple[str, ...] = (),
        resolve: Resolve | None = None,
        tls: ssl.SSLContext | None = None,
        legacy_tls: ssl.SSLContext | None = None,
        max_origins: int = 256,
    ) -> None:
        self._user_agent = user_agent
        self._now = now
        self._limits = limits or FetchLimits()
        backend = GuardedBackend(parse_allow(allow), resolve or SystemResolver())
        self._transports = {
            name: PooledTransport(backend, context, max_origins=max_origins)
            for name, context in contexts(tls, legacy_tls).items()
        }

    async def get(
        self,
        url: str,
        *,
        validators: Validators = Validators(),  # noqa: B008  (frozen)
        headers: Mapping[str, str] | None = None,
        user_agent: str | None = None,
        first_bytes: int | None = None,
        body: bytes | None = None,
        tls: Tls = "modern",
    ) -> Fetched | Unchanged | Failed:
        """Fetch an address, following redirects; with a ``body`` by POST and without conditions.

        ``headers`` and ``validators`` travel to the origin of ``url`` only, cookies that are set on the way to the
        host that set them; ``Fetched.cookies`` are those of the last host. With ``first_bytes`` the body ends there,
        whole or not. ``Fetched.url`` is ``url`` without fragment and user name; ``Fetched.permanent_redirect`` is
        where 301 and 308 alone led. ``tls`` is how old a server may be.
        """
        wanted = _Wanted(first_bytes=first_bytes, transport=self._transports[tls])
        conditions = validators if body is None else Validators()
        agent = user_agent or self._user_agent
        return await _within(self._limits.total_s, self._get(url, conditions, headers or {}, agent, body, wanted))

    async def post(self, url: str, *, body: bytes, headers: Mapping[str, str], timeout_s: float) -> Reply | Failed:
        """Send ``body`` once; redirects are answers like any other. ``timeout_s`` is up to the reply's headers."""
        return await _within(timeout_s + _REPLY_S, self._post(url, body, headers, timeout_s))

    async def close_idle(self) -> None:
        """Close the connections that nobody has used for a while."""
        for transport in self._transports.values():
            await transport.sweep(asyncio.get_running_loop().time())

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            await transport.aclose()

    async def _get(
        self,
        url: str,
        validators: Validators,
        headers: Mapping[str, str],
        user_agent: str,
        body: bytes | None,
        wanted: _Wanted,
    ) -> Fetched | Unchanged:
        hop = Hop(
            url=web_url(url),
            headers=take_credentials(url) | own_headers(headers),
            validators=validators,
            user_agent=user_agent,
            body=body,
        )
        return await self._follow(hop, wanted)

    async def _follow(self, hop: Hop, wanted: _Wanted) -> Fetched | Unchanged:
        trail = Trail(hop.url, self._limits.max_redirects)
        while True:
            trail.went(hop)
            request = self._request(hop.method, hop.url, hop.all_headers(), hop.body)
            async with aclosing(await wanted.transport.handle_async_request(request)) as response:
                cookies = hop.cookies.with_set(hop.url, response.headers.get_list("set-cookie"))
                hop = replace(hop, cookies=cookies)
                target = _redirected(hop.url, response)
                if target is None:
                    return _arrived(await self._settle(hop, response, wanted.first_bytes), trail, hop.url)
                await drain(response)
            following = hop.onward(target, response.status_code)
            trail.check(following, response.status_code, was_post=hop.body is not None)
            hop = following

    async def _settle(self, hop: Hop, response: httpx.Response, first_bytes: int | None) -> Fetched | Unchanged:
        """Make a value of a final response, or raise FetchFailed."""
        status, headers = response.status_code, response.headers
        max_age_s = max_age_of(headers.get("cache-control"))
        if status == 304 and hop.validators != Validators():
            await drain(response)
            kept = renewed_validators(headers, hop.validators)
            return Unchanged(status=status, validators=kept, max_age_s=max_age_s)
        if status not in (200, 203):
            await drain(response)
            raise FetchFailed(from_status(status, parse_retry_after(headers.get("retry-after"), self._now())))
        validators = kept_validators(headers)
        if hop.validators.etag and hop.validators.etag == headers.get("etag"):
            return Unchanged(status=status, validators=validators, max_age_s=max_age_s)
        return Fetched(
            url=hop.url,
            final_url=hop.url,
            status=status,
            content_type=headers.get("content-type"),
            body=await read_body(response, self._limits, first_bytes),
            fetched_at=self._now(),
            validators=validators,
            max_age_s=max_age_s,
            cookies=hop.cookies.pairs(hop.url),
        )

    async def _post(self, url: str, body: bytes, headers: Mapping[str, str], timeout_s: float) -> Reply:
        given = {"accept-encoding": "identity", "user-agent": self._user_agent} | own_headers(headers)
        request = self._request("POST", web_url(url), take_credentials(url) | given, body)
        response = await self._replied(request, timeout_s)
        async with aclosing(response):
            text = await self._reply_text(response, min(timeout_s, _REPLY_S))
        return Reply(status=response.status_code, headers=dict(response.headers), body=text)

    async def _replied(self, request: httpx.Request, timeout_s: float) -> httpx.Response:
        try:
            async with asyncio.timeout(timeout_s):
                return await self._transports["modern"].handle_async_request(request)
        except TimeoutError as error:
            raise failed(Outcome.TIMEOUT, f"no reply within {timeout_s:g} s") from error

    async def _reply_text(self, response: httpx.Response, timeout_s: float) -> bytes:
        """Return what a reply says as far as it comes: the receiver has decided already, and its status counts."""
        with suppress(TimeoutError, FetchFailed):
            async with asyncio.timeout(timeout_s):
                return await read_body(response, self._limits, _REPLY_BYTES)
        return b""

    def _request(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None = None) -> httpx.Request:
        limits = self._limits
        timeouts = {"connect": limits.connect_s, "read": limits.stall_s, "write": limits.stall_s}
        try:
            return httpx.Request(method, url, headers=headers, content=body, extensions={"timeout": timeouts})
        except (httpx.InvalidURL, UnicodeError) as error:
            raise failed(Outcome.REFUSED, f"no valid request for {quoted(url)}: {error}", permanent=True) from error


async def _within(total_s: float, work: Awaitable[_T]) -> _T | Failed:
    """Await ``work`` for so long at most; failures become values here."""
    try:
        async with asyncio.timeout(total_s):
            return await work
    except TimeoutError:
        return Failed(reason=Outcome.TIMEOUT, detail=f"not done within {total_s:g} s")
    except FetchFailed as stop:
        return stop.failure


def _redirected(url: str, response: httpx.Response) -> str | None:
    """Return where a response sends on, None where it does not."""
    locations = [value for name, value in response.headers.raw if name.lower() == b"location"]
    return next_url(url, locations[0]) if locations and is_redirect(response.status_code) else None


def _arrived(fetched: Fetched | Unchanged, trail: Trail, last: str) -> Fetched | Unchanged:
    moved_to = trail.moved_to(last)
    if isinstance(fetched, Unchanged):
        return replace(fetched, permanent_redirect=moved_to)
    return replace(fetched, url=trail.first, permanent_redirect=moved_to)
