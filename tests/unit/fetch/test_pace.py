"""When to come again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.pace import (
    CEILING_S,
    backoff_s,
    bounded_s,
    jitter,
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
    "as wanted": (1_000, {}, 1_000),
    "not faster than the fastest": (100, {}, 600),
    "not slower than the slowest": (100_000, {}, 86_400),
    "floor of the content": (1_000, {"floor_s": 3_600}, 3_600),
    "an absurd floor": (1_000, {"floor_s": 1e9}, 86_400),
    "a floor below the interval": (1_000, {"floor_s": 700}, 1_000),
    "the pace of the host": (1_000, {"polite_s": 5_000}, 5_000),
    "a host that wants a visit in two days": (1_000, {"polite_s": 172_800}, 172_800),
}


@pytest.mark.parametrize(("wanted", "wishes", "expected"), INTERVALS.values(), ids=INTERVALS.keys())
def test_interval_is_bounded(wanted: float, wishes: dict[str, float], expected: float) -> None:
    assert bounded_s(wanted, fastest_s=600, slowest_s=86_400, **wishes) == expected


@given(st.floats(0, 1e9), st.floats(0, 1e9), st.floats(0, 1e9))
def test_interval_keeps_its_bounds_and_politeness(wanted: float, floor: float, polite: float) -> None:
    interval = bounded_s(wanted, fastest_s=600, slowest_s=86_400, floor_s=floor, polite_s=polite)

    assert max(600, polite) <= interval <= max(86_400, polite)
