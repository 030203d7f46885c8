"""What a scripted site can answer: an ``Answer``, and ready-made ones from a plain page to a decompression bomb.

Knows how an answer is spelt; ``tests.site.server`` sends it.
"""

from __future__ import annotations

import asyncio
import functools
import gzip
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus

import brotli
import zstandard

__all__ = [
    "Answer",
    "Routes",
    "Script",
    "Seen",
    "bomb",
    "conditional",
    "cut_chunk",
    "drip",
    "encoded",
    "endless",
    "html",
    "raw",
    "redirect",
    "stall",
    "status",
    "text",
    "truncated",
    "xml",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request as it arrived; header names are in lower case."""

    method: str
    path: str
    query: str
    host: str
    headers: Mapping[str, str]
    body: bytes = b""
    hit: int = 0  # how often this path of this host was asked before
    connection: int = 0  # which of the site's connections brought it


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is sent back, and how badly.

    ``framing`` is ``length``, ``chunked`` or ``eof`` (the end of the connection ends the body); ``declared`` is a
    false Content-Length. The body is sent ``times`` over (None: for ever), in pieces of ``piece`` bytes with
    ``pause_s`` before each. After ``cut_after`` bytes the connection ends (``reset``: by RST), without the end that
    the framing asks for; ``hang`` keeps it open in silence instead. ``gate`` holds the answer back until it is set.
    ``verbatim`` replaces everything by the bytes given, after which the connection ends.
    """

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    framing: str = "length"
    declared: int | None = None
    times: int | None = 1
    piece: int | None = None
    pause_s: float = 0.0
    cut_after: int | None = None
    reset: bool = False
    hang: bool = False
    gate: asyncio.Event | None = None
    verbatim: bytes | None = None

    def with_headers(self, **headers: str) -> Answer:
        """Return the same answer with more headers; ``retry_after`` stands for ``Retry-After``."""
        more = tuple((name.replace("_", "-").title(), value) for name, value in headers.items())
        return replace(self, headers=self.headers + more)

    @property
    def ends_connection(self) -> bool:
        """Say whether nothing more can be asked on the connection that brought this."""
        return self.framing == "eof" or self.cut_after is not None or self.declared is not None or self.hang


Script = Answer | Callable[[Seen], Answer]
Routes = Mapping[str, Script | tuple[Script, ...]]


def status(code: int, body: bytes = b"", **headers: str) -> Answer:
    """Answer with a bare status."""
    return Answer(status=code, body=body or HTTPStatus(code).phrase.encode()).with_headers(**headers)


def html(markup: str, charset: str = "utf-8", *, declare: str | None = "utf-8") -> Answer:
    """Answer with a page written in ``charset`` while the header says ``declare`` (None: no charset)."""
    kind = f"text/html; charset={declare}" if declare else "text/html"
    return Answer(body=markup.encode(charset, "xmlcharrefreplace"), headers=(("Content-Type", kind),))


def xml(markup: str | bytes, kind: str = "application/xml") -> Answer:
    """Answer with a feed; text is sent as UTF-8, bytes as they are."""
    body = markup.encode() if isinstance(markup, str) else markup
    return Answer(body=body, headers=(("Content-Type", kind),))


def text(body: str | bytes, kind: str = "text/plain; charset=utf-8") -> Answer:
    """Answer with plain text."""
    return xml(body, kind)


def redirect(to: str, code: int = 302) -> Answer:
    """Send elsewhere; ``to`` is written into Location as it is."""
    return Answer(status=code, headers=(("Location", to),), body=b"elsewhere")


def conditional(
    answer: Answer, *, etag: str | None = None, last_modified: str | None = None
) -> Callable[[Seen], Answer]:
    """Answer 304 to whoever has the validators that go with ``answer``."""
    marks = {"ETag": etag, "Last-Modified": last_modified}
    headers = tuple((name, value) for name, value in marks.items() if value)

    def choose(seen: Seen) -> Answer:
        known = etag is not None and seen.headers.get("if-none-match") == etag
        known = known or (etag is None and seen.headers.get("if-modified-since") == last_modified)
        return Answer(status=304, headers=headers) if known else replace(answer, headers=answer.headers + headers)

    return choose


def drip(answer: Answer, *, piece: int = 1, every_s: float = 1.0) -> Answer:
    """Send the body of ``answer`` in small pieces, slowly."""
    return replace(answer, piece=piece, pause_s=every_s)


def stall(answer: Answer, after: int = 0) -> Answer:
    """Send headers and ``after`` bytes of the body, then nothing, and keep the connection open."""
    return replace(answer, cut_after=after, hang=True)


def truncated(answer: Answer, *, declared: int) -> Answer:
    """Declare a length that the body does not have."""
    return replace(answer, declared=declared)


def cut_chunk(answer: Answer, after: int) -> Answer:
    """Send chunks and end the connection in the middle of one."""
    return replace(answer, framing="chunked", cut_after=after)


def endless(block: bytes = b"<p>more</p>" * 1000, *, framing: str = "chunked") -> Answer:
    """Send ``block`` for ever."""
    return Answer(body=block, times=None, framing=framing, headers=(("Content-Type", "text/html"),))


def raw(data: bytes) -> Answer:
    """Send these bytes, HTTP or not, and end the connection."""
    return Answer(verbatim=data)


def encoded(answer: Answer, coding: str) -> Answer:
    """Compress the body of ``answer``: gzip, deflate (zlib), raw-deflate, br or zstd."""
    packed = _pack(coding, answer.body)
    name = coding.removeprefix("raw-")
    return replace(answer, body=packed, headers=(*answer.headers, ("Content-Encoding", name)))


def _pack(coding: str, body: bytes) -> bytes:
    packers: dict[str, Callable[[bytes], bytes]] = {
        "gzip": functools.partial(gzip.compress, mtime=0),
        "deflate": zlib.compress,
        "raw-deflate": lambda data: zlib.compress(data)[2:-4],
        "br": brotli.compress,
        "zstd": zstandard.compress,
    }
    return packers[coding](body)


_MEGABYTE = bytes(1 << 20)


@functools.cache
def _bomb(coding: str, megabytes: int) -> bytes:
    if coding == "br":
        packer = brotli.Compressor(quality=1)
        return b"".join([*(packer.process(_MEGABYTE) for _ in range(megabytes)), packer.finish()])
    if coding == "zstd":
        frame = zstandard.ZstdCompressor(level=1).compressobj()
        return b"".join([*(frame.compress(_MEGABYTE) for _ in range(megabytes)), frame.flush()])
    stream = zlib.compressobj(9, zlib.DEFLATED, {"gzip": 31, "deflate": 15, "raw-deflate": -15}[coding])
    first = stream.compress(_MEGABYTE) + stream.flush(zlib.Z_FULL_FLUSH)
    again = stream.compress(_MEGABYTE) + stream.flush(zlib.Z_FULL_FLUSH)  # a full flush makes blocks repeatable
    return first + again * (megabytes - 1) + stream.flush()


def bomb(coding: str, megabytes: int = 1024) -> Answer:
    """Answer with a body that unpacks to so many megabytes of zeros."""
    return Answer(
        body=_bomb(coding, megabytes),
        headers=(("Content-Type", "text/html"), ("Content-Encoding", coding.removeprefix("raw-"))),
    )
