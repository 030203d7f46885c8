"""Countries, unions and states are found under all their names, and not inside other words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.tag import jurisdictions
from monitor.tag.catalogue import load_catalogue
from monitor.tag.jurisdictions import code_of, find_seats, is_within
from monitor.tag.settings import CatalogueEntry
from storage.fold import fold

TABLE = Path(jurisdictions.__file__).with_name("jurisdictions.txt")
ROWS = [line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def codes(text: str) -> list[str]:
    return [seat.code for seat in find_seats(fold(text, keep_case=True))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("紐西蘭與南韓", ["nz", "kr"]),
        ("韩国和北韩", ["kr", "kp"]),
        ("印度尼西亚不是印度", ["id", "in"]),
        ("马里兰州不是马里", ["us-md", "ml"]),
        ("中国香港、中国台湾", ["hk", "tw"]),
        ("英《在线安全法》与美《芯片法案》", ["gb", "us"]),
        ("Indiana, India and the Indian Ocean", ["us-in", "in"]),
        ("Vietnamese and Hanoi's", ["vn", "vn"]),
        ("U.S. and New York", ["us", "us-ny"]),
        ("Latin American", []),
        ("Romanian women", ["ro"]),
        ("the Roman calendar", []),
        ("完美方案，今日方知", []),
        ("米兰《协议》", []),
        ("星国国会，马国政府", ["sg", "my"]),
        ("昨天加国总理", ["ca"]),
        ("三星国内销量、参加国会选举、明星国会", []),
    ],
)
def test_jurisdictions_are_found_by_their_longest_name(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [("us-ca", "us", True), ("it", "eu", True), ("kr", "kr", True), ("us", "us-ca", False), ("hk", "cn", False)],
)
def test_a_state_is_within_its_union(part: str, whole: str, expected: bool) -> None:
    assert is_within(part, whole) is expected


def test_names_are_written_as_folded_texts_have_them() -> None:
    names = [name for row in ROWS for name in row[1:]]

    assert [name for name in names if fold(name, keep_case=True) != name] == []


def test_no_name_belongs_to_two() -> None:
    names = [name for row in ROWS for name in row[1:]]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_every_code_is_one_and_every_whole_is_listed() -> None:
    heads = [row[0].partition("<") for row in ROWS if row[0] != "-"]

    assert all(re.fullmatch(r"[a-z]{2}(-[a-z]{2,3})?", code) for code, _, _ in heads)
    assert {whole for _, _, whole in heads if whole} <= {code for code, _, _ in heads}


def test_every_jurisdiction_of_the_catalogue_is_in_the_table() -> None:
    entries = [entry for entry in load_catalogue() if isinstance(entry, CatalogueEntry)]

    assert {entry.jurisdiction for entry in entries} - {None} <= {row[0].partition("<")[0] for row in ROWS}


def test_a_seat_stands_for_its_country() -> None:
    assert (code_of("Hanoi"), code_of("Atlantis")) == ("vn", None)
