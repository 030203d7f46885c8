from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest

from storage.feed import as_json
from storage.feed.titles import display_title
from storage.records import Outcome, Published


@dataclass(frozen=True)
class Whole:
    when: datetime
    outcome: Outcome
    inner: Published
    many: tuple[str, ...]
    by_outcome: dict[Outcome, int]


def test_dataclass_becomes_an_object() -> None:
    value = Whole(
        when=datetime(2026, 3, 2, 8, tzinfo=UTC),
        outcome=Outcome.STORED,
        inner=Published(value="2026-03-02", precision="day", origin="meta"),
        many=("a", "b"),
        by_outcome={Outcome.GONE: 2},
    )
    assert as_json(value) == {
        "when": "2026-03-02T08:00:00.000000Z",
        "outcome": "stored",
        "inner": {"value": "2026-03-02", "precision": "day", "origin": "meta"},
        "many": ["a", "b"],
        "by_outcome": {"gone": 2},
    }


@pytest.mark.parametrize("value", [None, True, 1, 0.5, "文"])
def test_plain_values_stay(value: Any) -> None:
    assert as_json(value) is value


@pytest.mark.parametrize("value", [b"bytes", object(), Whole], ids=["bytes", "an object", "a class"])
def test_value_without_a_form_is_an_error(value: Any) -> None:
    with pytest.raises(TypeError, match="form in JSON"):
        as_json(value)


@pytest.mark.parametrize(
    ("title", "text", "shown"),
    [
        ("题目", "正文。", "题目"),
        (None, "第一句。第二句。", "第一句。"),
        (" ", "无标点\n第二行", "无标点"),
        ("", "\n\n  真的？是的。", "真的？"),
        (None, "长" * 81, "长" * 79 + "…"),
        (None, "长" * 80, "长" * 80),
        (None, "", ""),
    ],
)
def test_first_sentence_stands_in_for_a_title(title: str | None, text: str, shown: str) -> None:
    assert display_title(title, text) == shown
