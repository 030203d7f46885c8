"""Dates of different precision: which was first, and by how much."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.records import Published
from storage.timing import Lag, earliest, lag, latest, publication_order


def dated(value: str) -> Published:
    precision = {7: "month", 10: "day"}.get(len(value), "minute")
    return Published(value=value, precision=precision, origin="byline")


@pytest.mark.parametrize(
    ("first", "later", "found"),
    [
        ("2026-03-01T08:00+08:00", "2026-03-01T10:10+08:00", Lag(days=0, seconds=7800)),
        ("2026-03-01T08:00+08:00", "2026-03-01T00:10+00:00", Lag(days=0, seconds=600)),
        ("2026-03-01T23:50+08:00", "2026-03-02T00:05+08:00", Lag(days=1, seconds=900)),
        ("2026-03-01T08:00", "2026-03-01T08:30+08:00", Lag(days=0, seconds=1800)),
        ("2026-03-01", "2026-03-01T10:10+08:00", Lag(days=0, seconds=None)),
        ("2026-02-28T22:00+08:00", "2026-03-01", Lag(days=1, seconds=None)),
        ("2026-03", "2026-03-01", None),
        ("2026-03-01", "2026-03", None),
        ("2026-03-01", None, None),
        (None, "2026-03-01", None),
        ("some day..", "2026-03-01", None),
    ],
    ids=str,
)
def test_lag_is_as_fine_as_the_coarser_date(first: str | None, later: str | None, found: Lag | None) -> None:
    assert lag(first and dated(first), later and dated(later)) == found


@pytest.mark.parametrize(
    ("value", "ends"),
    [
        ("2026-03-01T08:00+08:00", datetime(2026, 3, 1, 0, 0, tzinfo=UTC)),
        ("2026-03-01T08:00", datetime(2026, 3, 1, 0, 0, tzinfo=UTC)),
        ("2026-03-01", datetime(2026, 3, 1, 16, 0, tzinfo=UTC)),
        ("2026-12", datetime(2026, 12, 31, 16, 0, tzinfo=UTC)),
        ("nonsense", None),
        ("9999-12-31", None),
        (None, None),
    ],
    ids=str,
)
def test_a_coarse_date_counts_as_late_as_it_may_be(value: str | None, ends: datetime | None) -> None:
    assert latest(value and dated(value)) == ends


@given(st.text(max_size=25), st.sampled_from(("month", "day", "minute", "second")))
def test_no_stored_date_is_an_error(value: str, precision: str) -> None:
    published = Published(value=value, precision=precision, origin="text")
    latest(published)
    earliest(published)
    lag(published, published)


def test_articles_stand_as_they_were_published_and_of_one_day_the_better_first() -> None:
    dates = (("2026-03-02", ""), (None, "0"), ("2026-03-01", "2"), ("2026-03-01", "1"), ("2026-03-01T09:00+08:00", "3"))
    told = [(dated(value) if value else None, rank, number) for number, (value, rank) in enumerate(dates)]
    assert [one[2] for one in sorted(told, key=lambda one: publication_order(*one))] == [4, 3, 2, 0, 1]


@pytest.mark.parametrize(
    ("lead", "other", "is_first"),
    [
        ("2026-11-14", "2026-11-14T08:00+08:00", True),
        ("2026-11-14", "2026-11-13T23:59+08:00", False),
        ("2026-11-14", "2026-11-14", True),
        ("2026-11-14T08:00+08:00", "2026-11-14T08:00+08:00", True),
        ("2026-11-14T08:00+08:00", "2026-11-14T07:59+08:00", False),
        ("2026-11-14T08:00+08:00", "2026-11-14", True),
        (None, "2026-11-14", False),
    ],
    ids=str,
)
def test_where_dates_leave_it_open_the_canonical_article_was_first(
    lead: str | None, other: str, is_first: bool
) -> None:
    canonical = publication_order(dated(lead) if lead else None, "9", 2, leads=True)
    assert (canonical < publication_order(dated(other), "1", 1)) is is_first
