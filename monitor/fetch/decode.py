"""Content codings inside bounds: gzip, deflate, br and zstd from raw bytes to a body.

A decoder never holds more than one small piece of output beyond what was asked of it, so a bomb is noticed before
it has grown; and it knows whether the stream came to its end, so half a body is never taken for a whole one.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import brotli
import zstandard

from monitor.fetch.failures import failed, quoted
from monitor.fetch.limits import FetchLimits
from storage.records import Outcome

__all__ = ["ACCEPT_ENCODING", "Body", "coding_of"]

ACCEPT_ENCODING = "gzip, deflate, br, zstd"

_PIECE = 65_536
_MAX_MEMBERS = 1_000  # gzip members and zstd frames in one body: each costs a decoder
_ZSTD_WINDOW = 8 << 20  # RFC 9659: what a receiver of Content-Encoding zstd must support, and no more
_ZSTD_SLICE = 128  # a block makes at most 128 KiB of at least 4 bytes (RFC 8878, 3.1.1.2): at most 4 MiB a slice


class _Stream(Protocol):
    """One coding: ``ended`` says that the bytes so far are a whole stream."""

    @property
    def ended(self) -> bool: ...

    def feed(self, data: bytes) -> Iterator[bytes]: ...


class _Identity:
    ended = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        yield data


class _Zlib:
    """gzip (any number of members) or deflate, of which some servers leave out the zlib wrapper (RFC 9110, 8.4.1.2)."""

    def __init__(self, *, gzip: bool) -> None:
        self.ended = False
        self._gzip = gzip
        self._members = 0
        self._head = b""
        self._inner = zlib.decompressobj(31) if gzip else None

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._inner is None:
            self._head += data
            if len(self._head) < 2:
                return
            data, self._inner = self._head, zlib.decompressobj(15 if _has_zlib_header(self._head) else -15)
        while data and (not self.ended or self._next_member(data)):
            yield from self._inflate(data)
            data = self._inner.unused_data
            self.ended = self._inner.eof

    def _inflate(self, data: bytes) -> Iterator[bytes]:
        assert self._inner is not None
        piece = self._inner.decompress(data, _PIECE)
        while piece:
            yield piece
            piece = self._inner.decompress(self._inner.unconsumed_tail, _PIECE)

    def _next_member(self, data: bytes) -> bool:
        """Begin another gzip member; bytes after the end that are none are ignored, as browsers do."""
        if not self._gzip or not data.startswith(b"\x1f"):
            return False
        self._members += 1
        if self._members > _MAX_MEMBERS:
            raise zlib.error("too many members")
        self._inner = zlib.decompressobj(31)
        self.ended = False
        return True


def _has_zlib_header(head: bytes) -> bool:
    return head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0  # RFC 1950, 2.2


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    @property
    def ended(self) -> bool:
        return bool(self._inner.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self.ended:
            return
        piece = self._inner.process(data, output_buffer_limit=_PIECE)
        while piece or not self._inner.can_accept_more_data():
            yield piece
            piece = self._inner.process(b"", output_buffer_limit=_PIECE)


class _Zstd:
    def __init__(self) -> None:
        self._frames = 0
        self._inner = self._new()

    @property
    def ended(self) -> bool:
        return bool(self._inner.eof)

    def feed(self, data: bytes) -> Iterator[bytes]:
        view = memoryview(data)
        for at in range(0, len(view), _ZSTD_SLICE):
            yield from self._step(bytes(view[at : at + _ZSTD_SLICE]))

    def _step(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._inner.eof:
                self._inner = self._new()
            yield self._inner.decompress(data)
            data = self._inner.unused_data if self._inner.eof else b""

    def _new(self) -> zstandard.ZstdDecompressionObj:
        self._frames += 1
        if self._frames > _MAX_MEMBERS:
            raise zstandard.ZstdError("too many frames")
        return zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()


def coding_of(values: list[str]) -> str:
    """Return the one content coding that header values name, ``identity`` for none.

    Raise FetchFailed for an unknown coding and for more than one.
    """
    names = [name.strip().lower() for value in values for name in value.split(",")]
    codings = [name for name in names if name not in ("", "identity", "none")]
    if not codings:
        return "identity"
    if len(codings) > 1 or codings[0] not in _KNOWN:
        raise failed(Outcome.UNDECODABLE, f"expected one content coding of {ACCEPT_ENCODING}, found {quoted(values)}")
    return codings[0].removeprefix("x-")


_KNOWN = {"gzip", "x-gzip", "deflate", "br", "zstd"}


def _stream(coding: str) -> _Stream:
    if coding == "br":
        return _Brotli()
    if coding == "zstd":
        return _Zstd()
    return _Identity() if coding == "identity" else _Zlib(gzip=coding == "gzip")


class Body:
    """A body that grows piece by piece inside its limits; ``wire`` counts bytes received, ``size`` bytes decoded."""

    def __init__(self, coding: str, limits: FetchLimits) -> None:
        self.wire = 0
        self.size = 0
        self.coding = coding
        self._limits = limits
        self._stream = _stream(coding)
        self._pieces: list[bytes] = []

    def feed(self, data: bytes) -> Iterator[int]:
        """Decode more bytes; yield ``size`` after each piece so that a caller can rest or stop.

        Raise FetchFailed: too large, or damaged.
        """
        self.wire += len(data)
        self._check()
        try:
            for piece in self._stream.feed(data):
                self.size += len(piece)
                self._check()
                self._pieces.append(piece)
                yield self.size
        except (zlib.error, brotli.error, zstandard.ZstdError) as error:
            raise failed(Outcome.TRUNCATED, f"damaged {self.coding} body: {quoted(error)}") from error

    def finish(self) -> bytes:
        """Return the whole body; raise FetchFailed when its coding did not come to an end."""
        if self.wire and not self._stream.ended:
            raise failed(Outcome.TRUNCATED, f"the {self.coding} body ends before its end, after {self.wire} bytes")
        return self.so_far()

    def so_far(self) -> bytes:
        """Return what was decoded until now."""
        return b"".join(self._pieces)

    def _check(self) -> None:
        limits = self._limits
        if self.wire > limits.max_wire:
            raise failed(Outcome.TOO_LARGE, f"more than {limits.max_wire} bytes received", permanent=True)
        if self.size > limits.max_decoded:
            raise failed(Outcome.TOO_LARGE, f"more than {limits.max_decoded} bytes decoded", permanent=True)
        if self.size > max(limits.ratio_from, limits.max_ratio * self.wire):
            detail = f"{self.wire} bytes of {self.coding} grew more than {limits.max_ratio:g} times"
            raise failed(Outcome.TOO_LARGE, detail, permanent=True)
