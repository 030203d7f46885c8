"""What response headers say, and which request headers a caller may set."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.headers import conditions, kept_validators, max_age_of, own_headers, renewed_validators
from storage.records import Validators


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("max-age=600", 600),
        ("public, Max-Age=600", 600),
        ('max-age="300"', 300),
        ("s-maxage=5", None),
        ("no-cache, max-age=600", None),
        ("max-age=600, no-store", None),
        ("max-age=0", 0),
        ("max-age=9999999999", 31 * 86_400),
        ("max-age=-1", None),
        ("max-age=soon", None),
        ("x-max-age=600", None),
    ],
)
def test_max_age(header: str | None, seconds: int | None) -> None:
    assert max_age_of(header) == seconds


@given(st.text())
def test_max_age_of_any_text_is_within_a_month(header: str) -> None:
    assert 0 <= (max_age_of(header) or 0) <= 31 * 86_400


def test_validators_are_kept_verbatim() -> None:
    headers = {"etag": 'W/"a,b" ', "last-modified": "yesterday, more or less"}

    assert kept_validators(headers) == Validators(etag='W/"a,b" ', last_modified="yesterday, more or less")


@pytest.mark.parametrize(
    "headers",
    [
        {"etag": '"a"', "last-modified": "x", "expires": "0"},
        {"etag": ""},
        {"etag": '"' + "a" * 2000 + '"'},
        {"etag": '"é"'},
        {"etag": '"\x0b"'},
        {},
    ],
    ids=["Expires: 0", "empty", "huge", "not ASCII", "not printable", "none"],
)
def test_validators_that_cannot_be_trusted_are_dropped(headers: dict[str, str]) -> None:
    assert kept_validators(headers) == Validators()


def test_a_304_renews_what_it_names_and_keeps_the_rest() -> None:
    sent = Validators(etag='"a"', last_modified="then")

    assert renewed_validators({}, sent) == sent
    assert renewed_validators({"last-modified": "now"}, sent) == Validators(etag='"a"', last_modified="now")
    assert renewed_validators({"expires": "0"}, sent) == Validators()


def test_conditions_are_the_validators_and_nothing_else() -> None:
    assert conditions(Validators()) == {}
    assert conditions(Validators(etag='"a"')) == {"if-none-match": '"a"'}
    assert conditions(Validators(last_modified="then")) == {"if-modified-since": "then"}


def test_framing_is_not_the_callers() -> None:
    given_headers = {
        "Host": "x",
        "Content-Length": "9",
        "Transfer-Encoding": "x",
        "Accept-Encoding": "x",
        "Cookie": "a",
    }

    assert own_headers(given_headers) == {"cookie": "a"}
