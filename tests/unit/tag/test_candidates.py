"""Candidates for keywords: names whole, no grammar, as the text writes them, the most telling first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.tag import tag
from monitor.tag.candidates import MOST_CANDIDATES
from monitor.tag.segment import keywords, telling
from monitor.tag.settings import EntitySettings
from tests.unit.alerts.samples import mention

TITLE = "玄岫发布会定档"
TEXT = "山岚科技的玄岫Nova 2将于下周亮相。玄岫Nova 2主打本地部署，玄岫团队称最大的不同是便宜。"


@pytest.mark.parametrize(
    "word",
    [
        pytest.param("六成", id="numeral"),
        pytest.param("最大", id="adjective"),
        pytest.param("纷纷", id="adverb"),
        pytest.param("基于", id="preposition"),
        pytest.param("公司", id="word of every story"),
    ],
)
def test_what_tells_nothing_is_no_candidate(word: str) -> None:
    assert word not in keywords("智谱公司", f"{word}，{word}。智谱{word}开源，{word}又{word}。")


def test_what_is_done_weighs_less_than_who_does_it() -> None:
    found = keywords(None, "无人机下调，下调，无人机。")

    assert found[:2] == ("无人机", "下调")


def test_a_tracked_name_stays_whole_however_it_is_written() -> None:
    watch = EntitySettings(id="model:xuanxiu", name="玄岫", aliases=("玄岫Nova 2",))
    found = telling(TITLE, TEXT, mentions=tag(TITLE, TEXT, (watch,))).keywords

    assert "玄岫Nova 2" in found[:3]
    assert "Nova" not in found


def test_an_entity_is_one_candidate_under_its_first_spelling() -> None:
    text = "文心一言上线。ERNIE Bot的用户增长，ERNIE Bot降价。"
    mentions = (mention(text, "文心一言", "model:ernie-bot"), mention(text, "ERNIE Bot", "model:ernie-bot"))
    found = telling(None, text, mentions=mentions).keywords

    assert found[0] == "文心一言"


def test_a_word_of_the_title_comes_before_an_equal_one_of_the_text() -> None:
    assert keywords("无人机", "潜水艇。")[0] == "无人机"
    assert keywords("潜水艇", "无人机。")[0] == "潜水艇"


def test_a_traditional_text_keeps_its_characters() -> None:
    text = "無人機與潛水艇。無人機。"

    assert keywords(None, text) == ("無人機", "潛水艇")


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        pytest.param(None, "On Tuesday the European Commission opened a probe.", "European Commission", id="of a body"),
        pytest.param(None, "He quoted Sam Altman. Altman agreed.", "Sam Altman", id="of a person, once by surname"),
        pytest.param(None, "It said New York Times lawyers objected.", "New York Times", id="that begins with New"),
        pytest.param(None, "But Mistral AI's plan failed.", "Mistral AI", id="after a sentence begins, possessive"),
        pytest.param(None, "模型权重在Hugging Face开放下载，许可证为MIT。", "Hugging Face", id="in a Chinese text"),
    ],
)
def test_names_of_several_words_are_whole(title: str | None, text: str, name: str) -> None:
    found = keywords(title, text)

    assert name in found
    assert not set(name.split()) & set(found)


def test_a_headline_in_capitals_holds_no_names_of_its_own() -> None:
    found = keywords("Brussels Fines Meta Over Chatbot Rules", "The regulators fined Meta over chatbot rules.")

    assert not [word for word in found if " " in word]
    assert "Meta" in found


def test_forms_of_one_english_word_count_together() -> None:
    found = keywords(None, "The satellites fly. One satellite landed, another satellite burned; the rocket too.")

    assert found[0] == "satellites"
    assert "satellite" not in found


def test_days_and_words_of_any_news_are_no_keywords() -> None:
    assert not {"Tuesday", "announced", "people"} & set(keywords(None, "People announced it on Tuesday, people said."))


@settings(max_examples=60, deadline=None)
@given(st.text("玄岫大模型发布，。 AbI-'’\n。New York of the 1三成", max_size=80), st.text("模型Ab ,\n。", max_size=80))
def test_candidates_stand_in_the_article_and_are_few(title: str, text: str) -> None:
    title = title.replace("\n", " ")
    found = keywords(title, text)

    assert len(found) == len(set(found)) <= MOST_CANDIDATES
    assert all(word in title or word in text for word in found)
