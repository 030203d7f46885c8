"""What holds of matching and tagging for every text."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.tag import tag
from monitor.tag.matcher import Matcher
from monitor.tag.spelling import make_spelling
from monitor.tag.squeeze import squeeze

HAN = st.text("文心一言大模型盘古豆𠮷", min_size=2, max_size=4)
LETTERS = st.text("ab文心𠮷", min_size=1, max_size=4)
PIECES = st.sampled_from(
    (
        *(
            "文心一言",
            "盘古",
            "“",
            "”",
            "《",
            "》",
            "大模型",
            "（以下简称《办法》）",
            "管理办法",
            "GPT-4",
            "4.0",
            " ",
            "\n",
            "〈",
            "〉",
        ),
        *(
            "备(bèi)案",
            "华为",
            "Claude",
            "Llama 3",
            "豆包",
            "、",
            "生成式人工智能服务管理暂行办法",
            "the Act",
            "EU AI Act",
            "𠮷",
        ),
    )
)
TEXTS = st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=80)


@given(st.lists(HAN, min_size=1, max_size=8, unique=True), st.text("文心一言大模型盘古豆𠮷x", max_size=60))
def test_matcher_finds_what_regular_expressions_find_in_han_texts(names: list[str], text: str) -> None:
    matcher = Matcher([make_spelling(name) for name in names])

    found = {(names[match.index], match.start, match.end) for match in matcher.find(squeeze(text))}

    lookups = ((name, re.finditer(f"(?={re.escape(name)})", text)) for name in names)
    assert found == {(name, at.start(), at.start() + len(name)) for name, places in lookups for at in places}


@given(st.lists(LETTERS, min_size=1, max_size=6, unique=True), st.text("ab文心𠮷", max_size=40))
def test_matcher_keeps_latin_word_edges_as_regular_expressions_do(names: list[str], text: str) -> None:
    matcher = Matcher([make_spelling(name) for name in names])

    found = {(names[match.index], match.start) for match in matcher.find(squeeze(text))}

    lookups = ((name, re.finditer(f"(?={_bounded(name)})", text)) for name in names)
    assert found == {(name, at.start()) for name, places in lookups for at in places}


def _bounded(name: str) -> str:
    before = "(?<![ab])" if name[0] in "ab" else ""
    behind = "(?![ab])" if name[-1] in "ab" else ""
    return f"{before}{re.escape(name)}{behind}"


@settings(deadline=None)
@given(st.none() | TEXTS, TEXTS)
def test_offsets_are_exact_and_nothing_of_one_kind_overlaps(title: str | None, text: str) -> None:
    mentions = tag(title, text)

    fields = {"title": title or "", "text": text}
    assert all(fields[one.field][one.start : one.end] == one.surface != "" for one in mentions)
    places = sorted((one.kind, one.field, one.start, one.end) for one in mentions)
    for left, right in pairwise(places):
        assert left[:2] != right[:2] or left[3] <= right[2]


@settings(deadline=None)
@given(TEXTS)
def test_tagging_twice_gives_the_same(text: str) -> None:
    assert tag(None, text) == tag(None, text)


NEWS = [
    "百度发布“文心一言”4.0，阿里的“通义千问”与科大讯飞的“星火”随后升级，GPT-4与ChatGPT被用来比较。",
    "《生成式人工智能服务管理暂行办法》（以下简称《办法》）施行。《办法》明确，大模型须完成备案。",
    "华为“盘古”大模型、腾讯“混元”与字节跳动的“豆包”通过备案，Claude 3.5 Sonnet未列其中。",
]
CHANGES = {
    "corner quotes": lambda text: text.replace("“", "「").replace("”", "」"),
    "single quotes": lambda text: text.replace("“", "‘").replace("”", "’"),
    "full width": lambda text: text.replace("GPT", "ＧＰＴ").replace("4", "４"),
    "no hyphen": lambda text: text.replace("GPT-4", "GPT4"),
    "a space for the hyphen": lambda text: text.replace("GPT-4", "GPT 4"),
    "another hyphen": lambda text: text.replace("GPT-4", "GPT‑4"),
    "half-width brackets": lambda text: text.replace("（", "(").replace("）", ")"),
    "pinyin put in": lambda text: text.replace("备案", "备(bèi)案").replace("千问", "千(qiān)问"),
    "zero-width spaces": lambda text: text.replace("一言", "\u200b一言"),
}


def rollup(text: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in tag(None, text):
        counts[one.entity] = counts.get(one.entity, 0) + 1
    return counts


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("text", NEWS)
def test_typography_does_not_change_what_is_mentioned(text: str, change: str) -> None:
    assert rollup(text)
    assert rollup(CHANGES[change](text)) == rollup(text)


@pytest.mark.parametrize("text", NEWS)
def test_a_traditional_copy_has_the_same_mentions_at_the_same_places(text: str) -> None:
    from opencc import OpenCC

    traditional = OpenCC("s2t").convert(text)

    places = [(one.entity, one.start, one.end) for one in tag(None, text)]
    assert len(traditional) == len(text)
    assert [(one.entity, one.start, one.end) for one in tag(None, traditional)] == places
