"""Furniture that is learned from a host: which lines count, which leave, and what never does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.read.learned import RULE, drop_learned, edge_lines, line_hash
from monitor.types import Extracted
from storage.records import Removed

BODY = [
    f"第{n}段讲的是各地推进人工智能产业发展的不同做法，企业和高校都参与其中，成效各异。"
    for n in "甲乙丙丁戊己庚辛壬癸子丑寅"
]
FOOT = "更多精彩内容敬请下载示例新闻客户端阅读"


def article(*lines: str, removed: tuple[Removed, ...] = ()) -> Extracted:
    return Extracted(title=None, text="\n".join(lines), removed=removed)


def test_learned_line_leaves_and_is_recorded_with_its_place() -> None:
    cleaner = drop_learned(article(*BODY, FOOT), frozenset({line_hash(FOOT)}))
    assert cleaner.text == "\n".join(BODY)
    assert cleaner.removed == (Removed(rule=RULE, text=FOOT, above=len(BODY)),)


@pytest.mark.parametrize(
    "line",
    [
        "第一章 总则",
        "一、总体要求",
        "（二）主要任务",
        "3. 风险提示说明",
        "各省、自治区人民政府：",
        "特此公告。",
        "长" * 201,
    ],
)
def test_line_that_texts_repeat_by_right_is_never_furniture(line: str) -> None:
    assert line_hash(line) not in edge_lines(article(line, *BODY))
    assert drop_learned(article(line, *BODY), frozenset({line_hash(line)})).removed == ()


def test_learned_line_in_the_middle_stays() -> None:
    middle = article(*BODY[:6], FOOT, *BODY, FOOT)
    cleaner = drop_learned(middle, frozenset({line_hash(FOOT)}))
    assert cleaner.text.split("\n").count(FOOT) == 1


def test_paragraph_above_another_one_is_never_furniture() -> None:
    text = article(*BODY[:4])
    assert set(edge_lines(text)) == {line_hash(BODY[3])}
    cleaner = drop_learned(text, frozenset(line_hash(line) for line in BODY[:2]))
    assert cleaner == text


def test_paragraphs_of_a_notice_below_the_text_leave_from_the_last_one_up() -> None:
    notice = [
        "本站转载文章仅为传播信息之用，不代表本站同意其中的说法，也不构成任何投资建议。",
        "如有异议，请在三十日之内与本站的编辑部书信联系，逾期的请求恕不受理，敬请各位作者谅解。",
    ]
    text = article(*BODY, *notice)
    assert line_hash(notice[0]) not in edge_lines(text)
    assert drop_learned(text, frozenset({line_hash(notice[0])})) == text
    without_last = drop_learned(text, frozenset({line_hash(notice[1])}))
    assert line_hash(notice[0]) in edge_lines(without_last)
    assert drop_learned(text, frozenset(map(line_hash, notice))).text == "\n".join(BODY)


def test_template_is_not_eaten_up() -> None:
    warning = ["台风橙色预警信号：请市民注意防范并减少外出活动", "防御指南：停止户外集体活动与高空作业等危险作业"]
    notice = article("市气象台发布了新的预警。", *warning)
    assert drop_learned(notice, frozenset(map(line_hash, warning))) == notice


@pytest.mark.parametrize(
    "variant", ["更多精彩內容敬請下載示例新聞客戶端閱讀", "更 多 精彩内容敬请下载示例新闻客户端阅读"]
)
def test_script_and_spacing_do_not_hide_a_line(variant: str) -> None:
    assert line_hash(variant) == line_hash(FOOT)


def test_what_was_learned_is_counted_again() -> None:
    cleaner = drop_learned(article(*BODY, FOOT), frozenset({line_hash(FOOT)}))
    assert line_hash(FOOT) in edge_lines(cleaner)


def test_earlier_removals_keep_their_place() -> None:
    before = article(FOOT, *BODY, removed=(Removed(rule="credit", text="责编：甲", above=3),))
    cleaner = drop_learned(before, frozenset({line_hash(FOOT)}))
    assert [line.above for line in cleaner.removed] == [2, 0]


lines = st.lists(
    st.text(alphabet="甲乙丙丁戊0123 ，。", min_size=1, max_size=12).filter(str.strip), min_size=1, max_size=20
)


@given(lines, st.data())
def test_dropping_twice_is_dropping_once_and_lines_come_back(texts: list[str], data: st.DataObject) -> None:
    learned = frozenset(line_hash(text) for text in data.draw(st.lists(st.sampled_from(texts), max_size=5)))
    before = article(*texts)
    once = drop_learned(before, learned)
    kept = once.text.split("\n")
    for line in reversed(once.removed):
        kept.insert(line.above or 0, line.text)
    assert "\n".join(kept) == before.text
    assert replace(once, removed=()) == replace(before, text=once.text, removed=())
