"""Cookies of one fetch: who sees them, and what is not kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.cookies import Cookies

HERE = "https://www.site.example/a"


@pytest.mark.parametrize(
    ("lines", "pairs"),
    [
        (["sid=1; Path=/; HttpOnly"], (("sid", "1"),)),
        (["a=1", "b=2; Secure", "a=3"], (("b", "2"), ("a", "3"))),
        (["a=b=c; max-age=60"], (("a", "b=c"),)),
        ([' a = "x y" '], (("a", '"x y"'),)),
        (["a=", "b"], (("a", ""),)),
        (["a=1", "a=gone; Max-Age=0"], ()),
        (["a=1", "a=gone; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], ()),
        (["a=1; Expires=Thu, 01-Jan-2099 00:00:00 GMT"], (("a", "1"),)),
        (["a=1; Domain=.site.example"], (("a", "1"),)),
        (["a=1; Domain=other.example", "b=1; domain=evil-www.site.example"], ()),
        (["a b=1", "=1", "a=\x01", "é=1", "a=é", "a=1\r\nX: y"], ()),
        ([f"a={'x' * 5000}"], ()),
    ],
)
def test_lines_become_names_and_values(lines: list[str], pairs: tuple[tuple[str, str], ...]) -> None:
    assert Cookies().with_set(HERE, lines).pairs(HERE) == pairs


@pytest.mark.parametrize(
    ("url", "sees"),
    [
        ("https://www.site.example/other?x", True),
        ("https://www.site.example:8443/", True),
        ("https://WWW.site.example./", True),
        ("http://www.site.example/", False),
        ("https://site.example/", False),
        ("https://sub.www.site.example/", False),
        ("https://evil.example/www.site.example", False),
    ],
)
def test_cookie_goes_to_its_host_alone_and_stays_on_secure_connections(url: str, sees: bool) -> None:
    cookies = Cookies().with_set(HERE, ["sid=1; Domain=site.example"])

    assert cookies.header(url) == ({"cookie": "sid=1"} if sees else {})


def test_cookie_of_a_plain_page_may_go_to_the_secure_one() -> None:
    assert Cookies().with_set("http://a.example/", ["x=1"]).pairs("https://a.example/") == (("x", "1"),)


def test_own_header_goes_first() -> None:
    assert Cookies().with_set(HERE, ["b=2"]).header(HERE, "a=1") == {"cookie": "a=1; b=2"}


def test_number_and_size_are_bounded() -> None:
    many = Cookies().with_set(HERE, [f"c{number}=x" for number in range(1_000)])
    large = Cookies().with_set(HERE, [f"c{number}={'x' * 4_000}" for number in range(30)])

    assert len(many.pairs(HERE)) == 30
    assert many.pairs(HERE)[-1] == ("c999", "x")
    assert len(large.header(HERE)["cookie"]) <= 8_192


@given(st.lists(st.text(max_size=60)))
def test_any_lines_make_a_header_that_can_be_sent(lines: list[str]) -> None:
    header = Cookies().with_set(HERE, lines).header(HERE).get("cookie", "")

    assert header.isascii()
    assert header.isprintable()
