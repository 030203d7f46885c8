"""The tail of the negative binomial distribution, beside that of scipy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from alerts.negative_binomial import tail

COUNTS = st.integers(0, 3_000)
MEANS = st.floats(1e-4, 2_000)
SIZES = st.floats(0.05, 1e4)


@given(COUNTS, MEANS, SIZES)
def test_tail_is_that_of_scipy(count: int, mean: float, size: float) -> None:
    theirs = stats.nbinom.sf(count - 1, size, size / (size + mean))

    assert tail(count, mean, size) == pytest.approx(theirs, rel=1e-5, abs=1e-200)


@given(COUNTS, MEANS)
def test_large_size_is_poisson(count: int, mean: float) -> None:
    theirs = stats.poisson.sf(count - 1, mean)

    assert tail(count, mean, 1e12) == pytest.approx(theirs, rel=1e-5, abs=1e-200)


@given(st.integers(0, 500), MEANS, SIZES)
def test_more_is_never_likelier(count: int, mean: float, size: float) -> None:
    assert 0 <= tail(count + 1, mean, size) <= tail(count, mean, size) * (1 + 1e-8) <= 1 + 1e-7


@pytest.mark.parametrize("count", [1_890, 1_900, 1_910, 3_000])
def test_chance_too_small_for_a_normal_number_is_found_at_once(count: int) -> None:
    assert 0 <= tail(count, 0.37, 0.17) < 1e-307
