"""A search in some places of a text finds what a search in all of it finds there; what tells from afar tells still."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.tag import tag
from monitor.tag.matcher import Match, Matcher
from monitor.tag.spelling import make_spelling
from monitor.tag.squeeze import squeeze

_MATCHER = Matcher([make_spelling(text) for text in ("文心", "文心一言", "一言", "GPT-4", "心")])
_TEXTS = st.text(alphabet='文心一言GPT4- "x\n', max_size=40)


@given(_TEXTS, st.lists(st.integers(0, 45), max_size=6, unique=True))
def test_search_within_places_finds_what_lies_inside_them(text: str, bounds: list[int]) -> None:
    squeezed = squeeze(text)
    ordered = sorted(bounds)
    places = list(zip(ordered[::2], ordered[1::2], strict=False))
    inside = [one for one in _MATCHER.find(squeezed) if any(a <= one.start and one.end <= b for a, b in places)]
    assert list(_MATCHER.find(squeezed, within=places)) == inside


def test_only_wanted_spellings_are_found() -> None:
    assert list(_MATCHER.find(squeeze("文心一言"), lambda index: index == 2)) == [Match(2, 2, 4)]


@pytest.mark.parametrize(
    ("before", "behind", "found"),
    [("", "", []), ("大模型来了。", "", ["千问", "元宝"]), ("", "大模型来了。", ["千问", "元宝"])],
    ids=["no word of models", "before", "behind"],
)
def test_word_of_models_far_from_a_list_of_names_speaks_for_it(before: str, behind: str, found: list[str]) -> None:
    far = "天气很好，大家在公园散步。" * 40
    mentions = tag(None, f"{before}{far}千问、元宝很好。{far}{behind}")
    assert [mention.surface for mention in mentions] == found
