"""The bench of queries: the same queries for the same seed, and a figure beyond its floor is told."""

from __future__ import annotations

from typing import Any

import pytest

from bench.queries import below_floors, queries

FLOORS = {"max_ms": 1.0, "max_ratio": 8.0, "to one by one": 40.0, "to alternation": 1.5}


def result(**change: float) -> dict[str, Any]:
    figures = {"one_by_one": 60.0, "alternation": 2.0, "ten": 0.2, "thousand": 0.8} | change
    return {"sizes": {10: figures.pop("ten"), 1_000: figures.pop("thousand")}, **figures}


def test_queries_are_those_of_their_seed() -> None:
    assert queries(40, seed=1) == queries(40, seed=1) != queries(40, seed=2)


@pytest.mark.parametrize(
    ("measured", "below"),
    [
        (result(), []),
        (result(thousand=1.2), ["max_ms"]),
        (result(ten=0.05), ["max_ratio"]),
        (result(one_by_one=20.0), ["to one by one"]),
        (result(alternation=1.0), ["to alternation"]),
    ],
    ids=["holds", "slow", "grows", "no better than each alone", "no better than one expression"],
)
def test_figure_beyond_its_floor_is_told(measured: dict[str, Any], below: list[str]) -> None:
    assert [line.partition(":")[0] for line in below_floors(measured, FLOORS)] == below
