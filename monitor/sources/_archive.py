"""A part of one WARC file: records in, items out. Runs in a worker process; the one parser of a kind that reads a file.

Takes the pages that were answered with 200 and HTML, with their bodies decoded within bounds, and says where to go on.
Does not choose files, and opens no other than the one it is given. Record positions are those of the file, so a file of
a gigabyte (CC-NEWS) is read in parts; one that was compressed as a whole has none, and its records are counted.
Source of the form: ISO 28500:2017 (WARC 1.1).
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

from monitor.urls import is_web, url_key
from storage.records import NewItem

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

__all__ = ["Part", "Place", "read_part"]

_MAX_BODY = 10_000_000  # bytes, decoded: what a fetch takes by default
_MAX_PART = 16_000_000  # bytes of bodies that one part hands over
_MAX_TAIL = 64_000_000  # bytes of a last record that are looked at
_MAX_MESSAGES = 20
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_STARTS = (b"WARC/", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18")  # plain, gzip, zstd, lz4
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to go on in a file: a byte at which a record starts, and how many answers from there are done."""

    offset: int = 0
    done: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a part of a file holds. ``next`` is None at its end; ``broken`` says why it cannot be read further."""

    items: tuple[NewItem, ...]
    skipped: tuple[str, ...] = ()
    next: Place | None = None
    broken: str | None = None


@dataclass(slots=True)
class _Taken:
    items: list[NewItem] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    bytes: int = 0
    last: int = 0
    seen: int = 0

    def is_full(self, limit: int) -> bool:
        return len(self.items) >= limit or self.bytes >= _MAX_PART

    def add(self, found: NewItem | str | None, position: int) -> None:
        self.last, self.seen = position, self.seen + 1
        if isinstance(found, NewItem):
            self.items.append(found)
            self.positions.append(position)
            self.bytes += len(found.payload or b"")
        elif found and len(self.skipped) < _MAX_MESSAGES:
            self.skipped.append(f"record at byte {position}: {found}")

    def drop_last(self) -> None:
        """Forget what the last record gave."""
        self.items = [item for item, position in zip(self.items, self.positions, strict=True) if position != self.last]
        self.skipped = [message for message in self.skipped if not message.startswith(f"record at byte {self.last}:")]


def read_part(path: str, start: Place, host: str, limit: int) -> Part:
    """Return at most ``limit`` pages of a file from ``start`` on, as items of ``host``; never raises on any bytes."""
    taken = _Taken()
    try:
        with open(path, "rb") as file:
            file.seek(start.offset)
            following = _take(file, start, host, limit, taken)
            if following is not None:
                return _part(taken, following=following)
            if taken.seen and not _is_whole(file, taken.last):
                taken.drop_last()
                return _part(taken, broken=f"it ends within the record at byte {taken.last}")
    except OSError as error:
        known = f"after byte {taken.last}" if taken.seen else "at its start"
        return _part(taken, broken=f"expected a WARC record {known}: {error.strerror or error}")
    if not start.offset and not start.done and os.path.getsize(path) == 0:
        return _part(taken, broken="expected a WARC file, found an empty one")
    return _part(taken)


def _part(taken: _Taken, *, following: Place | None = None, broken: str | None = None) -> Part:
    return Part(items=tuple(taken.items), skipped=tuple(taken.skipped), next=following, broken=broken)


def _take(file: IO[bytes], start: Place, host: str, limit: int, taken: _Taken) -> Place | None:
    """Take items until there are enough; return where to go on, None at the end of the file."""
    for number, record in enumerate(_answers(file)):
        if number < start.done:
            continue
        if taken.is_full(limit):
            return _place(file, record.stream_pos, start, number)
        taken.add(_item(record, host), record.stream_pos)
    return None


def _answers(file: IO[bytes]) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    yield from ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all")


def _place(file: IO[bytes], position: int, start: Place, number: int) -> Place:
    """Return the place of the next record: its byte if one starts there, else its number."""
    with open(file.name, "rb") as again:
        again.seek(position)
        starts = position > start.offset and again.read(5).startswith(_STARTS)
    return Place(offset=position) if starts else Place(offset=start.offset, done=number)


def _item(record: WarcRecord, host: str) -> NewItem | str | None:
    """Return the page of a record; None for an answer that is no page, a message for one that cannot be used."""
    if not record.http_headers or record.http_headers.status_code != 200 or record.http_content_type not in _HTML:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    if not is_web(url):
        return f"expected the address of a page, found {url[:80]!r}"
    try:
        body = record.reader.read(_MAX_BODY + 1)
    except (OSError, ValueError) as error:
        return f"its body cannot be decoded ({url[:80]}): {error}"
    if not body or len(body) > _MAX_BODY:
        return f"its body {'is empty' if not body else f'has more than {_MAX_BODY} bytes'} ({url[:80]})"
    return NewItem(
        url=url,
        key=url_key(url),
        host=host,
        version=record.headers.get("WARC-Payload-Digest") or hashlib.sha256(body).hexdigest(),
        payload=body,
        payload_type=record.http_headers.get("Content-Type"),
        payload_at=_fetched_at(record),
    )


def _fetched_at(record: WarcRecord) -> datetime | None:
    try:
        return datetime.fromisoformat(record.headers.get("WARC-Date") or "").replace(tzinfo=UTC)
    except ValueError:
        return None


def _is_whole(file: IO[bytes], position: int) -> bool:
    """Say whether the file ends where its last record does; what was compressed as a whole is taken for whole."""
    with open(file.name, "rb") as again:
        again.seek(position)
        tail = again.read(_MAX_TAIL)
    if tail.startswith(b"\x1f\x8b"):
        return _ends_well(tail)
    return not tail.startswith(b"WARC/") or len(tail) == _MAX_TAIL or tail.endswith(_END)


def _ends_well(members: bytes) -> bool:
    """Say whether the last member of some gzip members is complete."""
    while members:
        inflater = zlib.decompressobj(wbits=31)
        try:
            rest = members
            while rest and not inflater.eof:
                inflater.decompress(rest, 1_000_000)
                rest = inflater.unconsumed_tail
        except zlib.error:
            return False
        if not inflater.eof:
            return False
        members = inflater.unused_data
    return True
