"""The search for the best way into a site, over loopback HTTP and without worker processes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from monitor.assembly import build_world
from monitor.cli._sources.preview import Preview
from monitor.cli._sources.search import Finding, search
from monitor.config import load_config
from monitor.engine.workers import WorkerLimits, WorkerPool
from monitor.types import Reading, Rejected
from tests.site.answers import Answer, html, redirect, status, text, xml
from tests.site.pages import routes as news
from tests.site.server import Site

pytestmark = pytest.mark.anyio

HEAD = '<link rel="alternate" type="application/rss+xml" title="全部" href="/feed.xml">'
LIST = "".join(
    f'<li><a href="/a/00{n}">一篇关于大模型监管的文章之第{n}篇</a> <span>2026-11-0{n + 1}</span></li>' for n in range(5)
)
USUAL = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml", "/feed.json")


class Inline(WorkerPool):
    """Runs tasks in this process."""

    async def run(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return function(*args, **kwargs)


@dataclass(frozen=True)
class Watch:
    site: Site
    preview: Preview

    async def search(self, path: str, kind: str | None = None) -> Finding:
        return await search(self.site.url(path), kind, self.preview, lambda _text: None)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def watch(tmp_path: Path) -> AsyncIterator[Watch]:
    async with Site.start(dict(news())) as site:
        settings = {"network": {"allow": [site.address]}, "fetch": {"delay": "0s", "deadline": "5s"}}
        (tmp_path / "sources.yaml").write_text(json.dumps({"sources": [], "settings": settings}), encoding="utf-8")
        world = build_world(load_config(tmp_path / "sources.yaml", environ={}))
        inline = replace(world, pool=Inline(WorkerLimits(count=1)))
        yield Watch(site, Preview(inline))
        await world.fetcher.aclose()


def page(head: str = "", body: str = LIST) -> Answer:
    return html(f"<html><head><title>测试新闻网</title>{head}</head><body><ul>{body}</ul></body></html>")


@pytest.mark.parametrize(
    ("routes", "asked", "kind", "url"),
    [
        ({}, "/feed.xml", "feed", "/feed.xml"),
        ({}, "/feed.json", "feed", "/feed.json"),
        ({"/": page(), "/feed.xml": status(404)}, "/", "feed", "/atom.xml"),
        ({"/": page(body='<a href="/gbk.xml">RSS订阅</a>'), "/feed.xml": status(404)}, "/", "feed", "/gbk.xml"),
        (
            {"/": page(HEAD), "/feed.xml": status(500), "/atom.xml": status(404), "/feed.json": status(404)},
            "/",
            "listing",
            "/",
        ),
        (
            {"/news/": page(HEAD, LIST.replace("/a/", "/r/")), "/news/feed": redirect("/feed.xml")},
            "/news/",
            "listing",
            "/news/",
        ),
    ],
    ids=["a feed", "a JSON feed", "a usual address", "a link", "its links", "a section"],
)
async def test_best_way_is_found(watch: Watch, routes: dict[str, Answer], asked: str, kind: str, url: str) -> None:
    for path, answer in routes.items():
        watch.site.route(path, answer)

    best = (await watch.search(asked)).best

    assert best is not None
    assert (best.candidate.kind, best.candidate.url) == (kind, watch.site.url(url))
    assert len(best.trial.items) == 5


async def test_kind_can_be_asked_for(watch: Watch) -> None:
    watch.site.route("/", page(HEAD))

    best = (await watch.search("/", "page")).best

    assert best is not None
    assert best.values == {"kind": "page", "url": watch.site.url("/")}


async def test_json_answer_becomes_an_api_source(watch: Watch) -> None:
    rows = [{"title": f"一条足够长的快讯之{n}", "url": f"/a/00{n}", "ctime": 1_790_000_000 + n} for n in range(5)]
    watch.site.route("/api/list", text(json.dumps({"data": {"list": rows}}), "application/json"))

    best = (await watch.search("/api/list")).best

    assert best is not None
    paths = {"items": "data.list", "link": "url", "title": "title", "date": "ctime"}
    assert best.values == {"kind": "api", "url": watch.site.url("/api/list")} | paths
    assert best.trial.items[0].title == "一条足够长的快讯之0"


async def test_sitemap_is_taken_as_what_it_is(watch: Watch) -> None:
    urls = "".join(f"<url><loc>{watch.site.url(f'/a/00{n}')}</loc></url>" for n in range(5))
    watch.site.route("/map.xml", xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'))

    best = (await watch.search("/map.xml")).best

    assert best is not None
    assert (best.candidate.kind, len(best.trial.items)) == ("sitemap", 5)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("/404", "404"),
        ("/403", "403"),
        ("/reset", ""),
        ("/loop", "redirected in a circle"),
        ("/empty", "nothing that could be watched"),
        ("/wall", "blocked"),
        ("/private", "robots"),
    ],
)
async def test_site_that_gives_nothing_is_one_clear_error(watch: Watch, asked: str, words: str) -> None:
    for path in USUAL:
        watch.site.route(path, status(404))
    wall = "<html><title>Just a moment...</title><body><h1>Checking your browser before accessing</h1></body></html>"
    watch.site.route("/wall", html(wall))
    watch.site.route("/robots.txt", text("User-agent: *\nDisallow: /private\n"))

    finding = await watch.search(asked)

    assert finding.best is None
    assert finding.error is not None
    assert finding.error.startswith(f"{watch.site.url(asked)}: ")
    assert words in finding.error


async def test_hosts_are_asked_at_their_pace_and_an_address_once(watch: Watch) -> None:
    watch.site.route("/", page(HEAD))

    await watch.search("/")

    assert watch.site.most_at_once == 1
    assert [watch.site.hits(path) for path in ("/robots.txt", "/", "/feed.xml")] == [1, 1, 1]


async def test_host_that_asks_for_a_pause_is_left_alone(watch: Watch) -> None:
    watch.site.route("/", page())
    watch.site.route("/feed", replace(status(429), headers=(("Retry-After", "600"),)))

    finding = await watch.search("/")

    assert len(watch.site.log) == 3
    assert finding.best is None or finding.best.candidate.url == watch.site.url("/")


async def test_newest_item_is_the_sample_and_the_next_where_it_is_no_article(watch: Watch) -> None:
    best = (await watch.search("/feed.xml")).best
    assert best is not None

    first = await watch.preview.sample(best.trial)
    watch.site.route("/a/004", status(404))
    again = await Preview(watch.preview.world).sample(best.trial)

    assert first is not None
    assert again is not None
    assert first[0].url == watch.site.url("/a/004")
    assert again[0].url == watch.site.url("/a/002")
    assert isinstance(again[1], Reading)


async def test_sample_that_is_no_article_says_why(watch: Watch) -> None:
    watch.site.route("/", page(body="<a href='/empty'>一篇足够长的文章标题</a>"))
    best = (await watch.search("/", "page")).best
    assert best is not None
    item = replace(best.trial.items[0], url=watch.site.url("/empty"), payload=None, title=None)

    result = await watch.preview.read(best.trial.settings.model_copy(update={"kind": "feed"}), item)

    assert isinstance(result, Rejected)
