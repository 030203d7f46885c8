"""Hits, digests and the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from storage import dead_letters, hits, outbox
from storage.database import Store
from storage.records import DeliveryState, HitReason, Published, VerdictKind
from tests.contract.store.work import insert
from tests.unit.storage.worlds import NOW, after, article, hit


class TestHits:
    def test_hit_is_known_by_rule_story_and_token(self, store: Store) -> None:
        article_id, story_id = insert(store, article("a"))

        def add(**changes: Any) -> int | None:
            return store.write(lambda session: hits.add_hit(session, hit(story_id, article_id, **changes), now=NOW))

        first = add()
        assert first is not None
        assert add() is None
        changed = add(reason=HitReason.CHANGED, token="h2", changes=(("100", "120"),))
        other = add(rule="laws")
        assert first < changed < other  # type: ignore[operator]
        with store.read() as session:
            assert hits.last_hit_before(session, after(days=1)) == other
            (found,) = hits.story_hits(session, [changed or 0])
        assert found.hit == hit(story_id, article_id, reason=HitReason.CHANGED, token="h2", changes=(("100", "120"),))

    def test_hits_after_come_with_their_stories(self, store: Store) -> None:
        article_id, story_id = insert(store, article("a", published=None))
        early = article("b", publisher="早报", source="x", source_id="s2")
        insert(store, early, verdict=VerdictKind.NEAR_COPY, story_id=story_id)
        insert(store, article("c", publisher=None), verdict=VerdictKind.NEAR_COPY, story_id=story_id)

        def add(session: Any) -> list[int | None]:
            return [hits.add_hit(session, hit(story_id, article_id, rule), now=NOW) for rule in ("r1", "r2", "r3")]

        ids = store.write(add)
        with store.read() as session:
            found = hits.hits_after(session, rules=["r1", "r3"], after_id=0, limit=10)
            assert [one.hit_id for one in found] == [ids[0], ids[2]]
            assert hits.hits_after(session, rules=["r1", "r3"], after_id=ids[0] or 0, limit=10) == found[1:]
            assert hits.hits_after(session, rules=["r1", "r3"], after_id=0, limit=1) == found[:1]
            assert hits.hits_after(session, rules=[], after_id=0, limit=1) == ()
        assert found[0].article_count == 3
        assert found[0].outlets == ("早报", "wire", "a 日报")
        assert found[0].mentions == article("a").mentions
        assert (found[0].title, found[0].text, found[0].first_seen_at) == ("题目 a", "正文", NOW)

    @pytest.mark.parametrize(
        ("days", "outlets"),
        [(("02", "01", "01"), ("c", "b", "a")), (("01", None, "03"), ("c", "b", "a"))],
        ids=["of one day the better", "a repost after the undated original"],
    )
    def test_first_publisher_is_named_first(
        self, store: Store, days: tuple[str | None, ...], outlets: tuple[str, ...]
    ) -> None:
        story_id = None
        for key, day in zip("abc", days, strict=True):
            published = None if day is None else Published(value=f"2026-03-{day}", precision="day", origin="meta")
            value = article(key, publisher=key, published=published, precedence={"a": "25", "b": "15", "c": "05"}[key])
            article_id, story_id = insert(store, value, story_id=story_id)
        hit_id = store.write(lambda session: hits.add_hit(session, hit(story_id, article_id), now=NOW))
        with store.read() as session:
            assert hits.story_hits(session, [hit_id])[0].outlets == outlets

    def test_digest_of_a_time_is_marked_once(self, store: Store) -> None:
        def mark(hours: float, last: int) -> bool:
            return store.write(
                lambda session: hits.mark_digest(
                    session, "mail", scheduled_at=after(hours=hours), last_hit_id=last, now=after(hours=hours + 1)
                )
            )

        with store.read() as session:
            assert hits.last_digest(session, "mail") is None
        assert [mark(0, 5), mark(0, 6), mark(24, 9)] == [True, False, True]
        with store.read() as session:
            found = hits.last_digest(session, "mail")
            assert hits.last_digest(session, "file") is None
        assert found == hits.DigestMark(scheduled_at=after(hours=24), made_at=after(hours=25), last_hit_id=9)


class TestOutbox:
    def enqueue(self, store: Store, key: str, channel: str = "mail", **options: Any) -> bool:
        chosen: dict[str, Any] = {"reason": "first", "payload": {"题": "文"}, "due_at": NOW, "now": NOW} | options
        return store.write(lambda session: outbox.enqueue(session, key=key, channel=channel, **chosen))

    def claim(self, store: Store, *, now: datetime = NOW, owner: str = "me", limit: int = 10) -> Any:
        return store.write(
            lambda session: outbox.claim(
                session, now=now, owner=owner, lease_s=60, limit=limit, channels=["mail", "file"]
            )
        )

    def test_key_is_enqueued_once(self, store: Store) -> None:
        assert self.enqueue(store, "k")
        assert not self.enqueue(store, "k", payload={"other": 1})
        (delivery,) = self.claim(store)
        assert (delivery.key, delivery.payload, delivery.attempts) == ("k", {"题": "文"}, 1)
        assert (delivery.state, delivery.created_at) == (DeliveryState.SENDING, NOW)

    def test_channel_sends_one_at_a_time_in_order(self, store: Store) -> None:
        for key, channel in (("m1", "mail"), ("m2", "mail"), ("f1", "file"), ("x1", "removed")):
            self.enqueue(store, key, channel)
        first = self.claim(store)
        assert [one.key for one in first] == ["m1", "f1"]
        assert self.claim(store, owner="other") == ()
        store.write(lambda session: outbox.settle_sent(session, first[0].id, "me", now=NOW, detail="250"))
        assert [one.key for one in self.claim(store)] == ["m2"]

    def test_limit_holds(self, store: Store) -> None:
        self.enqueue(store, "m1")
        self.enqueue(store, "f1", "file")
        assert [one.key for one in self.claim(store, limit=1)] == ["m1"]

    def test_message_that_waits_does_not_hold_up_the_others(self, store: Store) -> None:
        self.enqueue(store, "m1")
        self.enqueue(store, "m2")
        (first,) = self.claim(store)
        store.write(
            lambda session: outbox.settle_retry(session, first.id, "me", due_at=after(minutes=5), reason="HTTP 500")
        )
        (second,) = self.claim(store)
        assert second.key == "m2"
        store.write(lambda session: outbox.settle_dead(session, second.id, "me", now=NOW, reason="HTTP 400"))
        assert self.claim(store, now=after(minutes=4)) == ()
        (again,) = self.claim(store, now=after(minutes=5))
        assert (again.key, again.attempts, again.last_error) == ("m1", 2, "HTTP 500")

    def test_lapsed_lease_is_work_again_and_its_owner_settles_nothing(self, store: Store) -> None:
        self.enqueue(store, "m1")
        (lost,) = self.claim(store)
        (taken,) = self.claim(store, owner="other", now=after(seconds=60))
        assert (taken.id, taken.attempts) == (lost.id, 2)
        assert not store.write(lambda session: outbox.settle_sent(session, lost.id, "me", now=NOW, detail=""))
        assert not store.write(lambda session: outbox.settle_retry(session, lost.id, "me", due_at=NOW, reason=""))
        assert not store.write(lambda session: outbox.settle_dead(session, lost.id, "me", now=NOW, reason=""))
        assert store.write(lambda session: outbox.settle_sent(session, lost.id, "other", now=NOW, detail=""))
        assert self.claim(store, now=after(days=1)) == ()

    def test_release_and_lapse_make_messages_due(self, store: Store) -> None:
        self.enqueue(store, "m1")
        self.claim(store, owner="one")
        store.write(lambda session: outbox.release_all(session, "one"))
        assert len(self.claim(store, owner="two")) == 1
        store.write(lambda session: outbox.lapse_all(session, now=after(seconds=1)))
        (again,) = self.claim(store, owner="three", now=after(seconds=1))
        assert again.attempts == 3

    def test_late_is_what_failed_or_waits_too_long(self, store: Store) -> None:
        def late(**moment: float) -> int:
            with store.read() as session:
                return outbox.count_late(session, now=after(**moment))

        for key, channel in (("m1", "mail"), ("f1", "file"), ("m2", "mail"), ("x1", "removed")):
            self.enqueue(store, key, channel)
        assert (late(), late(minutes=10), late(minutes=11)) == (0, 0, 4)
        mail, file = self.claim(store)
        assert (late(), late(minutes=11)) == (0, 4), "under way"
        due_at = after(hours=1)
        store.write(lambda session: outbox.settle_retry(session, mail.id, "me", due_at=due_at, reason="HTTP 500"))
        store.write(lambda session: outbox.settle_dead(session, file.id, "me", now=NOW, reason="550"))
        assert (late(), late(minutes=11)) == (2, 4)
        (sent,) = self.claim(store)
        store.write(lambda session: outbox.settle_sent(session, sent.id, "me", now=NOW, detail="ok"))
        assert (late(), late(minutes=11)) == (2, 3)

    def test_dead_messages_can_be_tried_again(self, store: Store) -> None:
        for key, channel in (("m1", "mail"), ("f1", "file")):
            self.enqueue(store, key, channel)
        for one in self.claim(store):
            store.write(lambda session, one=one: outbox.settle_dead(session, one.id, "me", now=NOW, reason="no"))
        with store.read() as session:
            counts = outbox.outbox_counts(session)
        assert (counts.dead, counts.pending, counts.oldest_unsent_at) == (2, 0, None)
        assert (
            store.write(
                lambda session: dead_letters.retry_dead(session, dead_letters.Choice(ids=[1, 99]), now=after(hours=1))
            )
            == 1
        )
        assert (
            store.write(lambda session: dead_letters.retry_dead(session, dead_letters.Choice(), now=after(hours=1)))
            == 1
        )
        assert [one.attempts for one in self.claim(store, now=after(hours=1))] == [1, 1]
