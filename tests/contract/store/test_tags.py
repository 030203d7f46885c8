"""What tagging found is kept with its article, replaced with it, and found again after a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.articles import correct_article
from storage.database import Store
from storage.findings import considered_in, stated_in, tag_again
from storage.mentions import mentions_of
from storage.records import Article
from storage.retags import (
    advance_retag,
    begin_retag,
    count_to_tag,
    last_article,
    most_left,
    stale_articles,
    step_back,
    the_retag,
)
from storage.states import FactKind, Tagging
from storage.tables import articles, sightings
from storage.tagged import Considered, Findings, Mention, Sighting, StatedFact
from tests.contract.store.work import insert as insert_article
from tests.unit.storage.worlds import NOW, article

TEXT = "《办法》自2023年8月15日起施行，星火与晓问大模型在列。晓问大模型。"
NAMED = Mention(
    entity="regulation:genai-interim-measures",
    kind="regulation",
    field="text",
    surface="《办法》",
    start=0,
    end=4,
    version=None,
    size=None,
    how="short form of 《生成式人工智能服务管理暂行办法》",
    confidence=0.9,
    variant="送审稿",
    reasons=(("declared", 2),),
)
UNSURE = Considered(
    entity="model:xunfei-xinghuo",
    kind="model",
    field="text",
    surface="星火",
    start=19,
    end=21,
    outcome=Tagging.UNSURE,
    reasons=(("words about models", 1),),
)
STATED = StatedFact(
    entity="regulation:genai-interim-measures",
    what=FactKind.EFFECTIVE,
    value="2023-08-15",
    field="text",
    surface="2023年8月15日起施行",
    start=5,
    end=18,
    confidence=0.9,
)
SEEN = Sighting(kind="model", name="晓问", field="text", surface="晓问大模型", start=22, end=27, how="list")
AGAIN = replace(SEEN, start=30, end=35)
FINDINGS = Findings(catalogue="v1", considered=(UNSURE,), facts=(STATED,), sightings=(SEEN, AGAIN))


def _article(key: str = "a", findings: Findings = FINDINGS, mentions: tuple[Mention, ...] = (NAMED,)) -> Article:
    return article(key, text=TEXT, content_hash=key, mentions=mentions, findings=findings)


def _insert(store: Store, value: Article) -> int:
    return insert_article(store, value)[0]


def test_all_that_tagging_found_comes_back_as_it_was_given(store: Store) -> None:
    article_id = _insert(store, _article())

    with store.read() as session:
        assert mentions_of(session, [article_id]) == {article_id: (NAMED,)}
        assert considered_in(session, article_id, list(Tagging)) == (UNSURE,)
        assert considered_in(session, article_id, [Tagging.NO]) == ()
        assert stated_in(session, [article_id]) == {article_id: (STATED,)}
        row = session.execute(select(sightings)).one()
    assert (row.k, row.start, row.seen_at) == ("晓问", SEEN.start, NOW)


def test_another_reading_of_an_article_leaves_nothing_of_the_earlier_one(store: Store) -> None:
    article_id = _insert(store, _article())

    bare = _article(findings=Findings(catalogue="v2"), mentions=())
    store.write(lambda session: correct_article(session, article_id, bare, now=NOW))

    with store.read() as session:
        assert mentions_of(session, [article_id]) == {}
        assert considered_in(session, article_id, list(Tagging)) == ()
        assert stated_in(session, [article_id]) == {}
        assert session.execute(select(sightings)).all() == []


def test_tagging_again_changes_the_names_and_nothing_else(store: Store) -> None:
    article_id = _insert(store, _article())
    before = _row(store, article_id)

    store.write(lambda session: tag_again(session, article_id, (), Findings(catalogue="v2", sightings=(SEEN,))))

    after = _row(store, article_id)
    assert after.pop("catalogue") == "v2"
    assert before.pop("catalogue") == "v1"
    assert after == before
    with store.read() as session:
        assert mentions_of(session, [article_id]) == {}
        assert session.execute(select(sightings)).one().seen_at == NOW


def _row(store: Store, article_id: int) -> dict[str, object]:
    with store.read() as session:
        return dict(session.execute(select(articles).where(articles.c.id == article_id)).one()._mapping)


def test_page_made_of_unsure_names_keeps_the_first_of_them(store: Store) -> None:
    many = tuple(replace(UNSURE, start=at, end=at + 2) for at in range(0, 2000, 2))
    article_id = _insert(store, replace(_article("many"), findings=Findings(considered=many)))

    with store.read() as session:
        found = considered_in(session, article_id, set(Tagging))
    assert found == many[:500]


@pytest.fixture
def three(store: Store) -> list[int]:
    return [_insert(store, _article(key)) for key in "abc"]


def test_only_articles_of_another_version_are_tagged_again_in_order(store: Store, three: list[int]) -> None:
    store.write(lambda session: tag_again(session, three[1], (), Findings(catalogue="v2")))
    store.write(lambda session: begin_retag(session, "v2", now=NOW))

    with store.read() as session:
        retag = the_retag(session)
        assert retag is not None
        assert [one.id for one in stale_articles(session, retag, limit=5)] == [three[0], three[2]]
        assert [one.id for one in stale_articles(session, retag, limit=1)] == [three[0]]
        assert [one.id for one in stale_articles(session, retag, limit=5, through=three[1])] == [three[0]]
        assert count_to_tag(session, other_than="v2", since=None) == 2
        assert (most_left(session), last_article(session)) == (3, three[2])


def test_tagging_again_goes_on_where_it_was_left(store: Store, three: list[int]) -> None:
    store.write(lambda session: begin_retag(session, "v2", now=NOW))
    store.write(lambda session: advance_retag(session, after_id=three[0], changed=1))
    store.write(lambda session: advance_retag(session, after_id=three[1], changed=1))

    with store.read() as session:
        retag = the_retag(session)
        assert retag is not None
        assert (retag.after_id, retag.changed, retag.ended_at) == (three[1], 2, None)
        assert [one.id for one in stale_articles(session, retag, limit=5)] == [three[2]]


def test_another_version_begins_anew_and_keeps_whether_to_alert(store: Store, three: list[int]) -> None:
    later = NOW + timedelta(hours=1)
    store.write(lambda session: begin_retag(session, "v2", now=NOW))
    store.write(lambda session: advance_retag(session, after_id=three[2], changed=3, ended_at=NOW))

    store.write(lambda session: begin_retag(session, "v3", now=later, alerts_since=NOW))

    with store.read() as session:
        retag = the_retag(session)
    assert retag is not None
    assert (retag.catalogue, retag.after_id, retag.changed, retag.ended_at) == ("v3", 0, 0, None)
    assert (retag.started_at, retag.alerts_since) == (later, NOW)


@pytest.mark.parametrize(
    ("version", "number", "expected"),
    [("v1", 1, 1), ("v2", 1, 2), ("v1", 2, 2)],
    ids=["passed, of another version", "of this version", "not come to yet"],
)
def test_what_was_passed_and_has_other_names_again_is_come_to_again(
    store: Store, three: list[int], version: str, number: int, expected: int
) -> None:
    before = three[0] - 1
    store.write(lambda session: begin_retag(session, "v2", now=NOW))
    store.write(lambda session: advance_retag(session, after_id=three[1], changed=0))

    store.write(lambda session: step_back(session, three[number], version))

    with store.read() as session:
        retag = the_retag(session)
    assert retag is not None
    assert retag.after_id == before + expected
