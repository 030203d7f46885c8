"""Lists of feeds: every form that readers write is read, nothing hostile is obeyed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources._opml import MAX_BYTES, Listed, read_opml, write_opml

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def outline(markup: str) -> tuple[Listed, ...]:
    return read_opml(f"<opml version='2.0'><head/><body>{markup}</body></opml>".encode())


@pytest.mark.parametrize(
    ("markup", "listed"),
    [
        ('<outline text="A" xmlUrl="https://a/f"/>', Listed(url="https://a/f", name="A")),
        ('<outline title="T" text="A" type="rss" xmlurl=" https://a/f "/>', Listed(url="https://a/f", name="T")),
        (
            '<outline text="媒体"><outline text="AI"><outline xmlUrl="https://a/f"/></outline></outline>',
            Listed(url="https://a/f", groups=("媒体", "AI")),
        ),
        (
            '<outline text="a &amp; b&#10;c" xmlUrl="https://a/?x=1&amp;y=2"/>',
            Listed(url="https://a/?x=1&y=2", name="a & b c"),
        ),
    ],
    ids=["2.0", "1.0 in lower case", "nested", "escaped"],
)  # fmt: skip
def test_feed_is_read_with_its_name_and_groups(markup: str, listed: Listed) -> None:
    assert outline(markup) == (listed,)


def test_outlines_without_an_address_are_groups_and_order_is_kept() -> None:
    found = outline(
        '<outline text="g"><outline xmlUrl="https://a/1"/><outline text="empty"/></outline><outline xmlUrl="https://a/2"/>'
    )

    assert [(one.url, one.groups) for one in found if one.url] == [("https://a/1", ("g",)), ("https://a/2", ())]
    assert [one.name for one in found if not one.url] == ["empty"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "found no valid XML"),
        (b"- a\n- b\n", "found no valid XML"),
        (b"<html><body>x</body></html>", "found XML whose outermost element is <html>"),
        (b"<rss version='2.0'/>", "found XML whose outermost element is <rss>"),
        (b"<opml><body><outline", "found no valid XML"),
        (b"x" * (MAX_BYTES + 1), "expected at most 10,000,000 bytes"),
        (b"<opml>" + b"<outline xmlUrl='https://a/f'/>" * 5_001 + b"</opml>", "expected at most 5,000 feeds"),
    ],
    ids=["empty", "YAML", "HTML", "a feed", "cut", "too long", "too many"],
)  # fmt: skip
def test_what_is_no_list_is_named(data: bytes, message: str) -> None:
    with pytest.raises(ValueError, match="expected") as caught:
        read_opml(data)

    assert message in str(caught.value)


def test_entities_are_refused() -> None:
    bomb = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 50) for n in range(1, 12))
    document = b'<!DOCTYPE opml [<!ENTITY e0 "x"><!ENTITY f SYSTEM "file:///etc/passwd">' + bomb + b"]>"

    with pytest.raises(ValueError, match=r"found (a DOCTYPE that defines entities|no valid XML)"):
        read_opml(document + b"<opml><body><outline text='&e11;&f;' xmlUrl='https://a/f'/></body></opml>")


def test_place_of_broken_markup_is_said_once() -> None:
    with pytest.raises(ValueError, match="no valid XML") as caught:
        read_opml(b"<opml><body></opml>")

    assert str(caught.value).count("line 1") <= 2
    assert "<string>" not in str(caught.value)


def test_harmless_doctype_is_read() -> None:
    assert read_opml(b"<!DOCTYPE opml><opml><body><outline text='a' xmlUrl='https://a/f'/></body></opml>")


def test_deep_nesting_is_no_fault() -> None:
    deep = "<outline text='g'>" * 200 + "<outline xmlUrl='https://a/f'/>" + "</outline>" * 200

    assert outline(deep) == ()


def test_written_list_is_read_back() -> None:
    feeds = (
        Listed(url="https://a/f?x=1&y=<2>", name="甲 & 乙", groups=("媒体",)),
        Listed(url="https://b/f", name="B", groups=("媒体", "AI")),
        Listed(url="https://c/f", name="C"),
    )

    document = write_opml(feeds, title="newswatch", now=NOW)

    assert set(read_opml(document)) == set(feeds)
    assert b'<opml version="2.0">' in document
    assert b"<dateCreated>Sun, 22 Nov 2026 08:30:00 +0000</dateCreated>" in document


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_name_can_be_written(name: str, group: str) -> None:
    document = write_opml([Listed(url="https://a/f", name=name, groups=(group,))], title=name, now=NOW)

    assert [one.url for one in read_opml(document)] == ["https://a/f"]
