"""Limits of a receiver: how they are written, and that no window ever holds more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.pace import Rate, kept_sends, parse_rates, wait_s


@pytest.mark.parametrize(
    ("text", "rates"),
    [
        ("20/min", (Rate(count=20, per_s=60.0),)),
        (" 1 / s ", (Rate(count=1, per_s=1.0),)),
        ("5/s, 100/min", (Rate(count=5, per_s=1.0), Rate(count=100, per_s=60.0))),
        ("1000/h", (Rate(count=1000, per_s=3_600.0),)),
        ("2/d", (Rate(count=2, per_s=86_400.0),)),
        ("unlimited", ()),
    ],
)
def test_rates_are_read(text: str, rates: tuple[Rate, ...]) -> None:
    assert parse_rates(text) == rates


@pytest.mark.parametrize("text", ["", "20", "0/min", "-1/s", "20/m", "20 per min", "1001/h", "5/s,", "1.5/s", "９/s/s"])
def test_what_is_no_rate_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="such as 20/min"):
        parse_rates(text)


def test_a_burst_may_use_all_of_the_limit_and_the_next_waits_for_the_first_to_leave_the_window() -> None:
    rates = parse_rates("3/min")
    sends = (100.0, 101.0, 102.0)
    assert wait_s(sends[:2], rates, 102.0) == 0
    assert wait_s(sends, rates, 103.0) == 57.0
    assert wait_s(sends, rates, 160.0) == 0


def test_the_longest_wait_of_several_limits_counts() -> None:
    rates = parse_rates("1/s, 2/min")
    assert wait_s((10.0,), rates, 10.5) == 0.5
    assert wait_s((10.0, 12.0), rates, 12.5) == 57.5


def test_times_of_a_clock_that_ran_ahead_hold_nothing_up() -> None:
    assert wait_s((1e9, 2e9), parse_rates("1/min"), 500.0) == 0


def test_only_as_many_times_are_kept_as_the_limits_look_at() -> None:
    assert kept_sends((1.0, 2.0, 3.0), parse_rates("2/min, 1/s")) == (2.0, 3.0)
    assert kept_sends((1.0, 2.0), ()) == ()


@given(
    count=st.integers(1, 5),
    wishes=st.lists(st.floats(0, 40, allow_nan=False), max_size=60),
)
def test_no_window_holds_more_than_the_limit(count: int, wishes: list[float]) -> None:
    rates = (Rate(count=count, per_s=60.0),)
    now, sends, kept = 1_000_000.0, [], ()
    for gap in wishes:
        now += gap
        now += wait_s(kept, rates, now)
        if wait_s(kept, rates, now) == 0:
            sends.append(now)
            kept = kept_sends((*kept, now), rates)
    for first, last in zip(sends, sends[count:], strict=False):
        assert last - first >= 60.0 - 1e-6
