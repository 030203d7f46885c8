"""Input that nobody should serve: each piece is one counted outcome with a reason, and the neighbours go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.flow.test_whole_way import feed_of
from tests.flow.world import World
from tests.site.answers import xml
from tests.site.pages import routes as news
from tests.site.server import Site

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(300)]

TYPE = "text/html; charset=utf-8"
SENTENCE = "某省发布人工智能产业规划，提出明年建成十个算力中心。"
RSS = '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>t</title>{}</channel></rss>'

PAGES: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\t ",
    "binary": bytes(range(256)) * 400,
    "zip": b"PK\x03\x04" + b"\x00" * 2_000,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"0" * 2_000,
    "fifty megabytes": b"<p>" + b"a" * 50_000_000,
    "one line": b"<html><body>" + ("<p>" + SENTENCE + "</p>").encode() * 20_000,
    "one line of text": (SENTENCE * 60_000).encode(),
    "nested deeply": b"<div>" * 100_000 + SENTENCE.encode() * 20,
    "nested inline": b"<b>" * 60_000 + SENTENCE.encode() * 20,
    "200,000 attributes": b"<p " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">" + SENTENCE.encode() * 20,
    "200,000 links": b"<html><body>" + b"".join(b'<a href="/%d">%d</a>' % (n, n) for n in range(200_000)),
    "wrong charset": ("<html><body><article><h1>规划</h1><p>" + SENTENCE * 20 + "</p>").encode("gb18030"),
    "mixed charset": SENTENCE.encode("gb18030") * 10 + SENTENCE.encode() * 10,
    "feed instead of a page": RSS.format("<item><title>甲</title><link>/x</link></item>" * 20).encode(),
    "JSON instead of a page": b'{"a": [' + b'{"title": "x"},' * 1_000 + b"{}]}",
    "entity bomb": b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><p>&b;</p>',
    "never closed": b"<html><body><p" + b"<p" * 100_000,
    "comment without an end": b"<html><body><!-- " + SENTENCE.encode() * 1_000,
}
FEEDS: dict[str, bytes] = {
    **{name: PAGES[name] for name in ("empty", "blank", "binary", "zip", "fifty megabytes", "nested deeply")},
    "entity bomb": PAGES["entity bomb"],
    "HTML instead of a feed": b"<!DOCTYPE html><html><title>x</title><body><p>hello</p></body></html>",
    "entries that lack everything": RSS.format("<item></item>" * 500).encode(),
    "cut in the middle": RSS.format("<item><title>甲</title><li").encode()[:-20],
    "nested entries": b"<rss><channel>" + b"<item>" * 50_000,
    "JSON that is no feed": b'{"error": "not found"}',
}


@pytest.mark.parametrize("number", range(2), ids=["first half", "second half"])
async def test_every_bad_page_ends_once_and_the_good_source_is_on_time(tmp_path: Path, number: int) -> None:
    names = list(PAGES)[number::2]
    async with Site.start(routes={"/good.html": news()["/a/000"]}) as site:  # type: ignore[dict-item]
        paths = [f"/bad/{n}" for n in range(len(names))]
        for path, name in zip(paths, names, strict=True):
            site.route(path, xml(PAGES[name], TYPE))
        site.route("/bad.xml", xml(feed_of(site, *paths)))
        site.route("/good.xml", xml(feed_of(site, "/good.html")))
        sources = [{"id": name, "kind": "feed", "url": site.url(f"/{name}.xml")} for name in ("bad", "good")]
        async with World.open(tmp_path, sources=sources, site=site) as world:
            for _ in range(2):  # a page that killed its worker gets a second chance
                await world.run_pass()
                world.clock.advance(minutes=10)
            outcomes = world.outcomes()
            assert outcomes.total() == len(names) + 1
            assert outcomes["pending"] == 0
            assert outcomes["stored"] >= 1
            items = {item.url: item for item in world.items()}
            assert items[site.url("/good.html")].outcome == "stored"
            unexplained = [item.url for item in items.values() if item.state != "done" and not item.detail]
            assert unexplained == []


async def test_every_bad_feed_is_one_reason_and_the_good_one_is_read(tmp_path: Path) -> None:
    async with Site.start(routes={"/good.html": news()["/a/000"]}) as site:  # type: ignore[dict-item]
        for n, body in enumerate(FEEDS.values()):
            site.route(f"/{n}.xml", xml(body, TYPE))
        site.route("/good.xml", xml(feed_of(site, "/good.html")))
        sources = [{"id": f"bad{n}", "kind": "feed", "url": site.url(f"/{n}.xml")} for n in range(len(FEEDS))]
        sources.append({"id": "good", "kind": "feed", "url": site.url("/good.xml")})
        async with World.open(tmp_path, sources=sources, site=site) as world:
            await world.run_pass()
            health = world.sources()
            assert [name for n, name in enumerate(FEEDS) if not health[f"bad{n}"].last_error] == []
            assert health["good"].last_error is None
            assert world.outcomes() == {"stored": 1}
