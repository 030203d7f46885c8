"""What a scanner does to a text, and what a form does that only looks like it."""

from __future__ import annotations

import pytest

from monitor.dedupe.body import body_of
from monitor.dedupe.damage import is_damaged

ZH = "萧山国际机场今年的旅客吞吐量达到2075万人次，比去年同期增长15%，创历史新高。货运同样红火，机场新开通6条国际航线。"
EN = "The opposition won most of the seats in the election and will try to form a government after the highest turnout."


@pytest.mark.parametrize(
    ("whole", "other"),
    [
        pytest.param(ZH, ZH.replace("创", "剏").replace("客", "愘"), id="rare characters"),
        pytest.param(ZH, ZH.replace("2075", "2O75").replace("客", "愘"), id="a letter in a number"),
        pytest.param(
            EN,
            EN.replace("seats", "sedts").replace("election", "elecfion").replace("highest", "highost"),
            id="English words that are none",
        ),
    ],
)
def test_a_damaged_copy_is_known_from_either_side(whole: str, other: str) -> None:
    assert is_damaged(body_of(whole), body_of(other))
    assert is_damaged(body_of(other), body_of(whole))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(ZH, ZH, id="equal"),
        pytest.param(ZH, ZH.replace("萧山", "禄口").replace("2075", "1890"), id="another airport"),
        pytest.param(EN, EN.replace("highest", "lowest").replace("seats", "votes"), id="other words"),
        pytest.param(f"Ann Lee. {EN}", f"Ann Lea. {EN.replace('won', 'gained')}", id="a name"),
    ],
)
def test_texts_of_ordinary_words_are_not_damaged(one: str, other: str) -> None:
    assert not is_damaged(body_of(one), body_of(other))
