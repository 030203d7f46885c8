"""A part of one WARC file: records in, items out. Runs in a worker process; the one parser of a kind that reads a file.

Takes the pages that were answered with 200 and HTML, with their bodies decoded within bounds, and says where to go on.
Does not choose files, and opens no other than the one it is given. Record positions are those of the file, so a file of
a gigabyte (CC-NEWS) is read in parts, and one that is still being written from where it ended; a file that was
compressed as a whole has none, and its records are counted.
Source of the form: ISO 28500:2017 (WARC 1.1).
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
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
_HEAD = 1_024
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to go on in a file: a byte at which a record starts, and how many answers from there are done.

    It holds while the file is at least ``size`` bytes long and begins as it did: ``head`` is the SHA-256 (hex) of its
    first 1024 bytes, or of all ``size`` if it had fewer.
    """

    offset: int = 0
    done: int = 0
    size: int = 0
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a part of a file holds; of equal keys the page that was fetched last.

    ``place`` is where to go on, after the end when the file has grown. ``is_last`` says that the file ended, ``broken``
    why it cannot be read further.
    """

    items: tuple[NewItem, ...]
    place: Place
    skipped: tuple[str, ...] = ()
    is_last: bool = True
    broken: str | None = None


@dataclass(slots=True)
class _Taken:
    items: list[NewItem] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    bytes: int = 0
    last: int = 0
    number: int = 0
    seen: int = 0
    whole: bool = True

    def is_full(self, limit: int) -> bool:
        return len(self.items) >= limit or self.bytes >= _MAX_PART

    def add(self, found: NewItem | str | None, position: int, number: int) -> None:
        self.last, self.number, self.seen = position, number, self.seen + 1
        if isinstance(found, NewItem):
            self.items.append(found)
            self.positions.append(position)
            self.bytes += len(found.payload or b"")
        elif found and len(self.skipped) < _MAX_MESSAGES:
            self.skipped.append(f"record at byte {position}: {found}")

    def drop_last(self) -> None:
        """Forget what the last record gave: it is to be read again."""
        self.whole = False
        self.items = [item for item, position in zip(self.items, self.positions, strict=True) if position != self.last]
        self.skipped = [message for message in self.skipped if not message.startswith(f"record at byte {self.last}:")]

    def latest(self) -> tuple[NewItem, ...]:
        """Return the items, of equal keys the one that was fetched last."""
        ranked = sorted(self.items, key=lambda item: item.payload_at or _LONG_AGO)
        chosen = {item.key: item for item in ranked}
        return tuple(item for item in self.items if chosen[item.key] is item)


def read_part(path: str, start: Place, host: str, limit: int) -> Part:
    """Return at most ``limit`` pages of a file from ``start`` on, as items of ``host``; never raises on any bytes.

    A file that does not begin as it did, or is shorter than it was, is read from its beginning.
    """
    taken = _Taken()
    try:
        with open(path, "rb") as file:
            start = _valid(file, start)
            file.seek(start.offset)
            is_last = _take(file, start, host, limit, taken)
            broken = _fault(file, start, taken) if is_last else None
            return Part(
                items=taken.latest(),
                place=_after(file, start, taken),
                skipped=tuple(taken.skipped),
                is_last=is_last,
                broken=broken,
            )
    except OSError as error:
        known = f"after byte {taken.last}" if taken.seen else "at its start"
        why = f"expected a WARC record {known}: {error.strerror or error}"
        return Part(items=taken.latest(), place=start, skipped=tuple(taken.skipped), broken=why)


def _valid(file: IO[bytes], known: Place) -> Place:
    """Return a place with the file's size and head as they are: the known one, or the start of another file."""
    size = os.fstat(file.fileno()).st_size
    head = file.read(_HEAD)
    has_grown = size >= known.size and _digest(head[: known.size]) == known.head
    file.seek(known.offset)
    is_record = not known.offset or file.read(5).startswith(_STARTS)
    here = known if has_grown and is_record else Place()
    return replace(here, size=size, head=_digest(head))


def _digest(head: bytes) -> str:
    return hashlib.sha256(head).hexdigest()


def _take(file: IO[bytes], start: Place, host: str, limit: int, taken: _Taken) -> bool:
    """Take items until there are enough; say whether the file ended before."""
    for number, record in enumerate(_answers(file)):
        if number < start.done:
            continue
        if taken.is_full(limit):
            return False
        taken.add(_item(record, host), record.stream_pos, number)
    return True


def _fault(file: IO[bytes], start: Place, taken: _Taken) -> str | None:
    """Return why a file that was read to its end is not whole; what its last record gave is forgotten then."""
    if taken.seen and not _is_whole(file, taken.last):
        taken.drop_last()
        return f"it ends within the record at byte {taken.last}"
    return None if start.size else "expected a WARC file, found an empty one"


def _answers(file: IO[bytes]) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    yield from ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True, auto_decode="all")


def _after(file: IO[bytes], start: Place, taken: _Taken) -> Place:
    """Return the place after the last record taken: by its byte if a record starts there, else by its number."""
    if not taken.seen:
        return start
    with open(file.name, "rb") as again:
        again.seek(taken.last)
        starts = taken.last > start.offset and again.read(5).startswith(_STARTS)
    if starts:
        return replace(start, offset=taken.last, done=int(taken.whole))
    return replace(start, done=taken.number + taken.whole)


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
        moment = datetime.fromisoformat(record.headers.get("WARC-Date") or "")
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
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
