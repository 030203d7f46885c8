"""Numbers in a list that names their series once are found, each as its own."""

from __future__ import annotations

import pytest

from monitor.tag import tag
from monitor.tag.catalogue import load_catalogue
from monitor.tag.number_lists import listed_numbers, numbers_of

NUMBERS = numbers_of(load_catalogue())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISO/IEC 42001认证加42005影响评估", ["42001", "42005"]),
        ("GB/T 45652、45654和45674三项", ["45652", "45654", "45674"]),
        ("Executive Orders 14110 and 14179", ["14110", "14179"]),
        ("ISO 27001 and 42001", ["42001"]),
        ("SB 53 and 1047", ["53", "1047"]),
        ("Europe's Digital Services and Digital Markets Acts bind it.", ["Digital Services", "Digital Markets Acts"]),
        ("the Digital Markets, Cyber Resilience and Poultry Acts", ["Digital Markets", "Cyber Resilience"]),
        ("ISO/IEC 22989 defines agents, 23053 draws boxes.", ["23053"]),
        ("an ISO 42001 certificate and a method (23894 or another)", ["23894"]),
    ],
)
def test_each_tracked_number_of_a_list_is_found(text: str, expected: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in listed_numbers(text, NUMBERS)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "ISO 42001认证于2023年",
        "ISO/IEC 42001 and 30 firms",
        "EO 14110",
        "SB 53, 2 pages",
        "Two Acts, one Digital Markets",
        "ISO 42001、42005%",
        "ISO 42001 for 42005 firms",
        "ISO 42001 cost them $42005",
        "They hold ISO 42001. The bill was 42005.",
        "42005 stood before ISO 42001",
        "",
    ],
)
def test_a_number_alone_is_no_list(text: str) -> None:
    assert [hit.name for hit in listed_numbers(text, NUMBERS) if hit.name.endswith("42005")] == []
    assert len(list(listed_numbers(text, NUMBERS))) <= 1


def test_a_listed_number_is_a_mention_in_its_place() -> None:
    text = "ISO/IEC 22989 and 23053 tell what the words mean."

    found = {one.entity: text[one.start : one.end] for one in tag(None, text)}

    assert found == {"regulation:iso-22989": "ISO/IEC 22989", "regulation:iso-23053": "23053"}
