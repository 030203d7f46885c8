"""Numbers that differ in equal context."""

from __future__ import annotations

import pytest

from monitor.dedupe.numbers import NumberCheck, check_numbers
from monitor.dedupe.numbers_context import numbers_in_context
from monitor.read.normalize import prepare


def checked(a: str, b: str, *, has_words: bool = False) -> NumberCheck:
    numbers_a, numbers_b = (numbers_in_context(prepare(text), has_words=has_words) for text in (a, b))
    return check_numbers(numbers_a, numbers_b)


@pytest.mark.parametrize(
    ("a", "b", "conflicts", "agreeing"),
    [
        pytest.param("共有80家企业申请", "共有130家企业申请", (("80", "130"),), 0, id="changed"),
        pytest.param("共有80家企业申请", "共有80家企业申请", (), 1, id="kept"),
        pytest.param("共有１，２３４家企业", "共有1234家企业", (), 1, id="same number in another form"),
        pytest.param("会议于7月02日召开", "会议于7月2日召开", (), 2, id="leading zero"),
        pytest.param("增长3.5%，为近年最高", "增长4.1%，为近年最高", (("3.5", "4.1"),), 0, id="decimal"),
        pytest.param(
            "于2023-07-02发布通知", "于2023-07-03发布通知", (("2023-07-02", "2023-07-03"),), 2, id="date in digits"
        ),
        pytest.param("共有80家企业申请", "共有80家企业申请，另有5家待审", (), 1, id="added"),
        pytest.param("共有80家企业申请", "参展商80名已经到场", (), 0, id="another context"),
        pytest.param(
            "据称甲组共有80家企业参加，据称甲组共有90家企业参加",
            "据称甲组共有90家企业参加，据称甲组共有70家企业参加",
            (("80", "70"),),
            1,
            id="several of a context",
        ),
        pytest.param("从10 20 30中选", "从10 20 40中选", (("30", "40"),), 2, id="a list"),
        pytest.param("共有八十家企业申请", "共有九十家企业申请", (("八十", "九十"),), 0, id="Chinese numerals"),
        pytest.param("共有八十家企业申请", "共有80家企业申请", (), 1, id="Chinese numeral and digits"),
        pytest.param("共有二〇二三家企业申请", "共有2,023家企业申请", (), 1, id="Chinese digits"),
        pytest.param("共有一亿零三百二十万人次", "共有1.032亿人次", (), 1, id="a long Chinese numeral"),
        pytest.param("公布第二批清单名录", "公布第三批清单名录", (("二", "三"),), 0, id="an ordinal"),
        pytest.param("各方统一了认识和步调", "各方统二了认识和步调", (), 0, id="a digit in a word"),
        pytest.param("融资达到3.5亿元人民币", "融资达到35亿元人民币", (("3.5", "35"),), 0, id="a lost decimal point"),
        pytest.param("融资达到300亿元人民币", "融资达到300万元人民币", (("300亿", "300万"),), 0, id="another unit"),
        pytest.param("融资达到3万元人民币", "融资达到30,000元人民币", (), 1, id="a unit written out"),
        pytest.param(
            "worth 3 million dollars", "worth 3 billion dollars", (("3 million", "3 billion"),), 0, id="units"
        ),
        pytest.param("于2023-07-02发布通知", "于2023/7/2发布通知", (), 3, id="a date in two forms"),
        pytest.param(
            "资金占比超过三分之一以上", "资金占比超过五分之一以上", (("三分之一", "五分之一"),), 0, id="fractions"
        ),
        pytest.param("制造业企业占比首次超过四成以上", "制造业企业占比首次超过40%以上", (), 1, id="tenths and percent"),
        pytest.param("占比首次超过四成以上", "占比首次超过六成以上", (("四", "六"),), 0, id="tenths"),
        pytest.param("新华社北京7月2日电 通知", "新华社北京7月3日电 通知", (), 0, id="dateline"),
        pytest.param("阅读：1024\n正文", "阅读：35890\n正文", (), 0, id="counter"),
        pytest.param("without numbers", "80", (), 0, id="none"),
        pytest.param("", "", (), 0, id="empty"),
    ],
)
def test_numbers_are_compared_where_their_context_is_equal(
    a: str, b: str, conflicts: tuple[tuple[str, str], ...], agreeing: int
) -> None:
    check = checked(a, b)

    assert check.conflicts == conflicts
    assert check.agreeing == agreeing


def test_a_change_made_twice_is_one_conflict_and_counts_twice_in_the_share() -> None:
    check = checked("甲方付款80万元，乙方收款80万元，共2次", "甲方付款90万元，乙方收款90万元，共2次")

    assert check.conflicts == (("80", "90"),)
    assert (check.conflicting, check.agreeing) == (2, 1)
    assert check.share == pytest.approx(2 / 3)


def test_numbers_of_credit_lines_do_not_tell_one_notice_from_another() -> None:
    check = checked("2023-05-17 867 0\n共有80家企业申请", "2023-05-18 901 0\n共有80家企业申请")

    assert check.conflicts == ()
    assert (check.conflicting, check.agreed) == (0, 2)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param("会议于7月2日召开", "会议于7月9日召开", True, id="date"),
        pytest.param("于2023-07-02发布通知", "于2023-07-03发布通知", True, id="date in digits"),
        pytest.param("公告编号：2023-031", "公告编号：2023-045", True, id="number of a notice"),
        pytest.param("公布第二批清单名录", "公布第三批清单名录", True, id="ordinal"),
        pytest.param("the call on july 2 at noon", "the call on july 9 at noon", True, id="English date"),
        pytest.param("共有80家企业申请", "共有90家企业申请", False, id="count"),
    ],
)
def test_numbers_that_name_a_notice_are_told_from_those_it_holds(a: str, b: str, expected: bool) -> None:
    assert checked(a, b, has_words=True).is_identifying is expected


def test_a_number_of_absurd_length_is_reported_cut() -> None:
    check = checked("共有" + "9" * 5000 + "家企业", "共有8家企业")

    assert [len(number) for number in check.conflicts[0]] == [40, 1]


@pytest.mark.parametrize("numeral", ["一亿" * 50_000, "九" * 50_000, "十" + "万" * 50_000])
def test_an_endless_numeral_is_compared_as_it_is_written(numeral: str) -> None:
    check = checked(f"共有{numeral}家企业", f"共有{numeral[::-1]}二家企业")

    assert all(len(number) <= 40 for pair in check.conflicts for number in pair)


def test_the_name_of_a_day_is_no_other_date_than_its_month_and_day() -> None:
    form = "The Commerce Department {} proposed new limits on exports of chips"

    assert not checked(form.format("on Wednesday"), form.format("on Nov. 19"), has_words=True).conflicts
    assert checked(form.format("on Wednesday"), form.format("on Thursday"), has_words=True).conflicts
