"""What a word is, and where it stands in the text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.fold import fold
from storage.query.letters import (
    MARK,
    OPEN,
    Form,
    is_alphabetic,
    is_sign,
    letters_of,
    occurrences,
    starts_of_tokens,
    stem_of,
    tokens_of,
)
from tests.unit.storage.query.worlds import letters, open_letters, texts

_SHAPING = "\u200c\u200d\ufe00\ufe0f\U000e0100\U000e01ef"
_JOINING = frozenset(" \t\u00a0\u2009\u202f\u3000-_·‧⋅・" + _SHAPING)


def _defined(text: str) -> str:
    """Return the form of a text as it is defined: run by run."""

    def between(signs: re.Match[str]) -> str:
        if not _JOINING.issuperset(signs[0]):
            return MARK
        before, behind = signs.string[: signs.start()][-1:], signs.string[signs.end() :][:1]
        if not (before and behind and is_alphabetic(before) and is_alphabetic(behind)):
            return ""
        return "" if behind in "0123456789" and before not in "0123456789" else " "

    folded = fold(text)
    signs = re.escape("".join(filter(is_sign, folded)))
    return re.sub(rf"(?:(?![{signs}])[\W_])+" if signs else r"[\W_]+", between, folded)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("Claude-Opus", "claude opus", id="hyphen"),
        pytest.param("Claude  Opus", "claude opus", id="spaces"),
        pytest.param("GPT-4o", "gpt4o", id="hyphen before a digit"),
        pytest.param("4 o-1 10-K, 2 024", f"4 o1 10 k{MARK}2 024", id="letters behind digits"),
        pytest.param("用 GPT 写", "用gpt写", id="spaces beside Chinese"),
        pytest.param("演算法備案", "演算法备案", id="Traditional"),
        pytest.param("ＡＩ　時代", "ai时代", id="full width"),
        pytest.param("大模型，监管", f"大模型{MARK}监管", id="comma"),
        pytest.param("大模型\n监管", f"大模型{MARK}监管", id="end of a line"),
        pytest.param("《办法》", f"{MARK}办法{MARK}", id="at both ends"),
        pytest.param("3.5", f"3{MARK}5", id="point"),
        pytest.param("C ++, C#", f"c++{MARK}c#", id="signs of names"),
        pytest.param("＄5 € 50％", "$5€50%", id="amounts"),
        pytest.param("DALL·E 3，埃隆·马斯克", f"dall e3{MARK}埃隆马斯克", id="dots between names"),
        pytest.param("葛\U000e0100城\ufe0f市", "葛城市", id="what chooses a shape"),
        pytest.param("+86-10", "+86 10", id="a sign and what joins"),
        pytest.param(" -_ ", "", id="only what joins"),
        pytest.param("?!", MARK, id="only signs"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_form(text: str, form: str) -> None:
    assert letters_of(text) == form


@pytest.mark.parametrize(
    ("text", "phrase", "stands"),
    [
        pytest.param("用C++写", "C++", True, id="itself"),
        pytest.param("C++26", "C++", True, id="before a number"),
        pytest.param("C # 14", "C#", True, id="with spaces"),
        pytest.param("C#", "C++", False, id="another sign"),
        pytest.param("C,", "C++", False, id="a comma"),
        pytest.param("C++", "C", True, id="the word before the sign"),
        pytest.param("涨50%", "50", True, id="the number before the sign"),
    ],
)
def test_signs_of_names_tell_them_apart(text: str, phrase: str, stands: bool) -> None:
    assert any(occurrences(letters_of(text), letters_of(phrase))) is stands


@pytest.mark.parametrize(
    ("text", "phrase", "stands"),
    [
        pytest.param("Qwen3发布", "Qwen", True, id="a name before its version"),
        pytest.param("Qwen2.5-Max", "Qwen", True, id="a version with a point"),
        pytest.param("GPT4登场", "GPT-4", True, id="glued, asked with a hyphen"),
        pytest.param("GPT-4 登场", "GPT4", True, id="hyphen, asked glued"),
        pytest.param("GPT4o", "GPT 4o", True, id="letters behind the digits"),
        pytest.param("GPT-4o", "GPT-4", False, id="another version"),
        pytest.param("GPT-4o", "4", False, id="a part of a number with letters"),
        pytest.param("601360.SH", "360", False, id="digits within digits"),
        pytest.param("training", "AI", False, id="letters within letters"),
        pytest.param("5G", "G", False, id="letters behind digits"),
    ],
)
def test_a_digit_behind_a_letter_begins_a_word(text: str, phrase: str, stands: bool) -> None:
    assert any(occurrences(letters_of(text), letters_of(phrase))) is stands


@given(text=texts | st.text(max_size=40))
def test_form_is_what_its_definition_says(text: str) -> None:
    assert letters_of(text) == Form(text).letters == _defined(text)


@given(text=texts, phrase=letters)
def test_phrase_stands_where_its_tokens_stand_side_by_side(text: str, phrase: str) -> None:
    form = letters_of(text)
    tokens, asked = tokens_of(form), tokens_of(phrase)
    starts = starts_of_tokens(form)

    by_tokens = [starts[at] for at in range(len(tokens)) if tokens[at : at + len(asked)] == asked]

    assert [start for start, _ in occurrences(form, phrase)] == by_tokens


@given(text=texts, phrase=open_letters)
def test_word_that_may_go_on_stands_where_a_word_begins_with_it(text: str, phrase: str) -> None:
    form = letters_of(text)
    tokens, asked = tokens_of(form), tokens_of(stem_of(phrase))
    starts = starts_of_tokens(form)

    by_tokens = [
        (starts[at], starts[end - 1] + len(tokens[end - 1]))
        for at in range(len(tokens))
        if (end := at + len(asked)) <= len(tokens)
        and tokens[at : end - 1] == asked[:-1]
        and tokens[end - 1].startswith(asked[-1])
    ]

    assert [*occurrences(form, phrase)] == by_tokens


@pytest.mark.parametrize(
    ("text", "phrase", "stands"),
    [
        pytest.param("Chatbots und Chat", "chatbot", ["chatbots"], id="goes on"),
        pytest.param("a chatbot, achatbot", "chatbot", ["chatbot"], id="ends there, begins there"),
        pytest.param("regulations, regulators", "regulat", ["regulations", "regulators"], id="each"),
        pytest.param("GPTs GPT4", "gpt", ["gpts", "gpt"], id="a digit begins a word"),
        pytest.param(f"as{'s' * 38} as{'s' * 39}", "as", [f"as{'s' * 38}"], id="no longer than the index has it"),
    ],
)
def test_word_may_go_on(text: str, phrase: str, stands: list[str]) -> None:
    form = letters_of(text)
    assert [form[start:end] for start, end in occurrences(form, phrase + OPEN)] == stands


@given(text=texts | st.text(max_size=40))
def test_letters_know_where_they_stand_in_the_text(text: str) -> None:
    form = Form(text)

    for at, letter in enumerate(form.letters):
        start, end = form.original(at, at + 1)
        assert 0 <= start < end <= len(text)
        if letter.isalnum():
            assert (end, fold(text[start])) == (start + 1, letter)
        else:
            assert not any(map(str.isalnum, text[start:end]))


@given(text=texts, phrase=letters)
def test_place_of_a_phrase_holds_the_phrase(text: str, phrase: str) -> None:
    form = Form(text)

    for start, end in occurrences(form.letters, phrase):
        first, last = form.original(start, end)
        assert letters_of(text[first:last]).strip(MARK) == phrase.strip(MARK)
