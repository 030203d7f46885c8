"""An amendment that is asked about is a draft; one that is published amends, however its title is marked."""

from __future__ import annotations

import pytest

from tests.unit.tag.regulations import A, facts

EN = "Example Data Act"


@pytest.mark.parametrize(
    "text",
    [
        f"教育部就修改《{A}》公开征求意见。",
        f"教育部拟修订《{A}》，现公开征求意见。",
        f"教育部拟修订《{A}》并公开征求意见。",
        f"教育部拟对《{A}》进行修订，现公开征求意见。",
        f"教育部修订《{A}》，现向社会公开征求意见。",
        f"教育部就《关于修改〈{A}〉的决定（征求意见稿）》公开征求意见。",
        f"《关于修改〈{A}〉的决定（征求意见稿）》公开征求意见。",
        f"教育部就关于修改《{A}》的决定（征求意见稿）公开征求意见。",
        f"The ministry consults on amending the {EN}.",
        f"The ministry seeks public comment on amending the {EN}.",
    ],
)
def test_an_amendment_that_is_asked_about_is_a_draft(text: str) -> None:
    assert facts(text, a=EN if EN in text else A) == {"a stage draft"}


@pytest.mark.parametrize(
    "decision",
    [f"关于修改《{A}》的决定", f"《关于修改〈{A}〉的决定》", f"《教育部关于修改〈{A}〉部分条款的决定》"],
    ids=["marks-inside", "nested", "nested-parts"],
)
def test_a_decision_to_amend_takes_effect_as_the_amendment(decision: str) -> None:
    assert facts(f"教育部公布{decision}，自2027年1月1日起施行。") == {
        "a stage amended",
        "a amendment_effective 2027-01-01",
    }


def test_the_day_of_the_decision_is_that_of_the_amendment() -> None:
    text = f"教育部9月2日公布《关于修改〈{A}〉的决定》。该决定自2027年1月1日起施行。"

    assert facts(text) == {"a stage amended", "a amended 2025-09-02", "a amendment_effective 2027-01-01"}


def test_what_a_decision_is_the_basis_of_is_not_said_of_it() -> None:
    assert facts(f"根据《关于修改〈{A}〉的决定》，企业自9月1日起施行新规则。") == set()


def test_to_advise_on_a_law_asks_for_no_comments() -> None:
    assert facts(f"The firm, which consults on the {EN}, opened an office.", a=EN) == set()


@pytest.mark.parametrize(
    "text",
    [
        f"教育部拟修改《{A}》。",
        f"教育部计划对《{A}》作出修改，拟修订《{A}》。",
        f"《{A}》拟修订。",
        f"Lawmakers plan to amend the {EN}.",
        f"The senator plans to reintroduce the {EN}.",
    ],
)
def test_an_amendment_that_is_planned_is_planned(text: str) -> None:
    assert facts(text, a=EN if EN in text else A) == {"a stage planned"}


@pytest.mark.parametrize("text", [f"教育部不拟修改《{A}》。", f"The ministry has no plans to amend the {EN}."])
def test_an_amendment_that_nobody_plans_is_nothing(text: str) -> None:
    assert facts(text, a=EN if EN in text else A) == set()
