"""The copy of a text that comparison uses."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from monitor.read.characters import _FOLDED, _fold_by_table, _keep_by_pattern, _keep_by_table
from monitor.read.normalize import normalize, prepare, sentences, shingle_size, squeeze
from storage.fold import to_simplified

SEEDS = Path(__file__).parents[2] / "fixtures" / "seeds"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("ＡＩ　大模型！", "ai大模型", id="width and punctuation"),
        pytest.param("OpenAI's GPT-4", "openaisgpt4", id="case and apostrophe"),
        pytest.param("人工智慧與軟體", "人工智能与软件", id="Taiwan wording"),
        pytest.param("資\n訊", "信息", id="a word broken by the end of a line"),
        pytest.param("詹姆斯·卡麥隆", "詹姆斯卡梅隆", id="a word with a point inside"),
        pytest.param("詹姆斯卡麥隆", "詹姆斯卡梅隆", id="the same word without its point"),
        pytest.param("喬治亞州", "佐治亚州", id="a state as Taiwan writes it"),
        pytest.param("佐治亞", "佐治亚", id="a state, which is no country"),
        pytest.param("喬治亞", "格鲁吉亚", id="a country as Taiwan writes it"),
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


def test_long_text_needs_no_numpy() -> None:
    """The daemon normalises what it compares, and numpy would cost it 15 MB."""
    code = "import sys; from monitor.read.normalize import split, prepare; split(prepare('資訊。a.' * 400)); "
    done = subprocess.run(
        [sys.executable, "-c", code + "print('numpy' in sys.modules)"], capture_output=True, text=True
    )

    assert done.stdout == "False\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("資訊軟體，A.B 完成了. 下一句！5.6 ﬁn … ok.\n" * 20, id="mixed"),
        pytest.param("".join(map(chr, range(0x20, 0xD800))), id="basic plane"),
        pytest.param("\ud800中。" * 100, id="lone surrogates"),
    ],
)
def test_tables_give_what_patterns_give(text: str) -> None:
    assert _fold_by_table(text) in (None, text.translate(_FOLDED))
    assert _keep_by_table(text) == _keep_by_pattern(text)


@pytest.mark.parametrize(
    ("seed", "length", "shingles", "sentence_count", "distinct", "digest"),
    [
        ("000_e66db4287096023f", 2141, 1976, 53, 51, "8e1a99bf7482a062"),
        ("001_655b6bda55228408", 3959, 3705, 93, 89, "bcc039d490c3a08c"),
        ("002_dcd2a791989d52b3", 2573, 2442, 46, 46, "c09c630a10c5e08d"),
        ("003_dea5c06dbc1b9720", 3919, 3702, 86, 85, "3f4d38136e27e7ad"),
        ("004_92dbddd32b4caad3", 5641, 5248, 127, 126, "a00639e4d71d2afc"),
    ],
)
def test_sample_articles_normalise_to_known_texts(
    seed: str, length: int, shingles: int, sentence_count: int, distinct: int, digest: str
) -> None:
    """Lengths and shingles are nearly those of t2s alone; the digests are not, since words and variants fold too."""
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
        pytest.param("大模型备案工作已经启动.共有八十家企业提交申请.", 2, id="half-width full stops"),
        pytest.param("一二三四五六七八九\n", 0, id="nine Han characters"),
        pytest.param("一二三四五六七八九十\n", 1, id="ten Han characters"),
        pytest.param("a" * 39 + ". " + "b" * 40 + ". It ends.", 1, id="forty Latin letters"),
        pytest.param("发布GPT-4o mini API\n", 0, id="a short line that is mostly Latin"),
        pytest.param("version 3.5 of the model was released to paying subscribers", 1, id="a point inside a number"),
    ],
)
def test_sentences_are_split_and_short_ones_left_out(text: str, expected: int) -> None:
    assert len(sentences(text)) == expected


def test_a_long_run_of_marks_is_cut() -> None:
    """To sort 100,000 marks by their class takes Python's NFKC 12 seconds."""
    prepared = prepare("a" + "\u0300\u0316" * 50_000 + "字")

    assert prepared[-1] == "字"
    assert len(prepared) < 40


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
        pytest.param("成交12345678股", 5, id="Han among more digits"),
        pytest.param("大模型abc123", 5, id="digits count for neither"),
        pytest.param("", 9, id="empty"),
    ],
)
def test_shingle_size_follows_the_majority_of_letters(text: str, size: int) -> None:
    assert shingle_size(squeeze(text)) == size
