"""Which hosts belong to one registrant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sites import is_same_site, site_of


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("www.qbitai.com", "qbitai.com"),
        ("politics.people.com.cn:8080", "people.com.cn"),
        ("www.gov.cn", "gov.cn"),
        ("sousuo.www.gov.cn", "gov.cn"),
        ("www.cac.gov.cn", "cac.gov.cn"),
        ("ai.meta.co.uk", "meta.co.uk"),
        ("a.news.example", "news.example"),
        ("WWW.Example.COM", "example.com"),
        ("www.com", "www.com"),
        ("a.www.com", "www.com"),
        ("127.0.0.1:8000", "127.0.0.1"),
        ("[::1]:80", "[::1]"),
        ("::1", "::1"),
        ("localhost", "localhost"),
        ("", ""),
        ("api.alice.github.io", "alice.github.io"),
        ("github.io", "github.io"),
        ("alice.pages.dev", "alice.pages.dev"),
        ("www.medium.com", "medium.com"),
        ("alice.blogspot.hk", "alice.blogspot.hk"),
        ("a.blog.fc2.com", "a.blog.fc2.com"),
        ("static.fc2.com", "fc2.com"),
        ("alice.s3.eu-west-1.amazonaws.com", "alice.s3.eu-west-1.amazonaws.com"),
    ],
)
def test_site_is_the_registered_name(host: str, site: str) -> None:
    assert site_of(host) == site


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("http://www.people.com.cn/", "http://rss.people.com.cn/", True),
        ("http://a.com.cn/", "http://b.com.cn/", False),
        ("http://www.gov.cn/", "http://sousuo.www.gov.cn/", True),
        ("http://www.cac.gov.cn/", "http://www.miit.gov.cn/", False),
        ("http://a.example/", "http://b.a.example/", True),
        ("http://127.0.0.1:80/", "http://127.0.0.2/", False),
        ("http://127.0.0.1:80/", "http://127.0.0.1:81/", True),
        ("http://[::1]/", "http://[::2]/", False),
        ("http://localhost/", "http://other/", False),
        ("https://alice.github.io/", "https://mallory.github.io/", False),
        ("https://www.alice.substack.com/", "https://alice.substack.com/feed", True),
    ],
)
def test_addresses_of_one_registrant_are_one_site(a: str, b: str, same: bool) -> None:
    assert is_same_site(a, b) is same
    assert is_same_site(b, a) is same


@given(st.from_regex(r"[a-z0-9-]{1,5}(\.(com|www|cn|io|github|gov|[a-z]{1,4})){0,5}(:[0-9]{2})?", fullmatch=True))
def test_a_site_is_the_site_of_itself(host: str) -> None:
    assert site_of(site_of(host)) == site_of(host)
