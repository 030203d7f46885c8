"""What a text states of regulations is read, and given to the right one."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.stated import DATA, below_floors, read_facts, score
from bench.tagging import FIXTURES, FLOORS, read_rows
from monitor.tag import tag
from monitor.tag.stated import stated
from monitor.tag.stated_postponed import UNDATED
from storage.states import FactKind
from storage.tagged import StatedFact
from tests.unit.tag.regulations import A, B, facts, mentions, on


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            f"《{A}》自8月15日起施行，《{B}》同时废止。",
            {"a effective 2025-08-15", "a stage in_force", "b repealed 2025-08-15", "b stage repealed"},
            id="each-verb-its-own",
        ),
        pytest.param(
            f"根据《{A}》，有关部门制定了《戊己细则》，自2025年3月1日起施行。", set(), id="the-basis-is-not-the-subject"
        ),
        pytest.param(
            f"《{A}》发布一年来，《戊己管理规定》自3月1日起施行。", {"a stage issued"}, id="untracked-title-takes-it"
        ),
        pytest.param(f"《{A}》要求企业自9月1日起实施标识。", set(), id="a-duty-is-no-life"),
        pytest.param(f"专家建议尽快出台《{A}》，《{B}》尚未生效。", set(), id="wish-and-denial"),
        pytest.param(
            f"《{A}》将于2026年1月1日起施行。", {"a effective 2026-01-01", "a stage issued"}, id="still-to-come"
        ),
        pytest.param(
            f"修改后的《{A}》自2026年1月1日起施行。", {"a amendment_effective 2026-01-01"}, id="a-later-version"
        ),
        pytest.param(
            f"会议表决通过修改《{A}》的决定，自2026年1月1日起施行。",
            {"a stage amended", "a amendment_effective 2026-01-01"},
            id="the-amendment-takes-effect",
        ),
        pytest.param(
            f"《{A}》自2025年1月1日起施行，2020年5月1日公布的《{A}》同时废止。",
            {"a effective 2025-01-01", "a stage in_force"},
            id="the-older-version-ends",
        ),
        pytest.param(
            f"《{A}》2024年8月1日起施行，其中透明度义务自2026年8月2日起施行。",
            {"a effective 2024-08-01", "a stage in_force", "a partly_effective 2026-08-02"},
            id="a-part-is-not-the-whole",
        ),
        pytest.param(
            f"《{A}》和《{B}》都已落地，前者2024年5月1日起施行，后者2025年5月1日起施行。",
            {
                "a effective 2024-05-01",
                "b effective 2025-05-01",
                "a stage in_force",
                "b stage in_force",
            },
            id="the-former-and-the-latter",
        ),
        pytest.param(f"议会否决了《{A}》，《{B}》未获通过。", {"a stage failed", "b stage failed"}, id="failed"),
        pytest.param(
            f"6月2日，《{A}（征求意见稿）》发布，征求意见时间为6月2日至7月2日。",
            {"a stage draft", "a drafted 2025-06-02", "a comments_until 2025-07-02"},
            id="a-span-for-comments",
        ),
        pytest.param(f"新华社北京9月9日电 会议通过《{A}》。", {"a stage adopted"}, id="the-dateline-is-no-date"),
        pytest.param(
            f"国家网信办9月1日发布通知，就《{A}（征求意见稿）》公开征求意见。",
            {"a stage draft", "a issuer 国家网信办", "a drafted 2025-09-01"},
            id="a-notice-asks",
        ),
        pytest.param(
            f"会议9月5日通过《{A}》，自公布之日起施行。", {"a adopted 2025-09-05", "a stage adopted"}, id="passed"
        ),
        pytest.param(f"《{A}》下月1日起施行。", {"a effective 2025-10-01", "a stage issued"}, id="next-month"),
        pytest.param(f"《{A}》明年元旦起施行。", {"a effective 2026-01-01", "a stage issued"}, id="new-years-day"),
        pytest.param(f"发布《{A}》和《{B}》。", {"a stage issued", "b stage issued"}, id="a-list-shares-its-verb"),
        pytest.param(f"《{A}》答记者问发布。", set(), id="what-is-about-it-is-another"),
        pytest.param(
            f"《{A}》自公布之日起施行，7月3日公布。",
            {"a effective 2025-07-03", "a issued 2025-07-03", "a stage issued"},
            id="from-the-day-it-is-issued",
        ),
        pytest.param(f"与《{A}》相比，该公司7月1日发布的产品更严。", set(), id="a-product-is-issued"),
        pytest.param(
            f"有报道称《{A}》自2025年6月1日起施行。也有报道称《{A}》自2025年7月1日起施行。",
            {"a effective 2025-06-01", "a effective 2025-07-01", "a stage in_force"},
            id="a-conflict-is-kept",
        ),
        pytest.param(
            f"《{A}（征求意见稿）》公开征求意见，截止时间为10月8日。",
            {"a comments_until 2025-10-08", "a stage draft"},
            id="draft",
        ),
        pytest.param(
            f"《{A}》提请审议。《{B}》列入年度立法计划。",
            {"a stage under_review", "b stage planned"},
            id="before-it-is-law",
        ),
        pytest.param(
            f"《{A}》（国信办通字[2025] 2 号）", {"a number 国信办通字〔2025〕2号"}, id="number-without-spaces"
        ),
        pytest.param(f"《戊己办法》（国信办通字〔2025〕2号）与《{A}》", set(), id="number-of-another"),
        pytest.param(
            f"由国家网信办、工业和信息化部等四部门联合制定的《{A}》",
            {"a issuer 国家网信办", "a issuer 工业和信息化部"},
            id="bodies-one-by-one",
        ),
        pytest.param(
            f"民國114年3月7日公布《{A}》，自次年1月1日起施行。",
            {"a issued 2025-03-07", "a stage issued", "a effective 2026-01-01"},
            id="years-of-the-republic",
        ),
    ],
)
def test_fact_goes_to_the_regulation_it_is_said_of(text: str, expected: set[str]) -> None:
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Lawmakers may repeal the {}.", set(), id="may"),
        pytest.param("The governor vetoed the {}.", {"stage failed"}, id="veto"),
        pytest.param("The governor may veto the {}, and threatened to withdraw it.", set(), id="may-veto"),
        pytest.param("The {} was voted down on 3 June 2025.", {"failed 2025-06-03", "stage failed"}, id="voted-down"),
        pytest.param(
            "Parliament adopted the {} on 13 March 2024.",
            {"adopted 2024-03-13", "stage adopted", "issuer Parliament"},
            id="passed-is-not-issued",
        ),
        pytest.param(
            "The {} entered into force on 1 August 2024 and is applicable from 2 August 2026.",
            {"effective 2024-08-01", "stage in_force", "applicable 2026-08-02"},
            id="in-force-is-not-applied",
        ),
        pytest.param(
            "Reporting obligations under the {} apply from 1 May 2026.", {"partly_effective 2026-05-01"}, id="a-duty"
        ),
        pytest.param(
            "On Monday lawmakers passed amendments to the {}.",
            {"amended 2025-09-08", "stage amended"},
            id="amendments",
        ),
        pytest.param(
            "Parliament passed the {} on 21 May 2025, and it took effect in June.",
            {"adopted 2025-05-21", "stage adopted", "issuer Parliament", "effective 2025-06", "stage in_force"},
            id="may-is-a-month-too",
        ),
        pytest.param("The {} amends the Widget Code.", set(), id="what-amends-is-not-amended"),
        pytest.param(
            "The {} (Pub. L. 119-12) was signed on Monday.",
            {"number PublicLaw119-12", "issued 2025-09-08", "stage adopted"},
            id="public-law",
        ),
        pytest.param("The {} takes effect next Monday.", {"effective 2025-09-15", "stage issued"}, id="weekday"),
        pytest.param("The {} has not entered into force.", set(), id="not"),
        pytest.param(
            "The {} entered into force on 1 August 2024.", {"effective 2024-08-01", "stage in_force"}, id="in-force"
        ),
        pytest.param("The {} takes effect Jan. 1, 2026.", {"effective 2026-01-01", "stage issued"}, id="to-come"),
        pytest.param("The Senate passed the {}.", {"stage under_review"}, id="one-chamber"),
        pytest.param(
            "Comments on the draft {} are due by October 8.",
            {"comments_until 2025-10-08", "stage draft"},
            id="comments",
        ),
        pytest.param("Under the {}, the Widget Safety Act took effect in 2024.", set(), id="another-act"),
    ],
)
def test_english_says_it_too(text: str, expected: set[str]) -> None:
    text = text.format("Sample Model Act")
    found = stated(None, text, mentions(text, a="Sample Model Act"), on("2025-09-10"))

    assert {f"{fact.what} {fact.value}" for fact in found} == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        pytest.param("2025-12-30", "2026-01-01", id="next-year"),
        pytest.param("2026-01-03", "2026-01-01", id="this-year"),
        pytest.param("2025-07-01", "2025-01-01", id="nearest"),
        pytest.param(None, None, id="unknown-is-not-stated"),
    ],
)
def test_missing_year_comes_from_the_day_of_publication(published: str | None, expected: str | None) -> None:
    text = f"《{A}》自1月1日起施行。"
    found = stated(None, text, mentions(text, a=A), on(published))

    assert next((fact.value for fact in found if fact.what is FactKind.EFFECTIVE), None) == expected


SEEDS = {
    "002": (
        None,
        "2023-08-16",
        {
            "effective 2023-08-15 8月15日",
            "issuer 国家网信办 国家网信办",
            "stage issued 正式发布",
            "stage in_force 正式施行",
        },
    ),
    "003": (
        None,
        None,
        {
            "issued 2022-11-25 2022年11月25日",
            "issuer 國家互聯網信息辦公室 國家互聯網信息辦公室",
            "issuer 工業和信息化部 工業和信息化部",
            "issuer 公安部 公安部",
            "stage issued 聯合發布",
        },
    ),
    "004": (
        None,
        "2023-09-30",
        {
            "issued 2023-07-10 7月10日",
            "issuer 国家网信办 国家网信办",
            "issuer 国家发改委 国家发改委",
            "issuer 教育部 教育部",
            "issuer 科技部 科技部",
            "adopted 2023-07-10 7月10日",
            "stage adopted 审议通过",
            "stage issued 发布",
            "effective 2023-08-15 8月15日",
            "stage in_force 正式施行",
        },
    ),
}


@pytest.mark.parametrize("seed", SEEDS)
def test_seed_states_what_it_states(seed: str) -> None:
    title, published, expected = SEEDS[seed]
    text = next((FIXTURES / "seeds").glob(f"{seed}_*.txt")).read_bytes().decode("utf-8")

    found = stated(title, text, tag(title, text), on(published))

    assert {f"{fact.what} {fact.value} {fact.surface}" for fact in found} == expected
    assert len({fact.entity for fact in found}) == 1


@pytest.mark.parametrize("part", ["tuned", "held_out"])
def test_floor_of_the_labelled_texts_holds(part: str) -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["stated"]
    figures = score(read_rows(DATA / f"{part}.jsonl"), read_facts)
    other = {"all": {"recall": 1.0, "precision": 1.0}}

    assert below_floors({"tuned": other, "held_out": other, "ms_per_article": 0, part: figures}, floors) == []


_WORDS = st.sampled_from(
    [
        A,
        B,
        f"《{A}》",
        "《戊己》",
        "(",
        "）",
        "《",
        "》",
        "“",
        "，",
        "。",
        "、",
        "\n",
        "自",
        "起施行",
        "发布",
        "公布",
        "通过",
        "废止",
        "意见",
        "2025年9月1日",
        "13月40日",
        "0年",
        "二〇二五年",
        "截止",
        "前",
        "国家网信办",
        "等",
        "由",
        "制定的",
        "号",
        "令第15号",
        "the Act",
        "took effect",
        " on 31 February 2024 ",
        "comments by ",
        "signed ",
        "该办法",
        "𠀀",
        "ﬃ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=40).map("".join), st.sampled_from([None, "2024-02-29", "1-1", "2025-12"]))
def test_every_surface_is_the_text_at_its_offsets(text: str, day: str | None) -> None:
    found = stated(text, text, mentions(text, a=A, b=B), on(day))

    assert all(text[one.start : one.end] == one.surface != "" for one in found)
    assert len({(one.entity, one.what, one.value) for one in found}) == len(found)
    assert all(_is_dated(one) for one in found)


def _is_dated(fact: StatedFact) -> bool:
    if fact.what in (FactKind.STAGE, FactKind.ISSUER, FactKind.NUMBER):
        return True
    if fact.what in (FactKind.POSTPONED, FactKind.POSTPONEMENT_PROPOSED) and fact.value == UNDATED:
        return True
    return len(fact.value) in (4, 7, 10) and fact.value.replace("-", "").isdigit()


@pytest.mark.parametrize(
    "unit",
    [
        *("(", "《", "发布", f"《{A}》和", "自2025年1月1日起施行，", "由国", "令" * 18 + "号", "1", "signed the "),
        *(
            "推迟",
            "高风险义务",
            f"义务义务{A}义务义务推迟",
            "国家网信办、",
            "令第15号",
            f"{A}现予公布\n",
            "经教育部同意",
        ),
        *("delay the ", "'s obligations delayed ", "the Ministry of ", "1 January 2025 as Act No. "),
    ],
)
def test_hostile_text_costs_by_its_length(unit: str) -> None:
    text = A + unit * (40_000 // len(unit))
    found = mentions(text, a=A)
    start = time.process_time()

    stated(None, text, found, on("2025-09-10"))

    assert time.process_time() - start < 10  # seconds; the square of the length would take minutes


def test_text_without_a_regulation_states_nothing() -> None:
    assert stated("《甲乙办法》发布", "《甲乙办法》自2025年1月1日起施行。", (), on("2025-01-01")) == ()
