"""Lags, dates, shares and reasons as a person reads them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.cli._moves import corrections_in_words, edge_in_words
from monitor.cli._table import aligned, fitted, width_of, wrapped
from monitor.cli._words import lag_in_words, pairs_in_words, published_in_words
from monitor.cli._words import share as share_in_words
from storage.feed import as_json
from tests.unit.storage.worlds import evidence

HOUR, DAY = 3600, 86400


@pytest.mark.parametrize(
    ("days", "seconds", "words"),
    [
        (0, 0, "same minute"),
        (0, 59, "same minute"),
        (0, 720, "+12 min"),
        (0, 2 * HOUR, "+2 h"),
        (0, 2 * HOUR + 600, "+2 h 10 min"),
        (1, 23 * HOUR, "+23 h"),
        (1, DAY, "+1 day"),
        (3, 3 * DAY + 4 * HOUR, "+3 days 4 h"),
        (0, None, "same day"),
        (1, None, "+1 day"),
        (12, None, "+12 days"),
        (-1, None, "same day"),
    ],
)
def test_lag_is_told_as_fine_as_it_is_known(days: int, seconds: int | None, words: str) -> None:
    assert lag_in_words({"days": days, "seconds": seconds}) == words


def test_missing_lag_is_unknown() -> None:
    assert lag_in_words(None) == "unknown"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-03", "2026-03"),
        ("2026-03-01", "2026-03-01"),
        ("2026-03-01T08:30+08:00", "2026-03-01 08:30 +08:00"),
        ("2026-03-01T08:30:15-05:00", "2026-03-01 08:30 -05:00"),
        ("2026-03-01T08:30:15.250Z", "2026-03-01 08:30 UTC"),
        ("2026-03-01T08:30", "2026-03-01 08:30"),
    ],
)
def test_date_is_told_as_its_page_gives_it(value: str, words: str) -> None:
    assert published_in_words({"value": value}) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0 %"), (0.001, "<1 %"), (0.5, "50 %"), (0.994, "99 %"), (0.9999, ">99 %"), (1, "100 %")]
)
def test_share_is_never_rounded_to_all_or_nothing(value: float, words: str) -> None:
    assert share_in_words(value) == words


@pytest.mark.parametrize(
    ("verdict", "this", "words"),
    [
        ("revision", 2, "this is a revision of article 1: "),
        ("revision", 1, "article 2 is a revision of this: "),
        ("contains", 2, "this contains article 1: this holds 95 % of article 1"),
        ("contains", 1, "article 2 contains this: article 2 holds 95 % of this"),
        ("contained_in", 2, "this is contained in article 1: article 1 holds 97 % of this"),
        ("template_sibling", 2, "this is from the same template as article 1: one form filled in twice"),
    ],
)
def test_edge_names_both_articles(verdict: str, this: int, words: str) -> None:
    edge = {"from_id": 2, "to_id": 1, "verdict": verdict, "evidence": as_json(evidence())}
    said = edge_in_words(this, edge)
    assert said.startswith(words)
    assert "1 number differs: 120 -> 100" in said, "from the older to the newer"


def test_only_the_two_texts_are_renamed() -> None:
    conflicts = (("A holds 3 % of B", "B"),)
    edge = {"from_id": 2, "to_id": 1, "verdict": "contains", "evidence": as_json(evidence(name_conflicts=conflicts))}
    assert "B -> A holds 3 % of B" in edge_in_words(2, edge)


def test_what_was_said_at_once_is_one_sentence() -> None:
    said: list[dict[str, Any]] = [
        {"verdict": "apart", "article_id": one, "story_id": 1, "other_id": other, "other_story_id": 2, "note": "n"}
        | {"created_at": "2026-03-01"}
        for one in (1, 2)
        for other in range(10, 25)
    ]
    assert list(corrections_in_words(said)) == [
        (
            "2026-03-01",
            "articles 1, 2 kept apart from articles 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 5 more (story 2): n",
        )
    ]


def test_many_changes_are_cut() -> None:
    pairs = [[str(n), str(n + 1)] for n in range(7)]
    assert pairs_in_words(pairs) == "0 -> 1, 1 -> 2, 2 -> 3, 3 -> 4, 4 -> 5 and 2 more"


CELLS = st.text("ab 中文１", max_size=12)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1), st.integers(40, 100))
def test_columns_stand_below_each_other_and_fit(rows: list[tuple[str, str, str]], columns: int) -> None:
    lines = aligned(rows, columns)
    assert len(lines) == len(rows)
    assert max(map(width_of, lines)) <= max(columns, 1 + 2 * 2 + 2 * 24)


@given(st.text("ab 中文", max_size=40), st.integers(1, 30))
def test_fitted_text_is_never_wider(text: str, columns: int) -> None:
    assert width_of(fitted(text, columns)) <= columns


@given(st.text("ab 中", max_size=60), st.integers(12, 40))
def test_wrapping_keeps_every_word_whole(text: str, columns: int) -> None:
    lines = wrapped(text, columns, indent="    ")
    assert " ".join(lines).split() == text.split()
