"""The kind ``page``: what is watched, and what counts as a change."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.read.whole import read_whole
from monitor.sources import kinds
from monitor.types import Collected, Extracted, Rejected
from storage.records import NewItem
from tests.contract.fake_port import FakePort, fetched, state_of

PAGE = kinds()["page"]
URL = "https://site.example/registry"
HTML = (
    "<html><head><title>备案</title></head><body><div class=nav><a href=/>首页</a></div><div id=a><table>"
    "<tr><td>北京</td><td>文心一言</td></tr><tr><td>上海</td><td>商量</td></tr></table></div>"
    "<div id=b><p>说明文字。</p><p>访问量：123</p></div></body></html>"
)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def poll(html: str, content_type: str = "text/html; charset=utf-8", **settings: Any) -> Collected | Rejected:
    source = PAGE.Settings.model_validate({"id": "x", "kind": "page", "url": URL, **settings})
    state = state_of("x", "page", URL, "site.example")
    collected = await PAGE.collect(source, state, FakePort(answer=fetched(html.encode(), URL, content_type)))
    assert isinstance(collected, Collected | Rejected)
    return collected


async def item(html: str = HTML, **settings: Any) -> NewItem:
    collected = await poll(html, **settings)
    assert isinstance(collected, Collected), collected
    return collected.found[0]


def text_of(watched: NewItem) -> str:
    assert watched.payload is not None
    found = read_whole(watched.payload, URL, watched.payload_type)
    assert isinstance(found, Extracted)
    return found.text


@pytest.mark.anyio
@pytest.mark.parametrize(
    "changed",
    [
        HTML.replace("<tr>", "<tr class=odd data-n=1>"),
        HTML.replace("</body>", "<script>token='x1'</script></body>"),
        HTML.replace("123", "124"),
        HTML.replace("首页", "网站首页"),
    ],
    ids=["attributes", "script", "counter", "menu"],
)
async def test_change_that_no_line_shows_is_no_new_version(changed: str) -> None:
    assert changed != HTML
    assert (await item(changed)).version == (await item()).version


@pytest.mark.anyio
async def test_change_of_a_row_is_a_new_version_of_the_same_item() -> None:
    before, after = await item(), await item(HTML.replace("商量", "日日新"))

    assert before.key == after.key
    assert before.version != after.version
    assert before.payload == HTML.encode()


@pytest.mark.anyio
@pytest.mark.parametrize("select", ["#a", "xpath://div[@id='a']", "#a table, #a tr", "#a tr"])
async def test_only_the_selected_part_is_watched(select: str) -> None:
    watched = await item(select=select)

    assert text_of(watched) == "北京 | 文心一言\n上海 | 商量"
    assert watched.version == (await item(HTML.replace("说明", "解释"), select=select)).version


@pytest.mark.anyio
async def test_menu_that_is_asked_for_is_watched() -> None:
    assert text_of(await item(select=".nav")) == "首页"


@pytest.mark.anyio
async def test_ignored_lines_are_not_watched() -> None:
    watched = await item(ignore="^上海|说明")

    assert text_of(watched) == "北京 | 文心一言"
    assert watched.version == (await item(HTML.replace("商量", "日日新"), ignore="^上海|说明")).version


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("html", "content_type", "said"),
    [(HTML, "text/html", "(the page's title is '备案')"), ("%PDF-1.4 x", "application/pdf", "(the answer is no page)")],
    ids=["a page", "no page"],
)
async def test_selector_that_matches_nothing_is_an_error_of_the_source(html: str, content_type: str, said: str) -> None:
    rejected = await poll(html, content_type, select="#gone")

    assert isinstance(rejected, Rejected)
    assert rejected.detail == f"the selector '#gone' matched nothing {said}"


@pytest.mark.anyio
async def test_what_is_no_page_is_passed_on_to_be_judged_when_read() -> None:
    collected = await poll("%PDF-1.4 x", "application/pdf")

    assert isinstance(collected, Collected)
    assert collected.found[0].payload == b"%PDF-1.4 x"


@pytest.mark.parametrize("setting", [{"select": "div["}, {"ignore": "("}], ids=str)
def test_setting_at_fault_is_refused(setting: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not a"):
        PAGE.Settings.model_validate({"id": "x", "kind": "page", "url": URL, **setting})
