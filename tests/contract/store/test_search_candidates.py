"""What PostgreSQL finds by the words alone: the same articles as by looking into all of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage.articles import insert_article
from storage.database import Store, open_store
from storage.query.nodes import Near, Node, Phrase
from storage.query.sql_words import condition, needles_of
from storage.records import VerdictKind
from storage.search_candidates import Candidates
from storage.tables import articles
from tests.contract.store.conftest import new_database
from tests.unit.storage.worlds import NOW, article

TEXTS = ("监管大模型。", "大模型监管。", "型模大管监。", "大模型由部门来监管。", "天气晴好。", "大模，型监管。")
COPIES = 8


@pytest.fixture(scope="module")
def filled(postgresql_url: str) -> Iterator[Store]:
    store = open_store(new_database(postgresql_url), now=lambda: NOW)
    store.write(_fill)
    yield store
    store.close()


def _fill(session: Session) -> None:
    for number in range(COPIES * len(TEXTS)):
        text = f"{TEXTS[number % len(TEXTS)]}第{number}篇。"
        insert_article(session, article(f"n{number}", text), verdict=VerdictKind.NEW, story_id=None, now=NOW)


def _asked(nodes: list[Node], *, is_one_by_one: bool = True) -> Select[Any]:
    found = select(articles.c.id).order_by(articles.c.id.desc())
    for node in nodes:
        assert isinstance(node, Phrase | Near)
        found = found.where(condition(node, is_sqlite=False, is_one_by_one=is_one_by_one)[0])
    return found


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([Phrase("大模型")], id="phrase"),
        pytest.param([Phrase("大模型"), Phrase("监管")], id="two-phrases"),
        pytest.param([Near(Phrase("大模型"), Phrase("监管"), 3)], id="near"),
        pytest.param([Near(Phrase("大模型"), Phrase("监管"), 50), Phrase("第")], id="far"),
        pytest.param([Phrase("没有这种词组")], id="nothing"),
    ],
)
@pytest.mark.parametrize("window", [1, 7, 1_000])
def test_pages_hold_what_is_found_by_looking_into_all(filled: Store, nodes: list[Node], window: int) -> None:
    with filled.read() as session:
        every = list(session.scalars(_asked(nodes, is_one_by_one=False)))
        candidates = Candidates(session, needles_of(nodes), newest=window)
        paged: list[int] = []
        before_id: int | None = None
        while True:
            asked = _asked(nodes) if before_id is None else _asked(nodes).where(articles.c.id < before_id)
            page = candidates.newest(asked, before_id=before_id, size=3)
            paged += page
            if len(page) < 3:
                break
            before_id = page[-1]

    assert paged == every
    assert bool(every) is (nodes != [Phrase("没有这种词组")])


def test_index_is_asked_for_no_words_where_there_are_none() -> None:
    assert needles_of([Phrase(""), Near(Phrase("a b"), Phrase("c"), 62)]) == ("'a' & 'b'", "'c'")
    assert needles_of([Near(Phrase("a b"), Phrase("b"), 10)]) == ("'a' & 'b'",)
