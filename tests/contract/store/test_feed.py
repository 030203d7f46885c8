"""What the interfaces ask."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select

from storage import articles as article_store
from storage import feed, frontier, hits, outbox
from storage.database import Store
from storage.records import Edge, Outcome, VerdictKind
from storage.tables import items
from tests.contract.store.work import claim, insert, mentioning, next_visit, rows, settle, settle_item, with_sources
from tests.unit.storage.worlds import HOST, NOW, after, article, evidence, hit, new_item, poll, spec


class TestFeed:
    @pytest.fixture
    def world(self, store: Store) -> Store:
        """Two stories: an article with a near-copy and a hit that was sent, and an article of another source."""
        with_sources(store, spec("wire"), spec("blog", host="blog.example"))
        claim(store)
        settle(store, poll(*(new_item(key) for key in "abc")))
        next_visit(store)
        first, story_id = insert(store, article("a", "甲" * 90, title=None, mentions=mentioning("model:x", "law:y")))
        copied, _ = insert(store, article("b", "乙"), verdict=VerdictKind.NEAR_COPY, story_id=story_id)
        insert(store, article("c", "丙。末句", title=" ", source_id="blog", mentions=mentioning("model:z")))
        outcomes = {"a": Outcome.STORED, "b": Outcome.NEAR_COPY, "c": Outcome.TOO_SHORT}
        for row in rows(store, select(items.c.id, items.c.key).order_by(items.c.id)):
            linked = {"a": first, "b": copied}.get(row.key)
            settle_item(store, row.id, outcomes[row.key], article_id=linked)
        edge = Edge(from_id=copied, to_id=first, verdict=VerdictKind.NEAR_COPY, evidence=evidence())
        store.write(lambda session: article_store.add_edge(session, edge, now=NOW))

        def tell(session: Any) -> None:
            hit_id = hits.add_hit(session, hit(story_id, first), now=NOW)
            enqueued = {"key": "k", "channel": "mail", "reason": "first", "payload": {}, "due_at": NOW, "now": NOW}
            outbox.enqueue(session, **enqueued, hit_ids=[hit_id, hit_id])

        store.write(tell)
        return store

    def ask(self, store: Store, question: Any, *args: Any, **options: Any) -> Any:
        with store.read() as session:
            return question(session, *args, **options)

    def test_articles_come_newest_first_in_pages(self, world: Store) -> None:
        page = self.ask(world, feed.list_articles, limit=2)
        assert [one.id for one in page] == [3, 2]
        rest = self.ask(world, feed.list_articles, limit=2, before_id=page[-1].id)
        assert [one.id for one in rest] == [1]
        assert rest[0].title == "甲" * 79 + "…"
        assert page[0].title == "丙。"
        assert (rest[0].entities, rest[0].outlets, rest[0].outcome) == (("model:x", "law:y"), 2, "stored")
        assert (page[1].verdict, page[1].outcome, page[1].published) == (
            "near_copy",
            "near_copy",
            article("b").published,
        )

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({"entity": "model:x"}, [1]),
            ({"entity": "model:none"}, []),
            ({"source": "blog"}, [3]),
            ({"source": "blog", "entity": "model:x"}, []),
            ({"source": "blog", "entity": "model:z"}, [3]),
            ({"entity": "model:ernie-bot", "before_id": 2}, []),
        ],
        ids=str,
    )
    def test_articles_can_be_narrowed(self, world: Store, asked: dict[str, Any], found: list[int]) -> None:
        assert [one.id for one in self.ask(world, feed.list_articles, limit=9, **asked)] == found

    def test_article_shows_everything(self, world: Store) -> None:
        newer = article("a", "新" * 90)
        world.write(lambda session: article_store.revise_article(session, 1, newer, evidence=None, now=after(hours=1)))
        shown = self.ask(world, feed.get_article, 1)
        assert (shown.text, shown.revision, shown.flags) == ("新" * 90, 2, ("truncated",))
        assert shown.removed == article("a").removed
        assert shown.mentions == newer.mentions
        assert [(one.number, one.text) for one in shown.revisions] == [(1, "甲" * 90)]
        assert [(one.from_id, one.to_id, one.title, one.evidence) for one in shown.edges] == [
            (2, 1, "题目 b", evidence())
        ]
        assert [one.rule for one in shown.hits] == ["models"]
        assert self.ask(world, feed.get_article, 99) is None

    def test_stories_count_articles_and_outlets(self, world: Store) -> None:
        latest, first = self.ask(world, feed.list_stories, limit=9)
        assert (first.article_count, first.outlets, first.canonical_id) == (2, ("a 日报", "b 日报"), 1)
        assert (latest.article_count, latest.title, latest.entities) == (1, "丙。", ("model:z",))

    def test_sources_show_how_they_do(self, world: Store) -> None:
        world.write(lambda session: frontier.pause_host(session, HOST, until=after(hours=2), reason="HTTP 429"))
        blog, wire = self.ask(world, feed.list_sources)
        assert (wire.stored, wire.discovered, wire.pending) == (2, 3, 0)
        assert wire.outcomes == {"near_copy": 1, "stored": 1, "too_short": 1}
        assert (wire.next_poll_at, wire.paused_until, wire.pause_reason) == (after(hours=2), after(hours=2), "HTTP 429")
        assert (blog.last_polled_at, blog.silent_since, blog.paused_until) == (None, NOW, None)

    @pytest.mark.parametrize(
        ("asked", "found"),
        [({}, [3, 2, 1]), ({"state": "rejected"}, [3]), ({"outcome": "stored"}, [1]), ({"source": "blog"}, [])],
        ids=str,
    )
    def test_items_can_be_narrowed(self, world: Store, asked: dict[str, Any], found: list[int]) -> None:
        assert [one.id for one in self.ask(world, feed.list_items, limit=9, **asked)] == found

    def test_alerts_show_what_became_of_their_messages(self, world: Store) -> None:
        (alert,) = self.ask(world, feed.list_alerts, limit=9)
        assert (alert.hit.rule, alert.title) == ("models", "甲" * 79 + "…")
        assert [(one.channel, one.state, one.attempts) for one in alert.hit.deliveries] == [("mail", "pending", 0)]

    @pytest.mark.parametrize("asked", [1, "1", f"https://{HOST}/a", "unknown spelling"], ids=str)
    def test_article_can_be_explained(self, world: Store, asked: str | int) -> None:
        why = self.ask(world, feed.explain, asked, key="a")
        assert (why.article.id, why.story.article_count) == (1, 2)
        assert [item.outcome for item in why.items] == ["stored"]
        assert [edge.verdict for edge in why.edges] == ["near_copy"]
        assert [alert.hit.rule for alert in why.alerts] == ["models"]

    def test_rejected_address_can_be_explained(self, world: Store) -> None:
        why = self.ask(world, feed.explain, f"https://{HOST}/c")
        assert [(item.outcome, item.detail) for item in why.items] == [("too_short", "why")]

    @pytest.mark.parametrize("asked", ["https://never.example/", "99", "9" * 5000, "١"], ids=lambda text: text[:9])
    def test_what_was_never_seen_has_no_explanation(self, world: Store, asked: str) -> None:
        assert self.ask(world, feed.explain, asked) is None

    def test_coverage_adds_up(self, world: Store) -> None:
        with_sources(world, *(spec(name, host=name) for name in ("fails", "never", "quiet")), spec("wire"))
        for name, record in (("fails", poll(error="HTTP 500")), ("quiet", poll(new_item("q")))):
            claim(world)
            settle(world, replace(record, source_id=name), host=name)
        assert self.ask(world, feed.coverage) == feed.Coverage(watched=4, ok=2, silent=1, failed=1, unsent=1)
        settle(world, poll(source_id="quiet", unchanged=True, at=after(days=8)), host="quiet")
        assert self.ask(world, feed.coverage) == feed.Coverage(watched=4, ok=1, silent=2, failed=1, unsent=1)

    def test_counters_count(self, world: Store) -> None:
        found = self.ask(world, feed.counters)
        assert (found["articles"], found["stories"], found["hits"], found["items_pending"]) == (3, 2, 1, 0)
        assert found["outcomes"] == {"near_copy": 1, "stored": 1, "too_short": 1}
        assert found["deliveries"] == {"pending": 1, "sending": 0, "sent": 0, "dead": 0}
        assert found["sources"] == {"watched": 2, "failing": 0, "silent": 1}

    def test_empty_store_has_empty_answers(self, store: Store) -> None:
        for question in (feed.list_articles, feed.list_stories, feed.list_items, feed.list_alerts):
            assert self.ask(store, question, limit=5) == ()
        assert self.ask(store, feed.list_sources) == ()
        assert self.ask(store, feed.coverage) == feed.Coverage(watched=0, ok=0, silent=0, failed=0, unsent=0)
        assert self.ask(store, feed.counters)["outcomes"] == {}

    def test_every_answer_has_a_form_in_json(self, world: Store) -> None:
        answers = [
            self.ask(world, feed.list_articles, limit=9),
            self.ask(world, feed.get_article, 1),
            self.ask(world, feed.list_stories, limit=9),
            self.ask(world, feed.list_sources),
            self.ask(world, feed.list_items, limit=9),
            self.ask(world, feed.list_alerts, limit=9),
            self.ask(world, feed.explain, 1),
            self.ask(world, feed.coverage),
            self.ask(world, feed.counters),
        ]
        values = json.loads(json.dumps(feed.as_json(answers)))
        assert values == feed.as_json(answers)
        assert values[0][-1]["first_seen_at"] == "2026-03-02T08:00:00.000000Z"
