"""What holds for any feed and any bytes."""

from __future__ import annotations

import html
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.sources._charset import decode
from monitor.sources._dates import parse_date
from monitor.sources._entry import plain_title
from monitor.sources._feed import parse_feed
from monitor.sources._feed_cdata import lift, put_back
from monitor.sources._feed_dates import exact_date
from monitor.sources._feed_repair import clean_xml
from monitor.sources._parsed import Document, ParsedFeed
from monitor.types import Rejected

NOW = datetime(2023, 7, 5, 4, 0, tzinfo=UTC)
SITE = Document(address="https://site.example/feed", base="https://site.example/feed")
FEEDS = sorted((Path(__file__).parents[1] / "fixtures" / "feeds").iterdir())
PIECES = st.sampled_from(
    [
        "<rss><channel>", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<rdf:RDF>", "<item>", "</item>", "<entry>",
        "</entry>", "<title>", "</title>", "<link>", "</link>", "<link href='/1'/>", "<link href='http://[::1'/>",
        "<guid>", "</guid>", "<id>", "</id>", "<updated>", "</updated>", "<pubDate>", "</pubDate>", "<![CDATA[", "]]>",
        "<!--", "-->", "<!DOCTYPE r [", "<!ENTITY a 'b'>", "]>", "&a;", "&amp;", "&", "&#0;", "&#x110000;", "<", ">",
        "<?xml version='1.0'?>", "http://a.example/1", "/2", "2023-07-02", "Sun, 02 Jul 2023 08:30:00 +0800", "文心",
        "9999-99-99", "\x00", "\ufffe", "xml:base='http://['", "{", "}", '{"items": [', '"url": "/1"', "]",
    ]
)  # fmt: skip
TITLES = st.text(
    st.characters(codec="gb18030", exclude_categories=["C", "Z"], exclude_characters="<>&"), min_size=1, max_size=40
)


def check(parsed: ParsedFeed | Rejected, cap: int) -> None:
    if isinstance(parsed, Rejected):
        assert parsed.detail.startswith(("expected a feed, found ", "none of the "))
        return
    assert len(parsed.items) <= cap
    assert len({item.key for item in parsed.items}) == len(parsed.items)
    for item in parsed.items:
        assert item.url.startswith(("http://", "https://"))
        assert item.host
        assert item.title is None or (item.title == " ".join(item.title.split()) and len(item.title) <= 500)


@settings(max_examples=200, deadline=None)
@given(body=st.binary(max_size=3_000), content_type=st.none() | st.text(max_size=30))
def test_any_bytes_give_items_or_what_was_found(body: bytes, content_type: str | None) -> None:
    check(parse_feed(body, content_type, SITE, NOW, 50), 50)


@settings(max_examples=400, deadline=None)
@given(pieces=st.lists(PIECES, max_size=40))
def test_any_order_of_the_pieces_of_feeds_gives_items_or_what_was_found(pieces: list[str]) -> None:
    body = "".join(pieces).encode("utf-8", "surrogatepass")

    parsed = parse_feed(body, None, SITE, NOW, 50)

    check(parsed, 50)
    assert parsed == parse_feed(body, None, SITE, NOW, 50)


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_damaged_feed_gives_items_or_what_was_found(path: Path, data: st.DataObject) -> None:
    body = path.read_bytes()
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 200)))
    damage = data.draw(st.binary(max_size=20))

    check(parse_feed(body[:start] + damage + body[end:], None, SITE, NOW, 50), 50)


@settings(max_examples=50, deadline=None)
@given(titles=st.lists(TITLES, min_size=1, max_size=8), codec=st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_titles_survive_every_chinese_charset(titles: list[str], codec: str) -> None:
    entries = "".join(f"<item><title>{title}</title><link>/{n}</link></item>" for n, title in enumerate(titles))
    label = "gb2312" if codec == "gb18030" else codec
    body = f'<?xml version="1.0" encoding="{label}"?><rss><channel>{entries}</channel></rss>'.encode(codec)

    parsed = parse_feed(body, None, SITE, NOW, 50)

    assert isinstance(parsed, ParsedFeed)
    assert [item.title for item in parsed.items] == [" ".join(title.split()) for title in titles]


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=150), origin=st.just("feed"))
def test_any_text_is_a_date_or_none(text: str, origin: str) -> None:
    published = parse_date(text, NOW, origin=origin)

    if published is not None:
        moment = datetime.fromisoformat(published.value)
        assert 1989 <= moment.year <= 2023
        assert (len(published.value) == 10) == (published.precision == "day")


@given(second=st.integers(662_688_000, 1_688_000_000))
def test_iso_dates_come_back_as_they_were(second: int) -> None:
    written = datetime.fromtimestamp(second, UTC).isoformat()

    published = parse_date(written, NOW, origin="feed")

    assert published is not None
    assert published.value == written


@settings(max_examples=300, deadline=None)
@given(
    moment=st.datetimes(datetime(1985, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001
    zone=st.sampled_from(["+0800", "-05:00", "GMT", "Z", "+00:00", "-0000", "+0530"]),
    form=st.sampled_from(
        ["%a, %d %b %Y %H:%M:%S {}", "%d %b %Y %H:%M:%S {}", "%Y-%m-%dT%H:%M:%S{}", "%Y-%m-%dT%H:%M:%S.123{}"]
    ),
)  # fmt: skip
def test_short_way_of_a_date_gives_what_the_long_way_gives(moment: datetime, zone: str, form: str) -> None:
    written = moment.strftime(form).format(zone)
    short = exact_date(written, NOW, origin="feed")

    assert short is None or short == parse_date(written, NOW, origin="feed")


@settings(max_examples=300, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            ["<a>", "</a>", "<![CDATA[", "]]>", "<!--", "-->", "<?x", "?>", "y" * 300, "z", "\uf8ffcdata:0\uf8ff"]
        ),
        max_size=20,
    )
)
def test_sections_that_are_lifted_come_back_as_they_were(pieces: list[str]) -> None:
    text = "".join(pieces)
    skeleton, sections = lift(text.encode())

    again = put_back(skeleton.decode(), sections)

    expected = text
    for start, end in sections.places:
        section = text.encode()[start:end].decode()
        expected = expected.replace(f"<![CDATA[{section}]]>", section, 1)
    assert "\uf8ff" in text or again == expected


@given(body=st.binary(max_size=500), content_type=st.none() | st.text(max_size=60))
def test_any_bytes_decode(body: bytes, content_type: str | None) -> None:
    assert isinstance(decode(body, content_type), str)


@given(text=st.text(max_size=300))
def test_cleaning_xml_twice_is_cleaning_it_once(text: str) -> None:
    once = clean_xml(text)

    assert clean_xml(once) == once


@given(text=st.text(st.characters(exclude_categories=["C"]), max_size=200))
def test_escaped_title_comes_back_as_one_line(text: str) -> None:
    assert plain_title(html.escape(text, quote=False)) == " ".join(text.split())
