"""Canonical addresses: one spelling per page, the same for ever."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.urls import canonical_url, host_of, is_web, of_path, target_of, url_key

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
    "mobile host": ("https://m.thepaper.cn/newsDetail_forward_23", "https://www.thepaper.cn/newsDetail_forward_23"),
    "mobile host with a port is another server": ("https://m.sohu.com:8443/a/1_2", "https://m.sohu.com:8443/a/1_2"),
    "mobile host of an unknown site": ("https://m.a.cn/a/1", "https://m.a.cn/a/1"),
    "mobile encyclopedia": ("https://zh.m.wikipedia.org/wiki/AI", "https://zh.wikipedia.org/wiki/AI"),
    "AMP folder": ("https://a.cn/2023/07/post-no-1/amp/", "https://a.cn/2023/07/post-no-1/"),
    "AMP below a number": ("https://a.cn/news/230704/amp", "https://a.cn/news/230704"),
    "AMP end": ("https://a.cn/a-long-headline/amp?x=1", "https://a.cn/a-long-headline?x=1"),
    "AMP before the ending": ("https://a.cn/news/1.amp.html", "https://a.cn/news/1.html"),
    "AMP after the ending": ("https://a.cn/news/one.html/amp", "https://a.cn/news/one.html"),
    "a topic called AMP": ("https://a.cn/topics/amp/", "https://a.cn/topics/amp/"),
    "something called AMP in a year": ("https://a.cn/2023/amp/", "https://a.cn/2023/amp/"),
    "something called AMP of a version": ("https://a.cn/v2/amp", "https://a.cn/v2/amp"),
    "AMP in the query": ("https://a.cn/1?amp=1&b=2&outputType=amp", "https://a.cn/1?b=2"),
    "an amplitude in the query": ("https://a.cn/1?amp=220", "https://a.cn/1?amp=220"),
    "AMP cache": ("https://www-a-cn.cdn.ampproject.org/c/s/www.a.cn/n/1.html?x=1", "https://www.a.cn/n/1.html?x=1"),
    "AMP viewer": ("https://www.google.com/amp/s/amp.dw.com/en/a-1", "https://www.dw.com/en/a-1"),
    "redirect page": ("https://link.zhihu.com/?target=https%3A//a.cn/1%3Fb%3D2%26utm_source%3Dz", "https://a.cn/1?b=2"),
    "search result": ("https://www.google.com/url?sa=t&url=http%3A%2F%2Fa.cn%2F1&usg=x", "http://a.cn/1"),
    "redirect to a redirect": (
        "https://link.juejin.cn/?target=https%3A%2F%2Flink.zhihu.com%2F%3Ftarget%3Dhttps%253A%252F%252Fa.cn%252F1",
        "https://a.cn/1",
    ),
    "redirect page without a whole target": ("https://link.zhihu.com/?target=a", "https://link.zhihu.com/?target=a"),
    "redirect page to no address": (
        "https://link.zhihu.com/?target=https://%5B",
        "https://link.zhihu.com/?target=https://%5B",
    ),
    "a search for an address": (
        "https://www.google.com/search?q=http://a.cn",
        "https://www.google.com/search?q=http://a.cn",
    ),
    "Toutiao": ("https://m.toutiao.com/i7251/?tt_from=weixin&wxshare_count=1", "https://www.toutiao.com/i7251/"),
    "Sina": ("https://t.sina.cn/a.html?sudaref=b&from=wap&id=1", "https://t.sina.cn/a.html?id=1"),
    "WeChat share of another site": ("https://a.cn/n/1?mpshare=1&scene=1&sharer_shareid=x", "https://a.cn/n/1"),
    "a video without its referrer": (
        "https://www.youtube.com/watch?v=a&si=b&feature=shared",
        "https://www.youtube.com/watch?v=a",
    ),
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
        ("http://c.cn/;", "http://c.cn/;"),
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


ONE_ARTICLE = {
    "scheme": ("http://www.people.com.cn/n1/a.html", "https://www.people.com.cn/n1/a.html"),
    "163": (
        "https://c.m.163.com/news/a/I8Q8KJ6H0519DDQ2.html?spss=newsapp",
        "https://www.163.com/dy/article/I8Q8KJ6H0519DDQ2.html",
        "http://tech.163.com/23/0702/08/I8Q8KJ6H0519DDQ2.html",
        "https://3g.163.com/all/article/I8Q8KJ6H0519DDQ2.html",
    ),
    "Sina": (
        "https://finance.sina.cn/2023-07-02/detail-imyzatqm3411543.d.html?vt=4",
        "https://finance.sina.com.cn/tech/it/2023-07-02/doc-imyzatqm3411543.shtml",
    ),
    "Tencent": (
        "https://new.qq.com/rain/a/20230702A0B1C200",
        "https://xw.qq.com/cmsid/20230702A0B1C200",
        "https://view.inews.qq.com/k/20230702A0B1C200?refer=wx",
        "https://new.qq.com/omn/20230702/20230702A0B1C200.html",
        "https://news.qq.com/rain/a/20230702A0B1C200",
    ),
    "Toutiao": (
        "https://www.toutiao.com/article/7251234567890123456/?log_from=a",
        "https://m.toutiao.com/i7251234567890123456/",
        "https://www.toutiao.com/a7251234567890123456",
        "https://m.toutiaocdn.com/group/7251234567890123456/?app=news",
    ),
    "Xinhua": (
        "http://www.xinhuanet.com/politics/2023-07/02/c_1129727890.htm",
        "http://www.news.cn/2023-07/02/c_1129727890.htm",
        "http://m.xinhuanet.com/2023-07/02/c_1129727890.htm",
    ),
    "Xinhua, new form": (
        "http://www.news.cn/politics/20240702/0123456789abcdef0123456789abcdef/c.html",
        "http://www.xinhuanet.com/tech/20240702/0123456789abcdef0123456789abcdef/c.html",
    ),
    "The Paper": ("https://m.thepaper.cn/detail/23712345", "https://www.thepaper.cn/newsDetail_forward_23712345"),
    "IT Home": ("https://m.ithome.com/html/703123.htm", "https://www.ithome.com/0/703/123.htm"),
    "Phoenix": ("https://ishare.ifeng.com/c/s/8Rk0PMcRqUd", "https://tech.ifeng.com/c/8Rk0PMcRqUd"),
    "cnBeta": ("https://m.cnbeta.com/view/1368123.htm", "https://www.cnbeta.com.tw/articles/tech/1368123.htm"),
    "Cailian": ("https://api3.cls.cn/share/article/1394000?os=web&sv=7", "https://www.cls.cn/detail/1394000"),
    "Zhihu": ("https://www.zhihu.com/tardis/zm/art/640000000?source_id=1", "https://zhuanlan.zhihu.com/p/640000000"),
    "Weibo post": (
        "https://weibo.com/1191258123/z0JH2lOMb?type=comment",
        "https://m.weibo.cn/status/3501756485200075",
        "https://m.weibo.cn/detail/3501756485200075",
        "https://m.weibo.cn/1191258123/3501756485200075",
    ),
    "Weibo article": (
        "https://card.weibo.com/article/m/show/id/2309404890123456789012",
        "https://weibo.com/ttarticle/p/show?id=2309404890123456789012",
    ),
    "Baidu app": (
        "https://mbd.baidu.com/newspage/data/landingsuper?context=%7B%22nid%22%3A%22news_9876543210%22%7D&n_type=-1",
        'https://mbd.baidu.com/newspage/data/landingshare?context={"nid":"news_9876543210","sourceFrom":"bjh"}',
    ),
    "redirect page": ("https://link.zhihu.com/?target=https%3A%2F%2Fm.sohu.com%2Fa%2F1_2", "http://www.sohu.com/a/1_2"),
}


@pytest.mark.parametrize("urls", ONE_ARTICLE.values(), ids=ONE_ARTICLE.keys())
def test_one_article_has_one_key_on_every_host_of_its_site(urls: tuple[str, ...]) -> None:
    assert len({url_key(url) for url in urls}) == 1
    assert {url_key(canonical_url(url)) for url in urls} == {url_key(urls[0])}


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://link.zhihu.com/?target=https%3A%2F%2Fm.sohu.com%2Fa%2F1%3Fspm%3D1", "https://m.sohu.com/a/1?spm=1"),
        ("https://cdn.ampproject.org/v/s/a.cn/1/amp?usqp=x", "https://a.cn/1/amp?usqp=x"),
        ("https://a.cn/?target=https://b.cn/", "https://a.cn/?target=https://b.cn/"),
        ("https://link.zhihu.com/?target=javascript:1", "https://link.zhihu.com/?target=javascript:1"),
        ("mailto:a@b.cn", "mailto:a@b.cn"),
        ("no address", "no address"),
    ],
    ids=["wrapped", "cache", "own query", "script", "mail", "text"],
)
def test_target_is_the_wrapped_address_as_it_was_written(url: str, target: str) -> None:
    assert target_of(url) == target


DIFFERENT = [
    ("163", "https://www.163.com/a/article/I8Q8KJ6H0519DDQ2.html", "https://www.163.com/a/article/I8Q8KJ6H0519DDQ3.html"),
    ("a forum of IT Home", "https://quan.ithome.com/0/728/555.htm", "https://www.ithome.com/0/728/555.htm"),
    ("numbers of other days of China News", "https://www.chinanews.com/gn/2023/07-05/1003685.shtml",
     "https://www.chinanews.com/sh/2011/01-01/1003685.shtml"),
    ("local pages of China News", "https://www.gd.chinanews.com.cn/2023/07-05/1003685.shtml",
     "https://www.chinanews.com.cn/2023/07-05/1003685.shtml"),
    ("numbers of other days of Caixin", "https://www.caixin.com/2023-07-05/102072345.html",
     "https://blog.caixin.com/2013-07-05/102072345.html"),
    ("numbers of other days of Xinhua", "http://www.news.cn/2023-07/02/c_1129727890.htm",
     "http://www.gd.news.cn/2013-07/02/c_1129727890.htm"),
    ("another service of Cailian", "https://www.cls.cn/detail/1394000", "https://vip.cls.cn/detail/1394000"),
    ("another service of cnBeta", "https://www.cnbeta.com/view/1368123.htm", "https://bbs.cnbeta.com/view/1368123.htm"),
    ("another service of The Paper", "https://www.thepaper.cn/detail/23712345", "https://pai.thepaper.cn/detail/23712345"),
    ("another service of Zhihu", "https://zhuanlan.zhihu.com/p/640000000", "https://book.zhihu.com/p/640000000"),
    ("videos of Tencent", "https://v.qq.com/k/20230702A0B1C200.html", "https://new.qq.com/rain/a/20230702A0B1C200"),
    ("words at Phoenix", "https://tech.ifeng.com/c/intelligenz", "https://auto.ifeng.com/c/intelligenz"),
    ("numbers at Huanqiu", "https://tech.huanqiu.com/article/123456789", "https://bbs.huanqiu.com/article/123456789"),
    ("pages of people at Weibo", "https://weibo.com/1191258123/followers", "https://weibo.com/1191258124/followers"),
    ("Weibo posts", "https://weibo.com/1191258123/z0JH2lOMb", "https://weibo.com/1191258123/z0JH2lOMc"),
    ("routes of a known site", "https://www.cls.cn/detail/1#!2", "https://www.cls.cn/detail/1#!3"),
    ("Baidu app", 'https://mbd.baidu.com/newspage/data/x?context={"nid":"news_9876543210"}',
     'https://mbd.baidu.com/newspage/data/x?context={"nid":"news_9876543211"}'),
    ("Baidu app without a number", "https://mbd.baidu.com/newspage/data/x?context={}",
     "https://mbd.baidu.com/newspage/data/x?context=[]"),
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
]  # fmt: skip


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
    "url",
    [
        "http://" + "中" * 500_000,
        "http://a/" + "/.." * 200_000,
        "http://a/?" + "a&" * 200_000,
        "http://a.cn/1" + "/amp" * 200_000,
        "http://a.cn/" + "a-" * 200_000 + "/amp",
        "http://a.cn/1" + ".amp" * 99_999 + ".html",
        "https://cdn.ampproject.org" + "/c/s/cdn.ampproject.org" * 9_999 + "/c/s/a.cn/",
        "https://link.zhihu.com/?target=" + "https://link.zhihu.com/?target=" * 9_999 + "https://a.cn",
        "http://163.com/" + "a/" * 200_000,
        "http://a.cn/" + "a-" * 200_000 + "?",
    ],
    ids=range(10),
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


texts = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "amp",
            "1.amp.html",
            "n/1-2-3/amp",
            "./",
            "a/./b",
            "amp;",
            "amp;amp;b",
            "%61mp;b",
            "%2e%2E",
            "..",
            "%25",
            "%zz",
        ]
    ),
)
addresses = st.builds(
    "{}://{}{}{}{}".format,
    st.sampled_from(["http", "HTTPS", "https"]),
    st.sampled_from(["a.cn", "WWW.163.com", "中文.cn", "[::1]", "1.2.3.4:8080", "u:p@b.cn", "www.163.com:80"]),
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


@given(addresses)
def test_short_way_of_a_plain_address_gives_what_the_long_way_gives(url: str) -> None:
    once = canonical_url(url)

    assert canonical_url(once, "http://base.example/") == once
    assert url_key(once) == url_key(url)


@given(
    st.sampled_from(
        ["link.zhihu.com/?target=", "www.google.com/url?q=", "cdn.ampproject.org/c/s/", "m.weibo.cn/status/",
         "mbd.baidu.com/newspage/data/x?context="]
    ),
    st.one_of(
        st.text(max_size=40), texts.map("https://link.zhihu.com/?target={}".format), texts.map("https%3A//{}".format)
    ),
)  # fmt: skip
def test_wrapped_text_gives_a_fixed_point(wrapper: str, text: str) -> None:
    try:
        once = canonical_url(f"https://{wrapper}{text}")
    except ValueError:
        return
    assert canonical_url(once) == once
    assert target_of(target_of(once)) == target_of(once)


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


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("/srv/新闻/a b.txt", "file:///srv/%E6%96%B0%E9%97%BB/a%20b.txt"),
        ("file:///srv/a.txt", "file:///srv/a.txt"),
        ("https://news.example/", "https://news.example/"),
        ("29", "29"),
        ("", ""),
    ],
)
def test_path_of_a_file_is_its_address(text: str, address: str) -> None:
    assert of_path(text) == address
