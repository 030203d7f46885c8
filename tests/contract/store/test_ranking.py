"""Ranking: what a person expects to come first does, and each story comes once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storage.database import Store
from storage.query.letters import letters_of
from storage.query.nodes import And, Entity, Near, Not, Or, Phrase
from storage.ranking import WEIGHTS, rank, wanted_of
from storage.records import VerdictKind
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article, mention

WORDS = {"备案": 0.8, "算法": 0.4}
FILLER = "国家有关部门负责人表示，这项工作正在推进。" * 10


def put(store: Store, key: str, text: str = FILLER, days: float = 0, **changes: Any) -> int:
    whole = article(key, text, **({"title": "要闻", "keywords": (), "mentions": ()} | changes))
    return insert(store, whole, now=NOW - timedelta(days=days))[0]


def order(store: Store, ids: list[int], entities: tuple[str, ...] = ()) -> list[int]:
    with store.read() as session:
        return [one.article_id for one in rank(session, ids, words=WORDS, entities=entities, now=NOW)]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        pytest.param({"title": "算法备案"}, {"text": FILLER + "算法备案"}, id="title-before-text"),
        pytest.param({"text": "备案" * 5 + FILLER}, {"text": "备案" + FILLER + "的" * 8}, id="often-before-once"),
        pytest.param({"text": "算法备案" + FILLER}, {"text": "算法算法" + FILLER}, id="all-words-before-one"),
        pytest.param({"text": "备案" + FILLER}, {"text": "算法" + FILLER}, id="telling-before-common"),
        pytest.param({"text": "备案"}, {"text": "备案" + FILLER * 9}, id="short-before-long"),
        pytest.param({"keywords": ("备案制",)}, {"keywords": ("北京",)}, id="keyword"),
        pytest.param({"days": 0}, {"days": 20}, id="fresh-before-old"),
        pytest.param({"title": "算法备案", "days": 30}, {"days": 0}, id="what-is-asked-before-what-is-fresh"),
        pytest.param(
            {"mentions": (mention("model:x", 0, "国家", field="title"),)},
            {"mentions": (mention("model:x", 0, "国家"),)},
            id="named-in-the-title",
        ),
        pytest.param({"mentions": (mention("model:x", 0, "国家"),)}, {"mentions": ()}, id="named"),
    ],
)
def test_order(store: Store, better: dict[str, Any], worse: dict[str, Any]) -> None:
    one, other = put(store, "a", **better), put(store, "b", **worse)
    assert order(store, [other, one], ("model:x",)) == [one, other]


def test_of_two_alike_the_newer_comes_first(store: Store) -> None:
    one, other = put(store, "a"), put(store, "b")
    assert order(store, [one, other]) == [other, one]


def test_story_of_many_outlets_comes_first_and_once(store: Store) -> None:
    alone = put(store, "a")
    lead, story_id = insert(store, article("b", FILLER, title="要闻", mentions=(), keywords=()))
    copies = [
        insert(
            store,
            article(f"c{number}", FILLER, title="算法备案", mentions=(), keywords=()),
            verdict=VerdictKind.NEAR_COPY,
            story_id=story_id,
        )[0]
        for number in range(3)
    ]
    with store.read() as session:
        once = rank(session, [alone, lead, *copies], words={}, entities=(), now=after(hours=1))
        each = rank(session, [alone, lead, *copies], words=WORDS, entities=(), now=NOW, one_a_story=False)
    assert [(one.story_id, len(one.others), one.outlets) for one in once] == [(story_id, 3, 4), (1, 0, 1)]
    assert [one.article_id for one in each] == [*reversed(copies), lead, alone]


def test_parts_add_up_to_the_score_and_keep_to_their_weights(store: Store) -> None:
    article_id = put(store, "a", "备案" * 1_000, title="算法备案", keywords=("备案",))
    with store.read() as session:
        (ranked,) = rank(session, [article_id], words=WORDS, entities=("model:*",), now=NOW)
    assert ranked.score == pytest.approx(sum(ranked.parts.values()))
    assert all(0 <= ranked.parts[name] <= weight for name, weight in WEIGHTS.items())


def test_what_a_query_excludes_is_not_wanted() -> None:
    one, other, barred = Phrase("甲"), Phrase("乙"), Phrase("丙")
    node = And((Near(one, other, 3), Or((one, Entity(("model:x",)))), Not(barred)))
    assert wanted_of(node).phrases == (one, other)
    assert wanted_of(node).entities == ("model:x",)


def test_words_are_asked_as_letters(store: Store) -> None:
    one, other = put(store, "a", "training"), put(store, "b", "the AI")
    with store.read() as session:
        ranked = rank(session, [one, other], words={letters_of("AI"): 1.0}, entities=(), now=NOW)
    assert [entry.parts["text"] > 0 for entry in ranked] == [True, False]
