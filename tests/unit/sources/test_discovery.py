"""Discovery: what a document names, what an address tells, what a source is called, which candidate is best."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.sources._discovery import survey
from monitor.sources._guess_api import guess_paths
from monitor.sources._ranking import judge, newest
from monitor.sources._ways import known_ways, propose_id, well_known
from monitor.urls import host_of, url_key
from storage.records import NewItem, Published

PAGE = "https://news.example.com/tech/"
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def named(markup: str) -> list[tuple[str, str]]:
    found = survey(f"<html><body>{markup}</body></html>".encode(), "text/html; charset=utf-8", PAGE)
    return [(one.kind, one.url.removeprefix("https://news.example.com")) for one in found.candidates]


LINKS = {
    "declared": ('<link rel="alternate" type="application/rss+xml" href="/rss">', [("feed", "/rss")]),
    "declared, relative": (
        "<link rel=alternate type=application/atom+xml href=x.atom>", [("feed", "/tech/x.atom")]
    ),
    "a JSON feed": ('<link rel="alternate" type="application/feed+json" href="/feed.json">', [("feed", "/feed.json")]),
    "rel feed": ('<link rel="feed" href="/x">', [("feed", "/x")]),
    "another language": ('<link rel="alternate" hreflang="en" href="/en/">', []),
    "an API of the page": ('<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">', []),
    "comments": ('<link rel="alternate" type="application/rss+xml" title="评论" href="/comments/feed/">', []),
    "a sitemap": ('<link rel="sitemap" href="/map.xml">', [("sitemap", "/map.xml")]),
    "a link": ('<a href="/rss/all.xml">全部</a>', [("feed", "/rss/all.xml")]),
    "a link by its words": ('<a href="/subscribe/7">RSS订阅</a>', [("feed", "/subscribe/7")]),
    "a link by its query": ('<a href="/?feed=rss2">x</a>', [("feed", "/?feed=rss2")]),
    "a feed's host": (
        '<a href="https://feeds.other.net/x">x</a>', [("feed", "https://feeds.other.net/x")]
    ),
    "another site": ('<a href="https://reader.net/rss?u=x">RSS</a>', []),
    "a feedback form": ('<a href="/feedback">x</a>', []),
    "no address": ('<a href="javascript:rss()">RSS</a><a href="http://[::1">RSS</a>', []),
    "twice": ('<link rel=alternate type=application/rss+xml href="/rss"><a href="/rss">RSS</a>', [("feed", "/rss")]),
    "a base": ('<base href="/b/"><a href="rss.xml">x</a>', [("feed", "/b/rss.xml")]),
}  # fmt: skip


PROLOGS = {
    "nothing": "",
    "a comment with a tag": "<!-- <html> -->",
    "an instruction": "<?xml version='1.0'?><?xml-stylesheet href='<html>'?>\n",
    "a document type": "<!DOCTYPE rss [<!ENTITY html '<html>'>]>",
    "a plain document type": "<!doctype rss PUBLIC '-//x//' 'http://x/'>",
    "all of them": "<!-- a --><!DOCTYPE rss><!-- b --><?php x ?>",
    "a comment that does not end": "<!-- <",
}


@pytest.mark.parametrize("prolog", PROLOGS.values(), ids=PROLOGS)
def test_form_is_that_of_the_root_behind_the_prolog(prolog: str) -> None:
    assert survey(f"{prolog}<rss><channel></channel></rss>".encode(), None, PAGE).form == "feed"


@pytest.mark.parametrize(
    "body",
    [b"<!--" * 16_384, b"<!DOCTYPE " * 6_553, b"<?" * 32_768, b"<!DOCTYPE a [" * 5_041,
     b"<rss><title>" + b" " * 65_000],
    ids=["comments", "document types", "instructions", "subsets", "blank title"],
)  # fmt: skip
def test_hostile_prolog_takes_no_time(body: bytes) -> None:
    began = time.process_time()

    survey(body, None, PAGE)

    assert time.process_time() - began < 1


@pytest.mark.parametrize(("markup", "expected"), LINKS.values(), ids=LINKS)
def test_page_names_its_feeds(markup: str, expected: list[tuple[str, str]]) -> None:
    assert named(markup) == expected


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title></channel></rss>', "feed"),
        (b'<!-- x --><feed xmlns="http://www.w3.org/2005/Atom"><title>T</title></feed>', "feed"),
        (b'<rdf:RDF xmlns:rdf="x"><channel/></rdf:RDF>', "feed"),
        (b'{"version": "https://jsonfeed.org/version/1", "title": "T", "items": []}', "feed"),
        (b"<urlset></urlset>", "sitemap"),
        (b"<sm:sitemapindex></sm:sitemapindex>", "sitemap"),
        (b'{"data": []}', "json"),
        (b"[1]", "json"),
        (b"<!DOCTYPE html><title>T</title>", "page"),
        (b"<div><a href=x>x</a></div>", "page"),
        (b"", "other"),
        (b"\x00\x01\x02", "other"),
        (b"{broken", "other"),
        (b"%PDF-1.7", "other"),
        (b"[" * 100_000, "other"),
    ],
)
def test_form_of_a_document_is_told(body: bytes, form: str) -> None:
    assert survey(body, None, PAGE).form == form


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("<html><title>量子位 - 首页</title>", "量子位 - 首页"),
        ('<html><title>x</title><meta property="og:site_name" content="量子位">', "量子位"),
        (
            "<rss><channel><title><![CDATA[ 机器之心 ]]></title><item><title>条目</title></item></channel></rss>",
            "机器之心",
        ),
        ("<rss><channel><item><title>条目</title></item></channel></rss>", ""),
    ],
)
def test_site_is_called_what_it_calls_itself(body: str, name: str) -> None:
    assert survey(body.encode(), "text/html; charset=utf-8", PAGE).name == name


@given(st.binary(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_surveyed_without_a_fault(body: bytes) -> None:
    survey(body, None, PAGE)
    survey(b"<html>" + body, None, PAGE)
    guess_paths(body, None)


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        ("https://github.com/o/r.x/releases", "https://github.com/o/r.x/releases.atom"),
        ("https://github.com/o/r.git", "https://github.com/o/r/releases.atom"),
        ("https://www.youtube.com/channel/UCx_y-1", "https://www.youtube.com/feeds/videos.xml?channel_id=UCx_y-1"),
        ("https://arxiv.org/list/cs.CL/recent", "https://rss.arxiv.org/rss/cs.CL"),
        ("https://medium.com/@someone/", "https://medium.com/feed/@someone"),
        ("https://github.com/", None),
        ("https://example.org/o/r", None),
    ],
)
def test_feeds_of_known_hosts_follow_from_the_address(url: str, feed: str | None) -> None:
    assert [one.url for one in known_ways(url)] == ([feed] if feed else [])


def test_usual_addresses_begin_below_the_section() -> None:
    addresses = [one.url for one in well_known("https://a.cn/category/ai/?x=1")]

    assert addresses[:3] == ["https://a.cn/category/ai/feed", "https://a.cn/category/ai/rss.xml", "https://a.cn/feed"]
    assert len(addresses) <= 10
    assert well_known("https://a.cn/index.html")[0].url == "https://a.cn/feed"


@pytest.mark.parametrize(
    ("url", "taken", "expected"),
    [
        ("https://www.qbitai.com/feed", (), "qbitai"),
        ("https://www.qbitai.com/feed", ("qbitai",), "qbitai-2"),
        ("http://www.people.com.cn/rss/politics.xml", ("people",), "people-politics"),
        ("https://tech.meituan.com/feed/", (), "tech-meituan"),
        ("https://blog.google/rss", (), "blog-google"),
        ("https://qwenlm.github.io/feed.xml", (), "qwenlm"),
        ("https://github.com/deepseek-ai/DeepSeek-V3/releases.atom", (), "github-deepseek-ai-deepseek-v3"),
        ("https://rss.arxiv.org/rss/cs.CL", (), "arxiv-cs-cl"),
        ("http://127.0.0.1:8080/feed", (), "127-0-0-1"),
        ("http://[::1]/x", (), "1"),
        ("https://例子.中国/rss", (), None),
        (f"https://a.com/{'x' * 200}", ("a",), None),
    ],
)
def test_id_comes_from_the_address(url: str, taken: tuple[str, ...], expected: str | None) -> None:
    found = propose_id(url, taken)

    assert expected in (None, found)
    assert 0 < len(found) <= 64
    assert found.isascii()
    assert found not in taken


def items(count: int, *, host: str = "a.com", days: int | None = 1, title: str = "一个足够长的标题") -> list[NewItem]:
    published = None
    if days is not None:
        published = Published(value=(NOW - timedelta(days=days)).date().isoformat(), precision="day", origin="feed")
    urls = [f"https://{host}/{number}" for number in range(count)]
    return [NewItem(url=url, key=url_key(url), host=host_of(url), title=title, published=published) for url in urls]


def score(kind: str, found: list[NewItem], *, linked: int = 0, is_section: bool = False) -> float:
    keys = {item.key for item in found[:linked]} | {"another"}
    return judge(kind, found, target="https://www.a.com/", links=keys, now=NOW, is_section=is_section).score


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (score("feed", items(20)), score("listing", items(20))),
        (score("feed", items(20)), score("feed", items(20, host="b.com"))),
        (score("feed", items(20)), score("feed", items(20, days=2_000))),
        (score("feed", items(20)), score("feed", items(20, title=""))),
        (score("feed", items(20)), score("feed", items(1))),
        (score("listing", items(20), linked=20), score("feed", items(20, days=2_000))),
        (score("feed", items(20), linked=10), score("feed", items(20))),
        (score("listing", items(20), linked=20, is_section=True), score("feed", items(20), is_section=True)),
        (score("feed", items(1, days=None, title="", host="b.com")), score("feed", [])),
    ],
    ids=["kind", "site", "age", "titles", "number", "a dead feed", "linked", "a section", "anything or nothing"],
)
def test_better_candidate_wins(better: float, worse: float) -> None:
    assert better > worse


def test_nothing_is_worth_nothing_and_says_so() -> None:
    verdict = judge("feed", [], target="https://a.com/", links=(), now=NOW)

    assert (verdict.score, verdict.why) == (0.0, "no entries")
    assert newest([]) is None


def test_verdict_is_given_with_its_reasons() -> None:
    found = [*items(3, days=5), *items(1, days=9, host="b.com")]

    verdict = judge("feed", found, target="https://a.com/", links={found[0].key}, now=NOW)

    assert verdict.why == "4 entries, newest 2026-11-17, 1 of them linked on the page, 75% of this site"


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        (
            '{"code": 0, "data": {"ads": [{"x": 1}], "list": [{"url": "/a/1", "title": "标题一", "ctime": 1700000000},'
            '{"url": "/a/2", "title": "标题二", "ctime": 1700000001}]}}',
            {"items": "data.list", "link": "url", "title": "title", "date": "ctime"},
        ),
        (
            '{"items": [{"link": "https://a.com/1", "name": "One"}]}',
            {"items": "items", "link": "link", "title": "name"},
        ),
        ('{"items": [{"id": 1}]}', {}),
        ('{"items": []}', {}),
        ("null", {}),
        ("no json", {}),
    ],
)
def test_paths_of_an_api_are_guessed(body: str, paths: dict[str, str]) -> None:
    assert guess_paths(body.encode(), "application/json") == paths
