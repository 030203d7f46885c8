"""Transactions and the schema: what every database must promise of them."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, select, text, update

from storage import frontier, schema
from storage.database import Store, StoreBusy, StoreError, backend_for, open_backend, open_reader, open_store
from storage.search_tables import FTS, chunks
from storage.tables import Row, articles, sources
from tests.contract.store.work import insert, one, rows, with_sources
from tests.unit.storage.worlds import NOW, article, mention, spec


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


def test_partial_indexes_are_partial_on_every_database(location: str) -> None:
    engine = create_engine(location)
    with engine.begin() as connection:
        schema.create(connection)
        found = {index["name"]: index["dialect_options"] for index in inspect(connection).get_indexes("delivery")}
    assert "state" in str(found["ix_delivery_unsent"][f"{engine.dialect.name}_where"])
    engine.dispose()


def test_migrated_database_has_the_schema_of_the_tables(location: str) -> None:
    engine = create_engine(location)
    with engine.begin() as connection:
        schema.upgrade(connection)
        context = MigrationContext.configure(connection, opts={"include_name": _is_of_the_tables})
        assert compare_metadata(context, Row.metadata) == []
    engine.dispose()


def _is_of_the_tables(name: str | None, kind: str, _parents: object) -> bool:
    """Leave out the full-text index, which each database makes in its own way."""
    return kind != "table" or not str(name).startswith((FTS, chunks.name))


def test_database_of_another_program_is_refused(location: str) -> None:
    engine = create_engine(location)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE theirs (x INTEGER)"))
    engine.dispose()
    for opening in (lambda: open_store(location, now=lambda: NOW), lambda: open_reader(location)):
        with pytest.raises(StoreError, match="belongs to another program"):
            opening()
