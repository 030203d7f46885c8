"""Numbers as texts write them."""

from __future__ import annotations

import pytest

from monitor.dedupe.numerals import find_numbers, is_date, parts, same, value
from monitor.read.normalize import prepare


def numbers(text: str, *, has_words: bool = False) -> list[str]:
    return [number[0] for number in find_numbers(prepare(text), has_words=has_words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("增长3.5%，共1,234家", ["3.5", "1,234"], id="decimal and thousands"),
        pytest.param("比分为1:0，票数7-4", ["1:0", "7-4"], id="ratios"),
        pytest.param("2023年7月2日19时", ["2023年7月2日", "19"], id="a whole date"),
        pytest.param("7月2日，9月，2023年", ["7月2日", "9月", "2023年"], id="parts of a date"),
        pytest.param("于2023-07-02发布", ["2023-07-02"], id="date in digits"),
        pytest.param("为期3个月，贷款50日元", ["3", "50"], id="months and yen are no dates"),
        pytest.param("气温为-5℃，GPT-4，3-5人", ["-5", "4", "3-5"], id="a minus is no hyphen"),
        pytest.param("融资3 亿元", ["3 亿"], id="a spaced unit"),
        pytest.param("三人死亡，一些人，统一，第二批，百分之五", ["三", "二", "五"], id="single Chinese digits"),
        pytest.param("三季度与一季度", ["三", "一"], id="quarters"),
        pytest.param("twelve people", [], id="words are not asked for"),
        pytest.param("三分之一，四成，成立两家，五成员", ["三分之一", "四", "两"], id="fractions and small counts"),
        pytest.param("二次元，四条腿，七品，一项", [], id="single digits of words"),
        pytest.param("三一重工，五一前后，一三五号，二十三", ["一三五", "二十三"], id="two digits of names"),
        pytest.param("一个月后，两小时，三年内，一个好消息", ["一", "两", "三"], id="periods"),
        pytest.param(
            "二〇二四年三月，九月一日，十五日内", ["二〇二四年三月", "九月一日", "十五日"], id="Chinese dates"
        ),
    ],
)
def test_numbers_are_found_in_chinese(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("twelve of twenty-five people", ["twelve", "twenty-five"], id="words"),
        pytest.param("two hundred and five ships", ["two hundred and five"], id="a long number"),
        pytest.param("one of the best, nobody alone", [], id="one and parts of words"),
        pytest.param("within one month", ["one"], id="one of a unit"),
        pytest.param("worth $4.2bn or 4.2 billion", ["4.2bn", "4.2 billion"], id="units"),
        pytest.param("on July 2, 2023 and 3 March", ["july 2, 2023", "3 march"], id="dates"),
        pytest.param("he may march on in May", ["may"], id="months that are words"),
        pytest.param("the third quarter, on Monday", ["third", "monday"], id="ordinals and days"),
    ],
)
def test_numbers_are_found_in_english(text: str, expected: list[str]) -> None:
    assert numbers(text, has_words=True) == expected


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("80", "八十"),
        ("3万", "30000"),
        ("3.5亿", "350,000,000"),
        ("12万4千", "12.4万"),
        ("3亿5千万", "3.5亿"),
        ("二〇二四年三月一日", "2024-03-01"),
        ("十五日", "15日"),
        ("twelve", "12"),
        ("two hundred and five", "205"),
        ("4.2bn", "4.2 billion"),
        ("3rd", "third"),
        ("三分之一", "1/3"),
        ("2023年7月2日", "2023-07-02"),
        ("2023年7月2日", "7月2日"),
        ("july 2, 2023", "2 july"),
    ],
)
def test_forms_of_one_number_say_the_same(a: str, b: str) -> None:
    left, right = (find_numbers(text, has_words=True)[0] for text in (a, b))

    assert (left[0], right[0]) == (a, b)
    assert same(left, right)
    assert same(right, left)


@pytest.mark.parametrize(
    ("a", "b"),
    [("3.5", "35"), ("1:0", "10"), ("为-5", "为5"), ("2023年7月2日", "2022年7月2日"), ("7月", "7"), ("monday", "july")],
)
def test_other_numbers_do_not(a: str, b: str) -> None:
    left, right = (find_numbers(text, has_words=True)[0] for text in (a, b))

    assert not same(left, right)


def test_a_date_has_three_parts() -> None:
    dates = find_numbers("2023年07月2日,7月,monday", has_words=True)

    assert all(map(is_date, dates))
    assert [parts(date) for date in dates] == [("2023", "7", "2"), ("", "7", ""), ("", "", "monday")]


def test_a_number_has_one_part() -> None:
    (number,) = find_numbers("80万", has_words=False)

    assert not is_date(number)
    assert parts(number) == (value(number),) == ("800000",)
