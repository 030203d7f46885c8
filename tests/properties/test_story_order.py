"""The same articles make the same stories, in whatever order they come, and through restarts."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Store, open_store
from tests.properties.story_world import articles_of, form, map_of, record_all, shuffled, written
from tests.unit.storage.worlds import NOW


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stories") / "empty.db"
    open_store(path, now=lambda: NOW).close()
    return path


def fresh(empty: Path, name: str) -> Store:
    path = empty.with_name(f"{name}.db")
    shutil.copy(empty, path)
    return open_store(path, now=lambda: NOW)


SOME = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@SOME
@given(seed=st.integers(0, 2**32))
def test_order_of_arrival_does_not_change_the_stories(empty: Path, seed: int) -> None:
    dice = Random(seed)
    articles = articles_of(dice, 18)
    maps = []
    for name in ("one", "other"):
        store = fresh(empty, name)
        record_all(store, shuffled(dice, articles))
        maps.append(map_of(store))
        store.close()
    assert maps[0] == maps[1]


@SOME
@given(seed=st.integers(0, 2**32))
def test_articles_that_were_another_form_first_end_where_they_belong(empty: Path, seed: int) -> None:
    dice = Random(seed)
    articles = articles_of(dice, 14)
    older = [
        written(one.key, form(one.text, dice.choice(("revised", "cut", "rewritten", "part")), dice), dice)
        for one in dice.sample(articles, 5)
    ]
    straight, detour = fresh(empty, "straight"), fresh(empty, "detour")
    record_all(straight, articles)
    late = [one for one in articles if one.key in {old.key for old in older}]
    record_all(detour, shuffled(dice, [one for one in articles if one not in late] + older))
    record_all(detour, shuffled(dice, late))
    assert map_of(straight) == map_of(detour)
    for store in (straight, detour):
        store.close()


def test_restart_in_the_middle_changes_nothing(empty: Path) -> None:
    dice = Random(7)
    articles = articles_of(dice, 16)
    whole, halves = fresh(empty, "whole"), fresh(empty, "halves")
    record_all(whole, articles)
    record_all(halves, articles[:8])
    halves.close()
    again = open_store(empty.with_name("halves.db"), now=lambda: NOW)
    record_all(again, articles[8:])
    assert map_of(whole) == map_of(again)
    for store in (whole, again):
        store.close()


def test_forms_of_a_text_are_told_apart_as_they_should(empty: Path) -> None:
    dice = Random(3)
    (text,) = {one.text for one in articles_of(Random(1), 1)}
    store = fresh(empty, "forms")
    kinds = ("same", "wrapped", "cut", "traditional", "rewritten", "revised")
    record_all(store, [written("original", text)] + [written(kind, form(text, kind, dice)) for kind in kinds])
    leads = map_of(store)["leads"]
    store.close()
    assert {leads[kind] for kind in kinds if kind != "revised"} == {leads["original"]} != {leads["revised"]}
