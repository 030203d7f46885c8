"""The life of a regulation: values in order, beside what the catalogue holds, and none of a conflict lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.feed.conflicts import are_alike
from storage.feed.entity_views import FirstStated, KnownFact, LifeCycle, StatedValue
from storage.feed.life_cycle import life_cycle as life_on
from storage.records import Published
from storage.states import FactKind, Stage
from storage.tagged import CORRECTING
from tests.unit.storage.worlds import NOW

TODAY = date(2025, 8, 1)
FIRST = FirstStated(
    article_id=1,
    story_id=1,
    title="题目",
    url="https://news.example/1",
    outlet="日报",
    published=None,
    first_seen_at=NOW,
    sentence="自9月1日起施行。",
    start=1,
    end=5,
)


def stated(what: FactKind, value: str, stories: int = 1, confidence: float = 0.9) -> StatedValue:
    return StatedValue(what=what, value=value, stories=stories, articles=stories, confidence=confidence, first=FIRST)


def life_cycle(said: list[StatedValue], held: list[KnownFact], today: date = TODAY) -> LifeCycle:
    return life_on(said, held, today=today)


def known(what: FactKind, value: str, **more: object) -> KnownFact:
    return replace(KnownFact(what=what, value=value), **more)  # type: ignore[arg-type]


def conflicts(life: LifeCycle) -> dict[str, tuple[str, ...]]:
    return {fact.value: fact.conflicts for fact in life.facts}


@pytest.mark.parametrize(
    ("what", "one", "other", "alike"),
    [
        (FactKind.EFFECTIVE, "2025-09-01", "2025-09-01", True),
        (FactKind.EFFECTIVE, "2025-09", "2025-09-01", True),
        (FactKind.EFFECTIVE, "2025-09-01", "2025", True),
        (FactKind.EFFECTIVE, "2025-09-01", "2025-10-01", False),
        (FactKind.EFFECTIVE, "2025-09", "2025-10-01", False),
        (FactKind.EFFECTIVE, "2025-1", "2025-10-01", False),
        (FactKind.NUMBER, "令第15号", "国家互联网信息办公室令第15号", True),
        (FactKind.NUMBER, "国信办通字〔2025〕2号", "國信辦通字(2025)2號", True),
        (FactKind.NUMBER, "令第15号", "令第12号", False),
        (FactKind.NUMBER, "令第15号", "国家网信办第15号令", True),
        (FactKind.NUMBER, "第766号国务院令", "国务院令第766号", True),
        (FactKind.NUMBER, "公安部令第19号", "国家互联网信息办公室令第19号", True),
        (FactKind.ISSUER, "网信办", "国家网信办", False),
    ],
    ids=lambda value: str(value),
)
def test_less_precise_is_no_other_value(what: FactKind, one: str, other: str, alike: bool) -> None:
    assert are_alike(what, one, other) is alike
    assert are_alike(what, other, one) is alike


def test_two_dates_of_effect_name_each_other_whoever_states_them_more_often() -> None:
    life = life_cycle([stated(FactKind.EFFECTIVE, "2025-09-01", 5), stated(FactKind.EFFECTIVE, "2025-10-01")], [])

    assert conflicts(life) == {"2025-09-01": ("2025-10-01",), "2025-10-01": ("2025-09-01",)}
    assert [fact.stories for fact in life.facts] == [5, 1]


def test_a_date_that_the_catalogue_has_otherwise_is_a_conflict() -> None:
    fact = known(FactKind.EFFECTIVE, "2025-09-01", source="press", verified=True)

    life = life_cycle([stated(FactKind.EFFECTIVE, "2025-10-01")], [fact])

    assert conflicts(life) == {"2025-09-01": ("2025-10-01",), "2025-10-01": ("2025-09-01",)}
    held = life.facts[0]
    assert (held.stories, held.first, held.known) == (0, None, (fact,))


def test_a_date_that_the_catalogue_has_more_precisely_stands_beside_it() -> None:
    fact = known(FactKind.EFFECTIVE, "2025-09-01")

    life = life_cycle([stated(FactKind.EFFECTIVE, "2025-09")], [fact])

    assert [(one.value, one.known, one.conflicts) for one in life.facts] == [("2025-09", (fact,), ())]


def test_dates_of_parts_that_the_catalogue_holds_are_no_conflict() -> None:
    parts = [known(FactKind.EFFECTIVE, "2025-02-02", note="bans"), known(FactKind.EFFECTIVE, "2026-08-02")]

    life = life_cycle([stated(FactKind.EFFECTIVE, "2025-02-02"), stated(FactKind.EFFECTIVE, "2026-08-02")], parts)

    assert conflicts(life) == {"2025-02-02": (), "2026-08-02": ()}


def test_two_days_of_one_known_month_are_a_conflict() -> None:
    days = [stated(FactKind.EFFECTIVE, "2025-09-01"), stated(FactKind.EFFECTIVE, "2025-09-05")]

    life = life_cycle(days, [known(FactKind.EFFECTIVE, "2025-09")])

    assert conflicts(life) == {"2025-09-01": ("2025-09-05",), "2025-09-05": ("2025-09-01",)}


@pytest.mark.parametrize("what", [FactKind.AMENDED, FactKind.ISSUER], ids=str)
def test_what_may_have_several_values_has_no_conflict(what: FactKind) -> None:
    values = ("2021-01-01", "2023-05-01") if what is FactKind.AMENDED else ("工信部", "公安部")

    assert set(conflicts(life_cycle([stated(what, value) for value in values], [])).values()) == {()}


def test_the_stage_is_the_latest_that_a_story_states() -> None:
    said = [stated(FactKind.STAGE, "in_force", 2), stated(FactKind.STAGE, "draft", 7)]

    life = life_cycle(said, [known(FactKind.STAGE, "repealed"), known(FactKind.STAGE, "planned")])

    assert (life.stage, life.stage_stories) == (Stage.IN_FORCE, 2)
    assert [fact.value for fact in life.facts] == ["planned", "draft", "in_force", "repealed"]
    assert set(conflicts(life).values()) == {()}


@pytest.mark.parametrize(
    ("held", "stage", "since"),
    [
        ([(FactKind.STAGE, "draft")], Stage.DRAFT, None),
        ([(FactKind.ISSUED, "2025-07-10"), (FactKind.EFFECTIVE, "2025-09-01")], Stage.ISSUED, "2025-07-10"),
        ([(FactKind.ISSUED, "2025-07-10"), (FactKind.EFFECTIVE, "2025-08-01")], Stage.IN_FORCE, "2025-08-01"),
        ([(FactKind.ISSUED, "2025-09-01")], None, None),
        ([(FactKind.EFFECTIVE, "2023-10-30"), (FactKind.REPEALED, "2025-01-20")], Stage.REPEALED, "2025-01-20"),
        ([(FactKind.ADOPTED, "2024-08-28"), (FactKind.FAILED, "2024-09-29")], Stage.FAILED, "2024-09-29"),
        ([(FactKind.STAGE, "failed"), (FactKind.ADOPTED, "2024-08-28")], Stage.FAILED, None),
        ([(FactKind.NUMBER, "令第15号")], None, None),
    ],
    ids=["a stage", "issued", "in force", "to come", "repealed", "failed", "the later", "no step"],
)
def test_where_no_story_states_the_stage_the_catalogue_tells_it(
    held: list[tuple[FactKind, str]], stage: Stage | None, since: str | None
) -> None:
    life = life_cycle([], [known(what, value) for what, value in held])

    assert (life.stage, life.stage_date, life.stage_stories) == (stage, since, 0)


def test_what_stories_state_stands_beside_a_date_that_only_the_catalogue_has() -> None:
    life = life_cycle([stated(FactKind.STAGE, "under_review")], [known(FactKind.EFFECTIVE, "2025-07-01")])

    assert (life.stage, life.stage_date, life.stage_stories) == (Stage.IN_FORCE, "2025-07-01", 0)
    assert life.stated_stage is Stage.UNDER_REVIEW


def test_a_correction_settles_a_conflict() -> None:
    said = [
        stated(FactKind.STAGE, "issued"),
        stated(FactKind.EFFECTIVE, "2025-07-01", 5),
        stated(FactKind.EFFECTIVE, "2025-10-01", confidence=CORRECTING),
    ]

    life = life_cycle(said, [])

    assert {line.value: line.corrected_by for line in life.facts if line.corrected_by} == {
        "2025-07-01": ("2025-10-01",)
    }
    assert set(conflicts(life).values()) == {()}
    assert (life.stage, [one.value for one in life.upcoming]) == (Stage.ISSUED, ["2025-10-01"])


def test_two_corrections_and_the_catalogue_stay_in_conflict() -> None:
    values = [stated(FactKind.EFFECTIVE, day, confidence=CORRECTING) for day in ("2025-07-01", "2025-10-01")]

    assert all(conflicts(life_cycle(values, [])).values())
    assert all(conflicts(life_cycle(values[:1], [known(FactKind.EFFECTIVE, "2025-09-01")])).values())


@pytest.mark.parametrize(
    ("said", "today", "stage", "since"),
    [
        ([(FactKind.STAGE, "issued"), (FactKind.EFFECTIVE, "2025-09-01")], date(2025, 8, 31), "issued", None),
        ([(FactKind.STAGE, "issued"), (FactKind.EFFECTIVE, "2025-09-01")], date(2025, 9, 1), "in_force", "2025-09-01"),
        ([(FactKind.STAGE, "adopted"), (FactKind.APPLICABLE, "2025-07")], date(2025, 7, 31), "adopted", None),
        ([(FactKind.STAGE, "adopted"), (FactKind.APPLICABLE, "2025-07")], date(2025, 8, 1), "in_force", "2025-07"),
        ([(FactKind.STAGE, "failed"), (FactKind.EFFECTIVE, "2025-01-01")], TODAY, "failed", None),
        ([(FactKind.STAGE, "repealed"), (FactKind.EFFECTIVE, "2025-01-01")], TODAY, "repealed", None),
        ([(FactKind.STAGE, "in_force"), (FactKind.EFFECTIVE, "2025-01-01")], TODAY, "in_force", None),
        ([(FactKind.STAGE, "draft"), (FactKind.PARTLY_EFFECTIVE, "2025-01-01")], TODAY, "draft", None),
        ([(FactKind.STAGE, "issued"), (FactKind.PARTLY_EFFECTIVE, "2025-01-01")], TODAY, "in_force", "2025-01-01"),
        ([(FactKind.EFFECTIVE, "2025-01-01")], TODAY, "in_force", "2025-01-01"),
    ],
    ids=[
        "eve",
        "day",
        "month not over",
        "month over",
        "failed",
        "repealed",
        "said already",
        "a draft",
        "a part",
        "no stage said",
    ],
)
def test_a_date_of_effect_that_has_passed_puts_it_in_force(
    said: list[tuple[FactKind, str]], today: date, stage: str, since: str | None
) -> None:
    life = life_cycle([stated(what, value) for what, value in said], [], today)

    assert (life.stage, life.stage_date) == (stage, since)


def test_a_law_of_which_a_part_has_begun_is_in_force_in_part() -> None:
    said = [stated(FactKind.STAGE, "issued"), stated(FactKind.PARTLY_EFFECTIVE, "2025-02-02")]

    assert life_cycle(said, []).is_partial
    assert not life_cycle([*said, stated(FactKind.EFFECTIVE, "2025-01-01")], []).is_partial


def test_the_dates_of_parts_in_the_catalogue_stand_beside_those_of_stories() -> None:
    parts = [known(FactKind.EFFECTIVE, "2024-08-01"), known(FactKind.EFFECTIVE, "2027-12-02", note="Annex III")]

    life = life_cycle([stated(FactKind.PARTLY_EFFECTIVE, "2027-12-02")], parts)

    assert [(fact.what, fact.value, fact.known) for fact in life.facts] == [
        (FactKind.EFFECTIVE, "2024-08-01", (parts[0],)),
        (FactKind.PARTLY_EFFECTIVE, "2027-12-02", (replace(parts[1], what=FactKind.PARTLY_EFFECTIVE),)),
    ]


def test_a_later_date_of_the_catalogue_with_its_matter_is_of_a_part() -> None:
    held = [known(FactKind.EFFECTIVE, "2024-08-01"), known(FactKind.EFFECTIVE, "2027-12-02", note="Annex III")]
    alone = [known(FactKind.EFFECTIVE, "2026-06-30", note="put off from 2026-02-01")]

    assert [fact.what for fact in life_cycle([], held).facts] == [FactKind.EFFECTIVE, FactKind.PARTLY_EFFECTIVE]
    assert [fact.what for fact in life_cycle([], alone).facts] == [FactKind.EFFECTIVE]


def test_a_date_of_effect_that_was_postponed_says_until_when() -> None:
    said = [
        stated(FactKind.EFFECTIVE, "2026-02-01", 3),
        stated(FactKind.EFFECTIVE, "2026-06-30"),
        stated(FactKind.POSTPONED, "2026-06-30"),
    ]

    assert {fact.value: fact.put_off_to for fact in life_cycle(said, []).facts if fact.put_off_to} == {
        "2026-02-01": ("2026-06-30",)
    }


def test_the_date_of_effect_that_more_stories_state_counts() -> None:
    said = [
        stated(FactKind.STAGE, "issued"),
        stated(FactKind.EFFECTIVE, "2025-07-01"),
        stated(FactKind.EFFECTIVE, "2025-09-01", 3),
    ]

    assert life_cycle(said, []).stage is Stage.ISSUED


def test_an_amended_law_stays_in_force() -> None:
    said = [stated(FactKind.STAGE, "amended"), stated(FactKind.AMENDMENT_EFFECTIVE, "2026-01-01")]

    life = life_cycle(said, [known(FactKind.EFFECTIVE, "2017-06-01")])

    assert (life.stage, life.stage_date, life.is_amended) == (Stage.IN_FORCE, "2017-06-01", True)
    assert not life_cycle(said, []).is_amended


@pytest.mark.parametrize(
    ("deadline", "closed"), [("2025-07-31", "2025-07-31"), ("2025-08-01", None), ("2025-08", None)], ids=str
)
def test_comments_are_closed_the_day_after_their_last(deadline: str, closed: str | None) -> None:
    life = life_cycle([stated(FactKind.STAGE, "draft"), stated(FactKind.COMMENTS_UNTIL, deadline)], [])

    assert (life.stage, life.closed) == (Stage.DRAFT, closed)


def test_a_decided_delay_takes_the_place_of_the_earlier_date_without_a_conflict() -> None:
    said = [
        stated(FactKind.STAGE, "issued"),
        stated(FactKind.EFFECTIVE, "2025-07-01", 5),
        stated(FactKind.EFFECTIVE, "2026-06-30"),
        stated(FactKind.POSTPONED, "2026-06-30"),
    ]

    life = life_cycle(said, [])

    assert (life.stage, life.stage_date) == (Stage.ISSUED, None)
    assert set(conflicts(life).values()) == {()}
    assert [(one.what, one.value) for one in life.upcoming] == [(FactKind.EFFECTIVE, "2026-06-30")]
    assert life_cycle(said, [], date(2026, 6, 30)).stage_date == "2026-06-30"


def test_a_proposed_delay_changes_no_date() -> None:
    said = [
        stated(FactKind.STAGE, "issued"),
        stated(FactKind.EFFECTIVE, "2025-07-01"),
        stated(FactKind.POSTPONEMENT_PROPOSED, "2026-06-30", 3),
        stated(FactKind.POSTPONEMENT_PROPOSED, "undated"),
    ]

    life = life_cycle(said, [])

    assert (life.stage, life.stage_date, life.upcoming) == (Stage.IN_FORCE, "2025-07-01", ())
    assert set(conflicts(life).values()) == {()}


def test_what_comes_next_stands_first_with_the_days_left() -> None:
    said = [
        stated(FactKind.EFFECTIVE, "2025-01-01"),
        stated(FactKind.ISSUED, "2025-12-01"),
        stated(FactKind.PARTLY_EFFECTIVE, "2026-08"),
        stated(FactKind.COMMENTS_UNTIL, "2025-08-03", 2),
    ]

    life = life_cycle(said, [known(FactKind.PARTLY_EFFECTIVE, "2026-08-02", note="high-risk systems")])

    assert [(one.what, one.value, one.days, one.stories, one.notes) for one in life.upcoming] == [
        (FactKind.COMMENTS_UNTIL, "2025-08-03", 2, 2, ()),
        (FactKind.PARTLY_EFFECTIVE, "2026-08", None, 1, ("high-risk systems",)),
    ]


@pytest.mark.parametrize(
    "others",
    [
        [stated(FactKind.AMENDMENT_EFFECTIVE, "2026-01-01")],
        [stated(FactKind.PARTLY_EFFECTIVE, "2026-01-01")],
        [stated(FactKind.APPLICABLE, "2026-01-01")],
        [stated(FactKind.AMENDED, "2025-10-28")],
    ],
    ids=["as amended", "in part", "applied", "after an amendment"],
)
def test_a_date_of_another_step_is_no_conflict(others: list[StatedValue]) -> None:
    said = [stated(FactKind.EFFECTIVE, "2017-06-01"), stated(FactKind.EFFECTIVE, "2026-01-01"), *others]

    assert set(conflicts(life_cycle(said, [])).values()) == {()}


@pytest.mark.parametrize(
    ("what", "one", "other", "is_conflict"),
    [
        (FactKind.COMMENTS_UNTIL, "2025-01-25", "2025-02-10", True),
        (FactKind.COMMENTS_UNTIL, "2024-10-14", "2025-09-22", False),
        (FactKind.ADOPTED, "2025-12-23", "2025-12-24", True),
        (FactKind.ADOPTED, "2024-03-13", "2024-05-21", False),
        (FactKind.NUMBER, "SB53", "SB1047", True),
        (FactKind.NUMBER, "PublicLaw119-12", "S.B.146", False),
        (FactKind.DRAFTED, "2024-09-14", "2024-09-15", False),
    ],
    ids=["one deadline", "two consultations", "one passing", "two houses", "one series", "bill and act", "drafts"],
)
def test_values_of_one_step_conflict(what: FactKind, one: str, other: str, *, is_conflict: bool) -> None:
    life = life_cycle([stated(what, one), stated(what, other)], [])

    assert any(fact.conflicts for fact in life.facts) is is_conflict


def test_facts_stand_in_the_order_of_a_life() -> None:
    said = [
        stated(FactKind.ISSUER, "公安部"),
        stated(FactKind.ISSUER, "网信办", 3),
        stated(FactKind.EFFECTIVE, "2023-08-15"),
        stated(FactKind.NUMBER, "令第15号"),
        stated(FactKind.ISSUED, "2023-07-13"),
        stated(FactKind.ISSUED, "2023-07-10"),
        stated(FactKind.COMMENTS_UNTIL, "2023-05-10"),
        stated(FactKind.STAGE, "issued"),
    ]

    found = [(fact.what.value, fact.value) for fact in life_cycle(said, []).facts]

    assert found == [
        ("stage", "issued"),
        ("comments_until", "2023-05-10"),
        ("issued", "2023-07-10"),
        ("issued", "2023-07-13"),
        ("effective", "2023-08-15"),
        ("number", "令第15号"),
        ("issuer", "网信办"),
        ("issuer", "公安部"),
    ]


DATES = st.sampled_from(["2025", "2025-09", "2025-09-01", "2025-09-05", "2025-10", "2026"])
KINDS = st.sampled_from([FactKind.EFFECTIVE, FactKind.ISSUED, FactKind.AMENDED])


@given(
    st.dictionaries(st.tuples(KINDS, DATES), st.integers(1, 9), max_size=8),
    st.sets(st.tuples(KINDS, DATES), max_size=4),
)
def test_nothing_is_lost_and_conflicts_are_mutual(
    said: dict[tuple[FactKind, str], int], held: set[tuple[FactKind, str]]
) -> None:
    facts = [known(what, value) for what, value in sorted(held)]
    life = life_cycle([stated(what, value, count) for (what, value), count in said.items()], facts)

    assert {(fact.what, fact.value) for fact in life.facts if fact.stories} == set(said)
    assert {one for fact in life.facts for one in fact.known} == set(facts)
    opposed = {(fact.what, fact.value, other) for fact in life.facts for other in fact.conflicts}
    assert opposed == {(what, other, value) for what, value, other in opposed}


@pytest.mark.parametrize(
    ("what", "value", "is_next"),
    [
        (FactKind.ISSUED, "2025-07-20", False),
        (FactKind.EFFECTIVE, "2025-08-01", False),
        (FactKind.ISSUED, "2025-08-02", True),
        (FactKind.ISSUED, "2025-08", True),
        (FactKind.ISSUED, "2016-11-07", True),  # the draft is of its amendment
    ],
)
def test_comments_are_not_next_once_what_they_were_asked_for_is_issued(
    what: FactKind, value: str, *, is_next: bool
) -> None:
    asked = replace(FIRST, published=Published(value="2025-07-10", precision="day", origin="meta"))
    comments = replace(stated(FactKind.COMMENTS_UNTIL, "2025-08-20"), first=asked)

    life = life_cycle([comments, stated(what, value)], [])

    assert (FactKind.COMMENTS_UNTIL in {one.what for one in life.upcoming}) is is_next
