"""A title has several translations, and a number several forms; all are found."""

from __future__ import annotations

import pytest

from monitor.tag.renderings import number_forms, renderings


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Interim Measures for the Administration of Widgets", "Provisional Measures on the Management of Widgets"),
        (
            "Measures for Labeling AI-Generated Widgets",
            "Measures for Labelling Artificial Intelligence-Generated Widgets",
        ),
        ("Measures for the Review of Widgets", "Measures on Widgets Review"),
        ("Measures for the Review of Widgets", "Widgets Review Measures"),
        ("Provisions on the Review of the Export of Widgets", "Provisions on Widgets Export Review"),
        ("Provisions on the Review of the Export of Widgets", "Provisions on the Review of Widgets Export"),
        ("Provisions on Widgets", "Regulations on Widgets"),
        ("Widget Cybersecurity Law", "Widget Cyber Security Law"),
        ("AI Widget Directive", "Artificial Intelligence Widget directive"),
    ],
)
def test_another_translation_follows(text: str, other: str) -> None:
    assert other in renderings(text)


def test_words_that_hang_on_others_keep_their_place() -> None:
    assert all(one.endswith(" with Wheels") for one in renderings("Measures for the Review of Widgets with Wheels"))


@pytest.mark.parametrize("text", ["MAIL Act", "Widget Act"])
def test_a_name_without_such_words_has_no_other(text: str) -> None:
    assert renderings(text) == (text,)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("Executive Order 14999", "14999号行政令"),
        ("Executive Order 14999", "行政命令14999号"),
        ("Executive Order 14999", "行政令第14999号"),
        ("Executive Order 14999", "14999号总统行政命令"),
        ("Regulation (EU) 2031/12", "Regulation 2031/12"),
        ("Directive (EU) 2031/13", "2031/13号指令"),
        ("SB 99", "Senate Bill No. 99"),
        ("国务院令第999号", "国令第999号"),
    ],
)
def test_another_form_of_a_number_follows(text: str, other: str) -> None:
    forms = number_forms(text)

    assert forms[0] == text
    assert other in forms


def test_what_only_holds_a_number_has_one_form() -> None:
    assert number_forms("加州SB 99法案") == ("加州SB 99法案",)
