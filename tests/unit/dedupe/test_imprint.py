"""What in a text says who printed it."""

from __future__ import annotations

import pytest

from monitor.dedupe.imprint import is_of_one_printing, without_imprint

BODY = "国家网信办公布《生成式人工智能服务管理暂行办法》，自8月15日起施行。"


@pytest.mark.parametrize(
    "imprint",
    [
        pytest.param("新华社北京7月13日电（记者王思北）{}", id="agency"),
        pytest.param("北京商报讯（记者 杨月涵）{}", id="newspaper"),
        pytest.param("《科创板日报》13日讯，{}", id="quoted newspaper"),
        pytest.param("IT之家 7 月 13 日消息，{}", id="spaced date"),
        pytest.param("【北京科技报】{}", id="brackets"),
        pytest.param("STRASBOURG, June 14 (Reuters) - {}", id="English agency"),
        pytest.param("By Jane Doe\nLONDON (AP) — {}", id="byline and agency"),
        pytest.param("2023-07-13 08:15 来源：人民网\n{}\n责任编辑：张三", id="lines around"),
        pytest.param("{}\n京ICP备12345678号-1", id="foot"),
    ],
)
def test_credits_around_a_report_are_taken_off(imprint: str) -> None:
    assert without_imprint(imprint.format(BODY)).strip(" ，") == BODY


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "7月13日电话会议上，双方同意成立工作组。",
        "国家网信办\n科技部\n关于开展检查的通知",
        "The bill (H.R. 1) - passed on Tuesday - is long.",
        "",
    ],
)
def test_what_only_looks_like_credits_stays(text: str) -> None:
    assert without_imprint(text) == text


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        pytest.param("新华社北京7月13日电 " + BODY, "13", True, id="day of a dateline"),
        pytest.param("新华社北京7月13日电 " + BODY, "7", True, id="month of a dateline"),
        pytest.param("june 14 (reuters) - the bill", "14", True, id="English dateline"),
        pytest.param("发布时间：2023-07-13 08:15:22 阅读：1024\n" + BODY, "1024", True, id="counter"),
        pytest.param(BODY + "\n（责任编辑：df075）", "075", True, id="code of an editor"),
        pytest.param("2023-05-17 867 0\n" + BODY, "867", True, id="a line of dates and counters"),
        pytest.param(BODY + "\n上证指数 3215 涨 12", "3215", True, id="prices in the foot"),
        pytest.param(BODY + "\n报价更新 08:15 3215 12\n" + BODY * 12, "3215", True, id="a line with a time of day"),
        pytest.param("已有1024人阅读\n" + BODY, "1024", True, id="readers"),
        pytest.param("本文共1234字,阅读约需5分钟\n" + BODY, "1234", True, id="length of a text"),
        pytest.param("(更新至11月21日8时)\n" + BODY, "8", True, id="time of an update"),
        pytest.param("3,456 comments\n" + BODY, "456", True, id="comments"),
        pytest.param("平台共有3456条评论涉嫌违规\n" + BODY, "3456", False, id="comments that are the news"),
        pytest.param("施行日期: 2023年8月15日\n" + BODY, "8", False, id="a fact in a line of its own"),
        pytest.param(BODY + "\n罚款金额: 500万元", "500", False, id="a fact in the foot"),
        pytest.param(BODY, "15", False, id="running text"),
        pytest.param("7月13日电话会议上", "13", False, id="telephone"),
        pytest.param("公" * 200 + "13日电话", "13", False, id="a long line"),
    ],
)
def test_numbers_that_differ_between_printings_are_known(text: str, number: str, expected: bool) -> None:
    start = text.index(number)

    assert is_of_one_printing(text, start, start + len(number)) is expected


@pytest.mark.parametrize("text", ["\n" * 200_000, "(" * 200_000, "7月" * 100_000, "【" + "报" * 200_000, " " * 200_000])
def test_hostile_text_takes_no_time(text: str) -> None:
    assert len(without_imprint(text)) <= len(text)
    assert is_of_one_printing(text, len(text) // 2, len(text) // 2 + 1) in (True, False)
