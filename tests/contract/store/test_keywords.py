"""Keywords are ranked by the stories that the store remembers, and shown beside the names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from monitor.topics import with_keywords
from monitor.topics.keywords import KEPT
from storage.database import Store
from storage.keywords import SHOWN, shown_keywords
from storage.profiles import Profile, remember
from storage.tagged import Mention
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, article, mention

CANDIDATES = ("模型", "人工智能", "开源", "量子芯片", "算力")


def _fill(store: Store, stories: int, *keys: str) -> None:
    """Remember stories that hold some words."""
    for number in range(stories):
        article_id, story_id = insert(store, article(f"{keys} {number}"))
        profile = Profile(article_id=article_id, story_id=story_id, terms=(), told_at=NOW)
        _remember(store, profile, keys)


def _remember(store: Store, profile: Profile, keys: tuple[str, ...]) -> None:
    store.write(lambda session: remember(session, profile, keys=keys, leading=(), now=NOW))


def _ranked(store: Store, words: tuple[str, ...], *mentions: Mention) -> tuple[str, ...]:
    value: Any = article("new", keywords=words, mentions=mentions)
    with store.read() as session:
        return with_keywords(session, value).keywords


def test_a_word_that_every_story_holds_sinks_below_a_new_one(store: Store) -> None:
    before = _ranked(store, CANDIDATES)
    _fill(store, 60, "模型", "人工智能")
    after = _ranked(store, CANDIDATES)

    assert before.index("人工智能") < before.index("量子芯片")
    assert after[0] == "开源"
    assert after.index("量子芯片") < min(after.index("模型"), after.index("人工智能"))


@pytest.mark.parametrize(
    ("counted", "written"),
    [
        pytest.param("人工智能", "人工智慧", id="Taiwan wording"),
        pytest.param("开源", "開源", id="Traditional"),
        pytest.param("chatbot", "Chatbots", id="English forms"),
    ],
)
def test_a_word_is_counted_in_any_writing(store: Store, counted: str, written: str) -> None:
    _fill(store, 60, counted)

    assert _ranked(store, (written, "量子芯片"))[0] == "量子芯片"


def test_a_name_of_several_words_is_as_rare_as_the_rarest_of_them(store: Store) -> None:
    _fill(store, 60, "york")
    assert _ranked(store, ("York Labs", "量子芯片"))[0] == "York Labs"

    _fill(store, 60, "york", "lab")
    assert _ranked(store, ("York Labs", "量子芯片"))[0] == "量子芯片"


def test_a_tracked_name_is_as_common_as_its_entity(store: Store) -> None:
    named = mention("model:ernie-bot", 0, "文心一言")
    assert _ranked(store, ("文心一言", "量子芯片"), named)[0] == "文心一言"

    _fill(store, 60, "@model:ernie-bot")

    assert _ranked(store, ("文心一言", "量子芯片"), named)[0] == "量子芯片"
    assert _ranked(store, ("文心一言", "量子芯片"))[0] == "文心一言"


def test_a_compound_is_no_rarer_than_the_words_it_is_made_of(store: Store) -> None:
    assert _ranked(store, ("大模型平台", "量子芯片"))[0] == "大模型平台"

    _fill(store, 60, "大模型", "平台")

    assert _ranked(store, ("大模型平台", "量子芯片"))[0] == "量子芯片"


def test_a_tracked_name_of_the_title_comes_first(store: Store) -> None:
    words = ("量子芯片", "文心一言")
    in_text, in_title = (replace(mention("model:ernie-bot", 0, "文心一言"), field=field) for field in ("text", "title"))

    assert _ranked(store, words, in_text)[0] == "量子芯片"
    assert _ranked(store, words, in_title)[0] == "文心一言"


def test_few_are_kept_in_the_spelling_of_the_text(store: Store) -> None:
    words = tuple(f"词{number}" for number in range(24))

    assert _ranked(store, words) == words[:KEPT]
    assert _ranked(store, ()) == ()


def test_what_the_names_say_is_not_shown_again(store: Store) -> None:
    words = ("文心一言", "一言", "備案", *CANDIDATES)
    named = (mention("model:ernie-bot", 0, "文心一言"),)
    first, _ = insert(store, article("a", keywords=words, mentions=named))
    second, _ = insert(store, article("b", keywords=(), mentions=()))

    with store.read() as session:
        assert shown_keywords(session, [first, second]) == {first: ("備案", *CANDIDATES[: SHOWN - 1])}
