"""Brief items: copies when they say the same without their credits, and nothing else otherwise."""

from __future__ import annotations

import pytest

from monitor.dedupe import compare

ITEM = "央行今日开展3000亿元7天期逆回购操作，中标利率1.40%，与此前持平，当日有2100亿元逆回购到期"
WIRE = "财联社11月20日电，{}。".format
STOCK = "今日主力资金净流入12.3亿元，位居两市第一，成交额达98.6亿元，换手率1.2%。"


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(f"【央行开展逆回购操作】新华社北京11月20日电，{ITEM}。", id="heading and dateline"),
        pytest.param(f"快讯：{ITEM}。（完）", id="column and end"),
        pytest.param(f"来源：新华社\n{ITEM}。\n责任编辑：张三", id="lines of credits"),
        pytest.param(ITEM, id="bare"),
        pytest.param("【央行今日开展3000亿元逆回購】" + ITEM.replace("开", "開"), id="Traditional"),
    ],
)
def test_a_flash_with_other_credits_is_a_copy(other: str) -> None:
    found = compare(WIRE(ITEM), other)

    assert found.verdict == "near_copy"
    assert "credits" in found.why


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        pytest.param(WIRE(ITEM), f"财联社11月21日电，{ITEM}。", "template_sibling", id="another day"),
        pytest.param(WIRE(ITEM), WIRE(ITEM.replace("3000", "3500")), "revision", id="a number, the same day"),
        pytest.param(ITEM, f"快讯：{ITEM.replace('3000', '3500')}。", "template_sibling", id="a number, no day"),
        pytest.param(
            WIRE(ITEM), WIRE(ITEM.replace("3000", "50").replace("1.40", "1.55")), "template_sibling", id="two numbers"
        ),
        pytest.param(f"【宁德时代】{STOCK}", f"【比亚迪】{STOCK}", "template_sibling", id="another heading"),
        pytest.param(
            WIRE("半导体板块午后拉升，多股涨停，成交额明显放大"),
            WIRE("光伏板块午后拉升，多股涨停，成交额明显放大"),
            "new",
            id="a noun",
        ),
        pytest.param("快讯：该股今日停牌。", "该股今日停牌。（财联社）", "new", id="too short to tell"),
        pytest.param(f"更正：{ITEM}。", WIRE(ITEM), "new", id="marked"),
    ],
)
def test_a_flash_with_other_facts_is_no_copy(one: str, other: str, verdict: str) -> None:
    assert compare(one, other).verdict == verdict
    assert compare(other, one).verdict == verdict


def test_an_item_is_found_in_a_list_of_news() -> None:
    news = f"早报\n1. {'多地发布寒潮预警，气温将明显下降，' * 4}请注意防寒。\n2. {ITEM}。"

    assert compare(news, f"快讯：{ITEM}。").verdict == "contains"
    assert compare(f"快讯：{ITEM}。", news).verdict == "contained_in"
