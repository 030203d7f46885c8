# ruff: noqa: E501 - a paragraph is one line
"""What changed between two texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.read.changes import changes

OLD = "国家网信办公布备案信息，共有二百项算法完成备案，涉及多家企业和研究机构。有关负责人表示，将继续推进这项工作，并加强监督检查。公众可以登录网站查询。"
NEW = OLD.replace("二百项", "三百项")


def flat(old: list[str], new: list[str]) -> tuple[list[str], list[str]]:
    found = changes(old, new)
    return [line for one in found for line in one.removed], [line for one in found for line in one.added]


@pytest.mark.parametrize(
    ("old", "new", "removed", "added"),
    [
        (["a", "b"], ["a", "b"], [], []),
        (["a", "b"], ["a", "c", "b"], [], ["c"]),
        (["a", "b"], ["b"], ["a"], []),
        (["1 | 北京 | 甲"], ["1 | 北京 | 乙"], ["1 | 北京 | 甲"], ["1 | 北京 | 乙"]),
        (["甲", OLD], ["甲", NEW], [OLD.split("。")[0] + "。"], [NEW.split("。")[0] + "。"]),
        (["x " * 200 + "One. Two is here. Three."], ["x " * 200 + "One. Two was here. Three."], ["Two is here."], ["Two was here."]),
    ],
    ids=["equal", "added", "removed", "row", "sentence in a paragraph", "English sentence"],
)  # fmt: skip
def test_lines_and_sentences_that_differ_are_given(
    old: list[str], new: list[str], removed: list[str], added: list[str]
) -> None:
    assert flat(old, new) == (removed, added)


def test_place_is_the_number_of_older_lines_above() -> None:
    assert [one.after for one in changes(["a", "b", "c"], ["a", "x", "c", "d"])] == [1, 3]


LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "丁"]), max_size=8)


@given(old=LINES, new=LINES)
def test_changes_of_short_lines_balance(old: list[str], new: list[str]) -> None:
    removed, added = flat(old, new)

    assert sorted([*old, *added]) == sorted([*new, *removed])
