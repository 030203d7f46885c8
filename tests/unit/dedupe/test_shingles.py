"""How many shingles two texts share, counted in two ways."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dedupe.shingles import count_in_sets, count_shared, runs

WORDS = ["人工智能大模型备案", "芯片出口管制", "a b c d e f g h i j", "\ud800", "𠮷野家", "1234"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


@given(TEXTS, TEXTS, st.sampled_from([5, 9]))
def test_sorted_hashes_and_sets_come_to_the_same_counts(a: str, b: str, size: int) -> None:
    assert np.__name__ in sys.modules
    assert count_shared(a, b, size) == count_in_sets(a, b, size)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("abcdef", "bcdefg", (1, 2, 2), id="one in common"),
        pytest.param("aaaaaaaaaa", "aaaaa", (1, 1, 1), id="repeated ones count once"),
        pytest.param("abcd", "abcdef", (0, 0, 2), id="shorter than a shingle"),
        pytest.param("", "", (0, 0, 0), id="nothing"),
    ],
)
def test_distinct_shingles_are_counted(a: str, b: str, expected: tuple[int, int, int]) -> None:
    assert count_shared(a, b, 5) == expected
    assert count_in_sets(a, b, 5) == expected


def test_comparing_imports_no_numpy() -> None:
    code = (
        "import sys; from monitor.dedupe import compare; compare('甲' * 90, '甲' * 80); print('numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


@given(TEXTS, st.sampled_from([2, 5, 9]))
def test_runs_are_the_slices_of_the_text(text: str, size: int) -> None:
    slices = [text[at : at + size].encode("utf-32-le", "surrogatepass") for at in range(len(text) - size + 1)]

    assert sorted(runs(text, size)) == sorted(slices)
