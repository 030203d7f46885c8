"""Tables state of the regulation that a row names what the head of the column says, and nothing of other rows."""

from __future__ import annotations

import pytest

from tests.unit.tag.regulations import A, B, facts

EN_A, EN_B = "Example Data Act", "Sample Chips Act"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"法规 | 发布机关 | 施行日期\n《{A}》 | 网信办、公安部 | 2025年1月1日\n《{B}》 | 国务院 | 2026年1月1日",
            {
                "a issuer 网信办",
                "a issuer 公安部",
                "a effective 2025-01-01",
                "a stage in_force",
                "b issuer 国务院",
                "b effective 2026-01-01",
                "b stage issued",
            },
            id="a-row-each",
        ),
        pytest.param(
            f"名称 | 施行日期\n《戊己办法》 | 2025年1月1日\n《{A}》 | 待定",
            set(),
            id="an-untracked-row-and-no-date",
        ),
        pytest.param(
            f"名称 | 施行日期\n另见下表。\n《{A}》 | 2025年1月1日",
            set(),
            id="a-line-ends-the-table",
        ),
        pytest.param(
            f"名称 | 施行日期\n《{A}》 | 网信办 | 2025年1月1日",
            set(),
            id="a-row-of-other-width",
        ),
        pytest.param(
            f"名称 | 《{A}》\n施行日期 | 2025年1月1日\n发布机关 | 网信办",
            {"a effective 2025-01-01", "a stage in_force", "a issuer 网信办"},
            id="labels-in-the-first-column",
        ),
        pytest.param(
            f"名称 | 公布日期 | 施行日期\n《{A}（征求意见稿）》 | 2025年3月1日 | 2025年9月1日",
            {"a stage draft", "a drafted 2025-03-01"},
            id="a-draft-has-no-date-of-effect",
        ),
    ],
)
def test_chinese_tables(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


def test_english_table_states_each_row() -> None:
    text = (
        "Law | Adopted | Entry into force | Applies from\n"
        f"{EN_A} | 13 June 2024 | 1 August 2024 | 2 August 2026\n{EN_B} | 1 May 2025 | 1 January 2026 | -"
    )
    assert facts(text, a=EN_A, b=EN_B) == {
        "a adopted 2024-06-13",
        "a stage adopted",
        "a effective 2024-08-01",
        "a stage in_force",
        "a applicable 2026-08-02",
        "b adopted 2025-05-01",
        "b stage adopted",
        "b effective 2026-01-01",
        "b stage issued",
    }
