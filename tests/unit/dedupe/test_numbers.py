"""Numbers that differ in equal context."""

from __future__ import annotations

import pytest

from monitor.dedupe.numbers import check_numbers
from monitor.read.normalize import prepare


@pytest.mark.parametrize(
    ("a", "b", "conflicts", "agreeing"),
    [
        pytest.param("共有80家企业申请", "共有130家企业申请", (("80", "130"),), 0, id="changed"),
        pytest.param("共有80家企业申请", "共有80家企业申请", (), 1, id="kept"),
        pytest.param("共有１，２３４家企业", "共有1234家企业", (), 1, id="same number in another form"),
        pytest.param("会议于7月02日召开", "会议于7月2日召开", (), 2, id="leading zero"),
        pytest.param("增长3.5%，为近年最高", "增长4.1%，为近年最高", (("3.5", "4.1"),), 0, id="decimal"),
        pytest.param(
            "于2023-07-02发布通知", "于2023-07-03发布通知", (("2023-07-02", "2023-07-03"),), 0, id="date in digits"
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
        pytest.param("without numbers", "80", (), 0, id="none"),
        pytest.param("", "", (), 0, id="empty"),
    ],
)
def test_numbers_are_compared_where_their_context_is_equal(
    a: str, b: str, conflicts: tuple[tuple[str, str], ...], agreeing: int
) -> None:
    check = check_numbers(prepare(a), prepare(b))

    assert check.conflicts == conflicts
    assert check.agreeing == agreeing


def test_a_change_made_twice_is_one_conflict_and_counts_twice_in_the_share() -> None:
    check = check_numbers("甲方付款80万元，乙方收款80万元，共2次", "甲方付款90万元，乙方收款90万元，共2次")

    assert check.conflicts == (("80", "90"),)
    assert (check.conflicting, check.agreeing) == (2, 1)
    assert check.share == pytest.approx(2 / 3)


def test_a_number_of_absurd_length_is_reported_cut() -> None:
    check = check_numbers("共有" + "9" * 5000 + "家企业", "共有8家企业")

    assert [len(number) for number in check.conflicts[0]] == [40, 1]
