"""A pattern of many words tells the same as asking for each."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.tag.sought import sought

_WORDS = ("model", "Model", "E.O.", " API", "ine-tuned", "T/", "B", "大模型", "A.I", "LLM", "LLMs")
_PIECES = (
    "model",
    "mo",
    "del",
    "Model",
    " ",
    ".",
    "E",
    "O",
    "API",
    "-",
    "ine",
    "tuned",
    "T",
    "/",
    "b",
    "大",
    "模型",
    "LLM",
    "s",
)
_WHOLE = ("model", "chips", "AI", "A.I", "operating system")
_WHOLE_PIECES = ("model", "s", "chip", " ", "AI", "A.", "I", "x", "-", "operating", "system", "大", "\n")


@given(st.lists(st.sampled_from(_PIECES)))
def test_any_of_the_words_is_found_wherever_it_stands(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert bool(re.search(sought(_WORDS), text)) == any(word in text for word in _WORDS)


@given(st.lists(st.sampled_from(_WHOLE_PIECES)))
def test_whole_words_are_found_where_they_stand_alone(pieces: list[str]) -> None:
    text = "".join(pieces)
    alone = any(re.search(rf"\b{re.escape(word)}\b", text) for word in _WHOLE)
    assert bool(re.search(sought(_WHOLE, whole=True), text)) == alone


@pytest.mark.parametrize(
    ("word", "source"), [("model", "m(?:odel)"), ("tokens", "k(?:(?<=tok)ens)"), ("Act", "A(?:ct)")], ids=str
)
def test_each_word_is_written_from_its_rarest_letter(word: str, source: str) -> None:
    assert sought([word]) == source
