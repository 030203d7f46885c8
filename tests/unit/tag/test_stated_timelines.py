"""Lists of dates state the step that each line names, of the regulation on the line or above the list."""

from __future__ import annotations

import time

import pytest

from tests.unit.tag.regulations import A, B, facts

EN = "Example Data Act"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"Timeline of the {EN}\n- 12 July 2024: publication in the Official Journal\n"
            "- 1 August 2024: entry into force\n- 2 February 2025: prohibitions apply\n"
            "- 2 August 2026: general application",
            {
                "a issued 2024-07-12",
                "a stage issued",
                "a effective 2024-08-01",
                "a stage in_force",
                "a partly_effective 2025-02-02",
                "a applicable 2026-08-02",
            },
            id="heading-above",
        ),
        pytest.param(
            f"Key dates: May 17, 2024 - signed by the governor; February 1, 2026 - effective date of the {EN}.",
            {"a issued 2024-05-17", "a stage adopted", "a effective 2026-02-01", "a stage issued"},
            id="named-on-the-line-or-the-only-one",
        ),
        pytest.param(
            f"What the {EN} brings\n• 1 May 2025: passed by the Senate\n• 1 June 2025: publication of guidelines\n"
            "• 2 June 2025: conference in Berlin",
            set(),
            id="a-chamber-and-other-things",
        ),
        pytest.param(
            f"The {EN} and the Other Sample Act\n• 1 May 2025: signed into law",
            {"a issued 2025-05-01", "a stage adopted"},
            id="the-only-tracked-one",
        ),
    ],
)
def test_english_lists(text: str, expected: set[str]) -> None:
    assert facts(text, a=EN) == expected


def test_chinese_list_with_bars() -> None:
    text = f"《{A}》大事记\n2025年3月1日 | 正式公布\n2025年12月1日 | 施行"
    assert facts(text) == {"a issued 2025-03-01", "a stage issued", "a effective 2025-12-01"}


def test_line_that_names_two_states_nothing() -> None:
    assert facts(f"2025年12月1日 | 《{A}》和《{B}》解读会") == set()


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(f"signed{' in' * 60}!", id="words-that-lead-on"),
        pytest.param(f"{'fully ' * 40}!", id="adverbs"),
        pytest.param(f"{'the rules ' * 20}!", id="duties"),
    ],
)
def test_hostile_line_costs_no_more_than_its_length(line: str) -> None:
    started = time.process_time()
    assert facts(f"The {EN}\n1 May 2025: {line}\n" * 20, a=EN) == set()
    assert time.process_time() - started < 1
