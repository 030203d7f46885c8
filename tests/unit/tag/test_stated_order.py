"""Orders as official pages print them: the lines around the sentence that promulgates tell who, which and when."""

from __future__ import annotations

import time

import pytest

from tests.unit.tag.regulations import A, B, facts

PASSED = f"《{A}》已经2025年5月23日国家网信办第12次会议审议通过，现予公布，自2025年8月15日起施行。"
STATED = {
    "a adopted 2025-05-23",
    "a stage adopted",
    "a stage issued",
    "a stage in_force",
    "a effective 2025-08-15",
    "a issuer 国家网信办",
}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        pytest.param(
            f"国家网信办\n中华人民共和国公安部\n令\n第15号\n{PASSED}\n主任 某某\n2025年7月10日\n第一章 总则",
            {"a issuer 公安部", "a number 令第15号", "a issued 2025-07-10"},
            id="a-line-for-each",
        ),
        pytest.param(
            f"国家网信办 公安部 令\n（第15号）\n{PASSED}\n二〇二五年七月十日",
            {"a issuer 公安部", "a number 令第15号", "a issued 2025-07-10"},
            id="one-line",
        ),
        pytest.param(
            f"中华人民共和国国务院令\n第790号\n\n{PASSED}\n总理 某某\n",
            {"a number 国务院令第790号"},
            id="no-date",
        ),
        pytest.param(f"某地新闻\n{PASSED}\n记者7月10日报道，令人关注。\n", set(), id="no-order"),
        pytest.param(f"《{B}》已修订。\n令\n第15号\n{PASSED}", {"a number 令第15号"}, id="another-before-it"),
    ],
)
def test_lines_of_an_order_are_of_what_it_promulgates(text: str, more: set[str]) -> None:
    assert {line for line in facts(text) if line.startswith("a ")} == STATED | more


def test_taiwan_has_number_and_date_above() -> None:
    text = f"總統令\n中華民國114年1月14日\n華總一義字第11400001231號\n茲制定{A}，公布之。\n總統 某某\n"

    assert facts(text) == {"a number 華總一義字第11400001231號", "a issued 2025-01-14", "a stage issued"}


def test_an_order_of_something_untracked_is_nobodys() -> None:
    assert (
        facts(f"令\n第15号\n《戊己登记办法》已经2025年5月23日通过，现予公布。\n2025年7月10日\n《{A}》在列。") == set()
    )


def test_many_orders_cost_by_their_length() -> None:
    text = f"国家网信办\n令\n第15号\n{PASSED}\n" * 400
    started = time.process_time()
    facts(text)

    assert time.process_time() - started < 5
