"""Brackets behind a name that say it once more do not part it from what is said of it."""

from __future__ import annotations

import pytest

from tests.unit.tag.regulations import A, B, facts

EN = "Example Frontier Data Act"
SHORT = "EFDA"
BEGUN = {"effective 2025-01-01", "stage in_force"}


@pytest.mark.parametrize(
    ("text", "short"),
    [
        (f"《{A}》（{SHORT}）于今年1月1日起正式生效。", SHORT),
        (f"某州《{A}》（SB 53）于今年1月1日起正式生效。", "SB 53"),
        (f"《{A}》（HB 149，简称{SHORT}）已于今年1月1日起施行。", SHORT),
        (f"《{A}》（{EN}，{SHORT}）于今年1月1日起施行。", SHORT),
        (f"《{A}》（Regulation (EU) 2024/1689）于今年1月1日起生效。", "Regulation (EU) 2024/1689"),
        (f"《戊己州法》（{SHORT}）于今年1月1日起生效。", SHORT),
        (f"The {EN} ({SHORT}) took effect on January 1, 2025.", SHORT),
        (f"The {EN} (HB 149, or {SHORT}) took effect on January 1, 2025.", SHORT),
    ],
    ids=[
        "letters",
        "number",
        "number-and-letters",
        "foreign-title",
        "inner-brackets",
        "untracked-title",
        "english",
        "english-two",
    ],
)
def test_an_abbreviation_in_brackets_leaves_the_statement(text: str, short: str) -> None:
    told = facts(text, a=EN if text.startswith("The") else A, b=short)

    assert {line[2:] for line in told if " number " not in line} == BEGUN
    assert len({line[0] for line in told if " number " not in line}) == 1


def test_what_stands_in_brackets_is_not_the_subject() -> None:
    assert facts(f"《{A}》（参考《{B}》）于今年1月1日起正式生效。") == {f"a {line}" for line in BEGUN}


def test_the_basis_is_no_subject_with_brackets_either() -> None:
    assert facts(f"根据《{A}》（{SHORT}），于今年1月1日起施行新规则。", b=SHORT) == set()
