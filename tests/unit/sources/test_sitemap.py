"""Sitemaps of every form, as bytes: what becomes an item, what does not, and what is refused."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.sources._parsed import Document
from monitor.sources._sitemap import Choice, Sitemap, parse_sitemap, sitemaps_in_robots
from monitor.types import Rejected

NOW = datetime(2023, 7, 5, 4, 0, tzinfo=UTC)
DOCUMENT = Document(address="https://site.example/map.xml", base="https://site.example/map.xml")
WEEK = NOW - timedelta(days=7)
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def urlset(*entries: str, attributes: str = SCHEMA) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset {attributes}>{"".join(entries)}</urlset>'


def url(path: str, lastmod: str = "", more: str = "") -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>https://site.example{path}</loc>{changed}{more}</url>"


def news(title: str, date: str, prefix: str = "news:") -> str:
    return (
        f"<{prefix}news><{prefix}publication><{prefix}name>站</{prefix}name><{prefix}language>zh</{prefix}language>"
        f"</{prefix}publication><{prefix}publication_date>{date}</{prefix}publication_date>"
        f"<{prefix}title>{title}</{prefix}title></{prefix}news>"
    )


def parse(body: str | bytes, **choice: Any) -> Sitemap | Rejected:
    raw = body.encode() if isinstance(body, str) else body
    return parse_sitemap(raw, None, DOCUMENT, NOW, Choice(**{"since": WEEK, **choice}))


def read(body: str | bytes, **choice: Any) -> Sitemap:
    found = parse(body, **choice)
    assert isinstance(found, Sitemap), found
    return found


def paths(found: Sitemap) -> list[str]:
    return [item.url.removeprefix("https://site.example") for item in found.items]


def test_recent_entries_are_items_newest_first_and_lastmod_is_their_version_not_their_date() -> None:
    found = read(urlset(url("/1", "2023-07-02"), url("/2", "2023-07-04T08:00:00+08:00"), url("/old", "2023-06-01")))

    assert paths(found) == ["/2", "/1"]
    assert [item.version for item in found.items] == ["2023-07-04T08:00:00+08:00", "2023-07-02"]
    assert [item.published for item in found.items] == [None, None]
    assert found.skipped == ()


def test_lastmods_that_are_all_alike_say_nothing() -> None:
    found = read(urlset(url("/1", "2023-06-01"), url("/2", "2023-06-01")))

    assert paths(found) == ["/1", "/2"]
    assert [item.version for item in found.items] == [None, None]


@pytest.mark.parametrize(
    ("attributes", "prefix"),
    [(f"{SCHEMA} {NEWS}", "news:"), ("", "news:"), (f'xmlns="http://old.example/0.84" {NEWS}', "news:"),
     (f"{SCHEMA} {NEWS.replace(':news=', ':n=')}", "n:"), (SCHEMA, "")],
    ids=["right", "undeclared", "wrong", "another prefix", "none"],
)  # fmt: skip
def test_news_titles_and_dates_are_read_under_any_namespace(attributes: str, prefix: str) -> None:
    entry = url("/a", "2023-07-05", news("大模型 &amp; 监管", "2023-07-04T20:15:30+08:00", prefix))

    (item,) = read(urlset(entry, attributes=attributes)).items

    assert item.title == "大模型 & 监管"
    assert item.published is not None
    assert (item.published.value, item.published.origin) == ("2023-07-04T20:15:30+08:00", "sitemap")
    assert read(urlset(entry, attributes=attributes)).skipped == ()


def test_publication_date_decides_before_lastmod() -> None:
    old = url("/old", "2023-07-05", news("旧闻", "2022-01-01"))

    assert paths(read(urlset(old, url("/b", "2023-07-04"), attributes=f"{SCHEMA} {NEWS}"))) == ["/b"]


@pytest.mark.parametrize("declared", ["", ' xmlns:image="http://x" xmlns:video="http://y"'])
def test_pictures_and_films_are_left_aside(declared: str) -> None:
    media = (
        "<image:image><image:loc>https://site.example/p.jpg</image:loc><image:title>图</image:title></image:image>"
        "<video:video><video:title>片</video:title><video:publication_date>2001-01-01</video:publication_date>"
        "</video:video><image:loc>https://site.example/q.jpg</image:loc>"
    )

    (item,) = read(urlset(url("/a", more=media).replace("<loc>", "<loc>\n "), attributes=SCHEMA + declared)).items

    assert (item.url, item.title, item.published) == ("https://site.example/a", None, None)


def test_entries_older_by_their_address_are_no_items() -> None:
    kept = ["/2023/0702/c1.html", "/2023-07/03/c.htm", "/t20230704_1.html", "/202307/x", "/n/2023a"]
    old = ["/2023/0601/c1.html", "/2019/03/x", "/zw/20220102/1.shtml", "/t20220704_1.html"]

    assert sorted(paths(read(urlset(*map(url, [*kept, *old]))))) == sorted(kept)


def test_no_limit_of_age_takes_everything() -> None:
    assert len(read(urlset(url("/1", "2001-01-01"), url("/2", "2023-07-02")), since=None).items) == 2


def test_day_is_recent_as_long_as_any_part_of_it_is_anywhere() -> None:
    found = read(urlset(url("/in", "2023-06-27"), url("/out", "2023-06-25"), url("/now", "2023-07-05")))

    assert paths(found) == ["/now", "/in"]


def test_of_too_many_entries_the_newest_are_taken_and_the_rest_reported() -> None:
    found = read(urlset(*(url(f"/{day}", f"2023-07-0{day}") for day in range(1, 6))), limit=2)

    assert paths(found) == ["/5", "/4"]
    assert found.skipped == ("only 2 of 5 recent entries were taken",)
    assert found.left_out == 3


def test_of_too_many_undated_entries_both_ends_are_taken() -> None:
    found = read(urlset(*(url(f"/{n}") for n in range(10))), limit=4)

    assert paths(found) == ["/0", "/1", "/8", "/9"]
    assert found.skipped == ("only 4 of 10 recent entries were taken",)


@pytest.mark.parametrize(
    ("choice", "kept"),
    [({"match": "/news/"}, ["/news/1", "/zh/news/2"]), ({"skip": r"/zh/|\.pdf$"}, ["/news/1"]),
     ({"match": "/news/", "skip": "/zh/"}, ["/news/1"])],
)  # fmt: skip
def test_expressions_choose_addresses(choice: dict[str, Any], kept: list[str]) -> None:
    assert paths(read(urlset(url("/news/1"), url("/zh/news/2"), url("/zh/about.pdf")), **choice)) == kept


def test_index_gives_maps_with_their_marks() -> None:
    body = (
        f"<sitemapindex {SCHEMA}><sitemap><loc>/a.xml</loc><lastmod>2023-07-04T00:00:00Z</lastmod></sitemap>"
        "<sitemap><loc> https://cdn.example/b.xml.gz\n</loc></sitemap><sitemap><loc>ftp://x/</loc></sitemap></sitemapindex>"
    )

    found = read(body)

    assert found.is_index
    assert [(one.url, one.mark) for one in found.maps] == [
        ("https://site.example/a.xml", "2023-07-04T00:00:00Z"),
        ("https://cdn.example/b.xml.gz", ""),
    ]
    assert found.maps[0].changed_at == datetime(2023, 7, 4, tzinfo=UTC)
    assert found.items == ()


@pytest.mark.parametrize(
    "body",
    [gzip.compress(urlset(url("/1")).encode()), urlset(url("/1")).encode("utf-16"),
     ("\ufeff\n" + urlset(url("/1"))).encode(), urlset(url("/1")).replace("UTF-8", "gb2312").encode("gb18030"),
     "\ufeffhttps://site.example/1\r\n\r\n".encode(), urlset("<!-- <html> -->", url("/1")).encode(),
     urlset(url("/1")).replace("url>", "URL>").encode(),
     b"<urlset><url><loc><![CDATA[https://site.example/1]]></loc></url></urlset>"],
    ids=["gzip", "UTF-16", "mark and blank", "GBK", "plain text", "comment", "capitals", "CDATA"],
)  # fmt: skip
def test_every_form_gives_the_entry(body: bytes) -> None:
    assert paths(read(body)) == ["/1"]


def test_addresses_with_bare_ampersands_and_names_of_html_are_read() -> None:
    found = read(urlset(url("/?a=1&b=2"), url("/3", more=news("A&nbsp;B &copy;", "2023-07-04"))))

    assert paths(found) == ["/3", "/?a=1&b=2"]
    assert found.items[0].title == "A B ©"


@pytest.mark.parametrize(
    "body",
    ["<rss><channel><item><title>t</title><link>https://site.example/1</link><pubDate>Tue, 04 Jul 2023 08:00:00 +0800"
     "</pubDate><description><![CDATA[<body>x</body>]]></description></item><item><title>o</title>"
     "<link>https://site.example/0</link><pubDate>Tue, 04 Jul 2022 08:00:00 +0800</pubDate></item></channel></rss>",
     '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>t</title><link href="/1"/><published>2023-07-04T08:00:00Z'
     "</published></entry></feed>"],
    ids=["RSS", "Atom"],
)  # fmt: skip
def test_feed_that_serves_as_a_sitemap_is_read_as_one(body: str) -> None:
    found = read(body)

    assert paths(found) == ["/1"]
    assert found.items[0].title == "t"


WHOLE = urlset(url("/1", "2023-07-04"), url("/2", "2023-07-03"), url("/3", "2023-07-02"))


@pytest.mark.parametrize(
    ("body", "kept", "message"),
    [
        (WHOLE[: WHOLE.index("/3") + 2], ["/1", "/2"], "the XML ends too early"),
        (WHOLE[: WHOLE.index("/2</loc>") + 2], ["/1"], "the XML ends too early"),
        (WHOLE.replace("example/2</loc>", "example/2</lok>"), ["/1"], "the XML is damaged ("),
        (gzip.compress(WHOLE.encode() + b" " * 5_000)[:-12], ["/1", "/2", "/3"], "the gzip file ends too early"),
    ],
    ids=["cut in an address", "cut after an address", "wrong end", "cut gzip"],
)  # fmt: skip
def test_damaged_map_gives_its_whole_entries_and_says_so(body: str | bytes, kept: list[str], message: str) -> None:
    found = read(body)

    assert paths(found)[: len(kept)] == kept
    assert all(path in ("/1", "/2", "/3") for path in paths(found))
    assert message in found.skipped[0]


BOMB = '<!DOCTYPE urlset [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
FILE = '<!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ("", "nothing: the answer is empty"),
        (f'<?xml version="1.0"?>{BOMB}<urlset><url><loc>&b;</loc></url></urlset>', "XML with a document type"),
        (f"{FILE}<urlset><url><loc>https://x.example/&x;</loc></url></urlset>", "XML with a document type"),
        ("<!DOCTYPE html><title>404 页面</title>", "an HTML page titled '404 页面'"),
        ("<html><body>no</body></html>", "an HTML page"),
        ("<opml><body/></opml>", "XML whose outermost element is <opml>"),
        ("hello\nworld", "neither XML nor a list of addresses"),
        (b"\x1f\x8b\x08\x00broken", "a damaged gzip file"),
        (gzip.compress(bytes(60_000_000), 1), "a gzip file of more than 52428800 bytes"),
        ("<<<<", "damaged XML"),
    ],
    ids=["empty", "entities", "external entity", "page", "html", "OPML", "text", "gzip", "bomb", "signs"],
)  # fmt: skip
def test_what_is_no_sitemap_is_named(body: str | bytes, detail: str) -> None:
    rejected = parse(body)

    assert isinstance(rejected, Rejected)
    assert detail in rejected.detail


def test_empty_map_is_a_quiet_day() -> None:
    assert read(urlset()).items == ()
    assert read("<urlset/>").skipped == ()


@settings(max_examples=150, deadline=None)
@given(
    body=st.lists(
        st.sampled_from([b"<urlset>", b"</urlset>", b"<url>", b"</url>", b"<loc>", b"https://a.example/1", b"</loc>",
                         b"<lastmod>", b"2023-07-04", b"</lastmod>", b"<news:news>", b"<sitemapindex>", b"<sitemap>",
                         b"&", b"<!--", b"\x00", b"\xff", b"<![CDATA[", b"<!DOCTYPE", b"[", b"\x1f\x8b"])
        | st.binary(max_size=5),
        max_size=30,
    ).map(b"".join)
)  # fmt: skip
def test_any_bytes_end_as_a_map_or_one_reason(body: bytes) -> None:
    assert isinstance(parse(body), Sitemap | Rejected)


def test_robots_names_sitemaps() -> None:
    robots = (
        "\ufeffUser-agent: *\nDisallow:\nSitemap: https://a.example/1.xml\r\n  sitemap : /2.xml # note\n"
        "SITEMAP:/2.xml\nSitemap: x:y\n"
    )

    assert sitemaps_in_robots(robots.encode(), "https://a.example/robots.txt") == (
        "https://a.example/1.xml",
        "https://a.example/2.xml",
    )
