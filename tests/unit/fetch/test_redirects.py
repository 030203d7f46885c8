"""Where redirects lead and what travels along."""

from __future__ import annotations

from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.failures import FetchFailed
from monitor.fetch.redirects import next_url, same_origin, take_credentials, web_url
from storage.records import Outcome


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"/b", "http://a.cn/b"),
        (b"c?d=1#e", "http://a.cn/x/c?d=1"),
        (b"//b.cn/c", "http://b.cn/c"),
        (b"  https://b.cn/c\t", "https://b.cn/c"),
        ("/新闻".encode(), "http://a.cn/%E6%96%B0%E9%97%BB"),
        ("/新闻".encode("gbk"), "http://a.cn/%D0%C2%CE%C5"),
        (b"/a%20b%", "http://a.cn/a%20b%"),
        (b"/a b", "http://a.cn/a%20b"),
        (b"http://user:pw@b.cn/", "http://b.cn/"),
        (b"", "http://a.cn/x/y"),
    ],
)
def test_location_is_resolved_as_bytes(location: bytes, target: str) -> None:
    assert next_url("http://a.cn/x/y", location) == target


@pytest.mark.parametrize(
    "location",
    [b"file:///etc/passwd", b"gopher://a.cn/", b"data:text/html,x", b"javascript:alert(1)", b"FTP://a.cn/", b"https://",
     b"https:///x", b"http://a.cn:0/", b"http://a.cn:99999/", b"/" + b"a" * 9000, b"unix:/run/x.sock"],
)  # fmt: skip
def test_location_that_is_no_web_address_is_refused(location: bytes) -> None:
    with pytest.raises(FetchFailed) as failure:
        next_url("http://a.cn/", location)

    assert failure.value.failure.reason is Outcome.REFUSED
    assert failure.value.failure.permanent


@given(st.binary(max_size=60))
def test_any_location_gives_a_web_address_or_a_failure(location: bytes) -> None:
    try:
        target = next_url("http://a.cn/", location)
    except FetchFailed:
        return
    assert target.startswith(("http://", "https://"))
    assert not set(target) & set("\r\n\t \0")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("http://a.cn/x", "http://A.CN:80/y", True),
        ("http://a.cn/", "https://a.cn/", False),
        ("http://a.cn/", "http://www.a.cn/", False),
        ("https://a.cn/", "https://a.cn:8443/", False),
    ],
)
def test_origin_is_scheme_host_and_port(a: str, b: str, same: bool) -> None:
    assert same_origin(a, b) is same


def test_credentials_leave_the_address_for_the_header() -> None:
    header = take_credentials("https://user:p%40ss@a.cn/x")["authorization"]

    assert b64decode(header.removeprefix("Basic ")) == b"user:p@ss"
    assert web_url("https://user:p%40ss@a.cn/x#y") == "https://a.cn/x"
    assert take_credentials("https://a.cn/") == {}


@pytest.mark.parametrize(
    "url",
    [
        "ftp://bob:secret@a.cn/x",
        "http://bob:secret@a.cn:99999/",
        "http://bob:secret@a.cn:0/",
        "https://bob:secret@a\u2100.cn/",
    ],
)
def test_refusal_does_not_repeat_a_password(url: str) -> None:
    with pytest.raises(FetchFailed) as refused:
        web_url(url)

    assert "a" in refused.value.failure.detail
    assert "secret" not in refused.value.failure.detail
