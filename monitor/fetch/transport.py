"""Connections: a small pool per origin, all behind one guard and one TLS context.

One shared httpcore pool scans every connection it has at every request: 16 ms of CPU a request with 100 hosts in
flight against 1.7 ms with one. A pool per origin stays flat (``bench/fetch.py``); a TLS context costs 45 ms to make,
so there is one.
"""

from __future__ import annotations

import asyncio
import os
import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpcore
import httpx

from monitor.fetch.failures import FetchFailed, failed, quoted
from storage.records import Outcome

__all__ = ["PooledTransport"]

_Origin = tuple[bytes, bytes, int | None]


@dataclass(slots=True)
class _Pool:
    connections: httpcore.AsyncConnectionPool
    used_at: float = 0.0
    in_use: int = 0


class _Stream(httpx.AsyncByteStream):
    def __init__(self, response: httpcore.Response, pool: _Pool, host: str) -> None:
        self._response = response
        self._host = host
        self._pool: _Pool | None = pool

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _translated(self._host, in_body=True):
            async for chunk in self._response.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.in_use -= 1
            await self._response.aclose()


class PooledTransport(httpx.AsyncBaseTransport):
    """Sends requests over connections that ``backend`` opened. No proxies, no environment, no HTTP/2.

    At most ``per_origin`` connections at once to an origin; those idle for ``idle_s`` are closed by ``sweep`` and when
    anything is asked, and so are the idlest beyond ``max_origins``. What goes wrong is raised as FetchFailed.
    """

    def __init__(
        self,
        backend: httpcore.AsyncNetworkBackend,
        tls: Callable[[], ssl.SSLContext],
        *,
        per_origin: int = 4,
        max_origins: int = 256,
        idle_s: float = 15.0,
    ) -> None:
        self._backend = backend
        self._tls = tls
        self._per_origin = per_origin
        self._max_origins = max_origins
        self._idle_s = idle_s
        self._pools: OrderedDict[_Origin, _Pool] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request and return its response with the body still to be read."""
        pool = self._pool(request.url)
        pool.in_use += 1
        try:
            await self.sweep(pool.used_at)
            with _translated(request.url.host, in_body=False):
                response = await _send(pool.connections, request)
        except BaseException:
            pool.in_use -= 1
            raise
        stream = _Stream(response, pool, request.url.host)
        return httpx.Response(response.status, headers=response.headers, stream=stream, request=request)

    async def aclose(self) -> None:
        """Close every connection."""
        pools = [pool.connections for pool in self._pools.values()]
        self._pools.clear()
        for connections in pools:
            await connections.aclose()

    def _pool(self, url: httpx.URL) -> _Pool:
        origin = (url.raw_scheme, url.raw_host, url.port)
        pool = self._pools.get(origin)
        if pool is None:
            pool = self._pools[origin] = _Pool(self._new(secure=url.scheme == "https"))
        self._pools.move_to_end(origin)
        pool.used_at = asyncio.get_running_loop().time()
        return pool

    async def sweep(self, now: float) -> None:
        """Close what nobody has used for a while; the pools stand in the order of their last use."""
        while self._pools:
            origin, oldest = next(iter(self._pools.items()))
            if oldest.in_use or (now - oldest.used_at <= self._idle_s and len(self._pools) <= self._max_origins):
                return
            del self._pools[origin]
            await oldest.connections.aclose()

    def _new(self, *, secure: bool) -> httpcore.AsyncConnectionPool:
        return httpcore.AsyncConnectionPool(
            ssl_context=self._tls() if secure else None,
            max_connections=self._per_origin,
            keepalive_expiry=self._idle_s,
            network_backend=self._backend,
        )


async def _send(connections: httpcore.AsyncConnectionPool, request: httpx.Request) -> httpcore.Response:
    """Send once, and once more where a connection kept alive turns out to be closed: GET only, nothing is lost."""
    kept_alive = bool(connections.connections)
    try:
        return await connections.handle_async_request(_core(request))
    except (httpcore.RemoteProtocolError, httpcore.ReadError, httpcore.WriteError):
        if not kept_alive or request.method != "GET":
            raise
    return await connections.handle_async_request(_core(request))


def _core(request: httpx.Request) -> httpcore.Request:
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=request.headers.raw,
        content=request.stream,
        extensions=request.extensions,
    )


@contextmanager
def _translated(host: str, *, in_body: bool) -> Iterator[None]:
    """Turn what httpcore and the sockets raise into FetchFailed."""
    try:
        yield
    except (httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        raise _meaning(error, host, in_body=in_body) from error


def _meaning(error: Exception, host: str, *, in_body: bool) -> FetchFailed:
    text = _cause(error)
    if isinstance(error, httpcore.LocalProtocolError):
        said = str(error).partition(" b'")[0].partition(' b"')[0]  # without the value, which may be a secret
        return failed(Outcome.HTTP_ERROR, f"no valid request: {quoted(said)}", permanent=True)
    if isinstance(error, httpcore.ConnectTimeout | httpcore.ConnectError):
        return failed(Outcome.UNREACHABLE, f"cannot connect to {quoted(host)}: {text}")
    if isinstance(error, httpcore.TimeoutException):
        return failed(Outcome.TIMEOUT, f"{quoted(host)} fell silent")
    if in_body:
        return failed(Outcome.TRUNCATED, f"the body ends too early: {text}")
    if isinstance(error, httpcore.RemoteProtocolError):
        return failed(Outcome.HTTP_ERROR, f"{quoted(host)} gave no HTTP answer: {text}")
    return failed(Outcome.UNREACHABLE, f"{quoted(host)} ended the connection: {text}")


def _cause(error: BaseException) -> str:
    """Return the innermost reason that says anything: httpcore wraps what the socket said."""
    said = str(error)
    inner: BaseException | None = error
    while inner is not None:
        if isinstance(inner, OSError) and inner.errno:
            said = str(inner.strerror) if isinstance(inner, ssl.SSLError) else os.strerror(inner.errno)
        inner = inner.__cause__ or inner.__context__
    return quoted(said or type(error).__name__)
