"""Where two texts are equal."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dedupe.body import body_of, overlap
from monitor.dedupe.stretches import gaps, stretches

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
LINES = st.lists(
    st.sampled_from(["昨日下午,市场监管局通报了抽检结果。", "abcdefghijklmnopqrst", "共有36批次,", "x", "\n"]),
    max_size=30,
)


@given(LINES, LINES)
def test_stretches_are_equal_and_overlap_in_neither_text(lines_a: list[str], lines_b: list[str]) -> None:
    a, b = "".join(lines_a), "".join(lines_b)
    end_a = end_b = 0
    for at_a, at_b, length in stretches(a, b):
        assert a[at_a : at_a + length] == b[at_b : at_b + length]
        assert at_a >= end_a
        assert at_b >= end_b
        assert length > 0
        end_a, end_b = at_a + length, at_b + length


@given(LINES, LINES, st.integers(1, 40))
def test_gaps_and_the_long_stretches_between_them_make_up_both_texts(
    lines_a: list[str], lines_b: list[str], least: int
) -> None:
    a, b = "".join(lines_a), "".join(lines_b)
    left = gaps(stretches(a, b), len(a), len(b), least=least)

    for (_, end_a, _, end_b), (start_a, _, start_b, _) in pairwise(left):
        assert a[end_a:start_a] == b[end_b:start_b]
        assert start_a - end_a >= least
    assert all(gap[0] < gap[1] or gap[2] < gap[3] for gap in left)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("甲" * 5 + ALPHABET, ALPHABET, [(5, 0, 26)], id="a head"),
        pytest.param("0123456789abcdefgh", "0123456789abcdefgh", [(0, 0, 18)], id="equal"),
        pytest.param("0123456789abcdef", "fedcba9876543210", [], id="nothing"),
        pytest.param("", "", [], id="empty"),
    ],
)
def test_what_is_equal_is_found(a: str, b: str, expected: list[tuple[int, int, int]]) -> None:
    assert [*stretches(a, b)] == expected


@given(LINES, LINES)
def test_shares_are_those_of_the_sets_of_all_shingles(lines_a: list[str], lines_b: list[str]) -> None:
    a, b = body_of("".join(lines_a)), body_of("".join(lines_b))
    size = min(a.size, b.size)
    left, right = (
        {body.normalized[at : at + size] for at in range(len(body.normalized) - size + 1)} for body in (a, b)
    )
    found = overlap(a, b)

    assert found.similarity == (len(left & right) / len(left | right) if left | right else 0)
    assert found.containment_a == (len(left & right) / len(left) if left else 0)
    assert found.containment_b == (len(left & right) / len(right) if right else 0)
