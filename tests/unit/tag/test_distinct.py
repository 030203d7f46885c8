"""No piece of a name beside the whole, no filler, English terms of two words whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.tag.distinct import distinct, english, forms
from monitor.tag.segment import keywords


@pytest.mark.parametrize(
    ("words", "tracked", "expected"),
    [
        pytest.param(("电梯", "加装电梯"), (), ("加装电梯",), id="the whole in the place of its piece"),
        pytest.param(("嘉義縣", "鷹架", "嘉義"), (), ("嘉義縣", "鷹架"), id="a piece after the whole"),
        pytest.param(("Mistral", "ASML", "Mistral AI"), (), ("Mistral AI", "ASML"), id="Latin"),
        pytest.param(("Chile", "Chilean"), (), ("Chile", "Chilean"), id="letters of another word"),
        pytest.param(("Claude", "Claude Code"), ("Claude", "Claude Code"), ("Claude", "Claude Code"), id="two tracked"),
        pytest.param(("AI", "生成式AI"), (), ("生成式AI",), id="Latin in Chinese"),
        pytest.param((), (), (), id="nothing"),
    ],
)
def test_no_piece_stands_beside_its_whole(
    words: tuple[str, ...], tracked: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert distinct(words, tracked, " ".join(words)) == expected


def test_piece_that_stands_alone_far_oftener_stays_instead() -> None:
    text = "大模型产品。大模型。大模型。大模型。星火大模型。"

    assert distinct(("大模型产品", "大模型"), (), text) == ("大模型",)
    assert distinct(("星火大模型", "大模型"), ("星火大模型",), text) == ("星火大模型", "大模型")


@given(st.lists(st.text("ab 电梯", min_size=1, max_size=5)))
def test_distinct_words_are_some_of_the_words_and_stay(words: list[str]) -> None:
    once = distinct(words, (), " ".join(words))

    assert set(once) <= set(words)
    assert len(once) == len(set(once))


def test_pair_that_stands_twice_is_one_term() -> None:
    found = keywords("Heat pumps overtake boilers", "Sales of heat pumps rose. Boilers are out.")

    assert "heat pumps" in found
    assert not {"Heat", "pumps", "heat"} & set(found)


@pytest.mark.parametrize("word", ["overtakes", "restarted", "signs", "A Dutch", "minutes", "those"])
def test_english_words_of_any_news_are_no_keywords(word: str) -> None:
    text = f"{word} regulator of copper. {word} mines and copper."

    assert word not in keywords("Copper", text)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Dutch Data Protection", "The Dutch Data Protection Authority said so.", "Dutch Data Protection Authority"),
        ("A. Ray of the Natural History", "said A. Ray of the Natural History Museum.", "A. Ray"),
        ("Senate Bill", "He signed Senate Bill 53.", "Senate Bill 53"),
        ("Mistral AI", "Mistral AI raised money.", "Mistral AI"),
    ],
)
def test_name_that_stops_short_is_completed_or_cut(name: str, text: str, expected: str) -> None:
    assert english("", text, [name], frozenset()) == (expected,)


def test_capital_that_only_begins_a_sentence_comes_last() -> None:
    assert english("", "Thieves fled. The Louvre closed.", ["Thieves", "Louvre"], frozenset()) == ("Louvre", "Thieves")


def test_forms_of_a_word_include_those_of_its_spelling() -> None:
    assert {"plans", "planned", "planning"} <= set(forms("plan"))
    assert {"carries", "carried"} <= set(forms("carry"))
    assert {"makes", "making"} <= set(forms("make"))
