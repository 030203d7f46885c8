"""Every labelled span of the seeds: mentions are found, traps are left alone."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest

from bench.tagging import FIXTURES, FLOORS, PARTS, TEXTS, documents, family, read_rows, seeds, tagged
from monitor.tag import tag
from storage.tagged import Mention

ROWS = read_rows(FIXTURES / "seeds_gold.jsonl")
PINNED = json.loads(FLOORS.read_text(encoding="utf-8"))["tagging"]
SEEDS = sorted({row["doc"] for row in ROWS})


def read(name: str) -> str:
    return (FIXTURES / "seeds" / name).read_bytes().decode("utf-8")


@cache
def mentions(name: str) -> tuple[Mention, ...]:
    return tag(None, read(name))


def over(row: dict[str, Any]) -> list[Mention]:
    return [one for one in mentions(row["doc"]) if one.start < row["end"] and row["start"] < one.end]


def rows(status: str) -> list[Any]:
    chosen = [row for row in ROWS if row["status"] == status]
    return [pytest.param(row, id=f"{row['doc'][:3]}-{row['start']}-{row['surface']}") for row in chosen]


@pytest.mark.parametrize("row", rows("mention"))
def test_mention_is_found_with_its_entity_and_version(row: dict[str, Any]) -> None:
    found = [one for one in over(row) if family(one.entity) == family(row["entity"])]

    assert found
    assert found[0].version == row.get("version")


@pytest.mark.parametrize("row", rows("negative"))
def test_trap_is_not_tagged(row: dict[str, Any]) -> None:
    assert over(row) == []


@pytest.mark.parametrize("name", SEEDS)
def test_every_surface_is_the_text_at_its_offsets(name: str) -> None:
    text = read(name)

    assert mentions(name)
    assert all(text[one.start : one.end] == one.surface for one in mentions(name))


@pytest.mark.parametrize("name", SEEDS)
def test_nothing_else_is_tagged_in_a_seed(name: str) -> None:
    labelled = [row for row in ROWS if row["doc"] == name and row["status"] != "negative"]

    stray = [one for one in mentions(name) if not any(one.start < r["end"] and r["start"] < one.end for r in labelled)]

    assert stray == []


def test_figures_of_the_seeds_hold() -> None:
    result = seeds(tagged)

    assert result["recall"] >= PINNED["seeds_recall"] >= 0.97, result["errors"]
    assert result["precision"] >= PINNED["seeds_precision"] >= 0.98, result["errors"]
    assert result["negatives_tagged"] == PINNED["max_seeds_negatives_tagged"] == 0


def test_figures_of_hard_texts_that_came_later_hold() -> None:
    """Of those that no rule was made for; ``bench.tagging --check`` takes the others too, at ten times the length."""
    result = documents(tagged, [path for path in TEXTS if path.stem not in ("texts", "catalogue")])

    assert result["all"]["recall"] >= PINNED["documents_recall"] >= 0.95, result["errors"]
    assert result["all"]["precision"] >= PINNED["documents_precision"] >= 0.95, result["errors"]
    assert result["homographs_tagged"] <= PINNED["max_homographs_tagged"] <= 0.04, result["errors"]
    assert result["homographs"] >= 20


@pytest.mark.parametrize("part", sorted(PARTS))
def test_figures_of_bare_names_and_namesakes_hold(part: str) -> None:
    result = documents(tagged, (PARTS[part],))

    assert result["all"]["recall"] >= PINNED[f"{part}_recall"] >= 0.8, result["errors"]
    assert result["all"]["precision"] >= PINNED[f"{part}_precision"] >= 0.95, result["errors"]
    assert result["homographs_tagged"] <= PINNED[f"max_{part}_homographs_tagged"] <= 0.02, result["errors"]
    assert result["homographs"] >= 20
