"""The extraction bench scores what it says it scores."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.extraction.corpus import pages
from bench.extraction.extractors import Answer
from bench.extraction.layouts import LAYOUTS
from bench.extraction.page import Gold, Page
from bench.extraction.rejects import not_articles
from bench.extraction.report import below_floors, worst
from bench.extraction.run import Row, Run
from bench.extraction.score import furniture_left, is_date_right, score

CORPUS = tuple(pages())
GOLD = Gold(
    title="甲说“乙”",
    lines=("第一段写了一些事情。", "小标题", "第二段又写了另外一些事情。"),
    headings=frozenset({"小标题"}),
    leads=frozenset(),
    published="2023-07-06T08:15+08:00",
    authors=frozenset({"周砚秋"}),
    editors=frozenset({"程北"}),
    source="云河日报",
    publisher=None,
    account=None,
    furniture=("责任编辑：", "打印"),
    neutral=("图为现场。",),
    next_page=None,
)


def _answer(**changes: object) -> Answer:
    values: dict[str, object] = {
        "text": GOLD.text,
        "title": GOLD.title,
        "published": GOLD.published,
        "authors": GOLD.authors,
        "editors": GOLD.editors,
        "source": GOLD.source,
        "publisher": "",
        "next_page": "",
        "headings": GOLD.headings,
    }
    return Answer(**(values | changes))  # type: ignore[arg-type]


def test_corpus_is_large_and_always_the_same() -> None:
    assert len({page.key for page in CORPUS}) == len(CORPUS) >= 150
    assert tuple(pages()) == CORPUS
    assert Counter(page.group for page in CORPUS).keys() == {"zh", "zh-Hant", "en"}
    assert len(tuple(not_articles())) >= 25


def test_a_third_of_the_layouts_is_held_out() -> None:
    assert 0.25 < sum(layout.held_out for layout in LAYOUTS) / len(LAYOUTS) < 0.4
    assert len(LAYOUTS) == len({layout.name for layout in LAYOUTS}) >= 24


def _contradictions(page: Page) -> list[str]:
    html, gold = page.body.decode(page.charset), page.gold
    names = [name for name in gold.authors or () if name.casefold() not in html.casefold()]
    sources = [gold.source] if gold.source and gold.source not in html else []
    return [line for line in gold.furniture if line in gold.lines] + names + sources


def test_gold_stands_on_its_page() -> None:
    assert {page.key: found for page in CORPUS if (found := _contradictions(page))} == {}


def test_the_gold_itself_scores_full_marks() -> None:
    found = score(_answer(), GOLD)

    assert {name for name, value in found.items() if value != 1} == {"furniture"}
    assert found["furniture"] == 0


def test_bullets_white_space_captions_and_the_title_do_not_count() -> None:
    text = "甲说“乙”\n　　第一段写了一些 事情。\n图为现场。\n- 小标题\n第二段又写了另外一些事情。"

    assert score(_answer(text=text), GOLD)["f1"] == 1


def test_a_caption_glued_into_a_sentence_costs_precision() -> None:
    text = GOLD.text.replace("事情。\n小", "事情。图为现场。\n小")

    found = score(_answer(text=text), GOLD)
    assert found["precision"] < 1
    assert found["lines"] < 1


def test_a_lost_paragraph_costs_recall_alone() -> None:
    found = score(_answer(text="\n".join(GOLD.lines[:2])), GOLD)

    assert found["precision"] == 1
    assert found["recall"] < 0.6


@pytest.mark.parametrize(
    ("extra", "left"),
    [("(责任编辑：程北)", ["责任编辑："]), ("打印", ["打印"]), ("他打印了两份。", [])],
    ids=["within a line", "short, a line of its own", "short, in a sentence"],
)
def test_furniture_is_found(extra: str, left: list[str]) -> None:
    assert furniture_left(f"{GOLD.text}\n{extra}", GOLD) == left


@pytest.mark.parametrize(
    ("found", "wanted", "right", "day"),
    [
        ("2023-07-06T08:15+08:00", "2023-07-06T08:15+08:00", True, True),
        ("2023-07-06T00:15Z", "2023-07-06T08:15+08:00", True, True),
        ("2023-07-06 08:15", "2023-07-06T08:15+08:00", True, True),
        ("2023-07-06T08:15:00+08:00", "2023-07-06T08:15+08:00", False, True),
        ("2023-07-06", "2023-07-06T08:15+08:00", False, True),
        ("2023-07-06T00:00", "2023-07-06", False, True),
        ("2023-07-06T08:15", "2023-07-06T08:15:22+08:00", True, True),
        ("2023-07-06T08:15:21", "2023-07-06T08:15:22+08:00", False, True),
        ("2023-07-05T23:59+08:00", "2023-07-06", False, False),
        ("2023-13-45", "2023-07-06", False, False),
        ("", "2023-07-06", False, False),
    ],
)
def test_a_date_is_right_at_the_precision_of_the_page_and_no_finer(
    found: str, wanted: str, right: bool, day: bool
) -> None:
    assert is_date_right(found, wanted) is right
    assert is_date_right(found, wanted, day_only=True) is day


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": "甲说"}, "title"),
        ({"authors": frozenset({"周砚秋", "程北"})}, "author"),
        ({"source": "云河"}, "source"),
        ({"editors": frozenset()}, "editor"),
        ({"headings": frozenset()}, "headings"),
        ({"next_page": "https://a.test/2"}, "next_page"),
    ],
)
def test_a_wrong_field_is_a_miss(changes: dict[str, object], wrong: str) -> None:
    found = score(_answer(**changes), GOLD)

    assert [name for name, value in found.items() if value != 1 and name != "furniture"] == [wrong]


def test_what_an_extractor_does_not_offer_is_not_scored() -> None:
    assert score(Answer(text=GOLD.text), GOLD).keys() == {"precision", "recall", "f1", "lines", "furniture"}


def test_held_out_pages_are_never_shown() -> None:
    rows = tuple(Row(page=page, answer=Answer(), score=score(Answer(), page.gold)) for page in CORPUS)

    shown = "\n".join(worst(Run(rows=rows, pages_per_s=1.0, refused=()), len(rows)))

    assert [page.key for page in CORPUS if page.key in shown] == [page.key for page in CORPUS if not page.held_out]


def test_floors_and_ceilings_are_told_apart() -> None:
    parts = {"zh": {"f1": 0.9, "furniture": 0.2}}

    assert below_floors(parts, {"zh": {"f1": 0.9, "max_furniture": 0.2}}) == []
    assert len(below_floors(parts, {"zh": {"f1": 0.91, "max_furniture": 0.19}})) == 2
