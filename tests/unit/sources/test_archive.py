"""WARC files become pages, part by part, whatever state they are in."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.sources import kinds
from monitor.sources._archive import Part, Place, read_part
from monitor.types import Collected, Failed, FolderEntry, Unchanged
from storage.records import Outcome
from tests.contract.fake_port import FakePort, state_of

ARCHIVE = kinds()["archive"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def record(
    name: str,
    body: bytes,
    *headers: str,
    kind: str = "response",
    status: str = "200 OK",
    media: str = "text/html; charset=gbk",
    uri: str = "",
) -> bytes:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {media}", *headers, "", ""])
    http = head.encode() + body
    fields = [
        "WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {uri or f'https://a.example/{name}'}",
        "WARC-Date: 2023-07-02T00:30:00Z", f"WARC-Record-ID: <urn:uuid:{name}>",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(http)}", "", "",
    ]  # fmt: skip
    return "\r\n".join(fields).encode() + http + b"\r\n\r\n"


PAGES = [record(str(number), f"<p>page {number}".encode()) for number in range(5)]
BIG = record("x", b"<p>" + b"x" * 2_000)
WAYS = {
    "plain": b"".join(PAGES),
    "record by record": b"".join(map(gzip.compress, PAGES)),
    "as a whole": gzip.compress(b"".join(PAGES)),
}
each_way = pytest.mark.parametrize("data", WAYS.values(), ids=WAYS.keys())


def read(path: Path, data: bytes, start: Place = Place(), limit: int = 100) -> Part:  # noqa: B008 - frozen
    path.write_bytes(data)
    return read_part(str(path), start, "archive", limit)


def names(part: Part) -> list[str]:
    return [item.url.rpartition("/")[2] for item in part.items]


@each_way
def test_every_page_is_an_item_with_its_bytes_and_its_own_address(tmp_path: Path, data: bytes) -> None:
    part = read(tmp_path / "a.warc", data)

    assert [(item.url, item.payload, item.payload_type, item.host) for item in part.items] == [
        (f"https://a.example/{n}", f"<p>page {n}".encode(), "text/html; charset=gbk", "archive") for n in range(5)
    ]
    assert len({item.version for item in part.items}) == 5
    assert (part.is_last, part.broken, part.skipped) == (True, None, ())


@each_way
@pytest.mark.parametrize("limit", [1, 2, 4])
def test_parts_add_up_to_the_file(tmp_path: Path, data: bytes, limit: int) -> None:
    part = read(tmp_path / "a.warc", data, limit=limit)
    found = names(part)
    while not part.is_last:
        part = read(tmp_path / "a.warc", data, part.place, limit)
        assert part.broken is None
        assert len(part.items) <= limit
        found += names(part)

    assert found == list("01234")
    assert names(read(tmp_path / "a.warc", data, part.place)) == []


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "record by record"])
@pytest.mark.parametrize("cut", [0, 1, 30], ids=["whole", "a byte short", "a record short"])
def test_file_that_grows_is_read_on_from_where_it_ended(
    tmp_path: Path, pack: Callable[[bytes], bytes], cut: int
) -> None:
    packed = list(map(pack, PAGES))
    first = b"".join(packed[:3])
    one = read(tmp_path / "a.warc", first[: len(first) - cut])

    two = read(tmp_path / "a.warc", b"".join(packed), one.place)

    assert names(one) + names(two) == list("01234")
    assert two.broken is None


@pytest.mark.parametrize(
    "other",
    [record("y", b"<p>other") + BIG + PAGES[1] + PAGES[2], BIG, BIG + record("y", b"<p>" + b"y" * 2_000)],
    ids=["begins otherwise", "shorter", "no record there"],
)
def test_file_that_was_written_anew_is_read_from_its_beginning(tmp_path: Path, other: bytes) -> None:
    before = read(tmp_path / "a.warc", BIG + PAGES[1] + PAGES[2])

    assert "x" in names(read(tmp_path / "a.warc", other, before.place))


def test_of_two_visits_to_a_page_the_later_one_counts(tmp_path: Path) -> None:
    dates = ("2023-07-02T08:00:00+08:00", "2023-07-02T03:00:00Z", "2023-07-02T02:00:00Z", "at noon")
    data = b"".join(
        record("a", f"<p>{date}".encode()).replace(b"2023-07-02T00:30:00Z", date.encode()) for date in dates
    )

    (item,) = read(tmp_path / "a.warc", data).items

    assert item.payload == b"<p>2023-07-02T03:00:00Z"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2023-07-02T00:30:00Z", datetime(2023, 7, 2, 0, 30, tzinfo=UTC)),
        ("2023-07-02T08:30:00+08:00", datetime(2023, 7, 2, 0, 30, tzinfo=UTC)),
        ("2023-07-02T00:30:00", datetime(2023, 7, 2, 0, 30, tzinfo=UTC)),
        ("0001-01-01T00:00:00+08:00", None),
        ("yesterday", None),
    ],
    ids=["UTC", "with an offset", "without a zone", "before all times", "no date"],
)
def test_time_of_the_visit_is_in_utc(tmp_path: Path, written: str, expected: datetime | None) -> None:
    (item,) = read(tmp_path / "a.warc", PAGES[0].replace(b"2023-07-02T00:30:00Z", written.encode())).items

    assert item.payload_at == expected


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress("<p>百模大战".encode()), ["Content-Encoding: gzip"]),
        ("f\r\n<p>百模大战\r\n0\r\n\r\n".encode(), ["Transfer-Encoding: chunked"]),
    ],
    ids=["gzip", "chunked"],
)
def test_body_is_decoded(tmp_path: Path, body: bytes, headers: list[str]) -> None:
    (item,) = read(tmp_path / "a.warc", record("a", body, *headers)).items

    assert item.payload == "<p>百模大战".encode()


@pytest.mark.parametrize(
    "other",
    [
        record("x", b"<p>", kind="request"),
        record("x", b"<p>", kind="revisit"),
        record("x", b"<p>gone", status="404 Not Found"),
        record("x", b"{}", media="application/json"),
    ],
    ids=["request", "revisit", "status", "type"],
)
def test_what_is_no_page_is_passed_over(tmp_path: Path, other: bytes) -> None:
    part = read(tmp_path / "a.warc", PAGES[0] + other + PAGES[1])

    assert names(part) == ["0", "1"]
    assert part.skipped == ()


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (record("x", b"<p>", uri="dns:a.example"), "expected the address of a page, found 'dns:a.example'"),
        (record("x", b""), "its body is empty"),
        (record("x", gzip.compress(b"0" * 10_000_001), "Content-Encoding: gzip"), "has more than 10000000 bytes"),
    ],
    ids=["address", "empty", "bomb"],
)
def test_page_that_cannot_be_used_is_named_and_the_others_stay(tmp_path: Path, other: bytes, message: str) -> None:
    part = read(tmp_path / "a.warc", PAGES[0] + other + PAGES[1])

    assert names(part) == ["0", "1"]
    assert len(part.skipped) == 1
    assert part.skipped[0].startswith(f"record at byte {len(PAGES[0])}: ")
    assert message in part.skipped[0]


@pytest.mark.parametrize(
    ("data", "found", "reason"),
    [
        (b"", [], "expected a WARC file, found an empty one"),
        (b"<html>not an archive" * 50, [], "expected a WARC record at its start"),
        (gzip.compress(b"<html>not an archive" * 50), [], "expected a WARC record at its start"),
        (WAYS["plain"][:-30], list("0123"), "it ends within the record at byte"),
        (WAYS["record by record"][:-30], list("0123"), "it ends within the record at byte"),
        (PAGES[0] + b"\0" * 400 + PAGES[1], ["0"], "expected a WARC record"),
    ],
    ids=["empty", "page", "packed page", "cut", "packed and cut", "damaged"],
)
def test_broken_file_gives_what_is_whole_and_one_reason(
    tmp_path: Path, data: bytes, found: list[str], reason: str
) -> None:
    part = read(tmp_path / "a.warc", data)

    assert names(part) == found
    assert part.broken is not None
    assert part.broken.startswith(reason)
    assert part.is_last


def source(path: Path, limit: int = 2) -> Any:
    return ARCHIVE.Settings(id="news", kind="archive", path=str(path), limit=limit)


def entries(*paths: Path) -> tuple[FolderEntry, ...]:
    return tuple(FolderEntry(path=str(path), version=str(path.stat().st_size)) for path in paths)


async def ask(settings: Any, cursor: dict[str, Any], files: tuple[FolderEntry, ...]) -> Any:
    state = replace(state_of("news", "archive", "file:///x", "folder:news"), cursor=json.loads(json.dumps(cursor)))
    return await ARCHIVE.collect(settings, state, FakePort(entries=files))


async def poll(settings: Any, cursor: dict[str, Any], files: tuple[FolderEntry, ...]) -> Collected:
    collected = await ask(settings, cursor, files)
    assert isinstance(collected, Collected)
    return collected


@pytest.mark.anyio
async def test_polls_go_on_where_the_last_one_stopped_and_then_rest(tmp_path: Path) -> None:
    first, second = tmp_path / "1.warc", tmp_path / "2.warc.gz"
    first.write_bytes(b"".join(PAGES[:3]))
    second.write_bytes(gzip.compress(PAGES[3]) + gzip.compress(PAGES[4]))
    found: list[Any] = []
    cursor: dict[str, Any] = {}
    for _ in range(3):
        collected = await poll(source(tmp_path), cursor, entries(first, second))
        found.append([item.url[-1] for item in collected.found])
        cursor = collected.cursor

    assert found == [["0", "1"], ["2"], ["3", "4"]]
    assert await ask(source(tmp_path), cursor, entries(first, second)) == Unchanged(status=None)


@pytest.mark.anyio
async def test_file_that_grows_between_the_polls_is_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "1.warc"
    found: list[Any] = []
    cursor: dict[str, Any] = {}
    for number in range(5):
        file.write_bytes(b"".join(PAGES[: number + 1]))
        collected = await poll(source(tmp_path, limit=1), cursor, entries(file))
        found += [item.url[-1] for item in collected.found]
        cursor = collected.cursor

    assert found == list("01234")


@pytest.mark.anyio
async def test_file_that_grows_at_every_poll_lets_others_have_their_turn(tmp_path: Path) -> None:
    grows, other = tmp_path / "1.warc", tmp_path / "2.warc"
    other.write_bytes(PAGES[4])
    found: list[Any] = []
    cursor: dict[str, Any] = {}
    for number in range(3):
        grows.write_bytes(b"".join(PAGES[: number + 1]))
        collected = await poll(source(tmp_path), cursor, entries(grows, other))
        found += [item.url[-1] for item in collected.found]
        cursor = collected.cursor

    assert sorted(found) == list("0124")


@pytest.mark.anyio
async def test_file_written_anew_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "1.warc"
    file.write_bytes(PAGES[0])
    before = await poll(source(tmp_path), {}, entries(file))
    file.write_bytes(PAGES[1] + PAGES[0])

    after = await poll(source(tmp_path), before.cursor, entries(file))

    assert len(after.found) == 2


@pytest.mark.anyio
async def test_file_that_was_repaired_is_no_longer_named(tmp_path: Path) -> None:
    file = tmp_path / "1.warc"
    file.write_bytes(PAGES[0] + PAGES[1][:-30])
    before = await poll(source(tmp_path), {}, entries(file))
    file.write_bytes(PAGES[0] + PAGES[1])

    after = await poll(source(tmp_path), before.cursor, entries(file))

    assert (len(before.notices), after.notices) == (1, ())
    assert [item.url[-1] for item in (*before.found, *after.found)] == ["0", "1"]


@pytest.mark.anyio
async def test_broken_file_is_named_at_every_poll_and_the_next_file_is_read(tmp_path: Path) -> None:
    first, second = tmp_path / "1.warc", tmp_path / "2.warc"
    first.write_bytes(b"junk" * 100)
    second.write_bytes(PAGES[0])

    one = await poll(source(tmp_path), {}, entries(first, second))
    two = await poll(source(tmp_path), one.cursor, entries(first, second))

    assert (len(one.found), len(two.found)) == (0, 1)
    assert one.notices == two.notices
    assert one.notices[0][1].startswith("1.warc: expected a WARC record at its start")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("path", "listed"),
    [
        ("/srv/a.warc.gz", ("/srv", ("a.warc.gz",))),
        ("/srv/news", ("/srv/news", ("*.warc", "*.warc.gz"))),
        ("/srv/CC-NEWS-2023*.warc.gz", ("/srv", ("CC-NEWS-2023*.warc.gz",))),
    ],
    ids=["file", "folder", "pattern"],
)
async def test_path_is_a_file_a_folder_or_a_pattern(path: str, listed: tuple[str, tuple[str, ...]]) -> None:
    port = FakePort()

    await ARCHIVE.collect(source(Path(path)), state_of("news", "archive", "file:///x", "folder:news"), port)

    assert port.listed == [listed]


@pytest.mark.anyio
async def test_missing_file_is_an_error_of_the_source() -> None:
    state = state_of("news", "archive", "file:///x", "folder:news")

    collected = await ARCHIVE.collect(source(Path("/srv/a.warc")), state, FakePort())

    assert collected == Failed(reason=Outcome.UNREACHABLE, detail="there is no file /srv/a.warc")
