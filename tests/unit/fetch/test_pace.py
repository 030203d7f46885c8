"""When to come again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.pace import (
    CEILING_S,
    FASTEST_S,
    SLOWEST_S,
    START_S,
    backoff_s,
    jitter,
    next_interval_s,
    parse_retry_after,
)

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 120 ", 120.0),
        ("90.5", 90.5),
        ("0", 60.0),
        ("1", 60.0),
        ("999999999", 86_400.0),
        ("Sun, 01 Mar 2026 12:10:00 GMT", 600.0),
        ("Sun, 01 Mar 2026 20:10:00 +0800", 600.0),
        ("Sunday, 01-Mar-26 12:10:00 GMT", 600.0),
        ("Sun Mar  1 12:10:00 2026", 600.0),
        ("Sun, 01 Mar 2020 12:10:00 GMT", 60.0),
        ("Sat, 01 Jan 2050 00:00:00 GMT", 86_400.0),
        (None, None),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1e9", None),
        ("nan", None),
        ("12 0", None),
        ("Sun, 99 Mar 2026 12:10:00 GMT", None),
        ("١٢٠", None),
    ],
)
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


@given(st.text(max_size=60))
def test_retry_after_of_any_text_is_none_or_within_a_day(value: str) -> None:
    seconds = parse_retry_after(value, NOW)

    assert seconds is None or 60.0 <= seconds <= 86_400.0


@given(st.text(), st.integers(0, 1000), st.floats(0.0, 0.9))
def test_jitter_is_bounded_and_repeatable(key: str, attempt: int, share: float) -> None:
    factor = jitter(key, attempt, share)

    assert 1 - share <= factor <= 1 + share
    assert factor == jitter(key, attempt, share)


def test_jitter_spreads_keys_and_attempts() -> None:
    by_key = [jitter(f"source-{n}", 1) for n in range(200)]

    assert min(by_key) < 0.92 < 1.08 < max(by_key)
    assert len({jitter("source", attempt) for attempt in range(50)}) == 50


@given(st.integers(1, 100_000), st.text())
def test_backoff_doubles_to_its_ceiling(failures: int, key: str) -> None:
    wait = backoff_s(failures, key)

    assert min(60 * 2 ** min(failures - 1, 60) * 0.9, CEILING_S * 0.9) <= wait <= CEILING_S
    assert failures >= 20 or wait <= 60 * 2 ** (failures - 1) * 1.1


def test_no_failure_no_backoff() -> None:
    assert backoff_s(0, "a") == 0.0


INTERVALS = {
    "first poll": (None, {"seen": 20, "new": 20}, START_S),
    "nothing seen": (1000, {"seen": 0, "new": 0}, 1500),
    "nothing new": (1000, {"seen": 20, "new": 0}, 1500),
    "one new of many": (1000, {"seen": 20, "new": 1}, 1250),
    "half known": (1000, {"seen": 20, "new": 10}, 1000),
    "few known": (4000, {"seen": 20, "new": 15}, 2000),
    "no overlap": (8000, {"seen": 20, "new": 20}, 2000),
    "not faster than the fastest": (700, {"seen": 20, "new": 20}, FASTEST_S),
    "not slower than the slowest": (80_000, {"seen": 20, "new": 0}, SLOWEST_S),
    "floor of the feed": (1000, {"seen": 20, "new": 10, "floor_s": 3600}, 3600),
    "an absurd floor": (1000, {"seen": 20, "new": 10, "floor_s": 1e9}, SLOWEST_S),
    "fixed interval": (1000, {"seen": 20, "new": 20, "every_s": 120, "floor_s": 3600}, 120),
    "the server's wish against a fixed one": (
        1000, {"seen": 20, "new": 0, "every_s": 120, "retry_after_s": 900}, 900),
    "the server's wish": (1000, {"seen": 20, "new": 10, "retry_after_s": 5000}, 5000),
}  # fmt: skip


@pytest.mark.parametrize(("previous_s", "poll", "expected"), INTERVALS.values(), ids=INTERVALS.keys())
def test_interval_follows_what_was_known(previous_s: float | None, poll: dict[str, float], expected: float) -> None:
    assert next_interval_s(previous_s, **poll) == pytest.approx(expected)  # type: ignore[arg-type]


@given(st.floats(1, 1e6), st.integers(0, 500), st.integers(0, 500))
def test_adaptive_interval_keeps_its_bounds(previous: float, seen: int, new: int) -> None:
    assert FASTEST_S <= next_interval_s(previous, seen=seen, new=min(new, seen)) <= SLOWEST_S


@given(st.floats(FASTEST_S, SLOWEST_S), st.integers(1, 100))
def test_more_new_items_never_slow_the_polling(previous: float, seen: int) -> None:
    intervals = [next_interval_s(previous, seen=seen, new=new) for new in range(seen + 1)]

    assert intervals == sorted(intervals, reverse=True)
