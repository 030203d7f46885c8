"""Verdicts in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from monitor.dedupe.words import in_words
from storage.records import Evidence, VerdictKind


def evidence(**fields: Any) -> Evidence:
    given: dict[str, Any] = {
        "similarity": 0.87,
        "containment_a": 0.9,
        "containment_b": 0.96,
        "length_ratio": 0.9,
        "number_conflicts": (),
        "rule_version": "near6",
        "letters": 500,
    }
    return Evidence(**given | fields)


NUMBERS = (("80", "130"), ("7", "9"), ("1", "2"), ("3", "4"), ("5", "6"), ("7", "8"))


@pytest.mark.parametrize(
    ("verdict", "given", "words"),
    [
        (
            "exact_copy",
            {"similarity": 1.0},
            "the same letters and digits; case, width, script and punctuation do not count",
        ),
        ("exact_copy", {"similarity": 0.9995}, "more than 99 % of the text in common"),
        ("near_copy", {}, "87 % of the text in common"),
        ("near_copy", {"similarity": 0.52}, "52 % of the text in common; A holds 96 % of B"),
        ("contains", {"similarity": 0.1}, "A holds 96 % of B; 10 % of the text in common"),
        ("contained_in", {"similarity": 0.1}, "B holds 90 % of A; 10 % of the text in common"),
        (
            "revision",
            {"number_conflicts": NUMBERS[:1]},
            "87 % of the text in common; 1 number differs: 80 -> 130",
        ),
        (
            "revision",
            {"number_conflicts": NUMBERS},
            "87 % of the text in common; 6 numbers differ: 80 -> 130, 7 -> 9, 1 -> 2, 3 -> 4, 5 -> 6 and 1 more",
        ),
        (
            "revision",
            {"is_marked": True},
            "87 % of the text in common; one is marked as a correction, an update or a withdrawal",
        ),
        (
            "template_sibling",
            {"name_conflicts": (("华泰", "金瑞"),), "number_conflicts": NUMBERS[:2]},
            "one form filled in twice; 87 % of the text in common; 1 name differs: 华泰 -> 金瑞; "
            "2 numbers differ: 80 -> 130, 7 -> 9",
        ),
        ("new", {"similarity": 0.0, "letters": 0}, "no letters or digits to compare"),
        (
            "new",
            {"similarity": 0.5, "letters": 40},
            "only 40 letters and digits; below 60 only texts that say the same are copies",
        ),
        ("new", {"similarity": 0.003}, "less than 1 % of the text in common"),
    ],
)
def test_a_verdict_is_told_in_words(verdict: str, given: dict[str, Any], words: str) -> None:
    assert in_words(VerdictKind(verdict), evidence(**given)) == words
