"""Reading the body of a response: in pieces, at a minimal rate, to its end or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from typing import cast

import httpx

from monitor.fetch.decode import Body, coding_of
from monitor.fetch.failures import FetchFailed, failed
from monitor.fetch.limits import MEGABYTE, FetchLimits
from storage.records import Outcome

__all__ = ["drain", "read_body"]

_DRAIN_BYTES = 65_536
_DRAIN_S = 1.0


async def read_body(response: httpx.Response, limits: FetchLimits, first_bytes: int | None = None) -> bytes:
    """Return the decoded body; with ``first_bytes`` no more than these, whole or not.

    Raise FetchFailed for a body that is too large, too slow, damaged or not whole.
    """
    declared = response.headers.get("content-length", "")
    if first_bytes is None and declared.isdecimal() and int(declared) > limits.max_wire:
        raise failed(Outcome.TOO_LARGE, f"{declared} bytes announced, at most {limits.max_wire} taken", permanent=True)
    body = Body(coding_of(response.headers.get_list("content-encoding")), limits)
    if await _fill(body, response, limits, first_bytes):
        return body.so_far()[:first_bytes]
    return _require_end(response, body.finish())


async def drain(response: httpx.Response) -> None:
    """Read a body nobody wants, if it is short, so that its connection can be used again."""
    declared = response.headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > _DRAIN_BYTES:
        return
    left = _DRAIN_BYTES
    with suppress(TimeoutError, FetchFailed):
        async with asyncio.timeout(_DRAIN_S), aclosing(_raw(response)) as chunks:
            async for chunk in chunks:
                left -= len(chunk)
                if left < 0:
                    return


async def _fill(body: Body, response: httpx.Response, limits: FetchLimits, first_bytes: int | None) -> bool:
    """Read until the end (False) or until ``first_bytes`` are there (True)."""
    clock = asyncio.get_running_loop().time
    began, rested = clock(), 0
    async with aclosing(_raw(response)) as chunks:
        async for chunk in chunks:
            for size in body.feed(chunk):
                if first_bytes is not None and size >= first_bytes:
                    return True
                if size - rested >= MEGABYTE:  # about 5 ms of decoding: let others have their turn
                    rested = size
                    await asyncio.sleep(0)
            _require_pace(limits, body.wire, clock() - began)
    return False


def _raw(response: httpx.Response) -> AsyncGenerator[bytes, None]:
    return cast("AsyncGenerator[bytes, None]", response.aiter_raw())  # it is one; its type does not say so


def _require_pace(limits: FetchLimits, received: int, passed_s: float) -> None:
    if passed_s > limits.slow_after_s and received < limits.slow_bytes_per_s * passed_s:
        detail = f"{received} bytes in {passed_s:.1f} s, at least {limits.slow_bytes_per_s:g} bytes/s expected"
        raise failed(Outcome.TIMEOUT, detail)


def _require_end(response: httpx.Response, body: bytes) -> bytes:
    """Refuse nothing, or a page without its own end, where only the end of the connection ends the body.

    Content-Length, chunks and content codings tell half a body from a whole one; without them only the page can.
    """
    headers = response.headers
    if any(name in headers for name in ("content-length", "transfer-encoding", "content-encoding")):
        return body
    if not body:
        raise failed(Outcome.TRUNCATED, "the connection ended before the body began")
    page = body.lower() if "html" in headers.get("content-type", "") else b""
    if b"<html" in page and b"</html" not in page and b"</body" not in page:
        raise failed(Outcome.TRUNCATED, "the page ends before </html>, and its length was not announced")
    return body
