"""Labels of data sheets and newsletters state facts of the title they belong to, and none of the page's own."""

from __future__ import annotations

import time

import pytest

from tests.unit.tag.regulations import A, B, facts

EN = "Example Data Act"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"网信办公布《{A}》，生效日期：2025年12月1日，过渡期六个月。",
            {"a issuer 网信办", "a stage issued", "a effective 2025-12-01"},
            id="behind-a-sentence",
        ),
        pytest.param(
            f"{A}｜发布单位：国家网信办、公安部｜发布日期：2025-03-07｜施行日期：2025-12-01｜时效性：尚未生效",
            {
                "a issuer 国家网信办",
                "a issuer 公安部",
                "a issued 2025-03-07",
                "a effective 2025-12-01",
                "a stage issued",
            },
            id="with-bars",
        ),
        pytest.param(
            f"发文机关：公安部。名称：《{A}》。公布日期：2025年3月7日。\n发文机关：交通部。名称：《{B}》。",
            {"a issuer 公安部", "a issued 2025-03-07", "a stage issued", "b issuer 交通部"},
            id="titles-with-labels-of-their-own",
        ),
        pytest.param(
            f"《{A}（征求意见稿）》（发布机关：网信办；公布日期：2025年3月1日；征求意见截止日期：2025年4月1日）",
            {"a stage draft", "a issuer 网信办", "a drafted 2025-03-01", "a comments_until 2025-04-01"},
            id="a-draft",
        ),
        pytest.param(
            f"《{A}》征求意见，征求意见时间：2025年3月1日至2025年4月1日。",
            {"a stage draft", "a comments_until 2025-04-01"},
            id="a-range",
        ),
        pytest.param(
            f"《{A}》 文号：国网信令〔2025〕3号 时效性：现行有效",
            {"a number 国网信令〔2025〕3号", "a stage in_force"},
            id="number-and-status",
        ),
        pytest.param(
            f"国家标准《{A}》（GB/T 1-2025）获批发布，实施日期为2025年11月1日。",
            {"a stage issued", "a effective 2025-11-01"},
            id="without-a-colon",
        ),
    ],
)
def test_chinese_labels(text: str, expected: set[str]) -> None:
    assert facts(text, a=A, b=B) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(f"The {EN} (HB 149). Effective date: January 1, 2026.", "a effective 2026-01-01", id="behind"),
        pytest.param(f"He signed the {EN} with an effective date of May 2, 2026.", "a effective 2026-05-02", id="with"),
        pytest.param(f"Title: {EN}. Status: repealed. Effective date: May 2, 2020.", "a stage repealed", id="status"),
        pytest.param(f"{EN}. Comments due: May 2, 2026.", "a comments_until 2026-05-02", id="comments"),
        pytest.param(
            f"{EN}. Issuing body: Ministry of Examples. Effective date: May 2, 2026.",
            "a issuer Ministry of Examples",
            id="body",
        ),
    ],
)
def test_english_labels(text: str, expected: str) -> None:
    assert expected in facts(text, a=EN)


@pytest.mark.parametrize(
    "text",
    [
        f"来源：新华社。发布时间：2025年8月1日。《{A}》宣传周将于9月举行。",
        f"《{A}》宣传周。发布时间：2025年8月1日。",
        f"罚款依据《{A}》第四十五条作出，生效日期：2025年7月10日。",
        f"某银行发布新政策，生效日期：2025年9月1日，依据《{A}》制定。",
        f"熟悉《{A}》者优先，截止日期：2025-08-31。",
        f"《{A}》四周年研讨会论文提交截止日期：9月30日。",
        f"Published: August 1, 2025. Lawyers say the {EN} leaves open questions.",
        f"The contract, governed by the {EN}, has an effective date of September 1, 2025.",
        f"Our policy, which reflects the {EN}, has an effective date of August 15, 2025.",
        f"Agency: Fitch; effective date: August 5, 2025; the {EN} is mentioned once.",
    ],
)
def test_labels_of_other_things_state_nothing(text: str) -> None:
    assert facts(text, a=EN if EN in text else A) == set()


def test_hostile_run_of_digits_before_a_label_costs_no_more_than_its_length() -> None:
    started = time.process_time()
    facts(f"《{A}》{'1' * 5000}年{'1' * 5000}施行日期：待定。" * 3)
    assert time.process_time() - started < 1
