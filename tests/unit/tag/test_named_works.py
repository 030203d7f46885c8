"""A work that is called as a law is no mention of it; the law itself in marks is."""

from __future__ import annotations

import pytest

from monitor.tag import tag


def found(text: str) -> list[str]:
    return sorted({one.entity.partition(":")[2] for one in tag(None, text) if one.kind == "regulation"})


@pytest.mark.parametrize(
    "text",
    [
        'Our new podcast, "AI Act", follows five comedians across Europe.',
        "他给儿子讲《广岛进程》,是一本讲幸存者的小说。",
        "电玩《芯片法案》上架首日登榜，美国玩家在两院之间抢补贴。",
        "话剧《网络安全法》今晚首演。",
    ],
)
def test_a_work_is_no_mention(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《网络安全法》是一部管网络的法律。", "cybersecurity-law"),
        ('The show went on although the "EU AI Act" was in force.', "eu-ai-act"),
    ],
)
def test_a_law_in_marks_is_one(text: str, expected: str) -> None:
    assert found(text) == [expected]
