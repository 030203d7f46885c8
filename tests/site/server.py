"""A scripted web site on a real socket: no framework repairs the faults it is told to commit.

Start it, ask for addresses, look at what was asked::

    async with Site.start() as site:                    # the news site of tests.site.pages
        site.url("/feed.xml")                           # http://127.0.0.1:PORT/feed.xml
        site.address                                    # 127.0.0.1:PORT, for an allow list
        site.route("/flaky", status(500), html("<p>now</p>"))   # one answer a hit, the last one repeats
        site.hits("/flaky"); site.log[0].headers["user-agent"]; site.most_at_once

    with Site.in_thread() as site: ...                  # the same beside a synchronous test or a child process
    async with Site.start(routes={}) as site: ...       # an empty site: every path is 404 until it is routed

An answer is an ``Answer``, or a function from ``Seen`` (the request) to one; ``tests.site.answers`` has ready-made
ones. Paths are matched without their query; ``route(..., host="a.test")`` serves one virtual host, told
by the Host header (port left out), before the routes of every host. ``site.url(path, host="a.test")`` spells its
address; ``site.resolve`` maps every name to this site, for a ``Fetcher(resolve=...)``. Connections are kept alive
unless the answer's framing ends with them. ``Site.start(tls=...)`` speaks TLS (``tests.site.certificates``).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from types import MappingProxyType

from tests.site.answers import Answer, Routes, Script, Seen, status

__all__ = ["Answer", "Seen", "Site"]


@dataclass(slots=True)
class Site:
    """The running site; make one with ``start`` or ``in_thread``."""

    host: str
    port: int = 0
    scheme: str = "http"
    log: list[Seen] = field(default_factory=list)
    connections: int = 0
    most_at_once: int = 0
    _routes: dict[tuple[str, str], tuple[Script, ...]] = field(default_factory=dict)
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    _open: int = 0
    _talks: set[asyncio.Task[None]] = field(default_factory=set)

    @classmethod
    @contextlib.asynccontextmanager
    async def start(
        cls, routes: Routes | None = None, *, bind: str = "127.0.0.1", tls: ssl.SSLContext | None = None
    ) -> AsyncIterator[Site]:
        """Serve ``routes`` (the news site when None) on a free port of ``bind`` until the block ends."""
        site = cls(host=bind, scheme="https" if tls else "http")
        for path, script in (_news() if routes is None else routes).items():
            site.route(path, *(script if isinstance(script, tuple) else (script,)))
        server = await asyncio.start_server(site._converse, bind, 0, limit=1 << 20, ssl=tls)
        site.port = server.sockets[0].getsockname()[1]
        try:
            yield site
        finally:
            server.close()
            for task in site._talks:
                task.cancel()
            await asyncio.gather(*site._talks, return_exceptions=True)

    @classmethod
    @contextlib.contextmanager
    def in_thread(cls, routes: Routes | None = None, *, bind: str = "127.0.0.1") -> Iterator[Site]:
        """Serve from a thread of its own: for synchronous tests and for children that run the program."""
        started: list[Site] = []
        ready, stop = threading.Event(), asyncio.Event()
        loops: list[asyncio.AbstractEventLoop] = []

        async def serve() -> None:
            loops.append(asyncio.get_running_loop())
            async with cls.start(routes, bind=bind) as site:
                started.append(site)
                ready.set()
                await stop.wait()

        thread = threading.Thread(target=asyncio.run, args=(serve(),), name="site")
        thread.start()
        assert ready.wait(30), "the site did not start"
        try:
            yield started[0]
        finally:
            loops[0].call_soon_threadsafe(stop.set)
            thread.join(30)

    @property
    def address(self) -> str:
        """Return ``host:port`` as an allow list wants it."""
        return f"{self.host}:{self.port}"

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        """Return the address of a path, of this site or of one of its virtual hosts."""
        return f"{self.scheme}://{host or self.host}:{self.port}{path}"

    @property
    def talking(self) -> int:
        """Count the connections that are open."""
        return len(self._talks)

    async def resolve(self, _name: str, _port: int) -> tuple[str, ...]:
        """Return this site's address for every name."""
        return (self.host,)

    def route(self, path: str, *script: Script, host: str = "*") -> None:
        """Serve a path from now on: one answer a hit, the last one repeats. Its count starts again."""
        assert script, "a route needs an answer"
        self._routes[host, path] = script
        self._counts.pop((host, path), None)

    def hits(self, path: str | None = None, *, host: str | None = None) -> int:
        """Count the requests for a path (of one host)."""
        return sum(path in (None, seen.path) and host in (None, seen.host) for seen in self.log)

    def last(self, path: str) -> Seen:
        """Return the latest request for a path."""
        return next(seen for seen in reversed(self.log) if seen.path == path)

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        number = self.connections
        if task := asyncio.current_task():
            self._talks.add(task)
            task.add_done_callback(self._talks.discard)
        # Cancelled means that the site closes; asyncio's stream callback would report it as a fault.
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while seen := await _read_request(reader, number):
                self._open += 1
                self.most_at_once = max(self.most_at_once, self._open)
                try:
                    kept = await _send(writer, reader, self._choose(seen), head=seen.method == "HEAD")
                finally:
                    self._open -= 1
                if not kept:
                    break
        writer.close()

    def _choose(self, seen: Seen) -> Answer:
        key = (seen.host, seen.path) if (seen.host, seen.path) in self._routes else ("*", seen.path)
        seen = replace(seen, hit=self._counts[key])
        self._counts[key] += 1
        self.log.append(seen)
        script = self._routes.get(key, (status(404),))
        step = script[min(seen.hit, len(script) - 1)]
        return step if isinstance(step, Answer) else step(seen)


def _news() -> Routes:
    from tests.site.pages import routes

    return routes()


async def _read_request(reader: asyncio.StreamReader, connection: int) -> Seen | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)
    }
    path, _, query = target.partition("?")
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    host = headers.get("host", "").rpartition(":")[0] or headers.get("host", "")
    return Seen(
        method=method,
        path=path,
        query=query,
        host=host.lower(),
        headers=MappingProxyType(headers),
        body=body,
        connection=connection,
    )


async def _send(writer: asyncio.StreamWriter, reader: asyncio.StreamReader, answer: Answer, *, head: bool) -> bool:
    """Send an answer; say whether the connection may be used again."""
    if answer.gate is not None:
        await answer.gate.wait()
    if answer.verbatim is not None:
        writer.write(answer.verbatim)
        await writer.drain()
        return False
    writer.write(_head(answer))
    bodiless = head or answer.status in (204, 304)
    whole = True if bodiless else await _send_body(writer, answer)
    await writer.drain()
    if answer.hang:
        await reader.read()  # until the client goes
    if not whole and answer.reset:
        _arm_reset(writer)
    return whole and not answer.ends_connection


def _head(answer: Answer) -> bytes:
    names = {name.lower() for name, _ in answer.headers}
    lines = [
        f"HTTP/1.1 {answer.status} {_phrase(answer.status)}",
        *(f"{name}: {value}" for name, value in answer.headers),
    ]
    if answer.framing == "chunked":
        lines.append("Transfer-Encoding: chunked")
    elif answer.framing == "length" and answer.status not in (204, 304) and "content-length" not in names:
        length = len(answer.body) * (answer.times or 0) if answer.declared is None else answer.declared
        lines.append(f"Content-Length: {length}")
    if answer.ends_connection:
        lines.append("Connection: close")
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")


def _phrase(code: int) -> str:
    return HTTPStatus(code).phrase if code in HTTPStatus._value2member_map_ else "Unnamed"


async def _send_body(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """Send the body in its framing; False when it was cut."""
    left = answer.cut_after
    for piece in _pieces(answer):
        if answer.pause_s:
            await asyncio.sleep(answer.pause_s)
        part = piece if left is None else piece[:left]
        writer.write(_framed(answer, part, declared=len(piece)))
        await writer.drain()
        if left is not None:
            left -= len(part)
            if left <= 0:
                return False
    if answer.framing == "chunked":
        writer.write(b"0\r\n\r\n")
    return True


def _framed(answer: Answer, part: bytes, *, declared: int) -> bytes:
    if answer.framing != "chunked":
        return part
    end = b"\r\n" if len(part) == declared else b""
    return b"%x\r\n" % declared + part + end


def _pieces(answer: Answer) -> Iterator[bytes]:
    size = answer.piece or max(len(answer.body), 1)
    round_ = 0
    while answer.times is None or round_ < answer.times:
        yield from (answer.body[at : at + size] for at in range(0, len(answer.body), size))
        round_ += 1


def _arm_reset(writer: asyncio.StreamWriter) -> None:
    connection = writer.get_extra_info("socket")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
