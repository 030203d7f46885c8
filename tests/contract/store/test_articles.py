"""Articles: put in, found again, revised, tied to one another."""

from __future__ import annotations

from sqlalchemy import select

from storage import articles as article_store
from storage.database import Store
from storage.records import Edge, VerdictKind
from storage.tables import articles, edges, mentions, revisions, stories
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
