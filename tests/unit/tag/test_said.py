"""What is said of a name as of a program: the tables, and what they make of names in sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from monitor.tag.said import reasons, said_of
from monitor.tag.squeeze import squeeze
from monitor.tag.word_tables import read_lists, read_rows


def points(text: str, name: str, *, borne: bool = False) -> int:
    letters = squeeze(text).letters
    start = letters.index(name)
    _, value = said_of(letters, start, start + len(name), borne=borne) or ("", 0)
    return value


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("豆包昨晚又崩了", "豆包"),
        ("Kimi一度無法登入", "Kimi"),
        ("用元宝写的检讨", "元宝"),
        ("把合同扔进Kimi", "Kimi"),
        ("千问的聊天记录没了", "千问"),
        ("试了试天工，让它写一首诗", "天工"),
        ("Claude went down for three hours", "Claude"),
        ("she logged in to Gemini", "Gemini"),
        ("he pasted the contract into Claude", "Claude"),
        ("use Llama to draft replies", "Llama"),
        ("runs Gemma on a phone", "Gemma"),
    ],
    ids=str,
)
def test_what_only_programs_bear_tells_of_any_name(text: str, name: str) -> None:
    assert points(text, name) == 3
    assert points(text, name, borne=True) == 3


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("问了Kimi一句", "Kimi"),
        ("Kimi的回答很短", "Kimi"),
        ("Claude answered at once", "Claude"),
        ("I asked Claude", "Claude"),
        ("a letter written by Claude", "Claude"),
    ],
    ids=str,
)
def test_what_people_do_too_tells_less_of_a_name_that_people_bear(text: str, name: str) -> None:
    assert points(text, name) == 2
    assert points(text, name, borne=True) == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("豆包蒸好了", "豆包"),
        ("学问元宝形的银锭", "元宝"),
        ("Claude went down with cramp", "Claude"),
        ("Kimi went down the inside at Turn 1", "Kimi"),
        ("Llama wool is warm", "Llama"),
    ],
    ids=str,
)
def test_other_sentences_tell_nothing(text: str, name: str) -> None:
    assert points(text, name) == 0


def test_two_reasons_that_say_little_make_two_points_for_a_name_that_nobody_bears() -> None:
    assert points("they use Llama, which keeps its weights open", "Llama") == 1
    assert points("people were allowed to let Aya write", "Aya", borne=True) == 1
    assert points("we asked Claude, and it shrugged", "Claude", borne=True) == 2


def test_what_stands_before_and_behind_must_both_be_there(tmp_path: Path) -> None:
    table = tmp_path / "table.txt"
    table.write_text(
        "# words\nWORK = write\n     |draw\n\nmade with it: 3 2\n    before  use\n    behind   to <<WORK>>\n"
    )

    (row,) = read_rows(table)

    assert (row.why, row.points, row.borne) == ("made with it", 3, 2)
    assert row.before is not None
    assert row.before.search('they use "')
    assert row.behind is not None
    assert row.behind.match('" to draw')
    assert read_lists(table) == {"WORK": "write|draw"}


def test_every_reason_has_a_name_of_its_own() -> None:
    assert all(reason and not reason.endswith(":") for reason in reasons())
    assert "it, not he or she" in reasons()
