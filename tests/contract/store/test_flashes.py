"""Brief items in either kind of store: reprinted with other credits they are one story, corrected ones revise it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.database import Store
from storage.tables import articles, edges
from tests.contract.store.work import rows
from tests.properties.story_world import arrive, map_of, written

ITEM = "央行今日开展3000亿元7天期逆回购操作，中标利率1.40%，与此前持平，当日有2100亿元逆回购到期"
CREDITS = (
    "财联社11月20日电，{}。",
    "【央行开展逆回购操作】财联社11月20日电，{}。",
    "快讯：{}。",
    "{}。（完）",
    "{}。\n责任编辑：张三",
    "新华社北京11月20日电 {}。",
    "{}。来源：新华社",
    "据新华社消息，{}。",
    "（记者 王芳）{}。",
    "{}",
)
WIRE = "Turkey's central bank holds its key rate at 39.5 percent as expected."


@pytest.mark.parametrize(
    ("item", "prints"),
    [
        pytest.param(ITEM, CREDITS, id="Chinese"),
        pytest.param(WIRE, ("(Reuters) - {}", "{}", "BREAKING: {}", "{} (Reporting by Jane Doe)"), id="English"),
    ],
)
def test_a_flash_of_many_outlets_is_one_story(store: Store, item: str, prints: tuple[str, ...]) -> None:
    for number, credit in enumerate(prints):
        arrive(store, written(f"k{number}", credit.format(item)))

    assert len(rows(store, select(articles.c.story_id).distinct())) == 1
    assert len(rows(store, select(articles.c.id))) == len(prints)


@pytest.mark.parametrize(
    ("other", "verdict"),
    [
        pytest.param(
            "快讯：11月20日，{}。".format(ITEM.replace("3000", "3500")), "revision", id="a number, the same day"
        ),
        pytest.param(f"财联社11月21日电，{ITEM}。", "template_sibling", id="another day"),
        pytest.param(f"快讯：{ITEM.replace('3000', '3500')}。", "template_sibling", id="a number, no day"),
    ],
)
def test_a_flash_with_another_fact_is_another_story(store: Store, other: str, verdict: str) -> None:
    arrive(store, written("first", CREDITS[0].format(ITEM)))
    arrive(store, written("second", other))

    assert map_of(store)["leads"] == {"first": "first", "second": "second"}
    assert [row.verdict for row in rows(store, select(edges.c.verdict))] == [verdict]


def test_an_item_of_a_morning_brief_is_held_by_it(store: Store) -> None:
    weather = "多地气象台发布寒潮预警，未来三天气温将下降8度，农业部门提醒做好防冻。"
    trains = "全国铁路今日预计发送旅客1100万人次，加开列车300列，运行秩序平稳。"
    brief = f"早报：一览今日要闻\n1. {weather}\n2. {ITEM}。\n3. {trains}"

    arrive(store, written("brief", brief))
    arrive(store, written("item", f"快讯：{ITEM}。"))

    assert len(rows(store, select(articles.c.id))) == 2
    assert [row.verdict for row in rows(store, select(edges.c.verdict))] == ["contained_in"]
