"""The near-copy bench labels what it says it labels, and its figures are what they are called."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from bench.near_copies.articles import articles, resemblance, written
from bench.near_copies.damage import damaged
from bench.near_copies.edits import cut, repunctuated, reworded
from bench.near_copies.furniture import furnished
from bench.near_copies.grammar import Draft, Language, draw, schemes
from bench.near_copies.judge import Judged, figures, kinds
from bench.near_copies.pair import LINKED, Pair
from bench.near_copies.pairs import labelled_pairs
from bench.near_copies.report import below_floors, worst
from bench.near_copies.scripts import converted, misconverted
from monitor.dedupe import compare

PAIRS = tuple(labelled_pairs(Random(5), 2))
FILES = ("articles", "forms", "sections", "standing", "events")
BOTH: tuple[Language, ...] = ("zh", "en")


@pytest.mark.parametrize("language", BOTH)
@pytest.mark.parametrize("file", FILES)
def test_every_scheme_can_be_drawn(file: str, language: Language) -> None:
    for scheme in schemes(file, language):
        draft = draw(scheme, Random(1))

        assert "{" not in draft.text + draft.title
        assert "|" not in draft.text


@pytest.mark.parametrize("language", BOTH)
def test_there_are_many_forms_and_articles_and_some_are_held_out(language: Language) -> None:
    for file in ("articles", "forms"):
        found = schemes(file, language)

        assert len(found) >= 25
        assert len({scheme.name for scheme in found}) == len(found)
        assert 3 <= sum(scheme.held_out for scheme in found) <= len(found) // 2


def test_one_seed_gives_the_same_pairs() -> None:
    assert tuple(labelled_pairs(Random(5), 2)) == PAIRS


def test_another_seed_gives_other_pairs() -> None:
    other = {pair.b.body for pair in labelled_pairs(Random(6), 2) if pair.goal == "template"}

    assert other.isdisjoint(pair.b.body for pair in PAIRS if pair.goal == "template")


def test_redrawn_facts_are_other_facts_in_the_same_wording() -> None:
    draft = draw(schemes("forms", "zh")[0], Random(2))
    keys = draft.keys("number", "name")
    other = draft.redrawn(Random(3), keys)

    assert all(other.facts[key].text != draft.facts[key].text for key in keys)
    assert all(other.facts[key] == fact for key, fact in draft.facts.items() if key not in keys)
    assert other.paragraphs == draft.paragraphs


@pytest.mark.parametrize("kind", ["form, other numbers", "form, other names", "form, other dates"])
def test_forms_differ_in_what_their_kind_says(kind: str) -> None:
    pairs = [pair for pair in PAIRS if pair.kind == kind]

    assert pairs
    assert all(pair.a.body != pair.b.body and pair.a.scheme == pair.b.scheme for pair in pairs)


def test_unlike_articles_share_little() -> None:
    for pair in PAIRS:
        if pair.kind in ("other article", "same event in own words"):
            assert resemblance(pair.a.body, pair.b.body) < 0.15


def test_a_held_text_stands_whole_in_the_longer_one() -> None:
    for pair in PAIRS:
        if pair.kind in ("item of a morning brief", "speech in a report", "release in an article"):
            longer, held = sorted((pair.a.body, pair.b.body), key=len, reverse=True)

            assert held in longer


@pytest.mark.parametrize("language", BOTH)
def test_edits_do_as_much_as_they_say(language: Language) -> None:
    text = next(found.text.body for found in articles(language, Random(4), 12) if found.draft)

    assert len(cut(text, 0.3)) == int(len(text) * 0.3)
    assert 1.3 < len(furnished(text, language, Random(1), 0.6)) / len(text) < 2.0
    assert resemblance(text, repunctuated(text, language, Random(1))) > (0.99 if language == "en" else 0.5)
    assert 0.3 < resemblance(text, reworded(text, language, Random(1), 0.6)) < 0.85
    assert 0.6 < resemblance(text, damaged(text, Random(1), 0.02)) < 0.95


def test_conversions_change_the_script() -> None:
    assert converted("后台发布", "s2t") == "後臺發佈"
    assert misconverted("头发", Random(1)) in ("頭發", "頭髮")


@pytest.mark.parametrize("language", BOTH)
def test_written_texts_are_long_enough_to_be_cut(language: Language) -> None:
    assert all(len(text.body) >= 300 for text in written(language))


def judged(pair: Pair, verdict: str) -> Judged:
    found = compare(pair.a.body, pair.b.body)
    return Judged(pair=pair, verdict=verdict, is_nominated=True, why="why", evidence=found.evidence)


def test_figures_count_merged_templates_and_missed_copies() -> None:
    copy = next(pair for pair in PAIRS if pair.goal == "link")
    template = next(pair for pair in PAIRS if pair.goal == "template")
    found = figures([judged(copy, "near_copy"), judged(copy, "new"), judged(template, "near_copy")])

    assert found["recall"] == 0.5
    assert found["templates_merged"] == 1
    assert found["look_alikes"] == 1


def test_kinds_say_what_the_verdicts_were() -> None:
    copy = next(pair for pair in PAIRS if pair.goal == "link" and pair.right < LINKED)
    row = kinds([judged(copy, "near_copy"), judged(copy, "revision")])[f"{copy.kind}, {copy.language}"]

    assert row["pairs"] == 2
    assert row["linked"] == 1
    assert row["verdicts"] == {"near_copy": 1, "revision": 1}


def test_worst_shows_misjudged_pairs_but_none_that_is_held_out() -> None:
    wrong = next(pair for pair in PAIRS if pair.goal == "template" and not pair.held_out)
    hidden = replace(wrong, a=replace(wrong.a, held_out=True))

    assert any(wrong.a.title in line for line in worst([judged(wrong, "near_copy")], 1, None))
    assert list(worst([judged(hidden, "near_copy")], 1, None)) == []


def test_floors_and_ceilings_are_told() -> None:
    result = {"all": {"recall": 0.9, "templates_merged": 2}}

    assert below_floors(result, {"all": {"recall": 0.9, "max_templates_merged": 2}}) == []
    assert len(below_floors(result, {"all": {"recall": 0.91, "max_templates_merged": 1}})) == 2


def test_a_draft_tells_its_facts_in_body_and_title() -> None:
    draft: Draft = draw(schemes("forms", "zh")[0], Random(2))
    told = draft.told({"company1": "某某"})

    assert "某某" in told.text
    assert told.title.startswith("某某")
