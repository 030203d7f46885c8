"""Permanent redirects of a source's address: which are adopted, which are only told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monitor import moves
from monitor.sources import kinds
from storage.records import SourceState
from tests.contract.fake_port import state_of

OLD = "http://news.example.com/feed"


def settings(**more: Any) -> Any:
    return kinds()["feed"].Settings(id="wire", kind="feed", url=OLD, **more)


def source(**more: Any) -> SourceState:
    return replace(state_of("wire", "feed", OLD, "news.example.com"), **more)


def third(target: str, *, owner: str | None = None, headers: dict[str, str] | None = None, **more: Any) -> moves.Move:
    """Follow the third redirect in a row to a target."""
    state = source(moved_to=target, moved_times=2, **more)
    return moves.follow(state, moves.Redirect(target=target, owner=owner), settings(headers=headers or {}))


def test_two_redirects_are_remembered_and_not_told() -> None:
    first = moves.follow(source(), moves.Redirect(target="https://news.example.com/feed"), settings())
    assert (first.address, first.moved_to, first.moved_times, first.notice) == (
        None,
        "https://news.example.com/feed",
        1,
        None,
    )


@pytest.mark.parametrize(
    "target",
    [
        "https://news.example.com/feed",
        "http://news.example.com/rss.xml",
        "https://www.example.com/feed",
        "https://feeds.example.com/feed?format=rss",
    ],
)
def test_the_third_to_the_same_site_is_adopted(target: str) -> None:
    move = third(target)
    assert (move.address, move.moved_times) == (target, 0)
    assert move.notice == f"moved for good to {target!r}; change sources.yaml"


@pytest.mark.parametrize(
    ("target", "more", "why"),
    [
        pytest.param("https://other.example/feed", {}, "another site", id="another site"),
        pytest.param("https://news.example.com/feed", {"owner": "copy"}, "'copy' polls already", id="taken"),
        pytest.param(
            "http://news.example.com/x", {"address": "https://news.example.com/"}, "not encrypted", id="downgrade"
        ),
        pytest.param(f"https://news.example.com/{'x' * 2_000}", {}, "no address to poll", id="endless address"),
    ],
)
def test_what_is_doubtful_is_only_told(target: str, more: dict[str, Any], why: str) -> None:
    move = third(target, **more)
    assert (move.address, move.moved_times) == (more.get("address"), 3)
    assert move.notice is not None
    assert why in move.notice


API = {"id": "rows", "kind": "api", "url": "http://api.example.com/list", "items": "", "link": "u"}


def adopted(target: str, more: dict[str, Any], url: str = "http://api.example.com/list") -> str | None:
    """Return the address of an ``api`` source after the third redirect in a row to a target."""
    made = kinds()["api"].Settings(**{**API, "url": url, **more})
    state = replace(state_of("rows", "api", url, ""), moved_to=target, moved_times=2)
    return moves.follow(state, moves.Redirect(target=target), made).address


SECRETS = [
    {"headers": {"Authorization": "x"}},
    {"send": {"Authorization": "x"}},
    {"cookies": True},
    {"body": {"key": "x"}},
    {"form": {"key": "x"}},
    {"first": {"url": "https://www.example.com/"}},
]


@pytest.mark.parametrize("more", SECRETS, ids=lambda more: next(iter(more)))
@pytest.mark.parametrize(
    ("target", "follows"),
    [
        pytest.param("http://api.example.com/v2", True, id="the same origin"),
        pytest.param("https://api.example.com/list", True, id="with encryption"),
        pytest.param("http://api.example.com:8080/list", False, id="another port"),
        pytest.param("https://api.example.com:8443/list", False, id="another port with encryption"),
        pytest.param("http://www.example.com/list", False, id="another host of the site"),
    ],
)
def test_credentials_stay_with_their_server(more: dict[str, Any], target: str, follows: bool) -> None:
    assert adopted(target, more) == (target if follows else None)
    assert adopted(target, {}) == target


def test_customers_of_one_service_are_strangers() -> None:
    theirs, ours = "https://mallory.github.io/list", "https://api.alice.github.io/list"
    assert adopted(theirs, {}, ours) is None
    assert adopted("https://alice.github.io/list", {}, ours) == "https://alice.github.io/list"


def test_a_way_back_to_the_configured_address_ends_the_move() -> None:
    assert third(OLD, address="http://news.example.com/b") == moves.Move(address=None)


def test_an_adopted_address_is_told_of_as_long_as_it_is_used() -> None:
    state = source(address="https://news.example.com/feed")
    move = moves.follow(state, moves.Redirect(), settings())
    assert (move.address, move.moved_to) == (state.address, None)
    assert move.notice is not None


def test_the_owner_of_an_address_is_another_source() -> None:
    other = kinds()["feed"].Settings(id="other", kind="feed", url="https://news.example.com/feed?utm_source=x")
    assert moves.owner_of("https://news.example.com/feed", "wire", [settings(), other]) == "other"
    assert moves.owner_of("https://news.example.com/feed", "other", [other]) is None
