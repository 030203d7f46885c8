"""From an API behind a token and a cookie, and from maps of maps, to stored articles: over real HTTP."""

import gzip
import json
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.flow.world import World
from tests.site.answers import Answer, Seen, html, redirect, status, text, xml
from tests.site.server import Site

pytestmark = pytest.mark.anyio


def api(site: Site) -> dict[str, object]:
    return {
        "id": "api",
        "kind": "api",
        "url": site.url("/api/search"),
        "first": {"url": site.url("/search.html"), "find": {"token": "meta[name=csrf-token] @content"}},
        "cookies": True,
        "send": {"X-CSRF-Token": "{token}"},
        "form": {"q": "大模型", "token": "{token}"},
        "items": "data.groups[].rows",
        "link": "extra.url",
        "date": "time",
        "where": {"is_ad": False},
    }


def search_page(seen: Seen) -> Answer:
    """Set a cookie by way of a redirect, as cookie walls do."""
    if "wall=1" not in seen.headers.get("cookie", ""):
        return redirect("/search.html").with_headers(set_cookie="wall=1; Path=/; HttpOnly")
    page = '<html><head><meta name="csrf-token" content="t/0 k"></head><body></body></html>'
    return html(page).with_headers(set_cookie="sid=7; Path=/")


def search_answer(seen: Seen) -> Answer:
    form = parse_qs(seen.body.decode())
    if (
        seen.method != "POST"
        or seen.headers.get("cookie") != "wall=1; sid=7"
        or form != {"q": ["大模型"], "token": ["t/0 k"]}
    ):
        return status(403)
    rows = [
        {"title": "一", "extra": json.dumps({"url": "/a/000"}), "time": 1795222800000},
        {"title": "广告", "extra": json.dumps({"url": "/ad"}), "time": 1795222800000, "is_ad": 1},
        {"title": "二", "extra": {"url": "/a/002"}, "time": "5分钟前"},
    ]
    return text(json.dumps({"data": {"groups": [{"rows": rows}, {"rows": []}]}}), "application/json")


async def test_api_behind_a_token_and_a_cookie_ends_in_stored_articles(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/search.html", search_page)
        site.route("/api/search", search_answer)
        async with World.open(tmp_path, sources=[api(site)], site=site) as world:
            await world.run_pass()
            assert world.outcomes() == {"stored": 2}
            assert world.sources()["api"].last_error is None
            world.clock.advance(hours=2)
            await world.run_pass()
            assert world.outcomes() == {"stored": 2}
        assert site.last("/api/search").headers["x-csrf-token"] == "t/0 k"
        assert all("cookie" not in seen.headers for seen in site.log if seen.path.startswith("/a/"))


async def test_api_that_changed_says_what_it_holds_now(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/search.html", search_page)
        site.route("/api/search", text('{"code": 401, "msg": "sign error"}', "application/json"))
        async with World.open(tmp_path, sources=[api(site)], site=site) as world:
            await world.run_pass()
            assert "but the keys code (401), msg (sign error)" in (world.sources()["api"].last_error or "")


def urlset(site: Site, *paths: str) -> str:
    entries = (f"<url><loc>{site.url(path)}</loc><lastmod>2026-11-{20 - number}</lastmod></url>"
               for number, path in enumerate(paths))  # fmt: skip
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(entries)}</urlset>'


def index(site: Site, **maps: str) -> str:
    entries = (f"<sitemap><loc>{site.url(f'/{name}.xml.gz')}</loc><lastmod>{mark}</lastmod></sitemap>"
               for name, mark in maps.items())  # fmt: skip
    return f"<sitemapindex>{''.join(entries)}</sitemapindex>"


async def test_maps_of_a_site_end_in_stored_articles_and_are_read_again_only_when_they_changed(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/robots.txt", text(f"User-agent: *\nAllow: /\nSitemap: {site.url('/index.xml')}\n"))
        site.route(
            "/index.xml",
            xml(index(site, old="2020-01-01", new="2026-11-20")),
            xml(index(site, old="2020-01-01", new="2026-11-21")),
        )
        site.route(
            "/new.xml.gz",
            xml(gzip.compress(urlset(site, "/a/000", "/a/001").encode())),
            xml(gzip.compress(urlset(site, "/a/000", "/a/001", "/a/002").encode())),
        )
        source = {"id": "map", "kind": "sitemap", "url": site.url("/"), "since": "30d"}
        async with World.open(tmp_path, sources=[source], site=site) as world:
            await world.run_pass()
            assert world.outcomes() == {"stored": 2}
            for _ in range(2):
                world.clock.advance(hours=25)
                await world.run_pass()
            assert world.outcomes() == {"stored": 3}
            assert world.sources()["map"].last_error is None
        assert (site.hits("/new.xml.gz"), site.hits("/old.xml.gz")) == (2, 0)
        assert site.hits("/index.xml") == 3
