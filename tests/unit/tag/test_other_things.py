"""Names that the noun beside them makes those of other things."""

from __future__ import annotations

import pytest

from monitor.tag import tag
from monitor.tag.other_things import is_of_name_yet, is_of_other_thing
from monitor.tag.squeeze import squeeze


def place(text: str, name: str) -> tuple[str, int, int]:
    letters = squeeze(text).letters
    start = letters.index(name)
    return letters, start, start + len(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Firefly festival app", "Firefly"),
        ("Granite hosiery sells well", "Granite"),
        ("Llama ferries sail at noon", "Llama"),
        ("Gemini-on-Sea voted", "Gemini"),
        ("two kilos of Suno cost more", "Suno"),
        ("a bowl of 'Tongyi' for lunch", "Tongyi"),
        ("星火志愿服务队", "星火"),
        ("豆包文化节开幕", "豆包"),
        ("Gemini 咖啡店旁的Kimi青年读书会", "Kimi"),
        ("Mistral风又刮起来了", "Mistral"),
        ("星睿琴行的小朋友", "星睿"),
        ("“元宝妈妈团”出游", "元宝"),
        ("三箱可灵卖完了", "可灵"),
    ],
    ids=lambda value: value[:24],
)
def test_a_place_an_event_or_a_ware_bears_the_name(text: str, name: str) -> None:
    letters, start, stop = place(text, name)
    assert is_of_other_thing(letters, start, stop)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("the Copilot hospital pilot", "Copilot"),
        ("a Suno opera song", "Suno"),
        ("Gemini booked restaurant tables", "Gemini"),
        ("Claude wrote hospital letters", "Claude"),
        ("Claude and the museum", "Claude"),
        ("Copilot seats cost more", "Copilot"),
        ("豆包节省了时间", "豆包"),
        ("豆包站了出来", "豆包"),
        ("千问火锅大模型", "千问"),
        ("Kimi帮读书会写稿", "Kimi"),
        ("很多的豆包", "豆包"),
    ],
    ids=lambda value: value[:24],
)
def test_what_models_do_or_have_is_no_other_thing(text: str, name: str) -> None:
    letters, start, stop = place(text, name)
    assert not is_of_other_thing(letters, start, stop)


@pytest.mark.parametrize(
    ("text", "name", "is_part"),
    [
        ("紫东太初号驶离青岛", "紫东太初", True),
        ("紫东太初号货轮", "紫东太初", True),
        ("紫东太初号称最强", "紫东太初", False),
        ("买了一个ChatGPT号", "ChatGPT", False),
        ("the Claude Code of Conduct", "Claude Code", True),
        ("Claude Code of course works", "Claude Code", False),
    ],
    ids=str,
)
def test_a_certain_name_may_be_part_of_another(text: str, name: str, *, is_part: bool) -> None:
    letters, _, stop = place(text, name)
    assert is_of_name_yet(letters, stop) == is_part


@pytest.mark.parametrize(
    "text",
    [
        "The old Firefly museum has a new owner who once worked for Adobe, an AI company.",
        "华为员工周末去了盘古文化节，听人讲AI。",
        "紫东太初号昨日驶离青岛港。",
        "Facebook once showed ads for a Llama 2000 tractor.",
    ],
    ids=lambda text: text[:24],
)
def test_its_maker_or_ai_beside_it_makes_no_model_of_it(text: str) -> None:
    assert not [mention for mention in tag(None, text) if mention.kind == "model"]
