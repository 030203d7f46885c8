"""Words that stand for a regulation are bound to the one they mean, or to none."""

from __future__ import annotations

import pytest

from tests.unit.tag.regulations import A, B, facts

EN = "Example Data Act"


def test_both_stand_for_the_last_two() -> None:
    found = facts(f"网信办发布《{A}》。配套的《{B}》同时公布，二者均于2025年12月1日起施行。")
    assert {"a effective 2025-12-01", "b effective 2025-12-01"} <= found


def test_decision_of_amendment_is_a_name_of_its_own() -> None:
    assert "a adopted 2025-09-08" in facts(f"《{A}》明年起施行。修改决定8日由全国人大常委会表决通过。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"The governor signed SB 149, the {EN}, on March 13. The Act takes effect May 1, 2026.",
            {"a number SB149", "a issued 2025-03-13", "a stage adopted", "a effective 2026-05-01", "a stage issued"},
            id="a-number-says-it-once-more",
        ),
        pytest.param(
            f"Lawmakers passed SB25B-004 to study the {EN}. The governor signed the bill on August 28.",
            set(),
            id="the-bill-is-the-one-with-a-number",
        ),
        pytest.param(
            f"Parliament passed amendments to the {EN} on May 5. The amendments take effect on January 1, 2026.",
            {"a issuer Parliament", "a amended 2025-05-05", "a stage amended", "a amendment_effective 2026-01-01"},
            id="the-amendments",
        ),
    ],
)
def test_english_words(text: str, expected: set[str]) -> None:
    assert facts(text, a=EN) == expected
