"""A page that was told and says now that it was withdrawn: told once, and the article stays as it was read."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.notices import Notice, notice_of_token
from storage.tables import hits
from tests.flow.test_polling import feed
from tests.flow.test_reading_again import story
from tests.flow.world import World
from tests.site.answers import Answer, html, status, xml
from tests.site.server import Site

pytestmark = pytest.mark.anyio

RULE = {"id": "ports", "any": ["港口"], "channels": ["digests"], "mode": "instant"}


def listed(site: Site, title: str) -> Answer:
    """Return a feed with one entry."""
    entry = f"<title>{escape(title)}</title><link>{site.url('/a.html')}</link>"
    return xml(f'<rss version="2.0"><channel><title>t</title><item>{entry}</item></channel></rss>')


def notice(said: str) -> Answer:
    """Return a page of a site that holds a notice in the place of its article."""
    frame = "<nav><a href='/'>首页</a></nav>{}<footer>版权所有</footer>"
    return html(
        f"<html><title>港口启用新系统</title><body>{frame.format(f'<article><p>{said}</p></article>')}</body></html>"
    )


def notices(world: World) -> list[Notice | None]:
    """Return what each alert says of its report, oldest first."""
    with world.daemon.rt.store.read() as session:
        return [notice_of_token(token) for token in session.scalars(select(hits.c.token).order_by(hits.c.id))]


@pytest.mark.parametrize(
    ("then", "told"),
    [
        pytest.param(notice("本稿件已删除"), [None, Notice.WITHDRAWAL], id="deleted"),
        pytest.param(notice("该文已被作者删除"), [None, Notice.WITHDRAWAL], id="by its author"),
        pytest.param(notice("原報導已撤下，造成不便敬請見諒。"), [None, Notice.WITHDRAWAL], id="Traditional"),
        pytest.param(notice("We retract the story."), [None, Notice.WITHDRAWAL], id="English"),
        pytest.param(notice("您访问的页面不存在"), [None], id="no such page"),
        pytest.param(status(404), [None], id="not found"),
        pytest.param(status(410), [None, Notice.WITHDRAWAL], id="gone"),
    ],
)
async def test_page_that_says_it_was_withdrawn_is_told_once(
    tmp_path: Path, then: Answer, told: list[Notice | None]
) -> None:
    async with Site.start(routes={}) as site:
        site.route("/feed.xml", listed(site, "港口启用新系统"))
        site.route("/a.html", story("港口"))
        async with World.open(tmp_path, sources=[feed(site)], rules=[RULE], site=site) as world:
            await world.run_pass()
            text = world.text(1)
            site.route("/a.html", then)
            for title in ("（已删除）港口启用新系统", "港口"):
                site.route("/feed.xml", listed(site, title))
                world.clock.advance(days=2)
                await world.run_pass()

            assert notices(world) == told
            assert world.text(1) == text


async def test_file_that_says_it_was_withdrawn_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    lines = "\n".join(
        f"港口的{place}引入了新系统，用来回答每天收到的上千条询问。" for place in ("码头", "仓库", "大厅")
    )
    source = {"id": "box", "kind": "folder", "path": str(folder)}
    async with World.open(tmp_path, sources=[source], rules=[RULE]) as world:
        for text in (lines, "标题：港口启用新系统\n本稿件已删除"):
            (folder / "a.txt").write_text(text, encoding="utf-8")
            world.clock.advance(days=1)
            await world.run_pass()

        assert notices(world) == [None, Notice.WITHDRAWAL]
