"""Polls of a sitemap: which maps of an index are read, what is remembered, where a site's maps are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from monitor.sources import kinds
from monitor.sources._sitemap_plan import Memory
from monitor.types import Collected, Failed, Fetched, Rejected, Unchanged
from storage.records import Outcome
from tests.contract.fake_port import NOW, FakePort, fetched, state_of

pytestmark = pytest.mark.anyio
SITEMAP = kinds()["sitemap"]
SITE = "https://site.example"
INDEX = f"{SITE}/index.xml"
GONE = Failed(reason=Outcome.GONE, detail="404 Not Found", status=404)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def urlset(*paths: str, lastmod: str = "") -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return "<urlset>" + "".join(f"<url><loc>{SITE}{path}</loc>{changed}</url>" for path in paths) + "</urlset>"


def index(**maps: str) -> str:
    entries = (f"<sitemap><loc>{SITE}/{name}.xml</loc>{f'<lastmod>{mark}</lastmod>' if mark else ''}</sitemap>"
               for name, mark in maps.items())  # fmt: skip
    return f"<sitemapindex>{''.join(entries)}</sitemapindex>"


class World:
    """A site in memory, polled again and again with what the last poll remembered."""

    def __init__(self, url: str = INDEX, **given: Any) -> None:
        self.settings = SITEMAP.Settings.model_validate({"id": "s", "kind": "sitemap", "url": url, **given})
        self.pages: dict[str, str | Failed] = {}
        self.state = state_of("s", "sitemap", url, "site.example")
        self.asked: list[tuple[str, bool]] = []
        self.late: dict[str, float] = {}

    def answers(self) -> dict[str, Fetched | Unchanged | Failed]:
        return {f"{SITE}{path}": self._answer(f"{SITE}{path}", page) for path, page in self.pages.items()}

    def _answer(self, url: str, page: str | Failed) -> Fetched | Failed:
        if isinstance(page, Failed):
            return page
        late = timedelta(seconds=self.late.get(url.removeprefix(SITE), 0))
        return replace(fetched(page.encode(), url), fetched_at=NOW + late)

    async def poll(self) -> Any:
        port = FakePort(answers=self.answers(), answer=GONE)
        collected = await SITEMAP.collect(self.settings, self.state, port)
        self.asked = [(url.removeprefix(SITE), conditional) for url, conditional in port.asked]
        if isinstance(collected, Collected):
            self.state = replace(self.state, cursor=collected.cursor)
        return collected

    def maps_asked(self) -> list[str]:
        return [path for path, _ in self.asked[1:]]


def found(collected: Any) -> list[str]:
    assert isinstance(collected, Collected), collected
    return [item.url.removeprefix(SITE) for item in collected.found]


async def test_maps_of_an_index_are_read_latest_changed_first_and_again_only_when_they_changed() -> None:
    world = World()
    world.pages = {
        "/index.xml": index(a="2023-07-03", b="2023-07-04", old="2023-01-01"),
        "/a.xml": urlset("/1"),
        "/b.xml": urlset("/2"),
    }

    first = await world.poll()
    asked_first = world.asked
    world.pages["/index.xml"] = index(a="2023-07-05", b="2023-07-04", old="2023-01-01")
    second = await world.poll()

    assert (found(first), found(second)) == (["/2", "/1"], ["/1"])
    assert asked_first == [("/index.xml", True), ("/b.xml", False), ("/a.xml", False)]
    assert world.asked == [("/index.xml", True), ("/a.xml", False)]
    assert first.bytes_read == sum(len(str(page)) for page in world.pages.values())


async def test_more_maps_than_a_poll_may_read_are_read_by_the_next_ones() -> None:
    world = World(maps=2)
    world.pages = {"/index.xml": index(**{f"m{day}": f"2023-07-0{day}" for day in range(1, 6)})}
    world.pages |= {f"/m{day}.xml": urlset(f"/{day}") for day in range(1, 6)}

    read = [found(await world.poll()) for _ in range(4)]

    assert sorted(path for poll in read for path in poll) == ["/1", "/2", "/3", "/4", "/5"]
    assert [len(poll) for poll in read] == [2, 2, 1, 0]
    assert world.asked == [("/index.xml", True)]


async def test_index_is_asked_for_without_conditions_while_maps_are_left() -> None:
    world = World(maps=1)
    world.pages = {"/index.xml": index(a="2023-07-03", b="2023-07-04"), "/a.xml": urlset("/1"), "/b.xml": urlset("/2")}

    await world.poll()
    await world.poll()

    assert world.asked == [("/index.xml", False), ("/a.xml", False)]


@pytest.mark.parametrize("mark", ["", "2023-07-05"], ids=["none", "all alike"])
async def test_maps_whose_lastmods_say_nothing_take_turns(mark: str) -> None:
    names = [f"m{number}" for number in range(5)]
    world = World(maps=2)
    world.pages = {"/index.xml": index(**dict.fromkeys(names, mark))}
    world.pages |= {f"/{name}.xml": urlset(lastmod="2020-01-01") for name in names}
    world.pages["/m3.xml"] = urlset("/new")

    asked = []
    for _ in range(6):
        await world.poll()
        asked.append(world.maps_asked())

    assert {path for poll in asked for path in poll} == {f"/{name}.xml" for name in names}
    if not mark:
        assert all("/m3.xml" in poll for poll in asked[3:]), "the map that gives something is read at every poll"


async def test_map_inside_a_map_of_maps_is_read() -> None:
    world = World()
    world.pages = {"/index.xml": index(inner="2023-07-04"), "/inner.xml": index(a="2023-07-04"), "/a.xml": urlset("/1")}

    assert found(await world.poll()) == ["/1"]
    assert found(await world.poll()) == []


async def test_index_that_names_itself_ends() -> None:
    world = World(maps=3)
    world.pages = {"/index.xml": index(index="")}

    assert found(await world.poll()) == []
    assert len(world.asked) <= 4


async def test_broken_map_is_named_and_its_neighbours_are_read() -> None:
    world = World()
    world.pages = {"/index.xml": index(a="2023-07-03", b="2023-07-04"), "/a.xml": urlset("/1"), "/b.xml": "<html>"}

    collected = await world.poll()

    assert found(collected) == ["/1"]
    assert collected.skipped == (f"{SITE}/b.xml: expected a sitemap, found an HTML page",)
    await world.poll()
    assert world.maps_asked() == ["/b.xml"]


async def test_failure_of_every_map_is_the_failure_of_the_poll() -> None:
    world = World()
    world.pages = {"/index.xml": index(a="", b="")}

    assert await world.poll() is GONE


async def test_server_that_asks_for_a_pause_is_asked_no_more() -> None:
    busy = Failed(reason=Outcome.HTTP_ERROR, detail="429", status=429, retry_after_s=60)
    world = World()
    world.pages = {
        "/index.xml": index(a="2023-07-05", b="2023-07-04", c="2023-07-03"),
        "/a.xml": urlset("/1"),
        "/b.xml": busy,
    }

    assert found(await world.poll()) == ["/1"]
    assert world.maps_asked() == ["/a.xml", "/b.xml"]


async def test_slow_maps_are_left_for_the_next_poll() -> None:
    world = World()
    world.pages = {"/index.xml": index(a="2023-07-05", b="2023-07-04"), "/a.xml": urlset("/1"), "/b.xml": urlset("/2")}
    world.late = {"/a.xml": 101}

    assert found(await world.poll()) == ["/1"]
    assert found(await world.poll()) == ["/2"]


async def test_map_for_which_there_is_no_room_is_read_whole_by_the_next_poll() -> None:
    world = World(limit=3)
    world.pages = {
        "/index.xml": index(a="2023-07-05", b="2023-07-04"),
        "/a.xml": urlset("/1", "/2"),
        "/b.xml": urlset("/3", "/4"),
    }

    assert found(await world.poll()) == ["/1", "/2"]
    assert found(await world.poll()) == ["/3", "/4"]


@pytest.mark.parametrize(
    "marks",
    [("", "", ""), ("2023-07-05T0{}:00:00Z", "2023-07-03", "2023-07-02")],
    ids=["without lastmods", "the first changes at every poll"],
)
@pytest.mark.parametrize("inner", [False, True], ids=["in the index", "in a map of maps"])
async def test_maps_that_together_exceed_the_limit_are_all_read_within_a_few_polls(
    marks: tuple[str, str, str], inner: bool
) -> None:
    world = World(limit=5)
    parts = {name: [f"/{name}{number}" for number in range(4)] for name in "abc"}
    world.pages = {f"/{name}.xml": urlset(*paths) for name, paths in parts.items()}
    seen: set[str] = set()
    for number in range(6):
        listed = index(**dict(zip("abc", (mark.format(number) for mark in marks), strict=True)))
        world.pages["/index.xml"] = index(inner="2023-07-04") if inner else listed
        world.pages["/inner.xml"] = listed
        collected = await world.poll()
        seen |= set(found(collected))
        if number == 0:
            assert collected.skipped == (
                f"no room among 5 entries for {SITE}/b.xml and 1 more: left for the next poll",
            )

    assert seen == {path for paths in parts.values() for path in paths}


async def test_full_poll_leaves_the_other_maps_to_the_next_ones_and_says_so() -> None:
    world = World(limit=4)
    world.pages = {"/index.xml": index(a="", b=""), "/a.xml": urlset("/1", "/2", "/3", "/4"), "/b.xml": urlset("/5")}

    first, second = await world.poll(), await world.poll()

    assert first.skipped == (f"no room among 4 entries for {SITE}/b.xml: left for the next poll",)
    assert found(second) == ["/5"]


async def test_single_map_per_poll_is_not_always_the_same() -> None:
    world = World(maps=1)
    world.pages = {"/index.xml": index(a="", b=""), "/a.xml": urlset("/1"), "/b.xml": urlset("/2")}

    assert {path for _ in range(4) for path in found(await world.poll())} == {"/1", "/2"}


async def test_dead_maps_are_a_notice_and_keep_no_other_map_from_being_read() -> None:
    world = World(maps=2)
    dead = {f"dead{number}": f"2023-07-05T0{number}:00:00Z" for number in range(5)}
    world.pages = {"/index.xml": index(**dead, ok="2023-07-01"), "/ok.xml": urlset("/1")}

    polls = [await world.poll() for _ in range(4)]

    assert [path for poll in polls for path in found(poll)] == ["/1"]
    assert polls[0].notices == (("maps", "2 of the maps asked for could not be read: 404 Not Found"),)


async def test_index_is_a_failure_once_each_of_its_maps_was_tried_in_vain() -> None:
    world = World(maps=2)
    world.pages = {"/index.xml": index(a="2023-07-05", b="2023-07-04", c="2023-07-03")}

    first, second = await world.poll(), await world.poll()

    assert (found(first), second) == ([], GONE)


async def test_server_in_trouble_fails_the_poll_of_a_site_with_several_maps() -> None:
    trouble = Failed(reason=Outcome.HTTP_ERROR, detail="503", status=503)
    world = World(SITE, maps=1)
    world.pages = {"/robots.txt": "Sitemap: /a.xml\nSitemap: /b.xml", "/a.xml": trouble, "/b.xml": trouble}

    assert await world.poll() is trouble


async def test_robots_names_the_map_of_a_site_and_it_is_remembered() -> None:
    world = World(SITE)
    world.pages = {"/robots.txt": f"Sitemap: {SITE}/news.xml", "/news.xml": urlset("/1")}

    assert found(await world.poll()) == ["/1"]
    assert world.asked == [("/robots.txt", False), ("/news.xml", False)]
    await world.poll()
    assert world.asked == [("/news.xml", True)]


async def test_several_maps_of_a_site_are_all_read() -> None:
    world = World(f"{SITE}/")
    world.pages = {
        "/robots.txt": "Sitemap: /pages.xml\nSitemap: /news.xml\nSitemap: /none.xml",
        "/pages.xml": urlset("/1"),
        "/news.xml": urlset("/2"),
    }

    first = await world.poll()
    assert world.asked[1] == ("/news.xml", False)
    second = await world.poll()

    assert found(first) == ["/2", "/1"]
    assert first.skipped == (f"{SITE}/none.xml: 404 Not Found",)
    assert sorted(found(second)) == ["/1", "/2"]


async def test_usual_places_are_tried_until_one_holds_a_map() -> None:
    world = World(SITE)
    world.pages = {"/sitemap.xml": "<html>not found, says 200</html>", "/sitemap_index.xml": urlset("/1")}

    assert found(await world.poll()) == ["/1"]
    assert [path for path, _ in world.asked] == ["/robots.txt", "/sitemap.xml", "/sitemap_index.xml"]


async def test_site_that_lost_its_map_is_searched_again() -> None:
    world = World(SITE)
    world.pages = {"/sitemap.xml": urlset("/1")}
    await world.poll()

    world.pages = {"/sitemap-news.xml": urlset("/2")}

    assert found(await world.poll()) == ["/2"]


async def test_site_without_a_map_says_where_was_looked() -> None:
    failed = await World(SITE).poll()

    assert isinstance(failed, Failed)
    assert (failed.reason, failed.status) == (Outcome.GONE, 404)
    assert "robots.txt, /sitemap.xml" in failed.detail


async def test_server_in_trouble_is_not_taken_for_one_without_a_map() -> None:
    trouble = Failed(reason=Outcome.HTTP_ERROR, detail="503", status=503)
    world = World(SITE)
    world.pages = {"/sitemap.xml": trouble}

    assert await world.poll() is trouble


async def test_plain_map_remembers_nothing_and_reports_a_move() -> None:
    world = World(f"{SITE}/map.xml")
    world.pages = {"/map.xml": urlset("/1")}
    port = FakePort(
        answer=replace(fetched(urlset("/1").encode(), f"{SITE}/map.xml"), permanent_redirect=f"{SITE}/new.xml")
    )

    collected = await SITEMAP.collect(world.settings, world.state, port)

    assert collected.cursor == {}
    assert collected.moved_to == f"{SITE}/new.xml"


@pytest.mark.parametrize(
    "cursor",
    [
        {"maps": 1},
        {"maps": {"a": [1]}},
        {"at": 5},
        {"poll": "x"},
        {"maps": {"a": ["m", None, 1]}},
        {"feed": 1},
        {"maps": {"a": ["m", 1, 1, "x"]}},
        {"first": 1},
    ],
)
def test_cursor_that_cannot_be_read_says_nothing(cursor: dict[str, Any]) -> None:
    assert Memory.of(cursor) == Memory()


async def test_page_instead_of_a_map_is_rejected() -> None:
    world = World()
    world.pages = {"/index.xml": "<html><title>维护</title>"}

    assert isinstance(await world.poll(), Rejected)
