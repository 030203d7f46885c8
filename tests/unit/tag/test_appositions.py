"""What the words beside a name say that it is."""

from __future__ import annotations

import pytest

from monitor.tag.appositions import apposition, is_gloss, is_said_maker, is_said_model, is_said_place, is_short_for_body
from monitor.tag.squeeze import squeeze


def place(text: str, name: str) -> tuple[str, int, int]:
    letters = squeeze(text).letters
    start = letters.index(name)
    return letters, start, start + len(name)


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("BLOOM, the 176-billion-parameter model trained in 2022, is idle.", "BLOOM", True),
        ("Grok, a chatbot with opinions, said so.", "Grok", True),
        ("Genie, an AI tool from London, draws.", "Genie", True),
        ("Claude, a role model for farmers, died.", "Claude", False),
        ("Grok, a stray cat, purrs.", "Grok", False),
    ],
    ids=str,
)
def test_an_apposition_may_say_that_a_name_is_a_model(text: str, name: str, *, said: bool) -> None:
    letters, _, stop = place(text, name)
    assert is_said_model(letters, stop) == said


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Grok, a stray adopted by firefighters, has a helmet.", "Grok", True),
        ("Claude, a white alligator who lived here, died.", "Claude", True),
        ("built on Qwen, not Llama, a switch its makers explain.", "Llama", False),
        ("gave staff Copilot, the largest order yet.", "Copilot", False),
        ("the student blamed Claude, the supervisor blamed the deadline.", "Claude", False),
        ("Sora, the company said, is closing.", "Sora", False),
        ("nothing fancy: BERT, a rule set on top, and a list of names", "BERT", False),
        ("relies on Llama, a scanner and a retired priest", "Llama", False),
        ("Claude's, a bistro in the old town, opened.", "Claude", True),
        ("She published Suno, a novel about chatbots.", "Suno", True),
    ],
    ids=str,
)
def test_what_is_put_beside_a_clause_says_nothing_of_the_name(text: str, name: str, *, other: bool) -> None:
    letters, _, stop = place(text, name)
    assert (apposition(letters, stop) is not None) == other


@pytest.mark.parametrize(
    ("text", "name", "gloss"),
    [
        ("教孩子们找土卫六（Titan）", "Titan", True),
        ("双子座（Gemini）今晚最亮", "Gemini", True),
        ("马斯克的聊天机器人（Grok）", "Grok", False),
        ("那款视频生成应用（Sora）", "Sora", False),
        ("moons (Titan) are cold", "Titan", False),
    ],
    ids=str,
)
def test_a_foreign_word_in_brackets_repeats_the_chinese_one(text: str, name: str, *, gloss: bool) -> None:
    assert is_gloss(*place(text, name)) == gloss


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("Kling, a village near the river, has a new bakery.", "Kling", True),
        ("Luma, the small town of orchards, votes.", "Luma", True),
        ("Kling, a video model from China, has a new version.", "Kling", False),
        ("Kling is in town.", "Kling", False),
    ],
    ids=str,
)
def test_an_apposition_may_say_that_a_name_is_a_place(text: str, name: str, *, said: bool) -> None:
    letters, _, stop = place(text, name)
    assert is_said_place(letters, stop) == said


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("儿童保育者协会（CCPA）为老师争取加薪", True),
        ("the California Cotton Producers Association (CCPA) met", True),
        ("《加州消费者隐私法》（CCPA）今日修订", False),
        ("the California Consumer Privacy Act (CCPA) applies", False),
    ],
    ids=str,
)
def test_capitals_in_brackets_are_short_for_the_body_before_them(text: str, *, short: bool) -> None:
    assert is_short_for_body(*place(text, "CCPA")) == short


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("VR glove maker Manus raises money", "Manus", True),
        ("The skateboard brand Suno moved.", "Suno", True),
        ("AI agent maker Manus raises money", "Manus", False),
        ("Chatbot maker Mistral sued.", "Mistral", False),
        ("The French maker Mistral sued.", "Mistral", False),
        ("Its maker Perplexity sued.", "Perplexity", False),
        ("a presentation maker called Manus", "Manus", False),
    ],
    ids=str,
)
def test_who_makes_other_things_is_said_before_its_name(text: str, name: str, *, said: bool) -> None:
    letters, start, _ = place(text, name)
    assert is_said_maker(letters, start) == said
