"""Canonical addresses: one spelling per page, the same for ever."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.urls import canonical_url, host_of, is_web, url_key

SPELLINGS = {
    "case of scheme and host": ("HTTP://Example.COM/A", "http://example.com/A"),
    "default port": ("http://example.com:80/", "http://example.com/"),
    "default port of https": ("https://example.com:443/", "https://example.com/"),
    "other port": ("http://example.com:443/", "http://example.com:443/"),
    "empty path": ("http://example.com", "http://example.com/"),
    "empty query": ("http://example.com/?", "http://example.com/"),
    "user name": ("http://user:secret@example.com/", "http://example.com/"),
    "final dot of the host": ("http://example.com./a", "http://example.com/a"),
    "Chinese host": ("https://新华网.中国/", "https://xn--xkrr14bows.xn--fiqs8s/"),
    "full-width host": ("http://ｅｘａｍｐｌｅ。com/", "http://example.com/"),
    "Chinese path": ("http://a.cn/新闻", "http://a.cn/%E6%96%B0%E9%97%BB"),
    "escapes in lower case": ("http://a.cn/%e6%96%b0", "http://a.cn/%E6%96%B0"),
    "escapes that need none": ("http://a.cn/%7Ea%2Db", "http://a.cn/~a-b"),
    "an escaped slash is no slash": ("http://a.cn/a%2fb", "http://a.cn/a%2Fb"),
    "a lone percent sign": ("http://a.cn/100%", "http://a.cn/100%25"),
    "bytes of another charset": ("http://a.cn/?q=%d6%d0", "http://a.cn/?q=%D6%D0"),
    "dot segments": ("http://a.cn/a/./b/../c/..", "http://a.cn/a/"),
    "escaped dot segments": ("http://a.cn/a/%2e%2e/b", "http://a.cn/b"),
    "too many dot segments": ("http://a.cn/../../b", "http://a.cn/b"),
    "order of the query": ("http://a.cn/?b=2&a=1&c", "http://a.cn/?a=1&b=2&c"),
    "order of equal names stays": ("http://a.cn/?a=2&b=0&a=1", "http://a.cn/?a=2&a=1&b=0"),
    "double-escaped ampersand": ("http://a.cn/?b=1&amp;a=2&amp;amp;c", "http://a.cn/?a=2&b=1&c"),
    "fragment": ("http://a.cn/a#top", "http://a.cn/a"),
    "hash-bang fragment": ("http://a.cn/a#!/news/1", "http://a.cn/a#!/news/1"),
    "backslashes": ("http:\\\\a.cn\\b?c=\\", "http://a.cn/b?c=%5C"),
    "blanks and breaks": ("  http://a.cn/a\n b\t ", "http://a.cn/a%20b"),
    "IPv6": ("http://[0:0:0:0:0:0:0:1]:80/", "http://[::1]/"),
    "session in the path": ("http://a.cn/n;jsessionid=AB12/x", "http://a.cn/n/x"),
    "another scheme": ("FILE:///A/新.txt", "file:///A/%E6%96%B0.txt"),
    "campaign": ("http://a.cn/?utm_source=x&UTM_Medium=y&id=1", "http://a.cn/?id=1"),
    "sharing": ("http://a.cn/?share_token=x&from=timeline&isappinstalled=0&id=1", "http://a.cn/?id=1"),
    "Baijiahao keeps the id": (
        "https://baijiahao.baidu.com/s?id=1778335171251179016&wfr=spider&for=pc",
        "https://baijiahao.baidu.com/s?id=1778335171251179016",
    ),
    "WeChat keeps four keys": (
        "https://mp.weixin.qq.com/s?sn=d&__biz=MzA3&mid=1&idx=2&chksm=f&scene=27&key=k#rd",
        "https://mp.weixin.qq.com/s?__biz=MzA3&idx=2&mid=1&sn=d",
    ),
    "163 drops f": ("https://www.163.com/a.html?f=post&spss=x", "https://www.163.com/a.html"),
    "f means something elsewhere": ("https://a.cn/?f=1", "https://a.cn/?f=1"),
    "a look-alike host keeps its keys": ("https://not163.com/?f=1", "https://not163.com/?f=1"),
    "WeChat without the four keeps what names the page": (
        "https://mp.weixin.qq.com/s?src=11&timestamp=1&ver=2&signature=ab*c&new=1&from=timeline#rd",
        "https://mp.weixin.qq.com/s?new=1&signature=ab*c&src=11&timestamp=1&ver=2",
    ),
    "WeChat album": (
        "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA3&action=getalbum&album_id=7",
        "https://mp.weixin.qq.com/mp/appmsgalbum?__biz=MzA3&action=getalbum&album_id=7",
    ),
    "an empty id is none": ("https://baijiahao.baidu.com/s?id=&nid=5", "https://baijiahao.baidu.com/s?id=&nid=5"),
    "route in the fragment": ("https://a.cn/#/news/1?x=2", "https://a.cn/#/news/1?x=2"),
    "from a place in a list": ("https://a.cn/list?from=20", "https://a.cn/list?from=20"),
    "from an app's number": ("https://a.cn/x?from=1086193010", "https://a.cn/x"),
    "names that begin like campaigns": (
        "https://a.cn/?pk_id=1&itm_id=2&share_id=3&pk_campaign=x&itm_source=y&share_token=z",
        "https://a.cn/?itm_id=2&pk_id=1&share_id=3",
    ),
    "session in the query": ("http://a.cn/n.php?PHPSESSID=ab12&id=1", "http://a.cn/n.php?id=1"),
    "sid that is no session": ("http://a.cn/n;sid=123", "http://a.cn/n;sid=123"),
    "sid that is one": ("http://a.cn/n;sid=0123456789abcdef/x", "http://a.cn/n/x"),
    "bilibili": ("https://www.bilibili.com/read/cv1?vd_source=a", "https://www.bilibili.com/read/cv1"),
}  # fmt: skip


@pytest.mark.parametrize(("given_url", "expected"), SPELLINGS.values(), ids=SPELLINGS.keys())
def test_spellings_of_one_address_become_one(given_url: str, expected: str) -> None:
    assert canonical_url(given_url) == expected
    assert canonical_url(expected) == expected


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        ("b.html", "http://a.cn/x/b.html"),
        ("/b.html", "http://a.cn/b.html"),
        ("//b.cn/c", "http://b.cn/c"),
        ("?page=2", "http://a.cn/x/y?page=2"),
        ("../z", "http://a.cn/z"),
        ("https://c.cn", "https://c.cn/"),
        ("", "http://a.cn/x/y?q=1"),
    ],
)
def test_relative_addresses_are_resolved_first(relative: str, expected: str) -> None:
    assert canonical_url(relative, "http://a.cn/x/y?q=1#f") == expected


NO_ADDRESSES = [
    "", "news", "//a.cn/b", "http://", "http:///a", "https://?q", "http://a..b/", "http://a b/", "http://[::1/",
    "http://[zz]/", "http://a.cn:99999/", "http://a.cn:x/", "http://%00/", "http://a%2fb/", "http://-a/",
    "http://" + "a" * 64 + "é.cn/", "http://" + "a." * 127 + "cn/",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_ADDRESSES)
def test_what_cannot_be_an_address_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_url(text)
    assert not is_web(text)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://User@News.CN:443/a", "news.cn"),
        ("http://news.cn:8080/a", "news.cn:8080"),
        ("http://[::1]:8080/", "[::1]:8080"),
        ("file:///a", ""),
        ("mailto:a@b.cn", ""),
    ],
)
def test_host_is_name_and_odd_port(url: str, host: str) -> None:
    assert host_of(url) == host
    assert is_web(url) is bool(host)


DIFFERENT = [
    ("id", "https://a.cn/n.php?id=1", "https://a.cn/n.php?id=2"),
    ("p", "https://a.cn/?p=1", "https://a.cn/?p=2"),
    ("aid", "https://a.cn/view?aid=1", "https://a.cn/view?aid=2"),
    ("case of the path", "https://a.cn/s/AbC", "https://a.cn/s/aBc"),
    ("final slash", "https://a.cn/a", "https://a.cn/a/"),
    ("host", "https://www.a.cn/a", "https://b.a.cn/a"),
    ("port", "https://a.cn/a", "https://a.cn:8443/a"),
    ("route", "https://a.cn/#/1", "https://a.cn/#/2"),
    ("hash-bang", "https://a.cn/#!1", "https://a.cn/#!2"),
    ("signature", "https://mp.weixin.qq.com/s?src=11&signature=a", "https://mp.weixin.qq.com/s?src=11&signature=b"),
    ("short WeChat name", "https://mp.weixin.qq.com/s/AbC", "https://mp.weixin.qq.com/s/aBc"),
    ("escaped slash", "https://a.cn/a%2Fb", "https://a.cn/a/b"),
    ("escaped ampersand", "https://a.cn/?a=1%262", "https://a.cn/?a=1&2"),
    ("order of equal names", "https://a.cn/?a=1&a=2", "https://a.cn/?a=2&a=1"),
]


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in DIFFERENT], ids=[case[0] for case in DIFFERENT])
def test_two_pages_never_share_a_key(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@given(st.sampled_from(["id", "p", "aid", "f", "source", "ref", "n", "sid", "art_id", "docid"]), st.integers(0, 9999))
def test_a_number_under_a_name_is_kept_through_tracking(name: str, number: int) -> None:
    plain = canonical_url(f"https://a.cn/x.php?{name}={number}")

    assert f"{name}={number}" in plain
    assert plain == canonical_url(f"https://a.cn/x.php?utm_source=a&{name}={number}&spm=1&share_token=b")


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "url", ["http://" + "中" * 500_000, "http://a/" + "/.." * 200_000, "http://a/?" + "a&" * 200_000]
)
def test_hostile_length_costs_no_more_than_a_moment(url: str) -> None:
    try:
        canonical_url(url)
    except ValueError:
        return


def test_key_is_that_of_the_page_not_of_the_way_to_it() -> None:
    key = url_key("https://baijiahao.baidu.com/s?id=1&wfr=spider&for=pc")

    assert key == url_key("HTTPS://baijiahao.baidu.com:443/s?id=1#x")
    assert key != url_key("https://baijiahao.baidu.com/s?id=2")
    assert re.fullmatch(r"[0-9a-f]{32}", key)


texts = st.one_of(st.text(max_size=12), st.sampled_from(["amp;", "amp;amp;b", "%61mp;b", "%2e%2E", "..", "%25", "%zz"]))
addresses = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "HTTPS", "https"]),
    st.sampled_from(["a.cn", "WWW.163.com", "中文.cn", "[::1]", "1.2.3.4:8080", "u:p@b.cn"]),
    st.lists(texts, max_size=4).map(lambda parts: "".join(f"/{part}" for part in parts)),
    st.one_of(st.just(""), texts.map("?{}".format), st.dictionaries(texts, texts, max_size=3).map(
        lambda pairs: "?" + "&".join(f"{k}={v}" for k, v in pairs.items()))),
    st.one_of(st.just(""), texts.map("#{}".format), texts.map("#!{}".format)),
)  # fmt: skip


@given(addresses)
def test_canonical_form_is_a_fixed_point_of_plain_ascii(url: str) -> None:
    once = canonical_url(url)

    assert canonical_url(once) == once
    assert once.isascii()
    assert not re.search(r"[\s<>\"\\^`{|}]", once)
    assert host_of(once) == host_of(url)


@given(st.one_of(st.text(), texts.map("http://{}".format), st.text(alphabet="htps:/\\?#[]@%.0a:中\n ", max_size=20)))
def test_any_text_gives_a_form_or_a_value_error(text: str) -> None:
    try:
        once = canonical_url(text)
    except ValueError:
        return
    assert canonical_url(once) == once


@given(st.permutations(["a=1", "b=2", "utm_source=x", "c", "fbclid=y", "%61b=3"]))
def test_order_of_the_query_does_not_matter(pairs: list[str]) -> None:
    assert canonical_url("http://a.cn/?" + "&".join(pairs)) == "http://a.cn/?a=1&ab=3&b=2&c"
