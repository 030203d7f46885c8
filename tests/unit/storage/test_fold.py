import unicodedata

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.fold import _table, fold, name_key, to_simplified

EVERY_CHARACTER = [chr(c) for c in range(0x110000) if unicodedata.category(chr(c)) not in ("Cs", "Cn", "Co")]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＩ大模型", "ai大模型"),
        ("阿裡雲﹔備案", "阿里云;备案"),
        ("“盘古”‘盘古’「盤古」", '"盘古"\'盘古\'"盘古"'),
        ("V3.2‑Speciale", "v3.2-speciale"),
        ("ﬁ㎏", "ﬁ㎏"),
        ("𝔾𝕃𝕄", "glm"),
    ],
)
def test_width_case_script_quotes_and_dashes_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_case_is_kept_on_request() -> None:
    assert fold("Llama Ｌ后", keep_case=True) == "Llama L后"


def test_the_table_is_opencc_t2s_on_every_character() -> None:
    converter = opencc.OpenCC("t2s")
    expected = {c: converted for c in EVERY_CHARACTER if len(converted := converter.convert(c)) == 1}
    assert {c: to_simplified(c) for c in expected} == expected


def test_every_character_folds_to_one_that_rests() -> None:
    moving = [c for c in EVERY_CHARACTER if len(fold(c)) != 1 or fold(fold(c)) != fold(c)]
    assert moving == []


def test_what_is_remembered_of_hostile_text_is_bounded() -> None:
    for start in range(0x20, 0x110000, 0x8000):
        fold("".join(map(chr, range(start, min(start + 0x8000, 0x110000)))))
    assert len(_table(keep_case=False)) <= 65_536


@given(st.text())
def test_offsets_stay_true(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text) == "".join(fold(character) for character in text)


@given(st.lists(st.sampled_from(["模型", "，“发布”", "萬個", "Aİ Ｂ", "a b.", "ー"]), max_size=6))
def test_a_long_text_folds_as_its_characters(parts: list[str]) -> None:
    text = "".join(part * 90 for part in parts)
    assert fold(text) == "".join(fold(character) for character in text)
    assert fold(text, keep_case=True) == "".join(fold(character, keep_case=True) for character in text)


def test_each_character_folds_in_a_long_text_as_it_does_alone() -> None:
    rest = "x" * 64
    characters = [c for c in EVERY_CHARACTER if c < "\U00011000"]
    assert [c for c in characters if fold(c + rest, keep_case=True) != fold(c, keep_case=True) + rest] == []
    assert [c for c in characters if fold(c + rest) != fold(c) + rest] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("GPT-4o", "gpt 4Ｏ"), ("“盤古”", "盘古"), ("Command R+", "command-r+"), ("MiniMax M2", "MiniMax-M2")],
)
def test_two_writings_of_a_name_have_one_key(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Command R", "Command R+"), ("Qwen2", "Qwen3"), ("…", "")])
def test_other_names_have_other_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
