"""Sources and visits: what is due, to whom it is given, and when it is given back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from storage import frontier, hits, outbox
from storage.channel_states import ChannelState, channel_state, keep_channel_state
from storage.clock import forget_future
from storage.database import LeaseLost, Store
from storage.tables import sources
from tests.contract.store.work import claim, finish, lease, next_visit, one, rows, settle, settle_item, with_sources
from tests.unit.storage.worlds import HOST, NOW, after, new_item, poll, spec


class TestSources:
    def test_new_source_is_due_now(self, store: Store) -> None:
        with_sources(store, spec("wire", every_s=120), spec("blog", kind="page"))
        found = {row.id: row for row in rows(store, select(sources))}
        assert found["wire"].due_at == NOW
        assert found["wire"].interval_s == 120
        assert found["blog"].kind == "page"

    def test_many_sources_are_all_set_up(self, store: Store) -> None:
        many = [spec(f"s{number:03}") for number in range(250)]
        with_sources(store, *many)
        assert [row.id for row in rows(store, select(sources).order_by(sources.c.id))] == [one.id for one in many]

    def test_same_sources_again_change_nothing(self, store: Store) -> None:
        with_sources(store)
        before = rows(store, select(sources))
        store.write(lambda session: frontier.sync_sources(session, [spec()], now=after(hours=1)))
        assert rows(store, select(sources)) == before

    def test_changed_address_forgets_what_belonged_to_the_old_one(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a")))
        later = after(minutes=5)
        moved = spec(url="https://other.example/feed", host="other.example")
        store.write(lambda session: frontier.sync_sources(session, [moved], now=later))
        row = one(store, select(sources))
        assert (row.etag, row.last_modified, row.body_hash, row.cursor) == (None, None, None, {})
        assert row.due_at == later
        assert row.last_success_at == NOW
        with pytest.raises(LeaseLost):
            settle(store, poll(new_item("b")))

    def test_changed_settings_make_a_source_due_and_its_list_new(self, store: Store) -> None:
        with_sources(store, spec(digest="1"))
        claim(store)
        pacing = {"per_day": 3.5}
        settle(store, poll(new_item("a"), pacing=pacing))
        finish(store)
        later = after(minutes=5)
        for changed in (spec(digest="1", group="renamed"), spec(digest="2")):
            assert one(store, select(sources.c.body_hash)).body_hash == "b1"
            store.write(lambda session, changed=changed: frontier.sync_sources(session, [changed], now=later))
        row = one(store, select(sources))
        assert (row.etag, row.last_modified, row.body_hash, row.cursor, row.last_keys) == (None, None, None, {}, None)
        assert (row.due_at, row.pacing, row.last_success_at) == (later, pacing, NOW)

    def test_poll_under_way_with_settings_that_changed_is_not_stored(self, store: Store) -> None:
        with_sources(store, spec(digest="1"))
        claim(store)
        with_sources(store, spec(digest="2"))
        with pytest.raises(LeaseLost):
            settle(store, poll(new_item("a")))

    def test_visit_goes_on_past_a_source_whose_settings_changed_after_its_poll(self, store: Store) -> None:
        with_sources(store, spec(digest="1"))
        claim(store)
        settle(store, poll(new_item("a")))
        with_sources(store, spec(digest="2"))
        held = lease(store)
        assert store.write(lambda session: frontier.extend_lease(session, HOST, held, until=after(minutes=9)))

    def test_removed_source_rests_and_comes_back_with_its_history(self, store: Store) -> None:
        with_sources(store, spec(), spec("blog", host="blog.example"))
        claim(store)
        settle(store, poll(new_item("a")))
        finish(store)
        store.write(lambda session: frontier.sync_sources(session, [], now=NOW))
        assert claim(store, now=after(days=2)) == ()
        with_sources(store)
        (visit,) = claim(store, now=after(days=2))
        assert visit.sources[0].validators.etag == '"v1"'
        assert [item.key for item in visit.items] == ["a"]

    def test_shorter_fixed_interval_takes_effect_at_once(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll())
        store.write(lambda session: frontier.sync_sources(session, [spec(every_s=60)], now=NOW))
        assert one(store, select(sources.c.due_at)).due_at == after(seconds=60)


class TestClock:
    """The clock ran years ahead, and went back."""

    AHEAD = after(days=9_000)

    def test_source_polled_in_the_future_is_due_now(self, store: Store) -> None:
        with_sources(store)
        claim(store, now=self.AHEAD)
        settle(store, poll(at=self.AHEAD, error="HTTP 500", next_due_at=self.AHEAD + timedelta(hours=24)))
        finish(store, not_before=self.AHEAD + timedelta(seconds=1))
        assert claim(store, now=after(days=9)) == ()
        with_sources(store)
        (visit,) = claim(store)
        assert [source.id for source in visit.sources] == ["wire"]

    def test_item_put_off_to_the_future_is_due_now_and_one_of_a_removed_source_is_not(self, store: Store) -> None:
        with_sources(store, spec(), spec("gone", host="gone.example"))
        claim(store)
        settle(store, poll(new_item("a")))
        settle(store, poll(new_item("b", host="gone.example"), source_id="gone"), host="gone.example")
        finish(store, "gone.example")
        with_sources(store)
        (item,) = next_visit(store).items
        later = {"due_at": self.AHEAD, "detail": None, "host": HOST, "owner": lease(store)}
        store.write(lambda session: frontier.postpone_item(session, item.id, **later))
        finish(store)
        with_sources(store)
        (visit,) = claim(store)
        assert [found.key for found in visit.items] == ["a"]

    def test_host_paused_until_the_future_is_free(self, store: Store) -> None:
        with_sources(store)
        store.write(lambda session: frontier.pause_host(session, HOST, until=self.AHEAD, reason="HTTP 429"))
        with_sources(store)
        assert len(claim(store)) == 1

    def test_pause_and_back_off_of_a_day_stay(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(error="HTTP 500", next_due_at=after(hours=24)))
        finish(store)
        store.write(lambda session: frontier.pause_host(session, HOST, until=after(hours=24), reason="HTTP 429"))
        with_sources(store)
        assert claim(store, now=after(hours=23)) == ()

    def test_messages_and_digests_of_the_future_do_not_stop_those_of_now(self, store: Store) -> None:
        def ahead(session: Any) -> None:
            message = {"key": "k", "channel": "mail", "reason": "first", "payload": {}}
            outbox.enqueue(session, **message, due_at=self.AHEAD, now=self.AHEAD)
            for days, last in ((0, 3), (9_000, 5), (9_001, 7)):
                hits.mark_digest(session, "mail", scheduled_at=after(days=days), last_hit_id=last, now=self.AHEAD)

        store.write(ahead)
        store.write(lambda session: frontier.sync_sources(session, [], now=after(hours=2)))
        with store.read() as session:
            mark = hits.last_digest(session, "mail")
        assert mark == hits.DigestMark(scheduled_at=after(hours=2), made_at=after(hours=2), last_hit_id=7)
        (message,) = store.write(
            lambda session: outbox.claim(
                session, now=after(hours=2), owner="me", lease_s=60, limit=9, channels=["mail"]
            )
        )
        assert message.key == "k"

    def test_clock_that_ran_some_hours_ahead_keeps_nothing_waiting(self, store: Store) -> None:
        ahead = after(hours=8)
        with_sources(store)
        claim(store, now=ahead)
        settle(store, poll(new_item("a"), at=ahead, next_due_at=ahead + timedelta(minutes=10)))
        finish(store, not_before=ahead + timedelta(seconds=1))
        message = {"key": "k", "channel": "mail", "reason": "first", "payload": {}}
        rests = ChannelState(
            id="mail", failures=1, failing_since=ahead, rests_until=ahead + timedelta(minutes=15), told_at=ahead
        )
        store.write(lambda session: outbox.enqueue(session, **message, due_at=ahead, now=ahead))
        store.write(lambda session: keep_channel_state(session, rests))
        assert claim(store) == ()

        store.write(lambda session: forget_future(session, NOW))

        (visit,) = claim(store)
        assert ([one.id for one in visit.sources], [one.key for one in visit.items]) == (["wire"], ["a"])
        with store.read() as session:
            assert session.execute(outbox.first_due(NOW, "mail")).first() is not None
            assert channel_state(session, "mail") == ChannelState(id="mail", reason=rests.reason, told_at=NOW)


class TestClaims:
    def test_visit_holds_due_sources_and_items_oldest_first(self, store: Store) -> None:
        with_sources(store)
        (visit,) = claim(store)
        assert (visit.host, visit.owner) == (HOST, lease(store))
        assert [source.id for source in visit.sources] == ["wire"]
        settle(store, poll(new_item("a"), new_item("b")))
        finish(store)
        (again,) = claim(store)
        assert again.sources == ()
        assert [(item.key, item.attempts) for item in again.items] == [("a", 0), ("b", 0)]
        assert again.items[0].published == new_item("a").published
        assert again.items[0].authors == ("王小明",)

    def test_leased_host_is_not_claimed_twice(self, store: Store) -> None:
        with_sources(store)
        assert len(claim(store)) == 1
        assert claim(store, owner="other", now=after(seconds=59)) == ()

    def test_lapsed_lease_is_work_again(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        (visit,) = claim(store, owner="other", now=after(seconds=60))
        assert visit.sources[0].failures == 1

    def test_what_a_lapsed_visit_held_counts_an_attempt(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a"), new_item("b")))
        finish(store)
        (visit,) = claim(store)
        settle_item(store, visit.items[0].id)
        (again,) = claim(store, owner="other", now=after(seconds=61))
        assert [(item.key, item.attempts) for item in again.items] == [("b", 1)]

    def test_visit_that_finished_blames_nobody(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a")))
        finish(store)
        claim(store)
        finish(store)
        (again,) = claim(store, owner="other", now=after(seconds=61))
        assert again.items[0].attempts == 0

    def test_item_that_lapses_again_and_again_is_handed_out_alone_and_last(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a"), new_item("b"), new_item("c")))
        finish(store)
        claim(store)
        for number in (1, 2):
            (visit,) = claim(store, owner=f"life {number}", now=after(minutes=number * 2))
        settle_poll_with = poll(new_item("d"), at=after(minutes=4))
        settle(store, settle_poll_with, owner="life 2")
        assert [item.key for item in visit.items] == ["a"]
        (visit,) = claim(store, owner="life 3", now=after(minutes=6))
        assert [item.key for item in visit.items] == ["d", "b"]
        assert [item.attempts for item in visit.items] == [0, 2]

    def test_suspected_items_do_not_stand_in_the_way_of_the_others(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(*(new_item(f"k{n}") for n in range(6))))
        finish(store)
        for number in range(3):
            claim(store, owner=f"life {number}", now=after(minutes=number * 2), items_per_visit=3)
        (visit,) = claim(store, owner="life 3", now=after(minutes=6), items_per_visit=3)
        assert [(item.key, item.attempts) for item in visit.items] == [("k3", 1), ("k4", 1), ("k1", 2)]

    def test_process_that_slept_through_its_lease_is_fenced_from_its_own_next_visit(self, store: Store) -> None:
        with_sources(store)
        (slept,) = claim(store, owner="me")
        (awake,) = claim(store, owner="me", now=after(minutes=2))
        with pytest.raises(LeaseLost):
            store.write(lambda session: frontier.settle_poll(session, poll(), host=HOST, owner=slept.owner))
        store.write(lambda session: frontier.finish_visit(session, HOST, slept.owner))
        assert not store.write(
            lambda session: frontier.extend_lease(session, HOST, slept.owner, until=after(minutes=9))
        )
        store.write(lambda session: frontier.settle_poll(session, poll(), host=HOST, owner=awake.owner))

    def test_source_that_ends_every_visit_does_not_keep_a_pass_open(self, store: Store) -> None:
        with_sources(store)
        for number in range(7):
            with store.read() as session:
                assert not frontier.idle(session, after(minutes=number * 2))
            claim(store, owner=f"life {number}", now=after(minutes=number * 2))
        with store.read() as session:
            assert frontier.idle(session, after(minutes=14))

    def test_source_that_lapses_again_and_again_is_pushed_back(self, store: Store) -> None:
        with_sources(store)
        for number in range(6):
            claim(store, owner=f"life {number}", now=after(minutes=number * 2))
        assert one(store, select(sources.c.due_at)).due_at <= after(minutes=10)
        claim(store, owner="life 6", now=after(minutes=12))
        row = one(store, select(sources.c.failures, sources.c.due_at, sources.c.last_error))
        assert row.failures == 6
        assert row.due_at > after(minutes=12)
        assert "without a result" in row.last_error

    def test_oldest_due_host_comes_first_and_the_limit_holds(self, store: Store) -> None:
        with_sources(store, *(spec(f"s{n}", host=f"h{n}") for n in range(4)))
        store.write(
            lambda session: session.execute(
                update(sources).where(sources.c.id == "s2").values(due_at=after(seconds=-5))
            )
        )
        assert [visit.host for visit in claim(store, limit=2)] == ["h2", "h0"]
        assert [visit.host for visit in claim(store, limit=9)] == ["h1", "h3"]

    def test_no_room_claims_nothing(self, store: Store) -> None:
        with_sources(store)
        assert claim(store, limit=0) == ()

    def test_items_per_visit_are_limited(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(*(new_item(f"k{n}") for n in range(5))))
        finish(store)
        (visit,) = claim(store, items_per_visit=2)
        assert [item.key for item in visit.items] == ["k0", "k1"]

    def test_paused_host_waits_and_a_pause_only_grows(self, store: Store) -> None:
        with_sources(store)

        def pause(minutes: float, reason: str) -> None:
            until = after(minutes=minutes)
            store.write(lambda session: frontier.pause_host(session, HOST, until=until, reason=reason))

        pause(30, "429")
        pause(10, "503")
        assert claim(store, now=after(minutes=29)) == ()
        with store.read() as session:
            assert frontier.next_due_at(session) == after(minutes=30)
        assert len(claim(store, now=after(minutes=30))) == 1

    def test_finish_keeps_the_later_of_two_times(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        store.write(lambda session: frontier.pause_host(session, HOST, until=after(minutes=5), reason="429"))
        finish(store, not_before=after(seconds=2))
        assert claim(store, now=after(minutes=4)) == ()
        assert len(claim(store, now=after(minutes=5))) == 1

    def test_extended_lease_holds_and_a_lost_one_cannot_be(self, store: Store) -> None:
        with_sources(store)
        claim(store)

        def extend(owner: str) -> bool:
            return store.write(lambda session: frontier.extend_lease(session, HOST, owner, until=after(minutes=5)))

        assert extend(lease(store))
        assert not extend(lease(store, "other"))
        assert claim(store, owner="other", now=after(minutes=4)) == ()

    def test_release_all_gives_back_only_what_is_mine(self, store: Store) -> None:
        with_sources(store, spec("s1", host="h1"), spec("s2", host="h2"))
        claim(store, owner="me", limit=1)
        claim(store, owner="other", limit=1)
        store.write(lambda session: frontier.release_all(session, "me"))
        (visit,) = claim(store, owner="third")
        assert visit.host == "h1"
        assert visit.sources[0].failures == 0

    def test_lapse_all_makes_the_work_of_the_dead_due_at_once(self, store: Store) -> None:
        with_sources(store)
        claim(store, owner="dead")
        store.write(lambda session: frontier.lapse_all(session, now=after(seconds=1)))
        (visit,) = claim(store, owner="me", now=after(seconds=1))
        assert visit.sources[0].failures == 1

    def test_next_due_at_sees_sources_items_and_leases(self, store: Store) -> None:
        def due() -> datetime | None:
            with store.read() as session:
                return frontier.next_due_at(session)

        assert due() is None
        with_sources(store)
        assert due() == NOW
        claim(store)
        assert due() == after(seconds=60)
        settle(store, poll(new_item("a")))
        finish(store)
        assert due() == NOW
        (visit,) = claim(store)
        settle_item(store, visit.items[0].id)
        finish(store)
        assert due() == after(seconds=900)

    def test_idle_after_one_full_pass(self, store: Store) -> None:
        def idle() -> bool:
            with store.read() as session:
                return frontier.idle(session, after(seconds=1))

        assert idle()
        with_sources(store)
        assert not idle()
        claim(store)
        settle(store, poll(new_item("a")))
        assert not idle()
        finish(store)
        (visit,) = claim(store)
        settle_item(store, visit.items[0].id)
        assert idle()

    def test_work_of_a_paused_host_does_not_keep_a_pass_open(self, store: Store) -> None:
        with_sources(store)
        store.write(lambda session: frontier.pause_host(session, HOST, until=after(hours=1), reason="429"))
        with store.read() as session:
            assert frontier.idle(session, NOW)
            assert not frontier.idle(session, after(hours=2))
