"""Servers that keep their validators although the content changed, and those that do not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from monitor.validators import Exchange, agree, are_lies, asks_in_full, judge
from storage.records import Validators

NOW = datetime(2026, 3, 2, tzinfo=UTC)
LIE = Exchange(in_full=True, same_validators=True, has_validators=True)
TRUTH = Exchange(in_full=True, has_validators=True)


def polled(count: int, hours: float, remembered: dict[str, Any] | None = None) -> dict[str, Any]:
    remembered = remembered or {}
    for n in range(count):
        remembered = judge(remembered, Exchange(), news=0, now=NOW + timedelta(hours=hours * n))
    return remembered


@pytest.mark.parametrize(
    ("count", "hours", "later_h", "in_full"),
    [(0, 1, 0, False), (12, 3, 36, True), (11, 3, 36, False), (20, 1, 23, False), (20, 1, 24, True)],
    ids=["never polled", "twelve in a day and a half", "too few", "not a day yet", "a day"],
)
def test_every_twelfth_poll_or_one_a_day_whichever_is_rarer_is_in_full(
    count: int, hours: float, later_h: float, in_full: bool
) -> None:
    assert asks_in_full(polled(count, hours), NOW + timedelta(hours=later_h)) is in_full


def test_a_poll_in_full_starts_the_count_anew() -> None:
    after = judge(polled(20, 3), TRUTH, news=0, now=NOW + timedelta(hours=60))
    assert not asks_in_full(after, NOW + timedelta(hours=200))


@pytest.mark.parametrize(
    ("exchange", "news", "lies"),
    [
        (LIE, 3, True),
        (LIE, 0, False),
        (TRUTH, 3, False),
        (Exchange(same_validators=True, has_validators=True), 3, False),
    ],
    ids=["news under the same validators", "another body without news", "honest", "a conditional poll"],
)
def test_a_lie_is_news_that_a_conditional_poll_would_have_missed(exchange: Exchange, news: int, lies: bool) -> None:
    assert are_lies(judge(polled(12, 3), exchange, news=news, now=NOW)) is lies


def test_a_liar_is_always_asked_in_full_until_three_truths() -> None:
    remembered = judge({}, LIE, news=1, now=NOW)
    for _ in range(2):
        remembered = judge(remembered, TRUTH, news=1, now=NOW)
        assert asks_in_full(remembered, NOW)
    assert are_lies(judge(remembered, LIE, news=1, now=NOW))
    assert not are_lies(judge(remembered, TRUTH, news=1, now=NOW))


def test_a_server_that_gives_no_validators_any_more_cannot_lie() -> None:
    assert not are_lies(judge(judge({}, LIE, news=1, now=NOW), Exchange(in_full=True), news=0, now=NOW))


@pytest.mark.parametrize(
    ("stored", "given", "same"),
    [
        (Validators(etag="a"), Validators(etag="a"), True),
        (Validators(etag="a", last_modified="x"), Validators(etag="a", last_modified="y"), True),
        (Validators(etag="a", last_modified="x"), Validators(etag="b", last_modified="x"), False),
        (Validators(last_modified="x"), Validators(last_modified="x"), True),
        (Validators(last_modified="x"), Validators(), False),
        (Validators(), Validators(), False),
    ],
)
def test_validators_agree_as_a_server_compares_them(stored: Validators, given: Validators, same: bool) -> None:
    assert agree(stored, given) is same
