from __future__ import annotations

import pytest

from monitor.read import read_text
from monitor.read.record import read_record
from monitor.types import Extracted

BODY = "国家网信办等七部门联合公布了生成式人工智能服务管理暂行办法，自八月十五日起施行。"

FORMS = [
    pytest.param(f"标题: 某某标题\n链接: https://a.test/1\n正文: {BODY}", id="chinese"),
    pytest.param(f"題目：某某标题\n網址：https://a.test/1\n內容：{BODY}", id="traditional, full width"),
    pytest.param(f"Title: 某某标题\nURL: https://a.test/1\nContent: {BODY}", id="english"),
    pytest.param(f"【标题】: 某某标题\n【链接】: https://a.test/1\n【正文】: {BODY}", id="bracketed"),
    pytest.param(f"\n标题: 某某标题\n链接: https://a.test/1\n正文:\n{BODY}\n", id="body below its label"),
    pytest.param(f"标题: 某某标题\n链接: https://a.test/1\n总结: {BODY}", id="summary alone is the body"),
]


@pytest.mark.parametrize("text", FORMS)
def test_labelled_form_is_read(text: str) -> None:
    record = read_record(text)
    assert record is not None
    assert (record.title, record.url, record.body) == ("某某标题", "https://a.test/1", BODY)


def test_summary_beside_a_body_is_derived() -> None:
    record = read_record(f"标题: 某某标题\n摘要: 一句话。\n正文: {BODY}")
    assert record is not None
    assert record.body == BODY
    assert record.derived == ["摘要: 一句话。"]


def test_turns_of_an_interview_stay_in_the_body() -> None:
    record = read_record(f"标题: 某某标题\n正文: {BODY}\n南都:你怎么看?\n刘庆峰:我觉得很好。\n关键词: 甲, 乙\n行业: 丙")
    assert record is not None
    assert record.body.endswith("刘庆峰:我觉得很好。")
    assert record.derived == ["关键词: 甲, 乙", "行业: 丙"]


@pytest.mark.parametrize(
    "text",
    [BODY, f"前言一句。\n标题: 某某\n正文: {BODY}", f"标题: 只有标题\n{BODY}", f"时间: 八月\n地点: 北京\n{BODY}", ""],
    ids=["prose", "text before the first label", "no body label", "a notice", "empty"],
)
def test_other_text_is_no_record(text: str) -> None:
    assert read_record(text) is None


def test_stated_facts_are_used() -> None:
    article = read_text(f"标题: 某某标题\n作者: 张三\n来源: 示例日报\n时间: 2023-07-02 08:30\n正文: {BODY}")
    assert isinstance(article, Extracted)
    assert (article.title, article.authors, article.source) == ("某某标题", ("张三",), "示例日报")
    assert (article.published_at, article.published_origin) == ("2023-07-02T08:30+08:00", "text")


def test_address_of_another_scheme_is_not_taken() -> None:
    article = read_text(f"标题: 某某标题\n链接: javascript:alert(1)\n正文: {BODY}")
    assert isinstance(article, Extracted)
    assert article.url is None
