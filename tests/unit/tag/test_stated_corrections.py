"""A text that corrects a date states the right one, surest of all, and not the wrong one."""

from __future__ import annotations

import pytest

from monitor.tag.stated import stated
from storage.states import FactKind
from storage.tagged import CORRECTING
from tests.unit.tag.regulations import A, mentions, on

EN = "Example Data Act"


def dates(text: str) -> dict[str, bool]:
    """Return the dates of effect that a text states, each with whether it corrects another."""
    found = stated(None, text, mentions(text, a=EN if EN in text else A), on("2026-02-20"))
    assert FactKind.POSTPONED not in {fact.what for fact in found}
    return {fact.value: fact.confidence == CORRECTING for fact in found if fact.what is FactKind.EFFECTIVE}


@pytest.mark.parametrize(
    "text",
    [
        f"更正：《{A}》的施行日期应为2026年3月1日，而非1月1日，特此说明。",
        f"勘误：本报昨日误将《{A}》的施行时间写作2025年12月1日，应为2026年3月1日。",
        f"更正：昨日本报道将《{A}》的生效时间误写为2025年9月25日，正确日期为2026年3月1日。",
        f"《{A}》自2026年3月1日起施行，此前报道的2025年12月1日有误。",
        f"更正启事：“《{A}》自2025年1月1日起施行”应为“自2026年3月1日起施行”。",
        f"本报昨日报道有误，《{A}》应为2026年3月1日起施行。",
        f"Correction: an earlier version said the {EN} takes effect on May 1, 2026. It takes effect on March 1, 2026.",
        f"This article has been corrected to show that the {EN} takes effect on March 1, 2026, not January 1, 2026.",
        f"CORRECTED: {EN} takes effect on March 1, 2026, not February 1",
    ],
)
def test_only_what_is_right_is_stated_and_marked(text: str) -> None:
    assert dates(text) == {"2026-03-01": True}


@pytest.mark.parametrize(
    "text",
    [
        f"《{A}》自2026年3月1日起施行。",
        f"某公司因标注错误被罚，《{A}》自2026年3月1日起施行。",
        f"网信办称，负责人应为公司高管，《{A}》自2026年3月1日起施行。",
        f"Firms must correct errors; the {EN} takes effect on March 1, 2026.",
    ],
)
def test_what_corrects_nothing_is_not_marked(text: str) -> None:
    assert dates(text) == {"2026-03-01": False}
