from __future__ import annotations

import pytest

from monitor.read.addresses import own_canonical
from monitor.read.head import Head

MOBILE = "https://m.news.test.cn/a/123456.html"
BELIEVED = [
    (MOBILE, "https://www.test.cn/a/123456.html"),
    ("https://www.test.cn/amp/a-long-story-about-models", "https://www.test.cn/a-long-story-about-models"),
    ("https://www.test.cn/a/123456.html?from=x&z=1", "https://www.test.cn/a/123456.html"),
    ("https://www.test.cn/a/123456_2.html", "/a/123456.html"),
    ("https://www.test.cn/s?id=778899&wd=1", "https://www.test.cn/s?id=778899"),
]
REFUSED = [
    (MOBILE, "https://www.test.cn/"),
    (MOBILE, "https://www.test.cn/index.html"),
    (MOBILE, "https://www.test.cn/news/"),
    (MOBILE, "https://www.test.cn/a/123457.html"),
    (MOBILE, "https://www.other.cn/a/123456.html"),
    (MOBILE, MOBILE),
    (MOBILE, "javascript:void(0)"),
    (MOBILE, "https://[broken"),
    ("https://www.test.cn/2023/0702/c1-111111.html", "https://www.test.cn/2023/0702/c1-222222.html"),
    ("https://www.test.cn/some-story-about-models", "https://www.test.cn/another-story-about-laws"),
]


@pytest.mark.parametrize(("url", "href"), BELIEVED)
def test_canonical_of_the_same_article_is_believed(url: str, href: str) -> None:
    assert own_canonical(Head(links={"canonical": href}), url) is not None


@pytest.mark.parametrize(("url", "href"), REFUSED)
def test_canonical_of_anything_else_is_not(url: str, href: str) -> None:
    assert own_canonical(Head(links={"canonical": href}), url) is None


def test_slug_is_believed_where_og_url_agrees() -> None:
    head = Head(links={"canonical": "https://www.test.cn/story-about-models"})
    assert own_canonical(head, "https://www.test.cn/read/it") is None
    head.metas["og:url"] = "https://www.test.cn/story-about-models"
    assert own_canonical(head, "https://www.test.cn/read/it") == "https://www.test.cn/story-about-models"
