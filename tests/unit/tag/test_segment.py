"""Keywords, word edges, and the private cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.tag.segment import is_astride, is_word, keywords


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("讯飞的星火很好", "星火", True),
        ("星火燎原之势", "星火", False),
        ("把钱换成金元宝", "元宝", False),
        ("可灵活调整", "可灵", False),
        ("在交通义务方面", "通义", False),
        ("隨即夢見他", "即夢", False),
        ("阿里的千问上线", "千问", True),
    ],
)
def test_a_name_is_a_word_only_between_word_edges(text: str, name: str, expected: bool) -> None:
    start = text.index(name)

    assert is_word(text, start, start + len(name)) is expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("重点开拓天津市场", "拓天", True),
        ("打开拓天看看", "拓天", False),
        ("拓天津贴", "拓天", False),
        ("问豆包天气", "豆包", False),
    ],
)
def test_a_name_may_lie_across_two_words(text: str, name: str, *, expected: bool) -> None:
    start = text.index(name)

    assert is_astride(text, start, start + len(name)) == expected


def test_keywords_keep_names_whole_and_leave_stop_words_out() -> None:
    text = "国家网信办公布名单。文心一言完成备案，大模型企业表示，备案的大模型将上线。"

    words = keywords("大模型", text)

    assert "大模型" in words
    assert "备案" in words
    assert not {"表示", "的", "将"} & set(words)


def test_keywords_of_a_traditional_text_are_spelled_as_in_the_text() -> None:
    assert "備案" in keywords(None, "大模型完成備案，備案名單公布，企業繼續申請備案。")


def test_keywords_of_an_english_text_are_its_frequent_words() -> None:
    text = "Anthropic said the Claude model is new. The Claude model costs $5, and Claude is fast."

    assert keywords("Claude is here", text)[:2] == ("Claude", "model")


@pytest.mark.parametrize("text", ["", "12345", "。。。", "the of and"])
def test_a_text_without_words_has_no_keywords(text: str) -> None:
    assert keywords(None, text) == ()


def test_at_most_n_keywords_come_back() -> None:
    assert len(keywords(None, "one alpha beta gamma delta epsilon zeta", n=2)) == 2


CACHE = """
from monitor.tag import segment
print(segment.is_word("讯飞的星火", 3, 5))
"""


def run(**variables: str) -> str:
    own = {name: value for name, value in os.environ.items() if name not in {"CACHE_DIRECTORY", "XDG_CACHE_HOME"}}
    done = subprocess.run([sys.executable, "-c", CACHE], capture_output=True, text=True, env=own | variables)
    assert done.stderr == ""
    return done.stdout.strip()


@pytest.mark.parametrize(("variable", "inside"), [("CACHE_DIRECTORY", "words"), ("XDG_CACHE_HOME", "newswatch")])
def test_the_cache_lies_in_a_private_folder(tmp_path: Path, variable: str, inside: str) -> None:
    assert run(**{variable: str(tmp_path)}) == "True"
    assert (tmp_path / inside).stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / inside).iterdir()] == ["jieba.cache"]


def test_a_folder_that_others_can_write_is_not_trusted(tmp_path: Path) -> None:
    folder = tmp_path / "words"
    folder.mkdir()
    folder.chmod(0o777)

    assert run(CACHE_DIRECTORY=str(tmp_path)) == "True"
    assert list(folder.iterdir()) == []
