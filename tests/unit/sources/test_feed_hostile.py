"""Feeds that are broken, hostile or no feeds at all: a value comes back, and soon."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from monitor.sources._feed import parse_feed
from monitor.sources._parsed import Document, ParsedFeed
from monitor.types import Rejected
from storage.records import Outcome

NOW = datetime(2023, 7, 5, 4, 0, tzinfo=UTC)
SITE = Document(address="https://site.example/feed", base="https://site.example/feed")
ITEM = "<item><title>t</title><link>http://a.example/1</link></item>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))


def parse(body: str | bytes, content_type: str | None = None) -> ParsedFeed | Rejected:
    data = body.encode() if isinstance(body, str) else body
    return parse_feed(data, content_type, SITE, NOW, 500)


def titles(parsed: ParsedFeed | Rejected) -> list[str | None]:
    assert isinstance(parsed, ParsedFeed), parsed
    return [item.title for item in parsed.items]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"<!DOCTYPE r [<!ENTITY l0 'lol'>{LAUGHS}]><rss><channel><item><title x='&l9;'>&l9;</title>"
         "<link>http://a.example/1</link></item></channel></rss>", ["&l9;"]),
        ("<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>a&x;b</title>"
         "<link>http://a.example/1</link></item></channel></rss>", ["a&x;b"]),
        (f"<!DOCTYPE r [<!-- don't ] > --><!ENTITY x ']>'>]><rss><channel>{ITEM}</channel></rss>", ["t"]),
        (f"<!DOCTYPE r [{'<!-- a -->' * 20_000}<rss><channel>{ITEM}</channel></rss>", ["t"]),
        ("<rss><channel><item><title>t</title><link>http://a.example/1</link><description><![CDATA[<!DOCTYPE html>"
         "]]></description></item></channel></rss>", ["t"]),
        (f"<!-- <![CDATA[ --><rss><channel>{ITEM}<x><![CDATA[{'y' * 999}]]></x></channel></rss>", ["t"]),
        (f"<rss><channel>{'<a>' * 200_000}{ITEM}", []),
        (f"<rss><channel>{ITEM * 20_000}</channel></rss>", ["t"]),
        (f"<rss><channel><item><title>{'x' * 2_000_000}</title><link>/1</link></item></channel></rss>", ["x" * 500]),
        (f"<rss><channel>{'<![CDATA[' * 100_000}{ITEM}</channel></rss>", []),
        (f"<rss><channel><item><title>{'&' * 200_000}</title><link>/1</link></item></channel></rss>", ["&" * 500]),
    ],
    ids=["laughs", "external", "quotes", "comments", "quoted", "section-in-comment",
         "deep", "many", "long", "cdata", "ampersands"],
)  # fmt: skip
def test_hostile_feed_is_read_soon_and_expands_nothing(body: str, found: list[str]) -> None:
    started = time.perf_counter()

    parsed = parse(body)

    assert titles(parsed) == found
    assert time.perf_counter() - started < 5  # under 0.5 s on an idle core


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<rss><channel><item><title>a & b < c</title><link>http://a.example/?x=1&y=2</link></item></channel></rss>",
         [("a & b < c", "http://a.example/?x=1&y=2")]),
        ("<rss><channel><item><title>1</title><link>/1</link><item><title>2</title><link>/2</link></channel></rss>",
         [("1", "https://site.example/1"), ("2", "https://site.example/2")]),
        ("<rss><channel><item><title>1</title><link>/1</link></item><item><title>2</title><link>/2</li",
         [("1", "https://site.example/1"), ("2", "https://site.example/2")]),
        ("<rss><channel><item><dc:title>no namespace</dc:title><link>/1</link></item></channel></rss>",
         [("no namespace", "https://site.example/1")]),
        ("\n\n<?xml version='1.0'?><rss><channel><item><title>&#0;late&#x1F; declaration&#65;</title><link>/1</link>"
         "</item></channel></rss>", [("late declarationA", "https://site.example/1")]),
        ("<RSS><Channel><Item><Title>capitals</Title><Link>/1</Link></Item></Channel></RSS>",
         [("capitals", "https://site.example/1")]),
        ("<rss><channel><item><title>two<b>bold</b></title><link> /1 \n </link></item></channel></rss>",
         [("twobold", "https://site.example/1")]),
    ],
    ids=["bare-signs", "unclosed", "cut", "prefix", "illegal", "case", "markup"],
)  # fmt: skip
def test_broken_markup_costs_no_entry(body: str, found: list[tuple[str, str]]) -> None:
    parsed = parse(body)

    assert isinstance(parsed, ParsedFeed)
    assert [(item.title, item.url) for item in parsed.items] == found


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"", "expected a feed, found nothing: the answer is empty"),
        (b" \n", "expected a feed, found nothing: the answer is empty"),
        ("<!DOCTYPE html><title>登录</title><p>请登录", "expected a feed, found an HTML page titled '登录'"),
        (
            "<html><head><title>Blog</title><link rel='alternate' type='application/rss+xml' href='/f.xml'></head>",
            "found an HTML page titled 'Blog' that names these feeds: https://site.example/f.xml",
        ),
        ("<opml version='2.0'><body><outline xmlUrl='x'/></body></opml>", "found an OPML list of feeds; list its"),
        ("<urlset><url><loc>x</loc></url></urlset>", "expected a feed, found a sitemap"),
        ("<error><message>no</message></error>", "found XML whose outermost element is <error>"),
        ('{"code": 403}', "expected a feed, found JSON without a list of items"),
        ("[1, 2]", "expected a feed, found JSON without a list of items"),
        ("{" * 100_000, "expected a feed, found JSON that cannot be read"),
        ("[" * 100_000, "expected a feed, found JSON that cannot be read"),
        ("hello", "expected a feed, found neither XML nor JSON: 'hello'"),
        (bytes(range(256)), "expected a feed, found neither XML nor JSON"),
    ],
    ids=["empty", "blank", "html", "discovery", "opml", "sitemap", "xml", "json", "list", "objects", "lists", "text",
         "bytes"],
)  # fmt: skip
def test_what_is_no_feed_is_named(body: str | bytes, detail: str) -> None:
    rejected = parse(body)

    assert isinstance(rejected, Rejected)
    assert rejected.rejected is Outcome.NOT_ARTICLE
    assert detail in rejected.detail
    assert len(rejected.detail) < 400


def test_feed_without_entries_is_a_feed() -> None:
    assert parse("<rss><channel><title>quiet</title></channel></rss>") == ParsedFeed(items=())


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://x/y", "http://", "http://[::1", "mailto:a@b.c", "http://a b.c/", "x" * 3_000]
)
def test_entry_whose_address_cannot_be_fetched_is_skipped_with_a_message(link: str) -> None:
    parsed = parse(f"<rss><channel><item><title>bad</title><link>{link}</link></item>{ITEM}</channel></rss>")

    assert titles(parsed) in (["t"], ["bad", "t"])
    if titles(parsed) == ["t"]:
        assert isinstance(parsed, ParsedFeed)
        assert parsed.skipped[0].startswith("entry 1 (bad): ")


@pytest.mark.parametrize(
    "date",
    ["-1-01-01", "1688-05-01", "2123-01-01", "9999-12-31T23:59:59-23:59", "0000-00-00", "1e9", "12" * 5_000, "昨日"],
)
def test_impossible_date_costs_only_the_date(date: str) -> None:
    parsed = parse(f"<rss><channel>{ITEM.replace('</item>', f'<pubDate>{date}</pubDate></item>')}</channel></rss>")

    assert titles(parsed) == ["t"]
    assert isinstance(parsed, ParsedFeed)
    assert parsed.items[0].published is None or parsed.items[0].published.value == "2023-07-04"


def test_messages_about_entries_are_bounded() -> None:
    parsed = parse(f"<rss><channel>{'<item><title>x</title></item>' * 400}{ITEM}</channel></rss>")

    assert isinstance(parsed, ParsedFeed)
    assert len(parsed.skipped) == 51
    assert parsed.skipped[-1] == "and 350 more"


def test_entries_that_the_quick_reader_lost_come_from_the_slow_one() -> None:
    """An XML parser stops at 256 levels; entries behind them are found by feedparser."""
    body = f"<rss><channel>{'<a>' * 300}{'</a>' * 300}{ITEM}</channel></rss>"

    assert titles(parse(body)) == ["t"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("文心\u202e一言\u2066\u200b", "文心一言"),
        ("a\u0085b\u009fc", "a bc"),
        ("\ufeff GPT-4\u3000发布\n", "GPT-4 发布"),
    ],
)
def test_title_holds_no_sign_that_steers_a_terminal_or_turns_the_text(written: str, shown: str) -> None:
    assert titles(parse(ITEM.join(("<rss><channel>", "</channel></rss>")).replace(">t<", f">{written}<"))) == [shown]
