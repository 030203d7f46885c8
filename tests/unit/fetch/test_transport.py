"""Connections: few to an origin, none kept for ever, none leaked."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import httpx
import pytest

from monitor.fetch.guard import GuardedBackend, parse_allow
from monitor.fetch.transport import PooledTransport
from tests.site import Answer, Site
from tests.site.answers import text

pytestmark = pytest.mark.anyio


def _no_tls() -> ssl.SSLContext:
    raise AssertionError("a TLS context was made for http")


@asynccontextmanager
async def transport_to(site: Site, *, per_origin: int = 4, max_origins: int = 256) -> AsyncIterator[PooledTransport]:
    backend = GuardedBackend(parse_allow([site.address]), site.resolve)
    transport = PooledTransport(backend, _no_tls, per_origin=per_origin, max_origins=max_origins)
    async with transport:
        yield transport


async def ask(transport: PooledTransport, url: str) -> bytes:
    response = await transport.handle_async_request(httpx.Request("GET", url))
    try:
        return b"".join([chunk async for chunk in response.aiter_raw()])
    finally:
        await response.aclose()


async def until(claim: Callable[[], bool]) -> None:
    """Let the server notice; bounded by the test's own time limit."""
    while not claim():
        await asyncio.sleep(0.005)


async def test_idlest_origins_are_closed_beyond_the_limit(site: Site) -> None:
    site.route("/", text("x"))
    async with transport_to(site, max_origins=2) as transport:
        for n in range(6):
            await ask(transport, site.url("/", host=f"h{n}.example"))

        await until(lambda: site.talking == 2)
        await ask(transport, site.url("/", host="h5.example"))
        assert site.connections == 6


async def test_origin_in_use_outlives_the_limit(site: Site) -> None:
    gate = asyncio.Event()
    site.route("/", text("x"))
    site.route("/slow", Answer(body=b"done", gate=gate))
    async with transport_to(site, max_origins=1) as transport:
        slow = asyncio.create_task(ask(transport, site.url("/slow", host="slow.example")))
        await until(lambda: site.hits("/slow") == 1)
        for n in range(3):
            await ask(transport, site.url("/", host=f"h{n}.example"))
        gate.set()

        assert await slow == b"done"


async def test_origin_gets_no_more_connections_than_allowed(site: Site) -> None:
    gate = asyncio.Event()
    site.route("/", Answer(body=b"x", gate=gate))
    async with transport_to(site, per_origin=2) as transport:
        asking = [asyncio.create_task(ask(transport, site.url("/"))) for _ in range(6)]
        await until(lambda: site.hits("/") == 2)
        gate.set()
        await asyncio.gather(*asking)

    assert (site.hits("/"), site.connections, site.most_at_once) == (6, 2, 2)


async def test_cancelled_request_gives_its_place_back(site: Site) -> None:
    gate = asyncio.Event()
    site.route("/", Answer(body=b"x", gate=gate))
    async with transport_to(site, per_origin=1) as transport:
        first = asyncio.create_task(ask(transport, site.url("/")))
        await until(lambda: site.hits("/") == 1)
        first.cancel()
        gate.set()

        assert await ask(transport, site.url("/")) == b"x"


async def test_closing_leaves_no_connection(site: Site) -> None:
    site.route("/", text("x"))
    async with transport_to(site) as transport:
        for n in range(3):
            await ask(transport, site.url("/", host=f"h{n}.example"))

    await until(lambda: site.talking == 0)
