"""A day is found as English and Chinese texts write it, and none is made of less than a day."""

from __future__ import annotations

import pytest

from monitor.tag.law_days import day_forms


@pytest.mark.parametrize("form", ["2 August 2026", "August 2, 2026", "Aug. 2, 2026", "2026年8月2日"])
def test_a_day_has_the_forms_of_texts(form: str) -> None:
    assert form in day_forms("2026-08-02")


@pytest.mark.parametrize("value", ["2026", "2026-08", "2026-01-01", "2025-07-01"])
def test_less_than_a_day_and_the_first_of_a_month_tell_no_law(value: str) -> None:
    assert day_forms(value) == ()
