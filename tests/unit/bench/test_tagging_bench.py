"""The benches of tagging: made-up catalogues are the same for the same seed, and a ratio below its floor is told."""

from __future__ import annotations

from typing import Any

import pytest

from bench.tagging_peers import available
from bench.tagging_sizes import entities
from bench.tagging_speed import below_floors
from monitor.tag.catalogue import load_catalogue


def result(middle: float, large: float, **peers: float) -> dict[str, Any]:
    sizes = [{"mb_per_s": 3.0}, {"mb_per_s": middle}, {"mb_per_s": large}]
    return {"sizes": sizes, "peers": peers, "missing": []}


def test_made_up_entities_are_those_of_their_seed() -> None:
    assert entities(30, seed=1) == entities(30, seed=1) != entities(30, seed=2)


def test_a_third_of_the_made_up_entities_is_ambiguous_and_has_cues() -> None:
    made = entities(30)

    assert sum(bool(one.ambiguous and one.cues) for one in made) == 10


@pytest.mark.parametrize(
    ("measured", "below"),
    [
        (result(3.0, 2.5, jieba=1.0), []),
        (result(3.0, 1.0, jieba=1.0), ["max_slower_at_20000"]),
        (result(3.0, 2.5, jieba=2.0), ["to jieba"]),
        (result(3.0, 2.5), []),
    ],
    ids=["holds", "slow at size", "slow beside a peer", "peer not installed"],
)
def test_a_ratio_below_its_floor_is_told(measured: dict[str, Any], below: list[str]) -> None:
    failures = below_floors(measured, {"to jieba": 2.0, "max_slower_at_20000": 1.5})

    assert [line.partition(":")[0] for line in failures] == below


def test_a_plain_dictionary_is_always_there_and_finds_each_alias() -> None:
    find = available(load_catalogue())["naive dictionary"]

    assert find("豆包", "与星火之爭") == [("model:doubao", 0, 2), ("model:xunfei-xinghuo", 1, 3)]
