"""What a flash says without the credits of the outlet that prints it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.read.fingerprint import fingerprint
from monitor.read.flash import flash_of
from monitor.read.normalize import normalize

ITEM = "欧佩克与盟友同意自12月起日均增产13.7万桶，下次会议定于11月30日举行"
WIRE = "The Senate voted 52-48 to confirm the nominee to the Federal Reserve board."


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("财联社11月20日电，{}。", id="dateline"),
        pytest.param("新华社北京11月20日电 {}。", id="dateline and a space"),
        pytest.param("中新网北京11月20日电（记者 王芳）{}。", id="dateline and reporter"),
        pytest.param("【欧佩克增产】财联社11月20日电，{}。", id="heading and dateline"),
        pytest.param("【财新网】{}。", id="outlet in brackets"),
        pytest.param("【欧佩克增产】e公司讯，{}。", id="heading and a service"),
        pytest.param("快讯：{}。", id="column"),
        pytest.param("据新华社消息，{}。", id="according to"),
        pytest.param("格隆汇11月20日丨{}。", id="date and bar"),
        pytest.param("彭博：{}。", id="outlet and colon"),
        pytest.param("（记者 王芳）{}。", id="reporter"),
        pytest.param("{}。（完）", id="end"),
        pytest.param("{}。（财联社）", id="outlet behind"),
        pytest.param("{}。（完）（张三 李四）", id="signed"),
        pytest.param("{}。责任编辑：张三", id="editor"),
        pytest.param("来源：新华社\n{}。\n责任编辑：张三", id="lines of credits"),
        pytest.param("{}。——新华社", id="dash and outlet"),
    ],
)
def test_what_a_chinese_outlet_puts_round_a_flash_is_no_part_of_it(printed: str) -> None:
    assert flash_of(printed.format(ITEM)).said == normalize(ITEM)


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param("WASHINGTON, Nov 20 (Reuters) - {}", id="dateline"),
        pytest.param("NEW YORK (AP) — {}", id="agency"),
        pytest.param("BREAKING: {}", id="column"),
        pytest.param("{} (Reporting by Jane Doe; Editing by John Roe)", id="signed"),
        pytest.param("{} - AP", id="dash and agency"),
        pytest.param("{} (c) 2025 Reuters", id="copyright"),
    ],
)
def test_what_an_english_outlet_puts_round_a_flash_is_no_part_of_it(printed: str) -> None:
    assert flash_of(printed.format(WIRE)).said == normalize(WIRE)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("南方电网公司消息，今日负荷创历史新高，达到2.5亿千瓦。", id="a company's news"),
        pytest.param("公司获悉，供应商已停止供货，生产线暂停。", id="a company learned"),
        pytest.param("国家电网公司消息人士说，今年投资将超过五千亿元。", id="a source"),
        pytest.param("央行报告，经济平稳，全年增长目标可以实现。", id="a report"),
        pytest.param("11月20日举行的会议没有达成协议，各方同意继续谈判。", id="a date that is no dateline"),
    ],
)
def test_a_flash_without_credits_is_left_as_it_is(text: str) -> None:
    assert flash_of(text).said == normalize(text)


def test_the_heading_and_the_day_are_kept_aside() -> None:
    flash = flash_of(f"【宁德时代】财联社11月20日电，{ITEM}。")

    assert (flash.heading, flash.day) == ("宁德时代", (11, 20))


def test_two_prints_of_a_flash_share_a_sentence_key() -> None:
    one, other = (set(fingerprint(text).sentences) for text in (f"财联社11月20日电，{ITEM}。", f"快讯：{ITEM}。（完）"))

    assert one & other


def test_a_flash_with_a_corrected_number_shares_a_key_with_the_first() -> None:
    one, other = (set(fingerprint(text).sentences) for text in (f"{ITEM}。", f"快讯：{ITEM.replace('13.7', '18.7')}。"))

    assert one & other


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    flash = flash_of(text)

    assert flash_of(text) == flash
    assert len(flash.said) <= len(normalize(text)) + 1
