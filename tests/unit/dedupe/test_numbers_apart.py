"""Numbers that may conflict, told from where two texts differ."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.dedupe.numbers import check_apart, check_numbers
from monitor.dedupe.numbers_apart import numbers_apart
from monitor.dedupe.numbers_context import numbers_in_context
from monitor.read.normalize import prepare

CHINESE = (
    "市统计局7月15日发布数据,上半年全市生产总值达到3120.5亿元,同比增长5.2%。其中第二产业增加值为1210亿元,增长八成。"
    "房价环比下降0.3%,成交量为1.2万套,比上月增加十二套。全年新增就业人口共计25万人,完成年度目标的百分之六十。\n"
    "负责人说,截至6月30日,全市共有企业4,312家,较去年底增加三百一十七家,平均每家企业有员工36人。"
    "下一步将继续推进重点项目建设,计划在2026年12月前完成投资,涉及12个区县和48个街道。记者从会上了解到,首批名单已经公布。"
)
ENGLISH = (
    "the company said on july 15 that revenue rose 5.2 percent to $3.1 billion in the second quarter, helped by strong "
    "demand for cloud services. twelve analysts had expected a rise of four percent, according to a survey. the board "
    "approved a dividend of 25 cents a share, payable on sept. 30, and said it would buy up to two million shares. "
    "operating costs grew more slowly than sales, while the number of employees fell by three hundred to 14,250 people."
)
PIECES = (
    "6",
    "十二",
    "2023年",
    "昨日",
    "记者获悉,",
    "。\n",
    "5.2%",
    "three hundred ",
    " million",
    "责任编辑:张三 08:15",
    "",
)


def edited(text: str, seed: int, count: int) -> str:
    """Return ``text`` with some places changed: replaced, added, cut, and now and then a part of it moved."""
    rng = Random(seed)
    for _ in range(count):
        start = rng.randrange(len(text))
        end = start + rng.choice((0, 0, 1, 2, 8, 40))
        text = text[:start] + rng.choice(PIECES) + text[end:]
    cut = rng.randrange(len(text))
    return text[cut:] + text[:cut] if rng.random() < 0.1 else text


@settings(max_examples=300)
@given(st.sampled_from([CHINESE, ENGLISH]), st.integers(1, 4), st.integers(0, 10**6), st.integers(0, 3))
def test_conflicts_told_from_what_differs_are_those_of_the_whole_texts(
    text: str, times: int, seed: int, count: int
) -> None:
    has_words = text is ENGLISH
    a = prepare("\n".join([text] * times))
    b = prepare(edited(a, seed, count))
    apart = numbers_apart(a, b, has_words=has_words)
    if apart is None:
        return
    numbers_a, numbers_b = (numbers_in_context(each, has_words=has_words) for each in (a, b))
    whole = check_numbers(numbers_a, numbers_b)
    part = check_apart(*apart, whole.equal)

    assert sorted(part.conflicts) == sorted(whole.conflicts)
    assert part.share == whole.share


@pytest.mark.parametrize(
    ("old", "new", "conflicts"),
    [
        pytest.param("25万人", "26万人", (("25", "26"),), id="a number"),
        pytest.param("就业人口", "从业人口", (), id="a word"),
        pytest.param("", "", (), id="nothing"),
    ],
)
def test_a_small_change_in_a_long_text_is_told_without_reading_it_all(
    old: str, new: str, conflicts: tuple[tuple[str, str], ...]
) -> None:
    a = prepare(CHINESE + "今天天气很好,大家都到公园里散步去了。" * 30)
    apart = numbers_apart(a, a.replace(prepare(old), prepare(new)) if old else a, has_words=False)

    assert apart is not None
    assert check_apart(*apart, tuple).conflicts == conflicts
    assert sum(map(len, apart[0].values())) < 6


def test_texts_that_differ_throughout_are_left_to_be_read_whole() -> None:
    assert numbers_apart(CHINESE, CHINESE.replace(",", "字"), has_words=False) is None
