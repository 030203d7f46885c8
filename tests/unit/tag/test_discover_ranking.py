"""In which order names are proposed, and what an accepted one is tracked as."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.tag import tag
from monitor.tag.catalogue import EntitySettings
from monitor.tag.discover_ranking import Proposal, Tally, ranked, rise, suggested_entity


def tally(key: str, *, sources: int = 1, stories: int = 1, days: int = 1, earlier: int = 0) -> Tally:
    return Tally(
        key=key, kind="model", names=((key, stories),), sources=sources, stories=stories, days=days, earlier=earlier
    )


def order(*rows: Tally) -> list[str]:
    return [one.key for one in ranked(rows, background_days=28, window_days=7)]


def proposal(name: str, kind: str = "model", *others: str) -> Proposal:
    return Proposal(
        key=name.lower(), kind=kind, name=name, names=(name, *others), sources=3, stories=3, days=2, earlier=0, rise=5.0
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([tally("loud", sources=1, stories=100, days=7), tally("three", sources=3, stories=3)], ["three", "loud"]),
        ([tally("old", sources=3, stories=6, earlier=24), tally("new", sources=3, stories=6)], ["new", "old"]),
        ([tally("b"), tally("a")], ["a", "b"]),
        (
            [tally("once", sources=2, stories=4, days=1), tally("lasting", sources=2, stories=4, days=4)],
            ["lasting", "once"],
        ),
        ([tally("reprinted", sources=9, stories=1, days=3), tally("two", sources=2, stories=2)], ["two", "reprinted"]),
        ([tally("gone", sources=0, stories=0, earlier=50)], []),
    ],
    ids=[
        "sources before repetition",
        "rise over its own background",
        "stable",
        "more days",
        "stories before reprints",
        "not in the window",
    ],
)
def test_order_of_proposals(rows: list[Tally], expected: list[str]) -> None:
    assert order(*rows) == expected


@given(st.permutations([tally("a", sources=2), tally("b", stories=5), tally("c", earlier=4), tally("d", days=2)]))
def test_order_does_not_depend_on_that_of_the_rows(rows: list[Tally]) -> None:
    assert order(*rows) == order(
        tally("a", sources=2), tally("b", stories=5), tally("c", earlier=4), tally("d", days=2)
    )


def test_spelling_used_most_is_the_name() -> None:
    row = Tally(key="tarvos", kind="model", names=(("TARVOS", 1), ("Tarvos", 4)), sources=2, stories=5, days=1)

    (one,) = ranked([row], background_days=28, window_days=7)

    assert (one.name, one.names) == ("Tarvos", ("Tarvos", "TARVOS"))


@pytest.mark.parametrize(("background", "window"), [(0, 7), (28, 0), (-1, 7)])
def test_days_below_one_are_an_error(background: int, window: int) -> None:
    with pytest.raises(ValueError, match="expected days of 1 or more"):
        ranked([], background_days=background, window_days=window)


def test_rise_is_the_log_likelihood_ratio() -> None:
    """2 (10.5 ln 3.5 + 4.5 ln 0.375): 10.5 stories in 7 days, 4.5 in 28, 15 in 35."""
    assert rise(10, 4, window_days=7, background_days=28) == pytest.approx(17.4806, abs=0.0001)


@given(st.integers(0, 500), st.integers(0, 500))
def test_rise_is_finite_and_grows_with_the_stories(stories: int, earlier: int) -> None:
    now = rise(stories, earlier, window_days=7, background_days=28)
    more = rise(stories + 1, earlier, window_days=7, background_days=28)

    assert now < more < 10_000


def test_rarer_name_has_a_negative_rise() -> None:
    assert rise(0, 40, window_days=7, background_days=28) < 0


@pytest.mark.parametrize(
    ("name", "kind", "role"),
    [
        ("TarvosLM", "model", "aliases"),
        ("Tarvos-X", "model", "aliases"),
        ("映川若木", "model", "aliases"),
        ("映川", "model", "ambiguous"),
        ("Tarvos", "model", "ambiguous"),
        ("阳光", "model", "common"),
        ("数据法", "regulation", "ambiguous"),
        ("滨海市人工智能应用管理办法", "regulation", "aliases"),
        ("Honest Algorithms Act", "regulation", "aliases"),
    ],
)
def test_role_of_an_accepted_name(name: str, kind: str, role: str) -> None:
    entity = suggested_entity(proposal(name, kind))

    assert name in entity[role]
    assert EntitySettings.model_validate(entity).kind == kind
    assert ("cues" in entity) is (role != "aliases")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Tarvos LM", "model:tarvos-lm"), ("映川", r"model:x-[0-9a-f]{6}"), ("Ω", r"model:x-[0-9a-f]{6}")],
)
def test_id_is_made_of_the_name_and_stays(name: str, expected: str) -> None:
    made: dict[str, Any] = suggested_entity(proposal(name))

    assert re.fullmatch(expected, made["id"])
    assert made == suggested_entity(proposal(name))
    assert suggested_entity(proposal(name), entity_id="model:mine")["id"] == "model:mine"


def test_accepted_everyday_word_does_not_flood() -> None:
    watch = (EntitySettings.model_validate(suggested_entity(proposal("阳光"))),)
    entity = watch[0].id

    assert [one.entity for one in tag(None, "公司发布阳光大模型。", watch)] == [entity]
    assert tag(None, "窗外阳光很好，他在读一篇讲语言模型的文章。", watch) == ()
