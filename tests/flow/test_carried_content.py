"""A feed that carries its articles whole: what it says is read where the page cannot be."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.tables import items
from tests.flow.test_patience import WALL
from tests.flow.test_polling import feed
from tests.flow.test_reading_again import RESTS, story
from tests.flow.world import World
from tests.site.answers import Answer, html, status, xml
from tests.site.server import Site

pytestmark = pytest.mark.anyio

TEXT = "".join(
    f"<p>港口的码头{number}号泊位，{rest}，这是全文里才有的话。</p>" for number, rest in enumerate(RESTS * 3)
)


def feed_with(site: Site, text: str) -> Answer:
    """Return a feed with one entry that says ``text`` and leads to a page."""
    entry = f"<title>港口启用新系统</title><link>{site.url('/a.html')}</link><description>{escape(text)}</description>"
    return xml(f'<rss version="2.0"><channel><title>t</title><item>{entry}</item></channel></rss>')


@pytest.mark.parametrize(
    "page",
    [WALL, status(404), html("<html><title>港口</title><p>请在应用中打开。</p></html>")],
    ids=["a wall", "gone", "too short"],
)
async def test_entry_stands_in_for_a_page_that_cannot_be_read(tmp_path: Path, page: Answer) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", feed_with(site, TEXT))
        site.route("/a.html", page)
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await world.run_pass()

            assert world.outcomes() == {"stored": 1}
            assert site.hits("/a.html") == 1
            assert "这是全文里才有的话" in world.text(world.articles()[0].id)
            with world.daemon.rt.store.read() as session:
                assert session.scalar(select(items.c.content)) is None


async def test_page_that_can_be_read_goes_before_what_the_feed_says(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", feed_with(site, TEXT))
        site.route("/a.html", story("铁路"))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await world.run_pass()

            assert "铁路" in world.text(world.articles()[0].id)


async def test_teaser_stands_in_for_nothing(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", feed_with(site, "港口启用新系统，详情请看原文。"))
        site.route("/a.html", status(404))
        async with World.open(tmp_path, sources=[feed(site)], site=site) as world:
            await world.run_pass()

            assert world.articles() == []
