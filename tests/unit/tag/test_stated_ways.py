"""Ways in which gazettes, wires and newsletters tell who made a rule, when, and what became of it."""

from __future__ import annotations

import pytest

from tests.unit.tag.regulations import A, B, facts

EN, EN_B = "Example Data Act", "Sample Chips Act"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"网信办此前公布的《{A}》规定了时限。", {"a issuer 网信办", "a stage issued"}, id="此前公布的"),
        pytest.param(
            f"国家互联网信息办公室 公安部关于印发《{A}》的通知",
            {"a issuer 国家互联网信息办公室", "a issuer 公安部", "a stage issued"},
            id="bodies-apart-by-spaces",
        ),
        pytest.param(
            f"十四届全国人大常委会第十八次会议9月9日上午闭幕，会议经表决，通过了《{A}》。",
            {"a issuer 全国人大常委会", "a adopted 2025-09-09", "a stage adopted"},
            id="a-session",
        ),
        pytest.param(
            f"网信办网站9日消息，《{A}》已印发。", {"a stage issued"}, id="the-day-of-the-report-is-none-of-the-rule"
        ),
        pytest.param(f"网信办将于明年初公布《{A}》。", set(), id="to-be-issued"),
        pytest.param(
            f"行政院9日核定「{A[:-4]}参考指引」。",
            {"a issuer 行政院", "a adopted 2025-09-09", "a stage adopted"},
            id="a-cabinet-of-its-own-guide",
        ),
        pytest.param(
            f"总统9日签署《{A}》，同时签署了数据法等三项法案。",
            {"a issued 2025-09-09", "a stage adopted"},
            id="two-signings",
        ),
        pytest.param(
            f"州长9日否决《{A}》，同时签署了三项法案。", {"a failed 2025-09-09", "a stage failed"}, id="vetoed-one"
        ),
        pytest.param(f"《{A}》2025年5月17日由州长签署。", {"a issued 2025-05-17", "a stage adopted"}, id="signed-by"),
        pytest.param(
            f"《{A}》于2025年2月28日批准发布。", {"a issued 2025-02-28", "a stage issued"}, id="approved-and-issued"
        ),
        pytest.param(
            f"企业须遵守12月2日起适用的《{A}》相关义务。",
            {"a partly_effective 2025-12-02"},
            id="duties-behind-the-name",
        ),
        pytest.param(f"《{A}》实施半月，商户已适应。", {"a stage in_force"}, id="in-force-for-a-while"),
        pytest.param(
            f"9月起一批新规施行：《{A}》9月1日起施行，《{B}》10月1日起施行。",
            {
                "a effective 2025-09-01",
                "a stage in_force",
                "b effective 2025-10-01",
                "b stage issued",
            },
            id="the-day-not-the-month",
        ),
        pytest.param(
            f"《{A}》9月1日公布，较征求意见稿更宽松，12月1日起施行。",
            {"a issued 2025-09-01", "a stage issued", "a effective 2025-12-01"},
            id="beside-its-draft",
        ),
    ],
)
def test_chinese_ways(text: str, expected: set[str]) -> None:
    assert facts(text, a=f"{A[:-4]}参考指引" if "参考指引" in text else A) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f'The General Assembly adopted by consensus the "{EN}" on May 5.',
            {"a issuer General Assembly", "a adopted 2025-05-05", "a stage adopted"},
            id="by-consensus",
        ),
        pytest.param(
            f"The {EN}, issued on May 5, rescinds and replaces the {EN_B}.",
            {"a issued 2025-05-05", "a stage issued", "b repealed 2025-05-05", "b stage repealed"},
            id="rescinds-and-replaces",
        ),
        pytest.param(
            f"The governor signed New York's {EN} into law on May 5, 2025.",
            {"a issued 2025-05-05", "a stage adopted"},
            id="owner-and-into-law",
        ),
        pytest.param(
            f"The {EN} passed the House 409-2 on April 28 and was signed into law on May 5.",
            {"a stage under_review", "a stage adopted", "a issued 2025-05-05"},
            id="a-chamber-then-signed",
        ),
        pytest.param(
            f"The Senate gave its final approval on May 5 to the {EN}.",
            {"a issuer Senate", "a adopted 2025-05-05", "a stage adopted"},
            id="final-approval-on-a-day",
        ),
        pytest.param(
            f"The {EN} enters into force today, 10 September 2025.",
            {"a effective 2025-09-10", "a stage in_force"},
            id="today-and-its-date",
        ),
        pytest.param(
            f"Critics doubt that courts can stop the {EN} before it takes effect in June 2026.",
            {"a effective 2026-06", "a stage issued"},
            id="before-it-takes-effect",
        ),
        pytest.param(f"The Commission has withdrawn its proposed {EN}.", {"a stage failed"}, id="withdrawn-proposal"),
        pytest.param(f"The agency launched the {EN} service desk on May 5.", set(), id="a-desk-is-launched"),
    ],
)
def test_english_ways(text: str, expected: set[str]) -> None:
    assert facts(text, a=EN, b=EN_B) == expected
