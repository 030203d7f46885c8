"""The day of a report is that of its dateline, where it is published a day or two later."""

from __future__ import annotations

from datetime import date

import pytest

from monitor.tag.stated_dateline import day_of_report
from tests.unit.tag.regulations import A, facts

DAY = date(2025, 12, 24)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("(中央社记者台北23日电)立法院今天三读", date(2025, 12, 23), id="dateline"),
        pytest.param("行政院今(22)日通过", date(2025, 12, 22), id="today-in-brackets"),
        pytest.param("立法院昨(23)日三读", DAY, id="yesterday-in-brackets"),
        pytest.param("新华社北京12月5日电 记者从", DAY, id="too-long-ago"),
        pytest.param("记者24日电话采访", DAY, id="a-call"),
        pytest.param("the law takes effect today", DAY, id="none"),
    ],
)
def test_day_of_report(head: str, expected: date) -> None:
    assert day_of_report(DAY, head) == expected


def test_no_day_of_publication_stays_none() -> None:
    assert day_of_report(None, "新华社北京12月23日电") is None


def test_month_before_is_told_by_the_dateline() -> None:
    assert day_of_report(date(2025, 9, 1), "(台北31日电)今天") == date(2025, 8, 31)


def test_today_is_the_day_of_the_dateline() -> None:
    assert "a adopted 2025-09-09" in facts(f"（中央社台北9日電）立法院今天三读通过《{A}》。", "2025-09-10")
