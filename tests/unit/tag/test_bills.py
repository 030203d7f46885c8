"""A bill's number counts where its matter is told: each session has a bill of that number."""

from __future__ import annotations

import pytest

from monitor.tag import tag
from monitor.tag.bills import is_bill


def found(text: str) -> list[str]:
    return sorted({one.entity.partition(":")[2] for one in tag(None, text) if one.kind == "regulation"})


@pytest.mark.parametrize(
    "name", ["SB 53", "S.B. 1047", "Bill C-27", "HB 3773", "Senate Bill No. 53", "Assembly Bill 2013"]
)
def test_a_number_of_every_session_is_a_bill(name: str) -> None:
    assert is_bill(name)


@pytest.mark.parametrize("name", ["SB 24-205", "PL 2338/2023", "Bill 2338/2023", "AI Act", "ISO 42001"])
def test_a_number_with_its_year_is_known_by_itself(name: str) -> None:
    assert not is_bill(name)


@pytest.mark.parametrize(
    "text",
    [
        "The SB 53 bus from Sandy Bay skips the pier on Sundays.",
        "Bill C-27 would have changed the citizenship test, Ottawa's archive shows.",
        "内布拉斯加州参议院讨论SB 53，一项乡村道路法案。",
        "Senate Bill 243 in Oregon funds crab fishermen.",
    ],
)
def test_a_number_without_its_matter_is_none(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Canada's Bill C-27 would have regulated artificial intelligence.", ["ca-aida"]),
        ("Clients ask what SB 53 means for them.", ["ca-sb-53"]),
        ("California's SB 53 was signed.", ["ca-sb-53"]),
        ("The RAISE Act and SB 53 set the rules for frontier labs.", ["ca-sb-53", "ny-raise"]),
    ],
)
def test_a_number_whose_matter_or_company_is_told_counts(text: str, expected: list[str]) -> None:
    assert found(text) == expected
