"""What the interfaces ask."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from storage import articles as article_store
from storage import feed, frontier, hits, outbox, topics
from storage.database import Store
from storage.records import Edge, Outcome, VerdictKind
from storage.tables import articles, corrections, items, stories, story_events
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
        edge = Edge(from_id=2, to_id=1, verdict=VerdictKind.NEAR_COPY, evidence=evidence())
        world.write(lambda session: article_store.add_edge(session, edge, now=NOW))
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

    def test_story_shows_who_copied_whom(self, world: Store) -> None:
        story = self.ask(world, feed.get_story, 1, limit=9)
        assert (story.story.canonical_id, story.asked_id, story.first.article_id) == (1, 1, 1)
        lead, copy = story.members
        assert (lead.is_canonical, lead.verdict, copy.verdict, copy.compared_id) == (True, None, "near_copy", 1)
        assert copy.lag == feed.Lag(days=0, seconds=None)
        assert copy.evidence == evidence(containment_a=0.95, containment_b=0.97, number_conflicts=(("120", "100"),))
        assert (story.lead.article_id, story.lead.next_id) == (1, 2)
        assert [alert.hit.rule for alert in story.alerts] == ["models"]
        assert self.ask(world, feed.get_story, 99, limit=9) is None
        assert self.ask(world, feed.get_story, 2**40, limit=9) is None

    def test_articles_of_a_story_come_in_pages(self, world: Store) -> None:
        first = self.ask(world, feed.get_story, 1, limit=1)
        rest = self.ask(world, feed.get_story, 1, limit=1, after=first.next_after)
        assert [[one.article_id for one in page.members] for page in (first, rest)] == [[1], [2]]
        assert rest.next_after is None

    def test_stories_are_related_by_the_edges_of_their_articles(self, world: Store) -> None:
        found = evidence(name_conflicts=(("丙", "乙"),))
        edge = Edge(from_id=3, to_id=2, verdict=VerdictKind.REVISION, evidence=found)
        world.write(lambda session: article_store.add_edge(session, edge, now=NOW))
        later, earlier = (self.ask(world, feed.get_story, story, limit=9) for story in (2, 1))
        (revises,), (revised,) = later.related, earlier.related
        assert (revises.relation, revises.story_id, revises.article_id, revises.other_id) == ("revises", 1, 3, 2)
        assert (revised.relation, revised.story_id, revised.evidence.containment_a) == ("revised_by", 2, 0.95)
        assert revises.changes == revised.changes == (("120", "100"), ("乙", "丙"))
        assert (later.related_counts, earlier.related_counts) == ({"revises": 1}, {"revised_by": 1})
        assert [story.revises for story in self.ask(world, feed.list_stories, limit=9)] == [(1,), ()]

    def test_a_story_that_went_into_another_leads_there(self, world: Store) -> None:
        def merge(session: Any) -> None:
            session.execute(update(articles).where(articles.c.id == 3).values(story_id=1))
            gone = {"canonical_id": None, "merged_into": 1}
            session.execute(update(stories).where(stories.c.id == 2).values(**gone))
            event = {"story_id": 1, "at": NOW, "kind": "merged", "article_id": 3, "other_id": None}
            session.execute(story_events.insert(), event | {"other_story_id": 2, "detail": "why"})
            said = {"low_id": 1, "high_id": 3, "verdict": "together", "note": "why", "created_at": NOW}
            session.execute(corrections.insert(), said)

        before = self.ask(world, feed.latest_event)
        world.write(merge)
        found = self.ask(world, feed.get_story, 2, limit=9)
        assert (found.asked_id, found.story.id, found.story.article_count) == (2, 1, 3)
        assert [(one.kind, one.other_story_id, one.detail) for one in found.events] == [("merged", 2, "why")]
        assert self.ask(world, feed.events_since, before) == found.events
        assert [(one.verdict, one.article_id, one.other_id) for one in found.corrections] == [("together", 1, 3)]
        assert [story.id for story in self.ask(world, feed.list_stories, limit=9)] == [1]
        why = self.ask(world, feed.explain, 3)
        assert (why.lead.article_id, why.lead.next_id, why.events) == (1, 3, found.events)
        assert [(one.article_id, one.other_id) for one in why.corrections] == [(3, 1)]
        assert self.ask(world, feed.placed_in, [1]) == self.ask(world, feed.places_of, [1, 2, 3]) == {1: 1, 2: 1, 3: 1}

    def test_stories_of_one_topic_stand_beside_each_other(self, world: Store) -> None:
        def group(session: Any) -> None:
            link = topics.Link(
                via_story_id=1, score=0.7, entities=("model:x",), words=("甲",), hours=2.0, rule="t", reason="7 words"
            )
            topics.join_topic(session, 2, link, now=NOW)

        world.write(group)
        listed = self.ask(world, feed.list_stories, limit=9)
        assert [(story.id, story.topic_stories) for story in listed] == [(2, 2), (1, 2)]
        assert len({story.topic_id for story in listed}) == 1
        first, other = (self.ask(world, feed.get_story, story, limit=9) for story in (1, 2))
        assert [(one.story.id, one.via_story_id, one.reason) for one in first.same_event] == [(2, 1, "7 words")]
        assert [(one.story.id, one.via_story_id) for one in other.same_event] == [(1, None)]
        assert other.same_event_why == "7 words"

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
        assert self.ask(world, feed.coverage, now=NOW) == feed.Coverage(watched=4, ok=2, silent=1, failed=1, unsent=0)
        settle(world, poll(source_id="quiet", unchanged=True, at=after(days=8)), host="quiet")
        later = after(days=8)
        assert self.ask(world, feed.coverage, now=later) == feed.Coverage(watched=4, ok=1, silent=2, failed=1, unsent=1)

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
        assert self.ask(store, feed.coverage, now=NOW) == feed.Coverage(watched=0, ok=0, silent=0, failed=0, unsent=0)
        assert self.ask(store, feed.counters)["outcomes"] == {}

    def test_every_answer_has_a_form_in_json(self, world: Store) -> None:
        answers = [
            self.ask(world, feed.list_articles, limit=9),
            self.ask(world, feed.get_article, 1),
            self.ask(world, feed.list_stories, limit=9),
            self.ask(world, feed.get_story, 1, limit=9),
            self.ask(world, feed.list_sources),
            self.ask(world, feed.list_items, limit=9),
            self.ask(world, feed.list_alerts, limit=9),
            self.ask(world, feed.explain, 1),
            self.ask(world, feed.coverage, now=NOW),
            self.ask(world, feed.counters),
        ]
        values = json.loads(json.dumps(feed.as_json(answers)))
        assert values == feed.as_json(answers)
        assert values[0][-1]["first_seen_at"] == "2026-03-02T08:00:00.000000Z"
