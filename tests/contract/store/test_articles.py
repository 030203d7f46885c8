"""Articles, and the index that finds their near-copies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import select

from storage import articles as article_store
from storage import bands
from storage.database import Store
from storage.records import Edge, VerdictKind
from storage.tables import articles, edges, mentions, revisions, sentences, stories
from tests.contract.store.work import insert, one, rows
from tests.unit.storage.worlds import NOW, after, article, evidence, mention


class TestArticles:
    def test_new_article_begins_a_story_and_is_its_canonical(self, store: Store) -> None:
        article_id, story_id = insert(store, article("a"))
        assert one(store, select(stories.c.canonical_id).where(stories.c.id == story_id)).canonical_id == article_id
        with store.read() as session:
            found = article_store.find_article(session, "a")
            assert article_store.find_article(session, "b") is None
        assert found is not None
        assert (found.id, found.story_id, found.text, found.revision) == (article_id, story_id, "正文", 1)

    def test_copy_joins_the_story(self, store: Store) -> None:
        _, story_id = insert(store, article("a"))
        copy_id, joined = insert(store, article("b"), verdict=VerdictKind.NEAR_COPY, story_id=story_id)
        assert joined == story_id
        assert one(store, select(articles.c.verdict).where(articles.c.id == copy_id)).verdict == "near_copy"

    def test_revision_keeps_the_older_form(self, store: Store) -> None:
        article_id, story_id = insert(store, article("a", "旧文", mentions=(mention("model:x", 0, "旧"),)))
        newer = article("a", "新文", title="新题", mentions=(mention("model:y", 0, "新"),))
        number = store.write(
            lambda session: article_store.revise_article(
                session, article_id, newer, evidence=evidence(), now=after(hours=1)
            )
        )
        assert number == 2
        kept = one(store, select(revisions))
        assert (kept.number, kept.text, kept.title, kept.replaced_at) == (1, "旧文", "题目 a", after(hours=1))
        assert kept.evidence["number_conflicts"] == [["100", "120"]]
        row = one(store, select(articles))
        assert (row.id, row.story_id, row.text, row.title, row.revision) == (article_id, story_id, "新文", "新题", 2)
        assert (row.first_seen_at, row.updated_at) == (NOW, after(hours=1))
        assert [found.entity for found in rows(store, select(mentions.c.entity))] == ["model:y"]

    def test_edge_twice_is_one_and_the_later_decision_stands(self, store: Store) -> None:
        first, _ = insert(store, article("a"))
        second, _ = insert(store, article("b"))
        for verdict in (VerdictKind.NEAR_COPY, VerdictKind.NEAR_COPY, VerdictKind.CONTAINS):
            edge = Edge(from_id=second, to_id=first, verdict=verdict, evidence=evidence())
            store.write(lambda session, edge=edge: article_store.add_edge(session, edge, now=NOW))
        assert [tuple(row) for row in rows(store, select(edges.c.from_id, edges.c.to_id, edges.c.verdict))] == [
            (second, first, "contains")
        ]


class TestNearCopyIndex:
    def candidates(self, store: Store, value: Any, *, since: datetime = NOW, limit: int = 50) -> Any:
        with store.read() as session:
            return bands.candidates(session, value, since=since, limit=limit)

    def test_shared_bands_nominate_and_more_come_first(self, store: Store) -> None:
        one_band, _ = insert(store, article("a", "一", bands=(1, 20, 30)))
        two_bands, _ = insert(store, article("b", "二", bands=(1, 2, 40)))
        insert(store, article("c", "三", bands=(50, 60)))
        found = self.candidates(store, article("q", "问", bands=(1, 2, 3)))
        assert [(one.article_id, one.band_hits) for one in found] == [(two_bands, 2), (one_band, 1)]
        assert all(one.is_canonical for one in found)

    def test_extreme_keys_are_kept(self, store: Store) -> None:
        extremes = (-(2**63), -1, 0, 2**63 - 1)
        article_id, _ = insert(store, article("a", "一", bands=extremes))
        (found,) = self.candidates(store, article("q", "问", bands=extremes))
        assert (found.article_id, found.band_hits) == (article_id, 4)

    def test_bands_of_copies_are_not_indexed(self, store: Store) -> None:
        first, story_id = insert(store, article("a", "一", bands=(1, 2)))
        insert(store, article("b", "二", bands=(1, 2)), verdict=VerdictKind.NEAR_COPY, story_id=story_id)
        assert [one.article_id for one in self.candidates(store, article("q", "问", bands=(1, 2)))] == [first]

    def test_another_sketch_version_does_not_compare(self, store: Store) -> None:
        insert(store, article("a", "一", bands=(1, 2), sentences=(7, 8), sketch_version="v0"))
        assert self.candidates(store, article("q", "问", bands=(1, 2), sentences=(7, 8))) == ()

    @pytest.mark.parametrize(
        ("asked", "found"), [((7, 8, 9, 10), True), ((7, 9, 10, 11), False), ((7, 9, 10), True)], ids=str
    )
    def test_two_shared_sentences_nominate_or_one_of_a_short_article(
        self, store: Store, asked: tuple[int, ...], found: bool
    ) -> None:
        insert(store, article("a", "一", sentences=(7, 8)))
        assert bool(self.candidates(store, article("q", "问", sentences=asked))) is found

    def test_equal_text_is_found_for_ever_and_the_canonical_first(self, store: Store) -> None:
        first, story_id = insert(store, article("a", "同文"))
        copy_id, _ = insert(store, article("b", "同文"), verdict=VerdictKind.EXACT_COPY, story_id=story_id)
        found = self.candidates(store, article("q", "同文"), since=after(days=99))
        assert [one.article_id for one in found] == [first, copy_id]

    def test_bands_count_only_within_the_window(self, store: Store) -> None:
        insert(store, article("old", "一", bands=(1, 2)), now=after(days=-31))
        fresh, _ = insert(store, article("new", "二", bands=(1, 2)))
        found = self.candidates(store, article("q", "问", bands=(1, 2)), since=after(days=-30))
        assert [one.article_id for one in found] == [fresh]

    def test_article_is_not_its_own_candidate(self, store: Store) -> None:
        insert(store, article("a", "一", bands=(1, 2)))
        assert self.candidates(store, article("a", "一", bands=(1, 2))) == ()

    @pytest.mark.parametrize(
        ("field", "most"), [("bands", bands.HOT_BAND), ("sentences", bands.COMMON_SENTENCE)], ids=str
    )
    def test_key_that_too_many_share_is_skipped(self, store: Store, field: str, most: int) -> None:
        def many(session: Any) -> None:
            for number in range(most):
                keys = {field: (1, 1000 + number)}
                value = article(f"a{number}", f"文{number}", mentions=(), **keys)
                article_store.insert_article(session, value, verdict=VerdictKind.NEW, story_id=None, now=NOW)

        store.write(many)
        asked = article("q", "问", **{field: (1,)})
        assert len(self.candidates(store, asked, limit=500)) == most
        insert(store, article("last", "末", **{field: (1,)}))
        assert self.candidates(store, asked, limit=500) == ()

    def test_limit_holds(self, store: Store) -> None:
        for number in range(5):
            insert(store, article(f"a{number}", f"文{number}", bands=(1,)))
        assert len(self.candidates(store, article("q", "问", bands=(1,)), limit=3)) == 3

    def test_popular_story_stays_findable_by_its_sentences(self, store: Store) -> None:
        first, story_id = insert(store, article("a", "一", sentences=(7, 8, 9)))
        for number in range(bands.COMMON_SENTENCE + 5):
            value = article(f"c{number}", f"转{number}", sentences=(7, 8, 9, 100 + number))
            insert(store, value, verdict=VerdictKind.NEAR_COPY, story_id=story_id)
        found = self.candidates(store, article("q", "问", sentences=(7, 8, 9, 999)))
        assert [one.article_id for one in found] == [first]

    def test_revised_article_is_found_by_its_new_form_only(self, store: Store) -> None:
        article_id, _ = insert(store, article("a", "旧", bands=(1, 2), sentences=(7, 8)))
        newer = article("a", "新", bands=(3, 4), sentences=(9, 10))
        store.write(lambda session: article_store.revise_article(session, article_id, newer, evidence=None, now=NOW))
        assert self.candidates(store, article("q", "问", bands=(1, 2), sentences=(7, 8))) == ()
        (found,) = self.candidates(store, article("q", "问", bands=(3, 4), sentences=(9, 10)))
        assert (found.article_id, found.band_hits, found.sentence_hits) == (article_id, 2, 2)

    def test_old_articles_leave_the_index(self, store: Store) -> None:
        for number in range(3):
            insert(store, article(f"a{number}", f"文{number}", bands=(1,), sentences=(7, 8)), now=after(days=number))

        def drop(session: Any) -> int:
            return bands.drop_before(session, after(days=1.5), limit=1)

        assert [store.write(drop) for _ in range(3)] == [1, 1, 0]
        found = self.candidates(store, article("q", "文0", bands=(1,), sentences=(7, 8)), since=after(days=-9))
        assert sorted((one.article_id, one.band_hits) for one in found) == [(1, 0), (3, 1)]
        assert [row.article_id for row in rows(store, select(sentences.c.article_id).distinct())] == [3]

    def test_clock_that_runs_ahead_does_not_empty_the_index(self, store: Store) -> None:
        insert(store, article("a", "文", bands=(1,), sentences=(7, 8)))
        assert store.write(lambda session: bands.drop_before(session, after(days=9_000))) == 0
        assert len(rows(store, select(sentences))) == 2
