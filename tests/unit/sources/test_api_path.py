"""Paths into JSON, and rows by them, whatever the document is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.sources._api import Paths, parse_api
from monitor.sources._api_document import Place
from monitor.sources._api_path import compile_path, explain, find, first
from monitor.sources._entry import Found
from monitor.sources._parsed import Document
from monitor.types import Rejected

DOCUMENT = {
    "a": {"b": [1, 2, {"c": "x"}], "d.e": 5, "*": 6, "0": "zero"},
    "rows": [{"v": 1}, {"v": 2}, {"w": 3}],
    "text": '{"deep": {"list": [7, 8]}}',
    "broken": '{"deep"',
    "none": None,
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("a.b[0]", [1]),
        ("a.b.1", [2]),
        ("a.b[-1].c", ["x"]),
        ("a.b[9]", []),
        ("a.b[]", [1, 2, {"c": "x"}]),
        ("a.b[*].c", ["x"]),
        ("rows[].v", [1, 2]),
        ("rows.*.v", [1, 2]),
        ("rows[1]", [{"v": 2}]),
        ('a["d.e"]', [5]),
        ("a['*']", [6]),
        ("a.0", ["zero"]),
        ("a.0.x", []),
        ("text.deep.list[1]", [8]),
        ("text.deep.list[]", [7, 8]),
        ("broken.deep", []),
        ("none", [None]),
        ("none.x", []),
        ("", [DOCUMENT]),
        ("*.v", []),
    ],
)
def test_path_leads_to(path: str, found: list[Any]) -> None:
    assert find(DOCUMENT, compile_path(path)) == found
    assert first(DOCUMENT, compile_path(path)) == (found[0] if found else None)


def test_path_may_begin_with_a_list() -> None:
    assert find([{"a": 1}, {"a": 2}], compile_path("[].a")) == [1, 2]
    assert find([{"a": 1}, {"a": 2}], compile_path("[1].a")) == [2]
    assert find({"x": {"a": 1}}, compile_path("*.a")) == [1]


@pytest.mark.parametrize("text", ["a..b", ".", "a.", "a[", "a[x]", "a]", "[0", "a**", '["a', "a[]b"])
def test_what_is_no_path_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected a path such as data\.list"):
        compile_path(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.just('{"a": [1]}'),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)
PATHS = st.lists(st.sampled_from(["a", "b", "[]", "*", "[0]", "0"]), max_size=4).map(
    lambda steps: "".join(step if step.startswith("[") else f".{step}" for step in steps).lstrip(".")
)


@given(JSON, PATHS)
def test_any_value_can_be_walked_and_explained(value: Any, text: str) -> None:
    path = compile_path(text)

    assert (first(value, path) is not None) <= bool(find(value, path))
    assert explain(value, path)


@given(JSON, PATHS, PATHS)
def test_any_answer_gives_items_or_one_reason(value: Any, items: str, inner: str) -> None:
    document = Document(address="https://a.example/", base="https://a.example/")
    paths = Paths(
        items=items, link=inner, title=(inner,), date=(inner,), updated=(inner,), author=(inner,), content=(inner,),
        where={inner: [True, "x"]},
    )  # fmt: skip

    found = parse_api(json.dumps(value).encode(), None, document, datetime(2023, 7, 5, tzinfo=UTC), Place(), paths, 3)

    assert isinstance(found, Found | Rejected)
