"""Shapes of addresses."""

from __future__ import annotations

import pytest

from monitor.sources._finder_shapes import (
    are_kin,
    dates_itself,
    looks_like_article,
    shape_of,
    site_of,
    without_words,
)


@pytest.mark.parametrize(
    ("url", "shape"),
    [
        ("http://www.cac.example/2023-07/13/c_1690898326795531.htm", "www.cac.example/N-N/N/c_N.htm"),
        ("http://gov.example/zhengce/202307/content_6891.htm", "gov.example/zhengce/N/content_N.htm"),
        ("https://a.example/p/9f86d081884c7d65.html", "a.example/p/H.html"),
        ("https://a.example/blog/gpt-5-is-here/", "a.example/blog/S"),
        ("https://a.example/blog/welcome", "a.example/blog/S"),
        ("https://a.example/newsDetail_forward_23456", "a.example/newsDetail_forward_N"),
        ("https://a.example/v.php?id=12&type=news", "a.example/v.php?id=N&type=news"),
        ("https://a.example/", "a.example"),
    ],
)
def test_shape_keeps_what_all_articles_of_a_list_share(url: str, shape: str) -> None:
    assert shape_of(url) == shape


@pytest.mark.parametrize(
    ("one", "other", "kin"),
    [
        ("http://a.example.cn/yaowen/2023-07/1.htm", "http://b.example.cn/bumen/2023-08/22.htm", True),
        ("http://a.example/blog/one-two", "http://a.example/about", False),
        ("http://a.example/p/1", "http://b.example/p/2", False),
        ("http://a.example/v?id=1", "http://a.example/v?page=2", False),
    ],
    ids=["channels of one site", "article and page", "two sites", "other keys"],
)
def test_kin_end_alike_on_one_site(one: str, other: str, kin: bool) -> None:
    assert are_kin(shape_of(one), shape_of(other)) is kin
    assert are_kin(shape_of(other), shape_of(one)) is kin


def test_words_of_channels_can_be_left_out() -> None:
    assert without_words("a.example/ai/news/c_N.htm?id=N") == "a.example/w/w/c_N.htm?id=N"


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://politics.people.com.cn/x", "people.com.cn"),
        ("https://blog.a.example/", "a.example"),
        ("http://127.0.0.1:80/", "127.0.0.1"),
    ],
)
def test_site_is_the_registrable_part(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("url", "article", "dated"),
    [
        ("http://a.example/2023/0702/c1001-4.html", True, True),
        ("http://a.example/news/t20230702_12.shtml", True, True),
        ("http://a.example/news/index.html", False, False),
        ("http://a.example/about", False, False),
        ("http://a.example/blog/hello-world", True, False),
    ],
)
def test_address_tells_an_article_and_a_date(url: str, article: bool, dated: bool) -> None:
    assert (looks_like_article(url), dates_itself(url)) == (article, dated)
