"""What passes: walls, hosts that are down, settings that were wrong, reads that take longer than a lease."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.pipeline import LEASE
from storage import frontier
from tests.flow.test_polling import codes, feed, polls
from tests.flow.test_polling import feed_of as short_feed
from tests.flow.test_reading_again import RESTS, story
from tests.flow.test_whole_way import feed_of
from tests.flow.world import World
from tests.site.answers import Answer, Seen, conditional, html, redirect, status, xml
from tests.site.server import Site

pytestmark = pytest.mark.anyio

WALL = html("<title>环境异常</title><p>当前环境异常，完成验证后即可继续访问。</p>")
PAGES = 6


# ------------------------------------------------------------------------------------------------ leases


def part(number: int) -> Answer:
    """Return a page of an article that goes on, but for the last."""
    lines = "".join(f"<p>第{number}页第{n}段，{rest}，其余各处也是如此。</p>" for n, rest in enumerate(RESTS))
    after = f'<a href="/long_{number + 1}.html">下一页</a>' if number < PAGES else ""
    pager = f'<div class="pager"><a href="/long.html">1</a> <a href="/long_2.html">2</a> {after}</div>'
    title = "长文讲述城市变化"
    return html(f"<html><title>{title}</title><body><h1>{title}</h1><div>{lines}</div>{pager}</body></html>")


async def test_a_read_that_takes_longer_than_a_lease_keeps_its_host(tmp_path: Path) -> None:
    stolen: list[object] = []

    def slow(world: World, number: int) -> Callable[[Seen], Answer]:
        def answer(_seen: Seen) -> Answer:
            world.clock.advance(seconds=0.7 * LEASE.total_seconds())
            rival = {"now": world.clock(), "owner": "rival", "lease_s": 60.0, "limit": 10}
            stolen.extend(world.daemon.rt.store.write(lambda s: frontier.claim_visits(s, **rival)))
            return part(number)

        return answer

    async with Site.start(routes={}) as site:
        site.route("/feed.xml", xml(feed_of(site, "/long.html")))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            for number in range(1, PAGES + 1):
                site.route("/long.html" if number == 1 else f"/long_{number}.html", slow(world, number))
            await world.run_pass()
            assert (stolen, world.outcomes()) == ([], {"stored": 1})
            assert f"第{PAGES}页" in world.text(world.articles()[0].id)


# ------------------------------------------------------------------------------------------------ walls


async def test_a_wall_that_falls_loses_no_article_and_the_second_pauses_the_host(tmp_path: Path) -> None:
    subjects = {"/a.html": "港口", "/b.html": "铁路", "/c.html": "图书馆", "/d.html": "气象站"}
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", xml(feed_of(site, *subjects)))
        for path in subjects:
            site.route(path, WALL)
        async with World.open(tmp_path, sources=[feed(site, every="6h")], site=site) as world:
            await world.run_pass()
            asked = sum(site.hits(path) for path in subjects)
            assert (asked, world.outcomes()) == (2, {"pending": 4})
            await world.run_pass()
            assert sum(site.hits(path) for path in subjects) == asked, "the host is left alone"
            for path, subject in subjects.items():
                site.route(path, story(subject))
            world.clock.advance(hours=2)
            await world.run_pass()
            assert world.outcomes().total() == 4
            assert world.outcomes()["pending"] == 0
            assert len(world.articles()) == 4


async def test_one_wall_among_articles_stops_nobody(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", xml(feed_of(site, "/a.html", "/b.html", "/c.html")))
        for path, answer in {"/a.html": WALL, "/b.html": story("铁路"), "/c.html": WALL}.items():
            site.route(path, answer)
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await world.run_pass()
            assert [site.hits(path) for path in ("/a.html", "/b.html", "/c.html")] == [1, 1, 1]


async def test_walls_in_local_files_are_settled_at_once_and_stop_nobody(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for name in "abc":
        (folder / f"{name}.html").write_bytes(WALL.body)
    async with World.open(tmp_path, sources=[{"id": "inbox", "kind": "folder", "path": str(folder)}]) as world:
        await world.run_pass()
        assert world.outcomes() == {"blocked": 3}


# ------------------------------------------------------------------------------------------------ hosts that are down


async def test_an_article_of_a_host_that_was_down_for_days_is_read_though_the_list_stays_the_same(
    tmp_path: Path,
) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", xml(feed_of(site, "/a.html")))
        site.route("/a.html", status(500))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await polls(world, 12, hours=2)
            assert world.outcomes() == {"pending": 1}
            assert site.hits("/a.html") in (8, 9)
            site.route("/a.html", story("港口"))
            await polls(world, 4, days=1)
            assert world.outcomes() == {"stored": 1}


async def test_an_article_that_never_comes_fails_once(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", xml(feed_of(site, "/a.html")))
        site.route("/a.html", status(500))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            counted = []
            for _ in range(30):
                counted.append((await world.run_pass()).outcomes.total())
                world.clock.advance(days=1)
            assert (world.outcomes(), sum(counted), site.hits("/a.html")) == ({"http_error": 1}, 1, 11)


# ------------------------------------------------------------------------------------------------ settings


async def test_a_corrected_selector_is_used_though_the_page_stays_the_same(tmp_path: Path) -> None:
    rows = "".join(f"<li class=r><a href='/{key}.html'>标题第{key}条关于模型的新闻</a></li>" for key in "abcdefgh")
    page = f"<html><body><ul><li class=n><a href='/nav.html'>导航</a></li></ul><ul>{rows}</ul></body></html>"
    async with Site.start(routes={}) as site:
        site.route("/list.html", conditional(html(page), etag='"1"'))
        source = {"id": "wire", "kind": "listing", "url": site.url("/list.html"), "item": "li.n"}
        async with World.open(tmp_path, sources=[source], site=site) as world:
            await world.run_pass()
            corrected = World.document([{**source, "item": "li.r"}], site)
            world.path.write_text(json.dumps(corrected), encoding="utf-8")
            await world.daemon.reload(load_config(world.path, environ={}))
            await world.run_pass()
            assert (len(world.items()), codes(world)) == (9, [])


# ------------------------------------------------------------------------------------------------ moves


async def test_two_sources_that_are_sent_to_one_address_do_not_both_adopt_it(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        for path in ("/1.xml", "/2.xml"):
            site.route(path, redirect("/new.xml", 301))
        site.route("/new.xml", short_feed(site, 1, 2))
        sources = [feed(site, "/1.xml", "one"), feed(site, "/2.xml", "two")]
        async with World.open(tmp_path, sources=sources, site=site) as world:
            await polls(world, 5)
            adopted = {name: health.address for name, health in world.sources().items()}
            assert sorted(adopted.values(), key=str) == [None, site.url("/new.xml")]
            (other,) = [name for name, address in adopted.items() if address is None]
            assert "polls already" in world.sources()[other].notices[0][1]


async def test_validators_of_an_adopted_address_do_not_outlive_it(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", redirect("/new.xml", 301))
        site.route("/new.xml", conditional(short_feed(site, 1, 2), etag='"same"'))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await polls(world, 5)
            assert world.sources()["wire"].address == site.url("/new.xml")
            site.route("/new.xml", status(503))
            site.route("/feed.xml", conditional(short_feed(site, 1, 2, 3), etag='"same"'))
            await polls(world, 6)
            assert (world.sources()["wire"].address, world.sources()["wire"].discovered) == (None, 3)
