# ruff: noqa: E501 - rows are written as a page writes them
"""List pages without selectors: what is taken, what is remembered, what is said when the page changes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor.sources import kinds
from monitor.sources._finder import Patterns
from monitor.sources._listing_found import Listed, find_listing
from monitor.sources._parsed import Document
from monitor.types import Collected, Rejected
from storage.records import Outcome
from tests.contract.fake_port import FakePort, fetched, state_of

NOW = datetime(2023, 7, 3, 4, 0, tzinfo=UTC)
SITE = Document(address="http://www.site.example/yw/", base="http://www.site.example/yw/index.htm")
NAMES = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸"
LISTING = kinds()["listing"]


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def title(number: int) -> str:
    return f"国家网信办发布第{NAMES[number % 20]}批生成式人工智能服务备案公告之{NAMES[number // 20]}"


def items(numbers: range, row: str) -> str:
    return "".join(row.format(n=1_000 + n, title=title(n), day=28 - n % 28) for n in numbers)


ROW = '<li><a href="/yw/2023-06/{day:02}/c_{n}.htm">{title}</a><span>2023-06-{day:02}</span></li>'
MENU = "".join(
    f'<li><a href="/{word}/">{name}</a></li>' for word, name in (("gn", "国内新闻"), ("gj", "国际新闻"), ("kj", "科技"))
)


def page(rows: str, *, box: str = "list", before: str = "") -> str:
    return (
        f"<html><head><title>要闻</title></head><body><div class=nav><ul>{MENU}</ul></div>{before}"
        f"<div class=main><ul class={box}>{rows}</ul></div><div class=footer><a href='/about.html'>关于我们</a></div></body></html>"
    )


def find(html: str, cursor: dict[str, Any] | None = None, patterns: Patterns = Patterns()) -> Listed | Rejected:  # noqa: B008
    return find_listing(html.encode(), "text/html; charset=utf-8", SITE, NOW, cursor or {}, 200, patterns)


def listed(html: str, cursor: dict[str, Any] | None = None) -> Listed:
    found = find(html, cursor)
    assert isinstance(found, Listed), found
    return found


def numbers(found: Listed) -> list[int]:
    return [int(item.url.rpartition("_")[2].removesuffix(".htm")) - 1_000 for item in found.found.items]


LAYOUTS = {
    "list": ROW,
    "heading and card": '<li><div><h3><a href="/yw/2023-06/{day:02}/c_{n}.htm">{title}</a></h3><p>据悉，有关负责人介绍了起草背景和主要考虑。</p><i>2023-06-{day:02}</i></div></li>',
    "picture and title": '<li><a href="/yw/2023-06/{day:02}/c_{n}.htm"><img src=x.jpg></a><a href="/yw/2023-06/{day:02}/c_{n}.htm">{title}</a><em>[2023-06-{day:02}]</em><a href="/yw/2023-06/{day:02}/c_{n}.htm">[详细]</a></li>',
    "card that is a link": '<li><a href="/yw/2023-06/{day:02}/c_{n}.htm"><span>要闻</span><h4>{title}</h4><p>据悉，有关负责人介绍了起草背景。</p><time>2023-06-{day:02}</time></a></li>',
    "day apart from month": '<li><div><b>{day:02}</b><span>2023-06</span></div><a href="/yw/2023-06/{day:02}/c_{n}.htm">{title}</a></li>',
    "date in the link": '<li><a href="/yw/2023-06/{day:02}/c_{n}.htm">{title} 2023-06-{day:02}</a></li>',
    "cut title": '<li><a href="/yw/2023-06/{day:02}/c_{n}.htm" title="{title}">{title:.10}…</a><span>2023-06-{day:02}</span></li>',
    "classes of each row": '<li class="post-{n} item__a{n}b odd"><a href="/yw/2023-06/{day:02}/c_{n}.htm">{title}</a><span>2023-06-{day:02}</span></li>',
}  # fmt: skip


@pytest.mark.parametrize("row", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_rows_are_found_with_title_and_date(row: str) -> None:
    found = listed(page(items(range(12), row)))

    assert numbers(found) == list(range(12))
    assert [item.title for item in found.found.items] == [title(n) for n in range(12)]
    assert [item.published.value if item.published else None for item in found.found.items] == [
        f"2023-06-{28 - n:02}" for n in range(12)
    ]


def test_advertising_between_the_rows_is_left_out() -> None:
    ad = '<li class="ad"><a href="https://ads.example/click?id=8831">大模型算力服务器限时特惠抢购中</a></li>'

    found = listed(page(items(range(4), ROW) + ad + items(range(4, 12), ROW)))

    assert numbers(found) == list(range(12))


@pytest.mark.parametrize(
    ("html", "reason", "said"),
    [
        ("<div id=app></div><a href=/a>a</a><script src=x></script><script></script>", "not_article", "built by scripts (1 links, 2 scripts)"),
        (f"<div class=nav><ul>{MENU}</ul></div><p>短</p>", "not_article", "none of its 3 links stand in rows"),
        ("<title>安全验证</title><p>您的访问环境异常，请完成验证后继续访问。</p>", "blocked", "a page titled"),
        (page(items(range(6), ROW), before="<h1>文章</h1>" + "<p>" + "有关负责人介绍了起草背景、主要考虑和下一步安排。" * 4 + "</p>" * 1 + ("<p>" + "回答了记者提问，并就下一步工作作出部署安排。" * 6 + "</p>") * 12), "not_article", "the page is an article"),
        ("", "not_article", "expected an HTML page"),
    ],
    ids=["scripts", "menu", "wall", "article", "empty"],
)  # fmt: skip
def test_page_without_a_list_is_rejected_with_the_reason(html: str, reason: str, said: str) -> None:
    rejected = find(html)

    assert isinstance(rejected, Rejected)
    assert rejected.rejected is Outcome(reason)
    assert said in rejected.detail


def test_cursor_is_small_and_holds_the_signature() -> None:
    cursor = listed(page(items(range(40), ROW))).cursor

    assert len(json.dumps(cursor)) < 2_000
    assert cursor["shape"] == "www.site.example/yw/N-N/N/c_N.htm"
    assert cursor["selector"] == "ul.list > li"
    assert cursor["usual"] == 40


def test_list_that_rolls_on_is_no_drift() -> None:
    cursor = listed(page(items(range(12), ROW))).cursor

    later = listed(page(items(range(30, 42), ROW)), cursor)

    assert later.notices == ()
    assert numbers(later) == list(range(30, 42))


def test_list_that_moved_is_found_anew_and_said() -> None:
    cursor = listed(page(items(range(12), ROW))).cursor

    moved = listed(
        page(items(range(1, 13), '<li><h3><a href="/yw/2023-06/{day:02}/c_{n}.htm">{title}</a></h3></li>'), box="feed"),
        cursor,
    )

    ((code, text),) = moved.notices
    assert code == "drift"
    assert text.startswith(
        f"expected the list at 'ul.list > li' (about 12 links such as {title(0)[:40]!r}), found no such rows; took 12"
    )
    assert text.endswith("set item: 'ul.feed > li'")
    assert numbers(moved) == list(range(1, 13))


def test_drift_is_told_for_a_week() -> None:
    moved = page(items(range(12), ROW), box="feed")
    found = listed(moved, listed(page(items(range(12), ROW))).cursor)

    for days, codes in ((6, ["drift"]), (8, [])):
        later = find_listing(moved.encode(), None, SITE, NOW + timedelta(days=days), found.cursor, 200)
        assert isinstance(later, Listed)
        assert [code for code, _ in later.notices] == codes


def test_remembered_list_is_kept_though_another_fits_better_for_a_day() -> None:
    cursor = listed(page(items(range(12), ROW))).cursor
    special = '<div class="special"><dl>' + items(range(60, 100), '<dd><a href="/zt/2023/{n}.htm">{title}</a> 2023-06-{day:02}</dd>') + "</dl></div>"  # fmt: skip

    later = listed(page(items(range(2, 14), ROW), before=special), cursor)

    assert numbers(later) == list(range(2, 14))
    assert later.notices == ()


def test_list_that_is_gone_is_an_error_that_says_what_was_expected() -> None:
    cursor = listed(page(items(range(12), ROW))).cursor

    gone = find(f"<title>改版公告</title><div class=nav><ul>{MENU}</ul></div>", cursor)

    assert isinstance(gone, Rejected)
    assert gone.detail.startswith("the list at 'ul.list > li' (about 12 links such as ")


def test_fall_of_the_yield_is_a_notice() -> None:
    cursor = listed(page(items(range(30), ROW))).cursor

    assert [code for code, _ in listed(page(items(range(9), ROW)), cursor).notices] == ["yield"]


def test_addresses_can_be_narrowed() -> None:
    found = find(page(items(range(12), ROW)), patterns=Patterns(match=r"/c_\d+", skip=r"c_100[0-4]\."))

    assert isinstance(found, Listed)
    assert numbers(found) == list(range(5, 12))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cursor=st.dictionaries(st.sampled_from(["path", "shape", "selector", "usual", "sample", "seen", "item"]), st.none() | st.text(max_size=9) | st.lists(st.text(max_size=3)) | st.integers()))  # fmt: skip
def test_cursor_of_any_form_does_no_harm(cursor: dict[str, Any]) -> None:
    assert isinstance(find(page(items(range(6), ROW)), cursor), Listed | Rejected)


# -------------------------------------------------------------------------------------------------- the kind


async def poll(cursor: dict[str, Any], html: str, **settings_: Any) -> Collected | Rejected:
    source = LISTING.Settings.model_validate({"id": "x", "kind": "listing", "url": SITE.address, **settings_})
    state = replace(state_of("x", "listing", SITE.address, "www.site.example"), cursor=cursor)
    answer = replace(fetched(html.encode(), SITE.address), permanent_redirect="http://www.site.example/new/")
    collected = await LISTING.collect(source, state, FakePort(answer=answer))
    assert isinstance(collected, Collected | Rejected)
    return collected


@pytest.mark.anyio
async def test_what_is_found_is_remembered_between_polls() -> None:
    first = await poll({}, page(items(range(12), ROW)))
    assert isinstance(first, Collected)
    second = await poll(first.cursor, page(items(range(12), ROW), box="feed"))

    assert isinstance(second, Collected)
    assert (first.notices, [code for code, _ in second.notices]) == ((), ["drift"])
    assert first.moved_to == "http://www.site.example/new/"


@pytest.mark.anyio
async def test_selectors_are_tried_in_order_and_the_second_is_told() -> None:
    first = await poll({}, page(items(range(12), ROW)), item=["ul.list > li", ".main li"])
    second = await poll({}, page(items(range(12), ROW)), item=["ul.gone > li", ".main li"])

    assert isinstance(first, Collected)
    assert isinstance(second, Collected)
    assert (len(first.found), first.notices, first.cursor) == (12, (), {"item": "ul.list > li", "usual": 12.0})
    assert (len(second.found), [code for code, _ in second.notices]) == (12, ["fallback"])


@pytest.mark.anyio
async def test_selector_that_matches_nothing_is_answered_with_a_proposal() -> None:
    rejected = await poll({}, page(items(range(12), ROW)), item="ul.gone > li")

    assert isinstance(rejected, Rejected)
    assert rejected.detail == (
        "the selector 'ul.gone > li' matched nothing (the page's title is '要闻'); "
        f"rows that look like the list: 'ul.list > li' (12 links such as {title(0)[:40]!r})"
    )


@pytest.mark.anyio
async def test_explicit_list_whose_yield_falls_is_told() -> None:
    first = await poll({}, page(items(range(30), ROW)), item="ul.list > li")
    assert isinstance(first, Collected)
    second = await poll(first.cursor, page(items(range(9), ROW)), item="ul.list > li")

    assert isinstance(second, Collected)
    assert [code for code, _ in second.notices] == ["yield"]
    assert second.cursor["usual"] == 23.7


@pytest.mark.parametrize("setting", [{"match": "("}, {"skip": "["}, {"item": []}, {"item": ["li["]}], ids=str)
def test_setting_at_fault_is_refused(setting: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="validation error"):
        LISTING.Settings.model_validate({"id": "x", "kind": "listing", "url": SITE.address, **setting})
