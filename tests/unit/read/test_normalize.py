"""The copy of a text that comparison uses."""

from __future__ import annotations

import hashlib
import unicodedata
from pathlib import Path

import pytest

from monitor.read.normalize import _FOLDED, normalize, sentences, shingle_size
from storage.fold import to_simplified

SEEDS = Path(__file__).parents[2] / "fixtures" / "seeds"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ＡＩ　大模型！", "ai大模型", id="width and punctuation"),
        pytest.param("OpenAI's GPT-4", "openaisgpt4", id="case and apostrophe"),
        pytest.param("人工智慧與軟體", "人工智慧与软体", id="traditional characters, not wording"),
        pytest.param("薴", "苎", id="a character that takes two steps"),
        pytest.param("e\u0301te\u0301", "été", id="composed"),
        pytest.param("Straße ﬁn", "strassefin", id="casefold and ligature"),
        pytest.param("ᄀ-ᅡ", "가", id="jamo that meet when the dash goes"),
        pytest.param("3.5 % — 1,234", "351234", id="digits only"),
        pytest.param("snake_case", "snakecase", id="underscore"),
        pytest.param("😀 !? \n", "", id="nothing to keep"),
        pytest.param("", "", id="empty"),
    ],
)
def test_only_letters_and_digits_of_one_form_remain(text: str, expected: str) -> None:
    assert normalize(text) == expected
    assert normalize(expected) == expected


@pytest.mark.parametrize(
    ("seed", "length", "shingles", "sentence_count", "distinct", "digest"),
    [
        ("000_e66db4287096023f", 2141, 1976, 53, 51, "366e5d3f074add2c"),
        ("001_655b6bda55228408", 3959, 3705, 94, 90, "eb52e56dfdb44a74"),
        ("002_dcd2a791989d52b3", 2573, 2442, 46, 46, "28d0b2eb39d7b503"),
        ("003_dea5c06dbc1b9720", 3920, 3703, 86, 85, "979482f5a78d6b46"),
        ("004_92dbddd32b4caad3", 5641, 5248, 129, 128, "4b51b2114e7b5012"),
    ],
)
def test_sample_articles_normalise_to_known_texts(
    seed: str, length: int, shingles: int, sentence_count: int, distinct: int, digest: str
) -> None:
    raw = (SEEDS / f"{seed}.txt").read_text(encoding="utf-8")

    normalized = normalize(raw)
    split = sentences(raw)

    assert len(normalized) == length
    assert len({normalized[i : i + 5] for i in range(length - 4)}) == shingles
    assert hashlib.sha256(normalized.encode()).hexdigest().startswith(digest)
    assert (len(split), len(set(split))) == (sentence_count, distinct)


def test_no_single_character_changes_when_normalised_twice() -> None:
    characters = map(chr, range(0x30000))
    changed = [c for c in characters if to_simplified(unicodedata.normalize("NFKC", c).casefold()) != c]

    unstable = [c for c in changed if normalize(once := normalize(c)) != once]

    assert len(changed) > 10_000
    assert unstable == []


def test_characters_without_a_meaning_are_not_remembered() -> None:
    before = len(_FOLDED)

    assert normalize("".join(map(chr, range(0xE000, 0xF000)))) == ""
    assert len(_FOLDED) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("大模型备案工作已经启动。是。共有八十家企业提交申请！", 2, id="a short sentence is left out"),
        pytest.param("大模型备案工作已经启动；共有八十家企业提交申请﹔", 2, id="both kinds of semicolon"),
        pytest.param("一二三四五六七八九\n", 0, id="nine Han characters"),
        pytest.param("一二三四五六七八九十\n", 1, id="ten Han characters"),
        pytest.param("a" * 39 + ". " + "b" * 40 + ". It ends.", 1, id="forty Latin letters"),
        pytest.param("version 3.5 of the model was released to paying subscribers", 1, id="a point inside a number"),
    ],
)
def test_sentences_are_split_and_short_ones_left_out(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


@pytest.mark.parametrize(
    ("text", "size"),
    [
        pytest.param("大模型", 5, id="Han"),
        pytest.param("モデル", 5, id="kana"),
        pytest.param("인공지능", 5, id="Hangul"),
        pytest.param("大模型abc", 5, id="half and half"),
        pytest.param("大模型abcd", 9, id="just under half"),
        pytest.param("large model", 9, id="Latin"),
        pytest.param("большая модель", 9, id="Cyrillic"),
        pytest.param("12345", 9, id="digits"),
        pytest.param("", 9, id="empty"),
    ],
)
def test_shingle_size_follows_the_majority_of_letters(text: str, size: int) -> None:
    assert shingle_size(text) == size
