from __future__ import annotations

import pytest

from monitor.read.head import read_head
from monitor.read.pager import find_next_page, is_continuation
from monitor.read.survey import parse

X = "https://news.test/2023/0702/c1-123.html"
PAGES = [
    (X, "https://news.test/2023/0702/c1-123-2.html"),
    (X, "https://news.test/2023/0702/c1-123_2.html"),
    (X, "https://news.test/2023/0702/c1-123_p2.html"),
    (X, "https://news.test/2023/0702/c1-123/2"),
    (X, f"{X}?page=2"),
    ("http://gov.test/202307/t20230702_5.html", "http://gov.test/202307/t20230702_5_1.html"),
    ("https://news.test/a/123", "https://news.test/a/123/page/3/"),
    ("https://news.test/a/123/", "https://news.test/a/123/2/"),
    ("https://news.test/a?id=9", "https://news.test/a?id=9&p=2"),
    ("https://news.test/123_1.html", "https://news.test/123_2.html"),
    ("https://NEWS.test/123.html", "https://news.test/123_2.html"),
]
OTHERS = [
    (X, "https://news.test/2023/0702/c1-124.html"),
    (X, "https://news.test/2023/0702/c1-124-2.html"),
    (X, "https://other.test/2023/0702/c1-123-2.html"),
    (X, X),
    (X, f"{X}?cpage=2"),
    (X, f"{X}#p2"),
    ("https://news.test/news_12.html", "https://news.test/news_13.html"),
    ("https://news.test/a?id=9", "https://news.test/a?id=10"),
    ("https://news.test/123_2.html", "https://news.test/123_1.html"),
    ("https://news.test/123.html", "https://news.test/123_99.html"),
    ("https://news.test/123.html", "https://[broken/123_2.html"),
]


@pytest.mark.parametrize(("first", "later"), PAGES)
def test_later_page_differs_by_its_number_alone(first: str, later: str) -> None:
    assert is_continuation(first, later)


@pytest.mark.parametrize(("first", "other"), OTHERS)
def test_other_address_is_no_continuation(first: str, other: str) -> None:
    assert not is_continuation(first, other)


def next_page(links: str, url: str = X, head: str = "") -> str | None:
    tree = parse(f"<html><head>{head}</head><body><p>text</p>{links}</body></html>")
    assert tree is not None
    return find_next_page(tree, read_head(tree, url), url)


PAGER = '<a href="c1-123.html">1</a><a href="c1-123-2.html">2</a><a href="c1-123-3.html">3</a>'
NEXT = "https://news.test/2023/0702/c1-123-2.html"
LINKS = [
    pytest.param('<a href="c1-123-2.html">下一页</a>', NEXT, id="next page"),
    pytest.param('<a href="c1-123-2.html">下一頁 »</a>', NEXT, id="traditional"),
    pytest.param(PAGER, NEXT, id="numbers"),
    pytest.param('<a href="c1-124.html">下一页</a>', None, id="another article"),
    pytest.param('<a href="c1-123-2.html">下一篇：别的文章</a>', None, id="next article"),
    pytest.param('<div class="comment-pager"><a href="c1-123.html?page=2">2</a></div>', None, id="comments"),
    pytest.param('<a href="javascript:next()">下一页</a>', None, id="script"),
    pytest.param('<a rel="next" href="c1-123-2.html">»</a>', NEXT, id="rel"),
    pytest.param("", None, id="nothing"),
]


@pytest.mark.parametrize(("links", "expected"), LINKS)
def test_next_page_is_found_only_where_the_article_goes_on(links: str, expected: str | None) -> None:
    assert next_page(links) == expected


def test_declared_next_page_is_believed_if_it_continues_the_address() -> None:
    assert next_page("", head='<link rel="next" href="c1-123-2.html">') == NEXT
    assert next_page("", head='<link rel="next" href="c1-124.html">') is None


def test_second_page_leads_to_the_third_where_it_links_the_first() -> None:
    assert next_page(PAGER, NEXT) == "https://news.test/2023/0702/c1-123-3.html"
    assert next_page('<a href="c1-123-3.html">3</a>', NEXT) is None
    assert next_page(PAGER, "https://news.test/2023/0702/c1-123-3.html") is None
