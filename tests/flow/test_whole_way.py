"""Sources to digests over a loopback site: what ends where, and what is asked of whom."""

from pathlib import Path

import pytest

from tests.flow.world import World
from tests.site.answers import html, redirect, stall, status, text, truncated, xml
from tests.site.pages import routes as news
from tests.site.server import Site

pytestmark = pytest.mark.anyio


def feed_of(site: Site, *paths: str) -> str:
    """Return an RSS document that names pages of the site."""
    items = "".join(f"<item><title>{path}</title><link>{site.url(path)}</link></item>" for path in paths)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>{items}</channel></rss>'


def feed(site: Site, path: str = "/feed.xml", name: str = "feed") -> dict[str, object]:
    return {"id": name, "kind": "feed", "url": site.url(path)}


async def test_every_seed_in_a_feed_ends_as_one_article_and_one_digest(tmp_path: Path) -> None:
    async with Site.start() as site, World.open(tmp_path, sources=[feed(site)], site=site) as world:
        await world.run_pass()
        assert world.outcomes() == {"stored": 5}
        assert len(world.stories()) == 5
        assert len(world.digests()) == 1


async def test_polling_again_adds_nothing_and_sends_nothing(tmp_path: Path) -> None:
    async with Site.start() as site, World.open(tmp_path, sources=[feed(site)], site=site) as world:
        await world.run_pass()
        for _ in range(3):
            world.clock.advance(hours=2)
            await world.run_pass()
        assert world.outcomes() == {"stored": 5}
        assert len(world.digests()) == 1
        assert site.hits("/a/000") == 1


@pytest.mark.parametrize("page", ["/a/001", "/a/002", "/a/003"], ids=["GBK", "mislabelled UTF-8", "Big5"])
async def test_a_page_in_another_charset_is_stored_readable(tmp_path: Path, page: str) -> None:
    async with Site.start() as site:
        site.route("/one.xml", xml(feed_of(site, page)))
        async with World.open(tmp_path, sources=[feed(site, "/one.xml")], site=site) as world:
            await world.run_pass()
            (article,) = world.articles()
            assert "大模型" in article.title or "大模型" in world.text(article.id)
            assert "\ufffd" not in world.text(article.id)


async def test_a_repost_joins_the_story_silently_and_a_quote_does_not(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/one.xml", xml(feed_of(site, "/a/000")), xml(feed_of(site, "/a/000", "/r/001", "/r/quote")))
        async with World.open(tmp_path, sources=[feed(site, "/one.xml")], site=site) as world:
            await world.run_pass()
            world.clock.advance(hours=2)
            await world.run_pass()
            assert world.outcomes() == {"stored": 2, "near_copy": 1}
            assert sorted(story.article_count for story in world.stories()) == [1, 2]


async def test_a_traditional_mirror_joins_its_simplified_twin(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/one.xml", xml(feed_of(site, "/a/003", "/cn/003")))
        async with World.open(tmp_path, sources=[feed(site, "/one.xml")], site=site) as world:
            await world.run_pass()
            assert [story.article_count for story in world.stories()] == [2]


async def test_not_modified_is_one_request_and_no_work(tmp_path: Path) -> None:
    async with Site.start() as site, World.open(tmp_path, sources=[feed(site, "/etag")], site=site) as world:
        await world.run_pass()
        before = world.outcomes()
        world.clock.advance(hours=2)
        totals = await world.run_pass()
        assert site.last("/etag").headers.get("if-none-match")
        assert (totals.polled, totals.discovered, world.outcomes()) == (1, 0, before)


async def test_a_host_that_says_429_is_left_alone_also_after_a_restart(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/busy.xml", status(429, **{"Retry-After": "600"}))
        sources = [feed(site, "/busy.xml", "busy"), feed(site, "/other.xml", "other")]
        async with World.open(tmp_path, sources=sources, site=site) as world:
            await world.run_pass()
            asked = site.hits()
            world.clock.advance(seconds=590)
            await world.run_pass()
            assert site.hits() == asked
            world.clock.advance(seconds=-590)
        async with world.reopened():
            world.clock.advance(seconds=590)
            await world.run_pass()
            assert site.hits() == asked
            world.clock.advance(seconds=60)
            await world.run_pass()
            assert site.hits() > asked


async def test_redirects_are_followed_and_loops_end(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/moved", redirect("/a/000"))
        site.route("/one.xml", xml(feed_of(site, "/moved", "/loop")))
        async with World.open(tmp_path, sources=[feed(site, "/one.xml")], site=site) as world:
            await world.run_pass()
            assert world.outcomes()["stored"] == 1
            assert sum(world.outcomes().values()) == 2


async def test_a_broken_page_is_put_off_and_its_neighbours_are_stored(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/cut", truncated(html("<p>half"), declared=10_000), news()["/a/001"])
        site.route("/silent", stall(html("<p>never")))
        site.route("/one.xml", xml(feed_of(site, "/cut", "/silent", "/a/000")))
        sources = [feed(site, "/one.xml")]
        settings = {"fetch": {"delay": "0s", "deadline": "0.5s"}}
        async with World.open(tmp_path, sources=sources, site=site, settings=settings) as world:
            await world.run_pass()
            assert world.outcomes() == {"stored": 1, "pending": 2}
            world.clock.advance(minutes=5)
            await world.run_pass()
            assert world.outcomes() == {"stored": 2, "pending": 1}


async def test_every_refusal_is_one_outcome_with_its_reason(tmp_path: Path) -> None:
    async with Site.start() as site:
        site.route("/gone", status(410))
        site.route("/image", text(b"\x89PNG\r\n\x1a\n" + bytes(200), "image/png"))
        site.route("/wall", html("<title>环境异常</title><p>当前环境异常，完成验证后即可继续访问。</p>"))
        site.route("/robots.txt", text("User-agent: *\nDisallow: /private/"))
        site.route("/one.xml", xml(feed_of(site, "/gone", "/image", "/wall", "/private/1", "/to-private")))
        async with World.open(tmp_path, sources=[feed(site, "/one.xml")], site=site) as world:
            await world.run_pass()
            settled = {"gone": 1, "unsupported": 1, "robots": 1, "refused": 1}
            assert world.outcomes() == settled | {"pending": 1}
            for _ in range(4):
                world.clock.advance(days=4)
                await world.run_pass()
            assert world.outcomes() == settled | {"blocked": 1}


async def test_an_unreachable_source_is_shown_and_stops_nobody(tmp_path: Path) -> None:
    async with Site.start() as site:
        sources = [feed(site), {"id": "dead", "kind": "feed", "url": "http://127.0.0.1:9/feed"}]
        async with World.open(tmp_path, sources=sources, site=site) as world:
            await world.run_pass()
            assert world.outcomes() == {"stored": 5}
            assert world.sources()["dead"].last_error


async def test_a_changed_page_is_a_revision_that_is_said_again(tmp_path: Path) -> None:
    first = (
        "<article><h1>统计</h1>"
        + "<p>截至7月底，全国已有{n}款大模型完成备案，ChatGPT之后行业竞争仍在继续，业内人士表示将持续推进。</p>"
    )
    rest = (
        "<p>"
        + "各地正在以人工智能作为发展突破口，抢占行业和市场发展新高点，相关企业加快产品落地。" * 6
        + "</p></article>"
    )
    async with Site.start() as site:
        site.route("/notice", html(first.format(n=80) + rest), html(first.format(n=130) + rest))
        page = {"id": "notice", "kind": "page", "url": site.url("/notice")}
        async with World.open(tmp_path, sources=[page], site=site) as world:
            await world.run_pass()
            world.clock.advance(days=1, hours=2)
            await world.run_pass()
            assert world.outcomes() == {"revision": 1}
            assert len(world.articles()) == 1
            changed = world.digests()[-1].read_text("utf-8")
            assert "80" in changed
            assert "130" in changed


async def test_a_changed_file_in_a_folder_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    note = folder / "note.txt"
    note.write_text(
        "通义千问发布新版本。" + "阿里云表示，新版本在多个行业的应用中表现出色，将逐步开放。" * 5, encoding="utf-8"
    )
    async with World.open(tmp_path, sources=[{"id": "inbox", "kind": "folder", "path": str(folder)}]) as world:
        await world.run_pass()
        world.clock.advance(minutes=1)
        await world.run_pass()
        note.write_text(
            note.read_text("utf-8") + "据悉，文心一言也在当天更新，用户可以申请试用。" * 5, encoding="utf-8"
        )
        world.clock.advance(minutes=1)
        await world.run_pass()
        assert world.outcomes() == {"revision": 1}
        assert len(world.articles()) == 1


async def test_the_marks_of_a_markdown_file_in_a_folder_are_not_text(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    said = "阿里云表示，新版本在多个行业的应用中表现出色，将逐步开放。"
    (folder / "note.md").write_text(f"# 通义千问发布新版本\n\n{said * 3}**重点**见[原文](https://a.test)。", "utf-8")
    async with World.open(tmp_path, sources=[{"id": "inbox", "kind": "folder", "path": str(folder)}]) as world:
        await world.run_pass()
        article = world.articles()[0]
        assert (article.title, world.text(article.id)) == ("通义千问发布新版本", f"{said * 3}重点见原文。")


async def test_a_page_that_kills_its_worker_is_marked_and_the_next_is_read(tmp_path: Path) -> None:
    async with Site.start() as site:
        deep = b"<div>" * 2_000_000
        site.route("/deep", text(deep, "text/html"))
        site.route("/one.xml", xml(feed_of(site, "/deep", "/a/000")))
        settings = {"workers": {"count": 1, "wall": "2s"}}
        async with World.open(tmp_path, sources=[feed(site, "/one.xml")], site=site, settings=settings) as world:
            await world.run_pass()
            world.clock.advance(minutes=5)
            await world.run_pass()
            outcomes = world.outcomes()
            assert outcomes["stored"] == 1
            assert outcomes["pending"] == 0


async def test_another_text_under_a_known_address_is_told_again(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    note = folder / "latest.txt"
    note.write_text("通义千问发布新版本。" + "阿里云表示，新版本在多个行业中表现出色。" * 6, encoding="utf-8")
    async with World.open(tmp_path, sources=[{"id": "inbox", "kind": "folder", "path": str(folder)}]) as world:
        await world.run_pass()
        note.write_text("文心一言面向公众开放。" + "百度方面称，用户可以在应用商店下载使用。" * 6, encoding="utf-8")
        world.clock.advance(days=1)
        await world.run_pass()
        assert "文心一言" in world.digests()[-1].read_text("utf-8")
        assert len(world.digests()) == 2
