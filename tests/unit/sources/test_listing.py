"""List pages by selectors."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.sources._entry import Found
from monitor.sources._listing import Matched, Selectors, compile_selector, parse_listing
from monitor.sources._parsed import Document
from monitor.types import Rejected
from storage.records import Outcome

NOW = datetime(2023, 7, 3, 4, 0, tzinfo=UTC)
SITE = Document(address="http://www.site.example/yw/", base="http://www.site.example/yw/index.htm")
PAGE = """<html><head><meta charset="gbk"><title>要闻 列表</title></head><body>
<div class="nav"><a href="/">首页</a></div>
<ul class="list">
  <li><a href="./1.htm" title="国家网信办发布通知全文">国家网信办发布…</a><span>2023-07-02</span></li>
  <li class="line"></li>
  <li><a href="http://other.example/2.htm">二 &lt;b&gt; &amp; c</a><span>昨天 08:30</span></li>
  <li><a href="javascript:void(0)">更多</a></li>
  <li><a href="./1.htm?utm_source=x">重复</a><time datetime="2023-07-01T09:00:00+08:00">两天前</time></li>
</ul></body></html>"""


def parse(selectors: Selectors, page: str | bytes = PAGE, cap: int = 200) -> Found | Rejected:
    body = page.encode("gb18030") if isinstance(page, str) else page
    matched = parse_listing(body, None, SITE, NOW, selectors, cap)
    return matched.found if isinstance(matched, Matched) else matched


def rows(found: Found | Rejected) -> list[tuple[str, str | None, str | None]]:
    assert isinstance(found, Found), found
    return [(item.url, item.title, item.published.value if item.published else None) for item in found.items]


@pytest.mark.parametrize(
    "selectors",
    [
        Selectors(item=".list li", date="span, time"),
        Selectors(item="xpath://ul[@class='list']/li", link="xpath:a", date="xpath:span|time"),
        Selectors(item="xpath://ul/li", link="a", title="a", date="xpath:(span|time)[1]"),
    ],
    ids=["css", "xpath", "mixed"],
)
def test_rows_become_items(selectors: Selectors) -> None:
    assert rows(parse(selectors)) == [
        ("http://www.site.example/yw/1.htm", "国家网信办发布通知全文", "2023-07-02"),
        ("http://other.example/2.htm", "二 <b> & c", "2023-07-02T08:30+08:00"),
    ]


def test_selectors_may_give_attributes_and_strings() -> None:
    selectors = Selectors(
        item=".list li", link="xpath:a/@href", title="xpath:string(a/@title)", date="xpath:span/text()"
    )

    assert rows(parse(selectors))[0] == ("http://www.site.example/yw/1.htm", "国家网信办发布通知全文", "2023-07-02")


def test_row_may_be_the_link_itself() -> None:
    found = parse(Selectors(item=".list a[href$='.htm']"))

    assert [row[0] for row in rows(found)] == ["http://www.site.example/yw/1.htm", "http://other.example/2.htm"]


def test_base_of_the_page_is_where_relative_addresses_start() -> None:
    page = PAGE.replace("<head>", "<head><base href='/other/'>")

    assert rows(parse(Selectors(item=".list li"), page))[0][0] == "http://www.site.example/other/1.htm"


def test_row_whose_address_cannot_be_fetched_is_named() -> None:
    found = parse(Selectors(item=".list li"))

    assert isinstance(found, Found)
    assert found.skipped == (
        "entry 3 (更多): expected an http or https address, found 'javascript:void(0)'",
        "entry 4 (重复): its address is that of entry 1",
    )


def test_headline_names_the_picture_before_it() -> None:
    page = "<div><a href='/1'><img></a><a href='/1'>标题</a><a href='/1'>标题</a></div>"

    found = parse(Selectors(item="a"), page)

    assert rows(found) == [("http://www.site.example/1", "标题", None)]
    assert isinstance(found, Found)
    assert found.skipped == ()


def test_rows_beyond_the_cap_are_not_taken_and_said_to_be_left() -> None:
    found = parse(Selectors(item=".list li"), cap=1)

    assert len(rows(found)) == 1
    assert isinstance(found, Found)
    assert found.skipped == ("only the first 1 of 5 rows were taken",)


@pytest.mark.parametrize(
    ("selectors", "page", "detail"),
    [
        (Selectors(item=".news li"), PAGE, "the selector '.news li' matched nothing (the page's title is '要闻 列表')"),
        (Selectors(item="li", link="b"), PAGE, "the selector 'li' matched 5 rows, but 'b' found no address in them"),
        (Selectors(item="xpath://li/@class"), PAGE, "the selector 'xpath://li/@class' matched nothing"),
        (Selectors(item="xpath:count(//li)"), PAGE, "the selector 'xpath:count(//li)' matched nothing"),
        (Selectors(item="xpath:document('/etc/passwd')//a"), PAGE, "a selector cannot be evaluated: Unregistered fun"),
        (Selectors(item="xpath://a[re:test(., 'x')]"), PAGE, "a selector cannot be evaluated: Undefined namespace pr"),
        (Selectors(item="li"), b"", "expected an HTML page, found nothing that holds markup"),
    ],
    ids=["no-rows", "no-links", "attributes", "number", "document", "extension", "empty"],
)
def test_page_that_the_selectors_do_not_fit_is_rejected_with_the_selector(
    selectors: Selectors, page: str | bytes, detail: str
) -> None:
    rejected = parse(selectors, page)

    assert isinstance(rejected, Rejected)
    assert rejected.rejected is Outcome.NOT_ARTICLE
    assert rejected.detail.startswith(detail)


@pytest.mark.parametrize("selector", ["ul[", "a::attr(href)", "xpath:", "xpath://a[", ">"])
def test_selector_that_is_none_is_a_value_error(selector: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        compile_selector(selector)
