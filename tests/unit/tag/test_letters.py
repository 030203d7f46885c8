"""An article folded once: what each step reads is what it would have folded itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.tag.discover import sightings
from monitor.tag.letters import Letters
from monitor.tag.stated import stated
from monitor.tag.tagger import make_tagger
from storage.fold import fold

_ARTICLES = {
    "chinese": (
        "《人工智慧基本法》三讀通過",
        "《生成式人工智能服务管理暂行办法》自2023年8月15日起施行，某公司发布“紫竹”大模型。",
    ),
    "english": (
        "The AI Act",
        "The AI Act entered into force on 1 August 2024. Acme launched Lumen-7B, a language model.",
    ),
    "wide letters": (None, "ＧＰＴ－４ 與「墨池」大模型；ŒUVRE ﬁne ßtraße İstanbul 模型"),
}


@given(st.text())
def test_lowered_field_is_the_folded_text(text: str) -> None:
    letters = Letters(None, text)
    assert (letters.lowered("title"), letters.lowered("text")) == ("", fold(text))


@given(st.text(), st.text())
def test_each_field_keeps_its_case_and_length(title: str, text: str) -> None:
    letters = Letters(title, text)
    assert letters.of("title") == fold(title, keep_case=True)
    assert len(letters.of("text")) == len(text)


@pytest.mark.parametrize(("title", "text"), _ARTICLES.values(), ids=_ARTICLES)
def test_letters_that_are_handed_over_change_no_result(title: str | None, text: str) -> None:
    letters, tagger = Letters(title, text), make_tagger()
    mentions, considered = tagger.read(title, text, letters)
    assert (mentions, considered) == tagger.read(title, text)
    assert sightings(title, text, mentions, considered, letters) == sightings(title, text, mentions, considered)
    assert stated(title, text, mentions, None, letters) == stated(title, text, mentions, None)
