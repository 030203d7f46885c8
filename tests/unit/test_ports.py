"""What a visit may do to the world: robots, pauses, unchanged bodies, folders."""

import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pytest

from alerts.channels import HttpReply, Refused, Retry
from monitor.ports import DeliveryPort, Pace, VisitPort, body_hash
from monitor.types import Failed, Fetched, FolderEntry, Unchanged
from storage.errors import LeaseLost
from storage.records import Item, Outcome, SourceState, Validators
from tests.flow.world import START, World
from tests.site.answers import conditional, redirect, status, text
from tests.site.server import Site

pytestmark = pytest.mark.anyio

BODY = "<p>body</p>"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@asynccontextmanager
async def visiting(root: Path, source: dict[str, Any], site: Site | None = None, **more: Any) -> AsyncIterator[Any]:
    """Give a function that makes the port of one source, with what the store knows of it changed as asked."""
    async with World.open(root, sources=[source], site=site, **more) as world:
        rt = world.daemon.rt

        def port(pace: Pace | None = None, **known: Any) -> VisitPort:
            state = replace(_state(source), **known)
            return VisitPort(rt, pace or Pace(0.0, time.monotonic), rt.sources[source["id"]], state)

        yield port


def feed(site: Site, **more: Any) -> dict[str, Any]:
    return {"id": "feed", "kind": "feed", "url": site.url("/feed.xml"), **more}


def _state(source: dict[str, Any]) -> SourceState:
    return SourceState(
        id=source["id"],
        kind=source["kind"],
        url="",
        host="h",
        group=None,
        due_at=START,
        interval_s=900,
        failures=0,
        validators=Validators(),
        body_hash=None,
        cursor={},
        last_polled_at=None,
        last_success_at=None,
        last_new_at=None,
        last_error=None,
    )


def item(url: str, **changes: Any) -> Item:
    whole = Item(
        id=1,
        source_id="inbox",
        url=url,
        key="k",
        host="h",
        title=None,
        published=None,
        authors=(),
        version=None,
        payload=None,
        payload_type=None,
        payload_at=None,
        attempts=0,
        discovered_at=START,
    )
    return replace(whole, **changes)


# ------------------------------------------------------------------------------------------------ the web


async def test_what_robots_disallows_is_not_asked_for(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/robots.txt", text("User-agent: *\nDisallow: /private/"))
        async with visiting(tmp_path, feed(site), site) as port:
            refused = await port().get(site.url("/private/1"))
        assert refused == Failed(reason=Outcome.ROBOTS, detail="robots.txt disallows it", permanent=True)
        assert site.hits("/private/1") == 0


async def test_robots_can_be_left_unasked(tmp_path: Path) -> None:
    settings = {"fetch": {"robots": False, "delay": "0s"}}
    async with Site.start() as site, visiting(tmp_path, feed(site), site, settings=settings) as port:
        await port().get(site.url("/a/000"))
        assert site.hits("/robots.txt") == 0


async def test_robots_that_cannot_be_asked_put_the_page_off(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/robots.txt", status(503))
        async with visiting(tmp_path, feed(site), site) as port:
            answer = await port().get(site.url("/a/000"))
        assert isinstance(answer, Failed)
        assert not answer.permanent
        assert site.hits("/a/000") == 0


async def test_a_crawl_delay_slows_the_visit(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/robots.txt", text("User-agent: *\nCrawl-delay: 7"))
        pace = Pace(2.0, time.monotonic)
        async with visiting(tmp_path, feed(site), site) as port:
            await port(pace).get(site.url("/a/000"))
        assert pace.delay_s == 7.0


async def test_a_pause_that_the_host_asks_for_is_remembered(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/busy", status(429, **{"Retry-After": "600"}), status(503, **{"Retry-After": "120"}))
        pace = Pace(0.0, time.monotonic)
        async with visiting(tmp_path, feed(site), site) as port:
            for _ in range(2):
                await port(pace).get(site.url("/busy"))
        assert pace.pause_s == 600.0
        assert "429" in pace.reason or "503" in pace.reason


@pytest.mark.parametrize(
    ("known", "asks_again"),
    [
        pytest.param(body_hash(BODY.encode()), False, id="the same body"),
        pytest.param(body_hash(b"other"), True, id="another body"),
        pytest.param(None, True, id="the first poll"),
    ],
)
async def test_a_body_equal_to_the_last_polls_is_unchanged(tmp_path: Path, known: str | None, asks_again: bool) -> None:
    async with Site.start() as site:
        site.route("/page", text(BODY, "text/html"))
        async with visiting(tmp_path, feed(site), site) as port:
            polled = await port(body_hash=known).get(site.url("/page"), conditional=True)
            plain = await port(body_hash=known).get(site.url("/page"))
    assert isinstance(polled, Fetched if asks_again else Unchanged)
    assert isinstance(plain, Fetched)


async def test_validators_are_sent_on_polls_only(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/page", conditional(text(BODY, "text/html"), etag='"1"'))
        async with visiting(tmp_path, feed(site), site) as port:
            known = port(validators=Validators(etag='"1"'))
            assert isinstance(await known.get(site.url("/page"), conditional=True), Unchanged)
            assert isinstance(await known.get(site.url("/page")), Fetched)


async def test_a_sources_own_headers_go_to_its_own_host_only(tmp_path: Path) -> None:
    async with Site.start() as site, Site.start(bind="127.0.0.2") as other:
        site.route("/away", redirect(other.url("/a/000")))
        source = feed(site, headers={"Authorization": "Bearer t"})
        settings = {"network": {"allow": [site.address, other.address]}, "fetch": {"delay": "0s"}}
        async with visiting(tmp_path, source, site, settings=settings) as port:
            await port().get(site.url("/feed.xml"))
            await port().get(other.url("/a/001"))
            await port().get(site.url("/away"))
        assert site.last("/feed.xml").headers["authorization"] == "Bearer t"
        assert all("authorization" not in seen.headers for seen in other.log)
        assert other.hits("/a/000") == other.hits("/a/001") == 1


async def test_requests_of_a_visit_keep_their_distance() -> None:
    now = 100.0
    pace = Pace(0.05, lambda: now)
    with anyio.fail_after(5):
        await pace.wait()  # the first at once
    started = time.monotonic()
    await pace.wait()
    assert time.monotonic() - started >= 0.049


async def test_what_a_visit_holds_is_renewed_for_the_whole_wait_before_it_begins() -> None:
    renewed: list[float] = []

    async def renew(wait_s: float) -> None:
        renewed.append(wait_s)
        if wait_s:
            raise LeaseLost("somebody else has it")

    pace = Pace(600.0, lambda: 0.0, renew)
    await pace.wait()
    with anyio.fail_after(5), pytest.raises(LeaseLost):
        await pace.wait()
    assert renewed == [0.0, 600.0]


@pytest.mark.parametrize(
    ("walls", "paused"),
    [([True], False), ([True, False, True], False), ([True, True], True)],
    ids=["one", "not in a row", "two in a row"],
)
def test_two_walls_in_a_row_pause_the_host(walls: list[bool], paused: bool) -> None:
    pace = Pace(0.0, time.monotonic)
    for wall in walls:
        pace.met(wall=wall)
    assert (pace.pause_s, pace.reason) == ((1_800.0, "2 pages in a row were blocked") if paused else (None, ""))


# ------------------------------------------------------------------------------------------------ folders


async def listed(root: Path, folder: Path, *patterns: str) -> tuple[FolderEntry, ...] | Failed:
    source = {"id": "inbox", "kind": "folder", "path": str(folder)}
    async with visiting(root, source) as port:
        found: tuple[FolderEntry, ...] | Failed = await port().list_folder(str(folder), patterns or ("*.txt",))
        return found


async def test_regular_files_that_match_are_listed_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / "deeper.txt").mkdir(parents=True)
    for name in ("b.txt", "a.txt", "c.md", ".hidden.txt", "文章.txt"):
        (folder / name).write_text("x")
    os.mkfifo(folder / "pipe.txt")
    found = await listed(tmp_path, folder)
    assert not isinstance(found, Failed)
    assert [Path(one.path).name for one in found] == [".hidden.txt", "a.txt", "b.txt", "文章.txt"]


async def test_links_out_of_a_folder_do_not_count_and_links_inside_count_once(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "gone.txt").symlink_to(folder / "nothing.txt")
    (folder / "loop.txt").symlink_to(folder / "loop.txt")
    (folder / "a.txt").write_text("a")
    (folder / "again.txt").symlink_to(folder / "a.txt")
    found = await listed(tmp_path, folder)
    assert not isinstance(found, Failed)
    assert [one.path for one in found] == [str(folder / "a.txt")]


async def test_a_changed_file_has_another_version(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    before = await listed(tmp_path / "1", folder)
    (folder / "a.txt").write_text("xy")
    assert await listed(tmp_path / "2", folder) != before


@pytest.mark.parametrize("name", ["nothing", "a-file"])
async def test_a_folder_that_cannot_be_listed_is_unreachable(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").touch()
    found = await listed(tmp_path / "world", tmp_path / name)
    assert isinstance(found, Failed)
    assert (found.reason, found.permanent) == (Outcome.UNREACHABLE, False)
    assert name in found.detail


async def brought(root: Path, url: str, **changes: Any) -> Fetched | Failed:
    source = {"id": "inbox", "kind": "folder", "path": str(root / "inbox")}
    (root / "inbox").mkdir(exist_ok=True)
    async with visiting(root, source, settings={"fetch": {"max_bytes": 1_000}}) as port:
        found: Fetched | Failed = await port().bring(item(url, **changes))
        return found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (b"a.txt", "text/plain"),
        (b"a.HTML", "text/html"),
        ("第 1%篇#.txt".encode(), "text/plain"),
        (b"\xd6\xd0.txt", "text/plain"),
    ],
    ids=["text", "HTML", "an odd name", "a name in GBK"],
)
async def test_a_file_is_read_with_its_kind(tmp_path: Path, name: bytes, kind: str) -> None:
    path = tmp_path / "inbox" / os.fsdecode(name)
    path.parent.mkdir()
    path.write_text("正文", encoding="utf-8")
    found = await brought(tmp_path, path.as_uri())
    assert isinstance(found, Fetched)
    assert (found.body.decode(), found.content_type) == ("正文", kind)


@pytest.mark.parametrize(
    ("size", "too_large"),
    [(1_000, False), (1_001, True), (5_000_000, True)],
    ids=["at the limit", "beyond", "far beyond"],
)
async def test_a_file_that_is_too_large_is_refused(tmp_path: Path, size: int, too_large: bool) -> None:
    path = tmp_path / "inbox" / "a.txt"
    path.parent.mkdir()
    path.write_bytes(b"x" * size)
    found = await brought(tmp_path, path.as_uri())
    assert isinstance(found, Failed) is too_large
    assert not isinstance(found, Failed) or (found.reason, found.permanent) == (Outcome.TOO_LARGE, True)


@pytest.mark.parametrize(
    ("url", "reason", "permanent"),
    [
        ("file:///etc/passwd", Outcome.REFUSED, True),
        ("file://{root}/inbox/../secret.txt", Outcome.REFUSED, True),
        ("file://{root}/inbox/%2e%2e/secret.txt", Outcome.REFUSED, True),
        ("file://{root}/inbox/link.txt", Outcome.REFUSED, True),
        ("file://{root}/inbox/gone.txt", Outcome.GONE, True),
        ("file://{root}/inbox/folder.txt", Outcome.UNREACHABLE, False),
    ],
)
async def test_a_file_that_is_not_the_folders_is_refused(
    tmp_path: Path, url: str, reason: Outcome, permanent: bool
) -> None:
    (tmp_path / "inbox" / "folder.txt").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "inbox" / "link.txt").symlink_to(tmp_path / "secret.txt")
    found = await brought(tmp_path, url.format(root=tmp_path))
    assert isinstance(found, Failed)
    assert (found.reason, found.permanent) == (reason, permanent)


async def test_an_archive_asks_nothing_of_the_network(tmp_path: Path) -> None:
    async with Site.start() as site:
        source = {"id": "kept", "kind": "archive", "path": str(tmp_path)}
        async with visiting(tmp_path / "watch", source, site) as port:
            answer = await port().get(site.url("/a/002_2.html"))

    assert isinstance(answer, Failed)
    assert answer.permanent
    assert site.log == []


async def test_bytes_that_an_item_carries_are_not_fetched(tmp_path: Path) -> None:
    found = await brought(tmp_path, "http://192.0.2.1/a", payload=b"<p>x", payload_type="text/html")
    assert isinstance(found, Fetched)
    assert (found.body, found.content_type, found.final_url) == (b"<p>x", "text/html", "http://192.0.2.1/a")


# ------------------------------------------------------------------------------------------------ channels


async def test_a_message_is_posted_through_the_address_guard(tmp_path: Path) -> None:
    async with Site.start() as site, Site.start() as canary, World.open(tmp_path, sources=[feed(site)], site=site) as w:
        site.route("/hook", status(204))
        site.route("/away", redirect(canary.url("/hook"), 307))
        port = DeliveryPort(w.daemon.rt.fetcher, w.data)

        async def post(url: str) -> HttpReply | Retry | Refused:
            return await port.post(url, body=b"{}", headers={"X-A": "b"}, timeout_s=5)

        taken, away = await post(site.url("/hook")), await post(site.url("/away"))
        refused, unreachable = await post(canary.url("/hook")), await post("http://nothing.invalid/hook")
        assert isinstance(taken, HttpReply)
        assert isinstance(away, HttpReply)
        assert (taken.status, away.status) == (204, 307)
        assert isinstance(refused, Refused)
        assert isinstance(unreachable, Retry)
        assert canary.hits() == 0
        assert (site.last("/hook").body, site.last("/hook").headers["x-a"]) == (b"{}", "b")
