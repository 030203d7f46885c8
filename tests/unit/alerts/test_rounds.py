"""Entry into force once more: what was amended, or drafted anew, holds from now on."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from alerts.rounds import entered, holding, with_former
from alerts.stages import Step
from storage.rounds import Round
from storage.states import FactKind, Stage
from storage.tagged import StatedFact

LAW = "regulation:measures"
AUTUMN, WINTER = datetime(2026, 10, 28, tzinfo=UTC), datetime(2027, 1, 1, 8, tzinfo=UTC)
STEP = [Step(entity=LAW, before=Stage.AMENDED, after=Stage.IN_FORCE)]


def fact(what: FactKind, value: str, entity: str = LAW) -> StatedFact:
    return StatedFact(
        entity=entity, what=what, value=value, field="text", surface="办法", start=0, end=2, confidence=1.0
    )


def stage(value: Stage) -> StatedFact:
    return fact(FactKind.STAGE, value.value)


def amended(**known: Any) -> Round:
    return Round(opened=Stage.AMENDED, opened_at=AUTUMN, amended_at=AUTUMN, **known)


HOLDS = stage(Stage.IN_FORCE)
FROM_NOW = fact(FactKind.AMENDMENT_EFFECTIVE, "2027-01-01")


@pytest.mark.parametrize(
    ("facts", "known", "steps"),
    [
        pytest.param([HOLDS], amended(), STEP, id="never said before"),
        pytest.param([HOLDS, FROM_NOW], amended(), STEP, id="dated"),
        pytest.param([HOLDS], amended(in_force_at=datetime(2024, 5, 1, tzinfo=UTC)), STEP, id="said before it changed"),
        pytest.param(
            [HOLDS, FROM_NOW],
            amended(in_force_at=datetime(2024, 5, 1, tzinfo=UTC), holds_from="2023-08-15"),
            STEP,
            id="from a later day",
        ),
        pytest.param([HOLDS, FROM_NOW, stage(Stage.AMENDED)], amended(), STEP, id="dated, and said to be amended"),
        pytest.param([HOLDS], amended(in_force_at=WINTER), [], id="said since"),
        pytest.param(
            [HOLDS, FROM_NOW], amended(in_force_at=WINTER, holds_from="2027-01-01"), [], id="from the same day"
        ),
        pytest.param([HOLDS, fact(FactKind.EFFECTIVE, "2023-08-15")], amended(), [], id="from a day before it changed"),
        pytest.param([HOLDS, fact(FactKind.EFFECTIVE, "2023")], amended(), [], id="from a year before it changed"),
        pytest.param([HOLDS, stage(Stage.AMENDED)], amended(), [], id="said with the amendment, without a day"),
        pytest.param([FROM_NOW], amended(), [], id="a day to come"),
        pytest.param(
            [HOLDS, FROM_NOW],
            Round(opened=Stage.DRAFT, opened_at=AUTUMN, in_force_at=datetime(2024, 5, 1, tzinfo=UTC)),
            [Step(entity=LAW, before=Stage.DRAFT, after=Stage.IN_FORCE)],
            id="drafted anew",
        ),
        pytest.param([HOLDS], Round(opened=Stage.DRAFT, opened_at=AUTUMN), [], id="drafted anew, without a day"),
    ],
)
def test_entry_into_force_is_a_step_of_an_open_round(facts: list[StatedFact], known: Round, steps: list[Step]) -> None:
    assert list(entered(facts, {LAW: known})) == steps


def test_a_regulation_without_an_open_round_enters_nothing() -> None:
    assert list(entered([HOLDS], {})) == []
    assert list(entered([fact(FactKind.STAGE, "in_force", "regulation:other")], {LAW: amended()})) == []


def test_regulations_in_force_are_those_said_to_be() -> None:
    assert holding([HOLDS, FROM_NOW, stage(Stage.AMENDED)]) == {LAW}
    assert holding([FROM_NOW]) == frozenset()


def test_what_a_page_said_before_counts_with_what_others_said() -> None:
    old = datetime(2024, 5, 1, tzinfo=UTC)
    others = Round(opened=Stage.DRAFT, opened_at=old, in_force_at=old, holds_from="2023-08-15")

    assert with_former(None, [stage(Stage.AMENDED)], AUTUMN) == amended()
    assert with_former(others, [stage(Stage.AMENDED), HOLDS, FROM_NOW], AUTUMN) == amended(
        in_force_at=AUTUMN, holds_from="2027-01-01"
    )
    assert with_former(others, [HOLDS], AUTUMN) == others
    assert with_former(None, [FROM_NOW], AUTUMN) is None
