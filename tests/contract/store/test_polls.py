"""Polls and items: what a poll adds, and how an address ends."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select

from storage import frontier
from storage.database import LeaseLost, Store
from storage.records import ItemState, Outcome, Validators
from storage.tables import items, polls, sources, tallies
from tests.contract.store.work import (
    claim,
    finish,
    insert,
    lease,
    next_visit,
    one,
    rows,
    settle,
    settle_item,
    with_sources,
)
from tests.unit.storage.worlds import HOST, NOW, after, article, new_item, poll, spec


class TestPolls:
    def test_poll_twice_adds_no_rows(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        found = [new_item(f"k{n}") for n in range(3)]
        first = settle(store, poll(*found))
        second = settle(store, poll(*found, at=after(minutes=15)))
        assert (first.new, first.changed, first.known) == (3, 0, 0)
        assert (second.new, second.changed, second.known) == (0, 0, 3)
        assert one(store, select(func.count()).select_from(items))[0] == 3
        ledger = rows(store, select(polls.c.new, polls.c.known, polls.c.overlap).order_by(polls.c.id))
        assert [tuple(row) for row in ledger] == [(3, 0, None), (0, 3, 3)]

    def test_what_a_poll_will_find_can_be_told_beforehand(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a"), new_item("b", version="1")))
        found = [new_item("a"), new_item("b", version="2"), new_item("c"), new_item("d"), new_item("d", version="3")]
        with store.read() as session:
            told = frontier.forecast(session, "wire", found, NOW)
            assert told == frontier.Forecast(new=2, changed=1, overlap=2)
            assert frontier.forecast(session, "wire", [], NOW) == frontier.Forecast(new=0, changed=0, overlap=None)
        settled = settle(store, poll(*found))
        assert (settled.new, settled.changed) == (told.new, told.changed)

    def test_first_poll_overlaps_with_nothing(self, store: Store) -> None:
        with_sources(store)
        with store.read() as session:
            assert frontier.forecast(session, "wire", [new_item("a")], NOW).overlap is None

    @pytest.mark.parametrize("unchanged", [True, False], ids=["unchanged", "news"])
    def test_poll_keeps_what_it_learnt(self, store: Store, unchanged: bool) -> None:
        with_sources(store)
        claim(store)
        learnt: dict[str, Any] = {
            "moved_to": "https://news.example/new.xml",
            "moved_times": 2,
            "pacing": {"per_day": 3.5},
            "notices": (("gap", "some may be missing"),),
        }
        settle(store, poll(unchanged=unchanged, **learnt))
        with store.read() as session:
            source = frontier.read_source(session, "wire")
        assert {name: getattr(source, name) for name in learnt} == learnt

    @pytest.mark.parametrize("unchanged", [True, False], ids=["unchanged", "news"])
    def test_adopted_address_is_visited_at_its_host_until_another_is_configured(
        self, store: Store, unchanged: bool
    ) -> None:
        with_sources(store)
        claim(store)
        moved = poll(unchanged=unchanged, address="https://new.news.example/f.xml")
        owner = lease(store)
        store.write(
            lambda session: frontier.settle_poll(session, moved, host=HOST, owner=owner, next_host="new.news.example")
        )
        finish(store)
        with_sources(store)  # a restart
        (visit,) = claim(store, now=after(hours=1))
        assert (visit.host, visit.sources[0].address) == ("new.news.example", moved.address)
        with_sources(store, spec(url="https://other.example/feed.xml", host="other.example"))
        (visit,) = claim(store, now=after(hours=1))
        assert (visit.host, visit.sources[0].address) == ("other.example", None)

    def test_old_rows_of_the_ledger_are_dropped_and_counts_stay(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        for hours in (0, 1, 2):
            settle(store, poll(new_item(f"k{hours}"), at=after(hours=hours)))
        assert store.write(lambda session: frontier.prune_polls(session, after(hours=2))) == 2
        assert store.write(lambda session: frontier.prune_polls(session, after(hours=2))) == 0
        assert [row.polled_at for row in rows(store, select(polls.c.polled_at))] == [after(hours=2)]
        assert tuple(one(store, select(sources.c.polls, sources.c.discovered))) == (3, 3)

    def test_poll_of_a_source_that_was_removed_meanwhile_makes_no_work(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        store.write(lambda session: frontier.sync_sources(session, [], now=NOW))
        settle(store, poll(new_item("a")))
        finish(store)
        with store.read() as session:
            assert frontier.idle(session, after(days=1))
            assert frontier.next_due_at(session) is None
        assert claim(store, now=after(days=1)) == ()

    def test_overlap_counts_what_the_poll_before_listed_too(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        for names in ("abc", "bcd", "xyz"):
            settle(store, poll(*(new_item(name) for name in names)))
        assert [row.overlap for row in rows(store, select(polls.c.overlap).order_by(polls.c.id))] == [None, 2, 0]

    def test_address_listed_twice_counts_once_and_the_first_wins(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settled = settle(store, poll(new_item("a", title="first"), new_item("a", title="second")))
        assert settled.new == 1
        assert one(store, select(items.c.title)).title == "first"

    def test_address_known_from_another_source_is_not_added(self, store: Store) -> None:
        with_sources(store, spec("wire"), spec("blog"))
        claim(store)
        settle(store, poll(new_item("a")))
        settled = settle(store, poll(new_item("a", version="2"), source_id="blog"))
        assert (settled.new, settled.changed, settled.known) == (0, 0, 1)

    @pytest.mark.parametrize(
        ("before", "then", "changed"),
        [("1", "2", True), ("1", "1", False), ("1", None, False), (None, "1", True), (None, None, False)],
    )
    def test_another_version_makes_an_address_pending_again(
        self, store: Store, before: str | None, then: str | None, changed: bool
    ) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a", version=before)))
        item_id = next_visit(store).items[0].id
        settle_item(store, item_id)
        settled = settle(store, poll(new_item("a", version=then, payload=b"new", payload_type="text/plain")))
        assert settled.changed == int(changed)
        row = one(store, select(items))
        assert row.id == item_id
        assert row.state == (ItemState.PENDING if changed else ItemState.DONE)
        assert row.payload == (b"new" if changed else None)
        assert row.attempts == 0

    @pytest.mark.parametrize(
        ("before", "then", "hours", "changed"),
        [
            (("t", "x"), ("t", "x"), 9, ()),
            (("t", "x"), ("u", "x"), 0, ("a",)),
            (("t", "x"), ("t", "y"), 9, ("a",)),
            (("t", "x"), ("t", "y"), 0.5, ()),
            (("t", "x"), ("t", ""), 9, ()),
            (None, ("t", "x"), 9, ()),
        ],
    )
    def test_what_a_source_tells_otherwise_makes_an_address_pending_again(
        self, store: Store, before: Any, then: Any, hours: float, changed: tuple[str, ...]
    ) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a", version="1", told=before)))
        settle_item(store, next_visit(store).items[0].id)
        for more in (hours, hours):
            again = settle(store, poll(new_item("a", told=then), at=after(hours=more)))
            assert again.changed == len(changed)
            changed = ()

    def test_text_that_changes_soon_after_the_reading_is_not_lost_to_an_unchanged_answer(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a", told=("t", "x"))))
        settle_item(store, next_visit(store).items[0].id)
        remembered = select(sources.c.etag, sources.c.last_modified, sources.c.body_hash)
        other = new_item("a", told=("t", "y"))
        early = settle(store, poll(other, at=after(minutes=30)))
        assert (early.changed, early.put_off) == (0, 1)
        assert tuple(one(store, remembered)) == (None, None, None)
        assert settle(store, poll(other, at=after(hours=9))).changed == 1
        assert one(store, remembered).body_hash == "b1"

    @pytest.mark.parametrize(("version", "attempts", "due"), [("1", 1, 3), ("2", 0, 1)], ids=["mark", "version"])
    def test_other_words_about_a_page_that_fails_do_not_have_it_asked_sooner(
        self, store: Store, version: str, attempts: int, due: int
    ) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a", version="1", told=("t", "x"))))
        visit = next_visit(store)
        later: dict[str, Any] = {"due_at": after(hours=3), "detail": "HTTP 500", "host": HOST, "owner": visit.owner}
        store.write(lambda session: frontier.postpone_item(session, visit.items[0].id, **later))
        settled = settle(store, poll(new_item("a", version=version, told=("t", "y")), at=after(hours=1)))
        row = one(store, select(items))
        assert (settled.changed, row.attempts, row.due_at) == (1, attempts, after(hours=due))
        assert row.version.endswith("y")

    def test_what_most_entries_tell_otherwise_at_once_is_read_again_by_and_by(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(*(new_item(f"k{n}", told=("t", "x")) for n in range(20))))
        for item in next_visit(store).items:
            settle_item(store, item.id)
        listed = [new_item(f"k{n}", told=("t", "y")) for n in range(20)]
        again = [settle(store, poll(*listed, at=after(hours=9))) for _ in range(4)]
        assert [(one.changed, one.put_off) for one in again] == [(8, 12), (8, 4), (4, 0), (0, 0)]

    @pytest.mark.parametrize(
        ("outcome", "hours", "again"),
        [
            (Outcome.UNREACHABLE, 24, True),
            (Outcome.UNREACHABLE, 23, False),
            (Outcome.POISON, 24, True),
            (Outcome.GONE, 23, False),
            (Outcome.GONE, 24, True),
            (Outcome.BLOCKED, 24, True),
            (Outcome.BLOCKED, 7 * 24, True),
            (Outcome.BLOCKED, 8 * 24, False),
            (Outcome.GONE, 8 * 24, False),
            (Outcome.UNREACHABLE, 8 * 24, True),
            (Outcome.TOO_SHORT, 24, False),
            (Outcome.STORED, 24, False),
        ],
        ids=str,
    )
    def test_address_that_failed_a_day_ago_and_is_still_listed_is_tried_again(
        self, store: Store, outcome: Outcome, hours: int, again: bool
    ) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a", version="1")))
        settle_item(store, next_visit(store).items[0].id, outcome)
        listed = poll(new_item("a", version="1", payload=b"bytes"), at=after(hours=hours))
        settled = settle(store, listed)
        row = one(store, select(items))
        assert (settled.new, settled.changed, settled.known) == (0, 0, 1)
        assert (row.state == ItemState.PENDING, row.payload) == (again, b"bytes" if again else None)
        assert row.version == "1"
        if again:
            assert (row.outcome, row.detail, row.attempts, row.due_at) == (None, None, 0, after(hours=hours))

    def test_version_listed_while_the_one_before_is_read_is_read_as_well(self, store: Store) -> None:
        elsewhere = "pages.example"
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a", host=elsewhere, version="1", payload=b"old")))
        (reading,) = claim(store)
        settle(store, poll(new_item("a", host=elsewhere, version="2", payload=b"new")))
        fence = {"host": elsewhere, "owner": reading.owner}
        assert not settle_item(store, reading.items[0].id, **fence)
        later = {"due_at": after(hours=3), "detail": "HTTP 500"}
        store.write(lambda session: frontier.postpone_item(session, reading.items[0].id, **later, **fence))
        finish(store, elsewhere)
        (again,) = claim(store)
        assert [(item.version, item.payload, item.attempts) for item in again.items] == [("2", b"new", 0)]
        assert settle_item(store, again.items[0].id, host=elsewhere, owner=again.owner)
        assert [tuple(row) for row in rows(store, select(tallies))] == [("wire", "stored", 1)]

    def test_items_of_a_removed_source_go_to_the_one_that_still_lists_them(self, store: Store) -> None:
        with_sources(store, spec("wire"))
        claim(store)
        settle(store, poll(new_item("a")))
        finish(store)
        with_sources(store, spec("renamed", url="https://news.example/other.xml"))
        claim(store)
        settle(store, poll(new_item("a"), source_id="renamed"))
        finish(store)
        (visit,) = claim(store)
        assert [(item.key, item.source_id) for item in visit.items] == [("a", "renamed")]

    def test_poll_that_worked_replaces_what_is_remembered(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a")))
        row = one(store, select(sources))
        assert (row.etag, row.body_hash, row.cursor, row.failures) == ('"v1"', "b1", {"page": 1}, 0)
        assert (row.last_polled_at, row.last_success_at, row.last_new_at) == (NOW, NOW, NOW)
        assert (row.due_at, row.interval_s, row.discovered) == (after(seconds=900), 900, 1)
        settle(store, poll(validators=Validators(), body_hash=None, cursor={}, at=after(minutes=1)))
        row = one(store, select(sources))
        assert (row.etag, row.body_hash, row.cursor) == (None, None, {})
        assert row.last_new_at == NOW

    def test_failed_poll_keeps_what_is_remembered(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a")))
        failed = poll(at=after(minutes=15), status=500, error="HTTP 500", validators=Validators(), body_hash=None)
        for _ in range(2):
            settle(store, failed)
        row = one(store, select(sources))
        assert (row.etag, row.body_hash) == ('"v1"', "b1")
        assert (row.failures, row.last_error, row.last_status) == (2, "HTTP 500", 500)
        assert row.last_success_at == NOW
        settle(store, poll(at=after(minutes=30)))
        row = one(store, select(sources))
        assert (row.failures, row.last_error) == (0, None)

    @pytest.mark.parametrize(
        "more",
        [{}, {"unchanged": True}, {"error": "HTTP 404", "status": 404}],
        ids=["news", "unchanged", "failed"],
    )
    def test_another_address_forgets_the_validators_of_the_one_before(self, store: Store, more: dict[str, Any]) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a"), address="https://news.example/new.xml"))
        back = poll(at=after(minutes=15), address=None, **more)
        owner = lease(store)
        store.write(lambda session: frontier.settle_poll(session, back, host=HOST, owner=owner, next_host=HOST))
        row = one(store, select(sources))
        assert (row.address, row.etag, row.last_modified, row.body_hash) == (None, None, None, None)

    def test_adopted_addresses_are_those_of_active_sources(self, store: Store) -> None:
        with_sources(store, spec("wire"), spec("blog"), spec("gone"))
        claim(store)
        for name in ("wire", "gone"):
            settle(store, poll(source_id=name, address=f"https://news.example/{name}/new"))
        with_sources(store, spec("wire"), spec("blog"))
        with store.read() as session:
            assert frontier.adopted_addresses(session) == {"wire": "https://news.example/wire/new"}

    def test_unchanged_poll_touches_the_source_alone(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a")))
        quiet = poll(at=after(minutes=15), status=304, unchanged=True, validators=Validators(etag='"v2"'), cursor={})
        settle(store, quiet)
        row = one(store, select(sources))
        assert (row.etag, row.last_modified, row.cursor) == ('"v2"', poll().validators.last_modified, {"page": 1})
        assert row.last_success_at == after(minutes=15)
        assert row.due_at == after(minutes=30)
        assert one(store, select(func.count()).select_from(polls))[0] == 1

    @pytest.mark.parametrize("record", [poll(new_item("a")), poll(unchanged=True)], ids=["news", "unchanged"])
    def test_poll_without_the_lease_stores_nothing(self, store: Store, record: Any) -> None:
        with_sources(store)
        claim(store)
        claim(store, owner="other", now=after(minutes=2))
        with pytest.raises(LeaseLost):
            settle(store, record)
        assert rows(store, select(items)) == []
        assert one(store, select(sources.c.polls)).polls == 0


class TestItems:
    @pytest.fixture
    def item_id(self, store: Store) -> int:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a", payload=b"bytes", payload_type="text/html")))
        finish(store)
        (visit,) = claim(store)
        assert visit.items[0].payload == b"bytes"
        return int(visit.items[0].id)

    def test_settled_items_have_their_states_and_no_payload(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(*(new_item(outcome, payload=b"bytes", payload_type="text/html") for outcome in Outcome)))
        next_visit(store)
        for row in rows(store, select(items.c.id, items.c.key)):
            assert settle_item(store, row.id, Outcome(row.key))
        for row in rows(store, select(items)):
            assert (row.state, row.outcome, row.detail) == (Outcome(row.key).state, row.key, "why")
            assert (row.payload, row.payload_type, row.settled_at) == (None, None, NOW)

    def test_second_outcome_is_not_counted(self, store: Store, item_id: int) -> None:
        assert settle_item(store, item_id, Outcome.STORED)
        assert not settle_item(store, item_id, Outcome.TIMEOUT)
        assert [tuple(row) for row in rows(store, select(tallies))] == [("wire", "stored", 1)]

    def test_outcome_without_the_lease_is_refused(self, store: Store, item_id: int) -> None:
        claim(store, owner="other", now=after(minutes=2))
        with pytest.raises(LeaseLost):
            settle_item(store, item_id)
        assert one(store, select(items.c.state)).state == ItemState.PENDING

    def test_postponed_item_counts_an_attempt_and_waits(self, store: Store, item_id: int) -> None:
        store.write(
            lambda session: frontier.postpone_item(
                session, item_id, due_at=after(minutes=10), detail="HTTP 503", host=HOST, owner=lease(store)
            )
        )
        finish(store)
        assert claim(store, now=after(minutes=9)) == ()
        (visit,) = claim(store, now=after(minutes=10))
        assert (visit.items[0].attempts, visit.items[0].payload) == (1, b"bytes")

    def test_postponing_without_the_lease_is_refused(self, store: Store, item_id: int) -> None:
        with pytest.raises(LeaseLost):
            store.write(
                lambda session: frontier.postpone_item(
                    session, item_id, due_at=NOW, detail=None, host=HOST, owner="other"
                )
            )

    def test_item_keeps_its_article(self, store: Store, item_id: int) -> None:
        article_id, _ = insert(store, article("a"))
        settle_item(store, item_id, article_id=article_id)
        assert one(store, select(items.c.article_id)).article_id == article_id
