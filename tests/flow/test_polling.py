"""Polls over weeks on a clock moved by hand: moves, false validators, gaps, silence, and who is told of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import structlog

from monitor.config import ConfigError, load_config
from tests.flow.world import World
from tests.site.answers import Answer, Seen, conditional, redirect, status, xml
from tests.site.server import Site

pytestmark = pytest.mark.anyio

ALARMS = {"alarms": {"channels": ["ops"]}}
CHANNELS = [{"id": "digests", "kind": "file"}, {"id": "ops", "kind": "file", "path": "ops"}]


def feed_of(site: Site, *names: object) -> Answer:
    """Return a feed whose entries carry their text, so that nothing else has to be fetched."""
    items = "".join(
        f"<item><title>第{name}条</title><link>{site.url(f'/n/{name}')}</link></item>" for name in map(str, names)
    )
    return xml(f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>')


def feed(site: Site, path: str = "/feed.xml", name: str = "wire", **more: Any) -> dict[str, Any]:
    return {"id": name, "kind": "feed", "url": site.url(path), **more}


async def polls(world: World, count: int, **step: float) -> None:
    for _ in range(count):
        await world.run_pass()
        world.clock.advance(**(step or {"hours": 25}))


def codes(world: World, name: str = "wire") -> list[str]:
    return [code for code, _ in world.sources()[name].notices]


def alarms(world: World) -> list[dict[str, Any]]:
    with world.daemon.rt.store.read() as session:
        from sqlalchemy import select

        from storage.tables import deliveries

        told = session.scalars(
            select(deliveries.c.payload).where(deliveries.c.reason == "alarm").order_by(deliveries.c.id)
        )
        return [payload["data"] for payload in told]


# ------------------------------------------------------------------------------------------------ moves


@pytest.mark.parametrize("conditioned", [False, True], ids=["whole answers", "304 behind the redirect"])
async def test_the_third_permanent_redirect_in_a_row_is_adopted(tmp_path: Path, conditioned: bool) -> None:
    async with Site.start(routes={}) as site:
        answer = feed_of(site, 1, 2)
        site.route("/feed.xml", redirect("/new.xml", 301), redirect("/new.xml", 308), redirect("/new.xml", 301))
        site.route("/new.xml", conditional(answer, etag='"1"') if conditioned else answer)
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await polls(world, 2)
            assert world.sources()["wire"].address is None
            await polls(world, 1)
            assert world.sources()["wire"].address == site.url("/new.xml")
            assert codes(world) == ["moved"]
            asked = site.hits("/feed.xml")
        async with world.reopened():
            await polls(world, 2)
            assert site.hits("/feed.xml") == asked
            assert world.sources()["wire"].failures == 0
        world.path.write_text(json.dumps(World.document([feed(site, "/new.xml")], site)), encoding="utf-8")
        async with world.reopened():
            await polls(world, 1)
            assert (world.sources()["wire"].address, codes(world)) == (None, [])


@pytest.mark.parametrize(
    ("script", "told"),
    [
        pytest.param([redirect("/new.xml", 302)], [], id="302"),
        pytest.param([redirect("/new.xml", 301), redirect("/new.xml", 302)] * 3, [], id="not in a row"),
        pytest.param([redirect(f"/{n}.xml", 301) for n in range(6)], [], id="to a new place each time"),
        pytest.param([redirect("/taken.xml", 301)], ["moved"], id="to the address of another source"),
    ],
)
async def test_other_redirects_are_followed_and_not_adopted(
    tmp_path: Path, script: list[Answer], told: list[str]
) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", *script)
        for path in ("/new.xml", "/taken.xml", *(f"/{n}.xml" for n in range(6))):
            site.route(path, feed_of(site, 1, 2))
        sources = [feed(site), feed(site, "/taken.xml", "other")]
        async with World.open(tmp_path, sources=sources, site=site) as world:
            await polls(world, 5)
            assert (world.sources()["wire"].address, codes(world)) == (None, told)
            assert world.sources()["wire"].failures == 0


async def test_a_move_to_another_site_is_proposed_and_not_adopted(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        elsewhere = f"http://localhost:{site.port}/feed.xml"
        site.route("/feed.xml", redirect(elsewhere, 301), host="127.0.0.1")
        site.route("/feed.xml", feed_of(site, 1, 2), host="localhost")
        allow = {"network": {"allow": [site.address, f"localhost:{site.port}"]}}
        async with World.open(tmp_path, sources=[feed(site)], site=site, settings=allow) as world:
            await polls(world, 5)
            assert (world.sources()["wire"].address, codes(world)) == (None, ["moved"])
            assert elsewhere in world.sources()["wire"].notices[0][1]
            assert site.hits("/feed.xml", host="127.0.0.1") == 5


# ------------------------------------------------------------------------------------------------ validators


def stubborn(site: Site, news: Callable[[int], list[int]]) -> Callable[[Seen], Answer]:
    """Return a server that calls everything unchanged to whoever brings its one ETag."""

    def choose(seen: Seen) -> Answer:
        if seen.headers.get("if-none-match"):
            return status(304)
        return feed_of(site, *news(seen.hit)).with_headers(etag='"same"')

    return choose


async def test_a_server_that_denies_its_news_is_found_out_and_not_believed_again(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", stubborn(site, lambda hit: [hit, hit + 1]))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await polls(world, 12)
            assert codes(world) == []
            await polls(world, 1)
            assert "validators" in codes(world)
            before = world.sources()["wire"].discovered
            await polls(world, 2)
            assert world.sources()["wire"].discovered > before
            assert "if-none-match" not in site.last("/feed.xml").headers


async def test_an_honest_server_is_asked_in_full_now_and_then_and_believed(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", conditional(feed_of(site, 1, 2), etag='"1"'))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await polls(world, 30)
            in_full = sum("if-none-match" not in seen.headers for seen in site.log if seen.path == "/feed.xml")
            assert (in_full, codes(world)) == (3, [])


async def test_not_modified_after_a_body_that_could_not_be_read_does_not_hide_it(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        broken = xml("<html><body>maintenance</body></html>", "text/html")
        site.route("/feed.xml", conditional(broken, etag='"broken"'))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await polls(world, 3)
            health = world.sources()["wire"]
            assert (health.failures, health.last_success_at) == (3, None)
            assert "if-none-match" not in site.last("/feed.xml").headers


# ------------------------------------------------------------------------------------------------ gaps


async def test_a_list_without_a_known_entry_is_said_to_have_a_gap_until_lists_overlap_again(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        lists = [(1, 2, 3), (2, 3, 4), (7, 8, 9), (8, 9, 10), (9, 10, 11), (10, 11, 12)]
        site.route("/feed.xml", *(feed_of(site, *names) for names in lists))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await polls(world, 2)
            assert codes(world) == []
            await polls(world, 1)
            ((code, said),) = world.sources()["wire"].notices
            assert (code, world.sources()["wire"].last_overlap, world.sources()["wire"].last_found) == ("gap", 0, 3)
            assert said.startswith("none of the 3 entries were in the poll before: articles may have been missed")
            assert world.sources()["wire"].interval_s == 600
            await polls(world, 2)
            assert codes(world) == ["gap"]
            await polls(world, 1)
            assert codes(world) == []


async def test_a_list_that_is_replaced_each_day_has_no_gap_once_that_is_known(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        days = [feed_of(site, *range(10 * day, 10 * day + 10)) for day in range(8)]
        site.route("/feed.xml", *(day for day in days for _ in range(4)))
        async with World.open(tmp_path, sources=[feed(site, every="6h")], site=site) as world:
            said = []
            for _ in range(32):
                await polls(world, 1, hours=6)
                said.append(bool(codes(world)))
            assert any(said[4:12])
            assert not any(said[20:])


# ------------------------------------------------------------------------------------------------ silence


async def test_a_source_that_falls_silent_is_told_once_and_once_when_it_has_news_again(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        names = list(range(200))
        busy = [feed_of(site, *names[n : n + 10]) for n in range(0, 144, 2)]
        site.route("/feed.xml", *busy)
        more = {"settings": ALARMS, "channels": CHANNELS}
        async with World.open(tmp_path, sources=[feed(site, every="3h")], site=site, **more) as world:
            await polls(world, 72, hours=3)
            assert 14 < (world.sources()["wire"].expected_per_day or 0) < 18
            assert (world.sources()["wire"].is_silent, alarms(world)) == (False, [])
            await polls(world, 12, hours=3)
            assert world.sources()["wire"].is_silent
            ((told,),) = [data["sources"] for data in alarms(world)]
            assert (told["source"], told["state"], told["over"]) == ("wire", "silent", False)
            site.route("/feed.xml", feed_of(site, 500, *names[142:150]))
            await polls(world, 2, hours=3)
            assert not world.sources()["wire"].is_silent
            assert [one["over"] for data in alarms(world) for one in data["sources"]] == [False, True]


@pytest.mark.parametrize(
    ("more", "silent"),
    [({}, True), ({"silent_after": "off"}, False), ({"silent_after": "30d"}, False), ({"silent_after": "2d"}, True)],
    ids=["default: a week", "off", "longer", "shorter"],
)
async def test_a_source_without_a_rhythm_is_silent_after_a_week_or_as_configured(
    tmp_path: Path, more: dict[str, Any], silent: bool
) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", feed_of(site, 1, 2))
        async with World.open(tmp_path, sources=[feed(site, **more)], site=site) as world:
            await polls(world, 9)
            assert world.sources()["wire"].is_silent is silent


# ------------------------------------------------------------------------------------------------ alarms


async def test_when_everything_fails_there_is_one_message_and_then_one_that_it_is_over(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        sources = [feed(site, f"/{n}.xml", f"s{n}", every="20m") for n in range(8)]
        for n in range(8):
            site.route(f"/{n}.xml", feed_of(site, n))
        more = {"settings": ALARMS, "channels": CHANNELS}
        async with World.open(tmp_path, sources=sources, site=site, **more) as world:
            await world.run_pass()
            for n in range(8):
                site.route(f"/{n}.xml", status(503))
            for _ in range(40):
                world.clock.advance(minutes=10)
                await world.run_pass()
            ((*told,),) = [data["sources"] for data in alarms(world)]
            assert {one["source"] for one in told} == {f"s{n}" for n in range(8)}
            assert {one["state"] for one in told} == {"failing"}
            for n in range(8):
                site.route(f"/{n}.xml", feed_of(site, n))
            world.clock.advance(hours=9)
            await world.run_pass()
            assert [one["over"] for one in alarms(world)[1]["sources"]] == [True] * 8
            (first, second) = sorted((world.data / "ops").glob("*"))
            assert "来源告警" in first.read_text("utf-8")
            assert "已恢复" in second.read_text("utf-8")


async def test_a_short_failure_raises_no_alarm_and_a_long_one_survives_a_restart(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", feed_of(site, 1), status(503), status(503), feed_of(site, 1), status(503))
        site.route("/ok.xml", feed_of(site, 2))
        sources = [feed(site), feed(site, "/ok.xml", "ok")]
        more = {"settings": ALARMS, "channels": CHANNELS}
        async with World.open(tmp_path, sources=sources, site=site, **more) as world:
            await polls(world, 5, minutes=40)
            assert alarms(world) == []
            await polls(world, 6, minutes=40)
        async with world.reopened():
            await polls(world, 6, minutes=40)
            (told,) = alarms(world)
            assert [(one["source"], one["state"]) for one in told["sources"]] == [("wire", "failing")]
            assert "503" in told["sources"][0]["detail"]


async def test_an_address_that_is_gone_is_told_as_gone_and_not_as_failing(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", status(410))
        more = {"settings": ALARMS, "channels": CHANNELS}
        async with World.open(tmp_path, sources=[feed(site)], site=site, **more) as world:
            await polls(world, 5)
            assert [[one["state"] for one in data["sources"]] for data in alarms(world)] == [["gone"]]
            assert site.hits("/feed.xml") == 5


def test_alarms_to_a_channel_that_does_not_exist_are_a_mistake_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("channels:\n  - {id: ops, kind: file}\nsettings:\n  alarms:\n    channels: [opps]\n", "utf-8")
    with pytest.raises(ConfigError, match=r"sources\.yaml:5:16: unknown channel 'opps'; known: ops"):
        load_config(path, environ={})


# ------------------------------------------------------------------------------------------------ what is said


async def test_entries_that_could_not_be_used_are_logged_with_their_source(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        good = f"<item><title>一</title><link>{site.url('/n/1')}</link></item>"
        bad = "<item><title>二</title><link>javascript:void(0)</link></item>" * 5
        site.route("/feed.xml", xml(f'<?xml version="1.0"?><rss version="2.0"><channel>{bad}{good}</channel></rss>'))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            with structlog.testing.capture_logs() as logs:
                await world.run_pass()
            skipped = [line for line in logs if line["event"] == "entry skipped"]
            assert [line["source"] for line in skipped] == ["wire"] * 3


async def test_a_pass_counts_its_sources_each_once(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", feed_of(site, 1))
        sources = [feed(site, every="1s"), feed(site, "/missing.xml", "missing")]
        async with World.open(tmp_path, sources=sources, site=site) as world:
            world.daemon.totals = type(world.daemon.totals)()
            for _ in range(3):
                await world.daemon.run_once()
                world.clock.advance(hours=2)
            assert (world.daemon.totals.polled, world.daemon.totals.unreachable) == (2, 1)
