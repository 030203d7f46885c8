"""The tables of words and names."""

from __future__ import annotations

from collections import Counter
from importlib.resources import files

import pytest

from monitor.dedupe import lexicon
from monitor.dedupe.lexicon import are_equivalent, is_common, is_english_word, is_place, sounds_alike, word_kind
from storage.fold import fold

NAMES = frozenset({"j", "ns", "nr", "nz", "nrt", "nrfg", "nt"})
NOUNS = frozenset({"n", "s", "b", "z"})
LEAST = 30


def test_words_are_those_of_jieba_that_are_no_names() -> None:
    rows = [[*line.split(), ""][:3] for line in files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines()]
    listed = {"things": set[str](), "doings": set[str]()}
    for word, count, tag in rows:
        if (
            len(word) == 2
            and all("一" <= char <= "\u9fff" for char in word)
            and int(count) >= LEAST
            and tag not in NAMES
        ):
            listed["things" if tag in NOUNS else "doings"].add(word)

    kept = {kind: {first + last for first, rest in lexicon._words(kind).items() for last in rest} for kind in listed}
    assert kept == listed


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("表示", "doing"),
        ("研究人员", "thing"),
        ("有所增长", "thing"),
        ("在", "doing"),
        ("湖人", None),
        ("华能", None),
        ("李明", None),
        ("", "doing"),
    ],
)
def test_ordinary_words_are_known(text: str, kind: str | None) -> None:
    assert word_kind(text) == kind


@pytest.mark.parametrize(
    ("is_so", "expected"),
    [
        (sounds_alike("明", "铭"), True),
        (sounds_alike("强", "刚"), False),
        (is_place("河南"), True),
        (is_place("Iran"), True),
        (is_place("南"), False),
        (is_english_word("Officials"), True),
        (is_english_word("Globex"), False),
        (are_equivalent("特朗普", "川普"), True),
        (are_equivalent("特朗普", "拜登"), False),
        (are_equivalent("nobody", "nothing"), False),
        (is_common("铭"), True),
        (is_common("鬰"), False),
    ],
)
def test_tables_answer(is_so: bool, expected: bool) -> None:
    assert is_so is expected


def test_names_that_mean_the_same_are_folded_and_listed_once_a_line() -> None:
    lines = [line.split() for line in lexicon._lines("same", "names")]

    assert [names for names in lines if len(names) < 2 or max(Counter(names).values()) > 1] == []
    assert [name for names in lines for name in names if fold(name) != name] == []


def test_no_place_is_called_like_another_listed_name_of_it() -> None:
    rows = [set(line.split()) for line in lexicon._lines("same", "names")]
    places = lexicon._places()

    assert [row for row in rows if len(row & places) > 3] == []
