"""The terms of an article: names, figures and words by which reports of one event meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.read.regional import fold_wording
from monitor.tag.segment import keywords, telling
from monitor.tag.terms import MOST_TERMS, is_in_title, is_name, term_key, times


def _terms(title: str | None, text: str) -> dict[str, int]:
    return {term_key(term): count for term, count in telling(title, text, fold=fold_wording).terms}


@pytest.mark.parametrize(
    ("text", "term"),
    [
        pytest.param("共有15人获救，另有387,214辆车被召回", "387214", id="number with commas"),
        pytest.param("募资1.5万亿元", "1500000000000", id="number in 万亿"),
        pytest.param("a $40 billion round", "40000000000", id="number in billions"),
        pytest.param("成本降了六成", "60%", id="tenths"),
        pytest.param("下调0.5个百分点", "0.5%", id="percentage points"),
        pytest.param("自2026年9月1日起施行", "9月1日", id="date of the event"),
        pytest.param("公布《人工智能法案》全文", "《人工智能法案》", id="title of a work"),
        pytest.param("模型GPT-5上线", "gpt-5", id="name with a number"),
        pytest.param("搭载 Qwen4 模型", "qwen", id="name without its number"),
        pytest.param("The court fined Meta on Monday", "meta", id="English name"),
        pytest.param("Shares of Liège airport fell", "lieg", id="accents"),
    ],
)
def test_shapes_that_tell_an_event(text: str, term: str) -> None:
    assert term in _terms(None, text)


@pytest.mark.parametrize("text", ["2026年3月", "会议于19:30开始", "in 2026"])
def test_years_and_hours_are_no_figures(text: str) -> None:
    assert not [term for term in _terms(None, text) if term.isdigit()]


def test_name_of_no_dictionary_is_found_by_its_pieces_where_it_comes_again() -> None:
    twice = _terms("沐曦股份过会", "沐曦股份今日过会。")

    assert is_name(twice["沐曦"])
    assert "沐曦" not in _terms(None, "今日沐曦过会。") or times(_terms(None, "今日沐曦过会。")["沐曦"]) > 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("泸定县", "泸定"),
        ("潍坊市", "潍坊"),
        ("launches", "launched"),
        ("fined", "fines"),
        ("Liège", "liege"),
        ("Judges", "judge"),
    ],
)
def test_forms_of_one_word_share_a_key(one: str, other: str) -> None:
    assert term_key(one) == term_key(other)


def test_traditional_report_in_the_words_of_taiwan_has_the_terms_of_a_simplified_one() -> None:
    mainland = _terms("台积电的芯片软件", "台积电2纳米芯片良率超过80%，人工智能订单过半。")
    taiwan = _terms("台積電的晶片軟體", "台積電2奈米晶片良率超過80%，人工智慧訂單過半。")

    assert mainland == taiwan


def test_word_of_the_title_is_marked_and_counts_more() -> None:
    terms = _terms("高密化工厂爆燃", "山东高密发生爆燃，化工厂起火。")

    assert is_in_title(terms["化工厂"])
    assert not is_in_title(terms["山东"])
    assert times(terms["化工厂"]) == times(terms["山东"]) + 3


def test_only_the_head_of_a_long_text_is_looked_at() -> None:
    text = "甲" * 1_600 + "华盛顿"

    assert "华盛顿" not in _terms("标题", text)


def test_keywords_are_as_the_text_writes_them_whatever_the_terms_are() -> None:
    title, text = "軟體更新", "這款軟體由台灣公司開發，軟體已上架。"

    assert telling(title, text, fold=fold_wording).keywords == keywords(title, text)
    assert "軟體" in keywords(title, text)


@given(st.text(max_size=80), st.text(max_size=400))
def test_terms_are_few_distinct_and_the_same_each_time(title: str, text: str) -> None:
    terms = telling(title, text, fold=fold_wording).terms

    assert len(terms) <= MOST_TERMS
    assert len({term_key(term) for term, _ in terms}) == len(terms)
    assert all(0 < count < 40 for _, count in terms)
    assert telling(title, text, fold=fold_wording).terms == terms
