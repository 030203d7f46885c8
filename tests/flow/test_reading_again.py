"""Whole articles: what a host teaches, what goes on on another page, and what a better reader finds in old pages."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from html import escape
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from monitor.reread import Change, Effect, reread
from monitor.topics.keywords import KEPT
from storage import feed
from storage.bands import stored_keys
from storage.database import Session
from storage.raws import keep, pack, raw_items
from storage.records import RawPage
from storage.story_moves import begin_story, move_articles
from storage.tables import articles, deliveries, hits, items, raws
from tests.flow.test_whole_way import feed_of
from tests.flow.world import START, World
from tests.site.answers import Answer, html, status, xml
from tests.site.server import Site
from tests.site.stories import STORIES

pytestmark = pytest.mark.anyio

FOOT = "本栏目由示例实验室与读者共同维护每周更新三次"
SUBJECTS = ("港口", "铁路", "图书馆", "气象站", "博物馆", "果园")


def story(subject: str, *more: str) -> Answer:
    lines = [f"{subject}{verb}，{rest}。" for verb, rest in zip(VERBS, RESTS, strict=True)]
    body = "".join(f"<p>{escape(line)}</p>" for line in [*lines, *more])
    title = f"{subject}启用通义千问大模型"
    return html(f"<html><title>{title}</title><body><article><h1>{title}</h1>{body}</article></body></html>")


VERBS = ("引入通义千问大模型", "的工作人员表示", "还计划培训员工", "与高校签订协议", "明年将扩大试点", "的访客反映良好")
RESTS = (
    "用来回答每天收到的上千条询问",
    "过去要三个人轮班才能完成的登记如今一个人就够",
    "第一批课程安排在秋天，由外地请来的讲师授课",
    "双方会共同整理几十年来积累的纸质档案",
    "届时会有更多的服务窗口接入同一套系统",
    "不过也有人担心个人信息的保管方式",
)


async def world_of(
    tmp_path: Path, pages: dict[str, Answer], check: Callable[[Site, World], Awaitable[None]], **more: object
) -> None:
    async with Site.start(routes={}) as site:
        for path, answer in pages.items():
            site.route(path, answer)
        named = [path for path in pages if "_2" not in path and "_3" not in path]
        site.route("/feed.xml", xml(feed_of(site, *named)))
        source = {"id": "feed", "kind": "feed", "url": site.url("/feed.xml")}
        async with World.open(tmp_path, sources=[source], site=site, **more) as world:
            await world.run_pass()
            await check(site, world)


def seed(key: str, *more: str) -> Answer:
    body = "".join(f"<p>{escape(line)}</p>" for line in [*STORIES[key].paragraphs, *more])
    return html(f"<html><title>{key}</title><body><article>{body}</article></body></html>")


SEEDS = {f"/{key}.html": seed(key, FOOT) for key in ("000", "001", "002", "003", "004")}


def texts(world: World) -> dict[str, str]:
    return {shown.url.rsplit("/", 1)[1]: world.text(shown.id) for shown in world.articles()}


async def again(world: World, *, apply: bool) -> list[Change]:
    return [change async for change in reread(world.daemon.rt, since=None, source=None, apply=apply)]


async def test_line_of_three_articles_of_a_host_leaves_and_old_articles_are_put_right(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        kept = [FOOT in text for text in texts(world).values()]
        assert kept.count(True) == 2, "only the first two articles could not know"
        changes = await again(world, apply=True)
        assert [change.lost_lines for change in changes if change.effect is Effect.CHANGED] == [(FOOT,)] * 2
        assert not any(FOOT in text for text in texts(world).values())

    await world_of(tmp_path, SEEDS, check)


async def test_page_that_lost_its_furniture_meanwhile_is_no_revision(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        world.daemon.rt.store.write(lambda s: s.execute(update(items).values(state="pending")))
        world.clock.advance(hours=1)
        await world.run_pass()
        assert world.outcomes() == {"unchanged": len(SEEDS)}

    await world_of(tmp_path, SEEDS, check)


PAGER = '<div class="pager"><a href="/a.html">1</a> <a href="/a_2.html">2</a> <a href="{next}">下一页</a></div>'


def part(number: int, following: str | None) -> Answer:
    lines = "".join(
        f"<p>第{number}页第{n}段，{rest}，{SUBJECTS[n % 6]}方面的情况也是如此。</p>" for n, rest in enumerate(RESTS)
    )
    pager = PAGER.format(next=following) if following else '<div class="pager"><a href="/a.html">上一页</a></div>'
    title = "三页长文讲述城市变化"
    return html(
        f"<html><title>{title}</title><body><h1>{title}</h1><div class='content'>{lines}</div>{pager}</body></html>"
    )


async def test_article_on_three_pages_is_one_article(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        (text,) = texts(world).values()
        assert [f"第{n}页第0段" in text for n in (1, 2, 3)] == [True] * 3
        assert text.count("三页长文") == 0
        assert [change.effect for change in await again(world, apply=False)] == [Effect.UNCHANGED]

    pages = {"/a.html": part(1, "/a_2.html"), "/a_2.html": part(2, "/a_3.html"), "/a_3.html": part(3, None)}
    await world_of(tmp_path, pages, check)


async def test_every_page_that_the_reader_points_to_is_fetched(tmp_path: Path) -> None:
    async with Site.start(routes={}) as site:
        site.route("/b", part(1, "/b/page/2/"))
        site.route("/b/page/2/", part(2, None))
        site.route("/feed.xml", xml(feed_of(site, "/b")))
        source = {"id": "feed", "kind": "feed", "url": site.url("/feed.xml")}
        async with World.open(tmp_path, sources=[source], site=site) as world:
            await world.run_pass()
            (text,) = texts(world).values()
            assert "第2页第0段" in text
            assert site.hits("/b/page/2/") == 1


async def test_article_whose_next_page_is_gone_is_stored_and_marked(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        (stored,) = world.articles()
        with world.daemon.rt.store.read() as session:
            found = feed.get_article(session, stored.id)
        assert found is not None
        assert "incomplete" in found.flags

    await world_of(tmp_path, {"/a.html": part(1, "/a_2.html"), "/a_2.html": status(404)}, check)


async def test_article_whose_next_page_fails_for_now_waits(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        assert world.outcomes() == {"pending": 1}
        site.route("/a_2.html", part(2, None))
        world.clock.advance(minutes=5)
        await world.run_pass()
        (text,) = texts(world).values()
        assert "第2页第0段" in text

    await world_of(tmp_path, {"/a.html": part(1, "/a_2.html"), "/a_2.html": status(500)}, check)


async def test_reading_again_puts_right_what_was_read_wrong_and_alerts_nobody(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        store = world.daemon.rt.store
        store.write(
            lambda s: s.execute(
                update(articles).where(articles.c.id == 1).values(title="错题", text="错误的正文", keywords=["旧词"])
            )
        )
        before = counts(world)
        shown = await again(world, apply=False)
        assert world.text(1) == "错误的正文", "a look changes nothing"
        assert (await again(world, apply=True)) == shown
        assert [change.effect for change in await again(world, apply=True)] == [Effect.UNCHANGED] * 2
        assert "引入通义千问大模型" in world.text(1)
        assert counts(world) == before
        with store.read() as session:
            (keywords,) = session.scalars(select(articles.c.keywords).where(articles.c.id == 1))
        assert 0 < len(set(keywords) - {"旧词"}) == len(keywords) <= KEPT

    def counts(world: World) -> list[int]:
        with world.daemon.rt.store.read() as session:
            return [session.scalar(select(func.count()).select_from(table)) or 0 for table in (hits, deliveries)]

    await world_of(tmp_path, {"/a.html": story("港口"), "/b.html": story("铁路")}, check)


async def test_page_that_was_rejected_by_mistake_becomes_an_article(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        store = world.daemon.rt.store
        assert world.outcomes() == {"too_short": 1}
        better = story("港口").body
        page = pack(RawPage(url=site.url("/a.html"), content_type="text/html", fetched_at=world.clock(), body=better))
        store.write(lambda s: keep(s, 1, [page]))
        (change,) = await again(world, apply=True)
        assert change.effect is Effect.RESCUED
        assert world.outcomes() == {"stored": 1}
        assert [shown.title for shown in world.articles()] == ["港口启用通义千问大模型"]

    await world_of(tmp_path, {"/a.html": html("<html><body><p>短</p></body></html>")}, check)


async def test_copy_that_was_told_apart_by_mistake_joins_its_story(tmp_path: Path) -> None:
    wrapped = [f"转载说明第{n}条：本文由机器人整理，{rest}，仅供参考" for n, rest in enumerate(RESTS)]

    async def check(site: Site, world: World) -> None:
        store = world.daemon.rt.store
        assert [story.article_count for story in world.stories()] == [2]
        store.write(lambda s: split(s, article_id=1))  # the other one is fuller, and leads
        assert [story.article_count for story in world.stories()] == [1, 1]
        moved = [change.moved for change in await again(world, apply=True)]
        assert moved == [True, False]
        assert [story.article_count for story in world.stories()] == [2]

    def split(session: Session, article_id: int) -> None:
        begun = begin_story(session, canonical_id=article_id, split_from=None, now=START)
        move_articles(session, [article_id], begun)

    await world_of(tmp_path, {"/a.html": story("港口"), "/b.html": story("港口", wrapped[0])}, check)


async def test_reading_again_renews_the_keys_that_an_earlier_version_cut(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        store = world.daemon.rt.store
        earlier = update(articles).values(sketch_version="norm0", precedence="")
        store.write(lambda s: s.execute(earlier))
        assert [change.effect for change in await again(world, apply=True)] == [Effect.UNCHANGED]
        with store.read() as session:
            row = session.execute(select(articles.c.sketch_version, articles.c.precedence)).one()
            kept = stored_keys(session, 1)
        assert kept is not None
        assert kept.sketch_version == row.sketch_version != "norm0"
        assert row.precedence

    await world_of(tmp_path, {"/a.html": story("港口")}, check)


async def read_anew(world: World) -> None:
    """Have every address read once more."""
    world.daemon.rt.store.write(lambda s: s.execute(update(items).values(state="pending", attempts=0)))
    world.clock.advance(hours=1)
    await world.run_pass()


async def test_old_page_never_takes_the_place_of_a_newer_text(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        store = world.daemon.rt.store
        old = store.write(lambda s: raw_items(s, since=None, source=None, after=None))[0].pages
        site.route("/a.html", story("港口", "后来补充了一段关于收费标准的说明，从下月起执行。"))
        await read_anew(world)
        store.write(lambda s: keep(s, 1, [pack(page) for page in old]))
        assert [change.effect for change in await again(world, apply=True)] == [Effect.SKIPPED]
        assert "收费标准" in world.text(1)

    await world_of(tmp_path, {"/a.html": story("港口")}, check)


async def test_page_about_to_be_read_anew_is_not_rescued(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        store = world.daemon.rt.store
        page = RawPage(
            url=site.url("/a.html"), content_type="text/html", fetched_at=world.clock(), body=story("港口").body
        )
        store.write(lambda s: keep(s, 1, [pack(page)]))
        store.write(lambda s: s.execute(update(items).values(state="pending")))
        assert [change.effect for change in await again(world, apply=True)] == [Effect.SKIPPED]
        assert world.articles() == []

    await world_of(tmp_path, {"/a.html": html("<html><body><p>短</p></body></html>")}, check)


async def test_page_that_is_no_article_for_once_does_not_push_out_the_good_one(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        site.route("/a.html", html("<html><body><p>短</p></body></html>"))
        await read_anew(world)
        assert world.outcomes() == {"too_short": 1}
        assert [change.effect for change in await again(world, apply=False)] == [Effect.UNCHANGED]

    await world_of(tmp_path, {"/a.html": story("港口")}, check)


async def test_article_that_is_read_anew_does_not_count_twice(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        await read_anew(world)
        assert all(FOOT in text for text in texts(world).values()), "two articles are not three"

    await world_of(tmp_path, {path: SEEDS[path] for path in ("/000.html", "/001.html")}, check)


async def test_nothing_is_kept_where_keeping_is_off(tmp_path: Path) -> None:
    async def check(site: Site, world: World) -> None:
        with world.daemon.rt.store.read() as session:
            assert session.scalar(select(func.count()).select_from(raws)) == 0

    await world_of(tmp_path, {"/a.html": story("港口")}, check, settings={"raw": {"keep": False}})


def test_changes_have_a_form_in_json() -> None:
    change = Change(effect=Effect.CHANGED, url="https://a.example/1", facts=(("title", "甲", "乙"),))
    assert json.loads(json.dumps(feed.as_json(change)))["facts"] == [["title", "甲", "乙"]]
