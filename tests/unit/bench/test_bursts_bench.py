"""The bench of bursts: the same streams for the same seed, drawn as they say, and a figure beyond its floor is told."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from bench.bursts import BURSTS, HERE, NULLS, Stream, below_floors, drawn, power

FLOORS = {
    "max_told": 1.2,
    "max_told_growing": 2.0,
    "min_told_overdispersed": 0.7,
    "max_lulls": 1.2,
    "min_power_5x_of_3": 0.9,
}


def result(**change: float) -> dict[str, Any]:
    figures = {"told": 0.9, "growing": 1.5, "lulls": 0.8, "power": 0.95} | change
    told = {name: {"told": figures["told"], "stated": 0.7, "lulls": figures["lulls"]} for name in NULLS}
    told["slow growth 12"]["told"] = figures["growing"]
    return {"false_alarms": told, "power": {name: {"told": figures["power"], "hours": 8.0} for name in BURSTS}}


def test_streams_are_those_of_their_seed() -> None:
    one, same, other = (drawn(Stream(mean=5), 30, random.Random(seed)) for seed in (1, 1, 2))

    assert one == same != other


@pytest.mark.parametrize("size", [float("inf"), 4.0], ids=["poisson", "overdispersed"])
def test_streams_have_their_mean(size: float) -> None:
    hours = drawn(Stream(mean=5, size=size), 2_000, random.Random(1))

    assert sum(hours.values()) / 2_000 == pytest.approx(5, rel=0.05)
    assert sum(count for hour, count in hours.items() if hour % 24 < 12) / sum(hours.values()) == pytest.approx(
        0.8, abs=0.02
    )


def test_five_times_as_many_are_told_of_within_the_day() -> None:
    found = power(Stream(mean=10), 5, 1)

    assert found["told"] == 1
    assert found["hours"] <= 12


@pytest.mark.parametrize(
    ("measured", "below"),
    [
        (result(), []),
        (result(told=1.3), ["max_told"]),
        (result(told=0.5), ["min_told_overdispersed"]),
        (result(growing=2.5), ["max_told_growing"]),
        (result(lulls=2.0), ["max_lulls"]),
        (result(power=0.5), ["min_power_5x_of_3"]),
    ],
    ids=["holds", "too many", "too few", "too many of growing ones", "silences", "weak"],
)
def test_figure_beyond_its_floor_is_told(measured: dict[str, Any], below: list[str]) -> None:
    assert [line.partition(":")[0] for line in below_floors(measured, FLOORS)] == below


def test_every_floor_is_of_a_figure_that_is_measured() -> None:
    floors = json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["bursts"]

    assert below_floors(result(), floors) == []


def test_figures_of_streams_that_are_not_drawn_have_no_floor() -> None:
    quick = result(told=1.3)
    del quick["false_alarms"]["slow growth 12"]

    assert [line.partition(":")[0] for line in below_floors(quick, FLOORS)] == ["max_told"]
