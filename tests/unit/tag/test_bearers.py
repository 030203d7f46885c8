"""Who bears a name: people, animals, ships, shops and works around it."""

from __future__ import annotations

import pytest

from monitor.tag.bearers import is_borne_here, is_person_by_pronoun
from monitor.tag.squeeze import squeeze


def place(text: str, name: str) -> tuple[str, int, int]:
    letters = squeeze(text).letters
    start = letters.index(name)
    return letters, start, start + len(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("儿子Kimi今年上小学", "Kimi"),
        ("大熊猫“可灵”与游客见面", "可灵"),
        ("两条边牧分别叫Gemma", "Gemma"),
        ("給小狗取名豆包", "豆包"),
        ("“可灵”是他给女儿起的小名", "可灵"),
        ("Kimi，16岁，学生", "Kimi"),
        ("豆包产下三只小猫", "豆包"),
        ("咖啡店“秘塔”开在弄堂口", "秘塔"),
        ("three kittens, named Gemma", "Gemma"),
        ("Claude, 74, answers every letter", "Claude"),
        ("Claude and his wife", "Claude"),
        ("Kimi老师的瑜伽课", "Kimi"),
        ("设计师Claude改了书架", "Claude"),
        ("员工骑行队叫“日日新”", "日日新"),
        ("Copilot牌行车记录仪", "Copilot"),
        ("Claude是店里的一只猫", "Claude"),
        ("可灵是表姐的微信名", "可灵"),
        ("the surname Kling", "Kling"),
        ("a bay mare, Perplexity", "Perplexity"),
        ("一位叫混元的武师开直播", "混元"),
        ("他把网名改成Gemini", "Gemini"),
        ("Kimi姐卖土鸡蛋", "Kimi"),
        ("可灵，小庙的乩童，来了", "可灵"),
        ("可灵那孩子聪明", "可灵"),
        ("Vidu won the 3.30 at Naas", "Vidu"),
    ],
    ids=str,
)
def test_the_words_around_a_name_tell_who_bears_it(text: str, name: str) -> None:
    assert is_borne_here(*place(text, name))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("小猫跳水视频是Sora生成的", "Sora"),
        ("一个名叫Kimi的AI助手", "Kimi"),
        ("妈妈先问豆包", "豆包"),
        ("a licence with Udio, whose model makes songs", "Udio"),
        ("the chatbot, called Claude, is free", "Claude"),
    ],
    ids=str,
)
def test_a_program_bears_its_own_name(text: str, name: str) -> None:
    assert not is_borne_here(*place(text, name))


def test_he_or_she_speaks_of_the_name_that_opens_the_sentence() -> None:
    assert is_person_by_pronoun(*_opened("Sora and a friend said she would stay", "Sora"))
    assert not is_person_by_pronoun(*_opened("A lawyer said Claude made up cases in his filing", "Claude"))
    assert not is_person_by_pronoun(*_opened("Claude drafts it", "Claude"))


def _opened(text: str, name: str) -> tuple[str, int, int, int]:
    letters, start, stop = place(text, name)
    return letters, 0, start, stop
