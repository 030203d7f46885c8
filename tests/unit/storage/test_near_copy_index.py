from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from storage import bands, tables
from storage.database import Session, Store, open_store
from storage.near_tables import PERIOD_DAYS, WINDOW_DAYS
from tests.unit.storage.near_play import CONTENT, STEPS, play
from tests.unit.storage.near_rows import add_indexed
from tests.unit.storage.worlds import NOW, article


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("index") / "store.db", now=lambda: NOW)
    yield opened
    opened.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, CONTENT)
def test_index_answers_as_its_twin_in_memory(store: Store, steps: list[Any], last: Any) -> None:
    play(store, steps, last)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from([0.1, 1, 4, 13, 29, 31, 61, 90, 200]), min_size=3, max_size=25),
    st.sets(st.integers(0, 24), max_size=8),
    st.sampled_from([(6, 25), (20, 6), (40, 6), (3000, 25), (3025, 25)]),
)
def test_window_is_whole_whenever_the_service_sleeps_and_though_a_clock_runs_ahead(
    store: Store, gaps: list[float], wrong: set[int], ahead: tuple[int, int]
) -> None:
    """The clock is wrong at the places ``wrong``, by so many days and for so many days from the first time on."""
    by, most = (timedelta(days=days) for days in ahead)

    asked = bands.keys_of(article("q", "问", bands=(1,)))
    window = timedelta(days=WINDOW_DAYS)

    def life(session: Session) -> None:
        seen: dict[int, tuple[datetime, datetime]] = {}
        true, begun = NOW, None
        for place, gap in enumerate(gaps):
            true += timedelta(days=gap)
            begun = begun or (true if place in wrong else None)
            is_wrong = begun is not None and place in wrong and true - begun < most
            now = true + by if is_wrong else true
            value = article(f"w{place}", f"文{place}", bands=(1,))
            seen[add_indexed(session, value, at=now)] = (now, true)
            while bands.expire(session, now):
                pass
            since = now - window
            found = {one.article_id for one in bands.nominate(session, asked, since=since, limit=100)}
            assert found >= {one for one, (at, truly) in seen.items() if at >= since and truly >= true - window}
        session.rollback()

    store.write(life)


@pytest.mark.parametrize(("kind", "field"), [("band", "bands"), ("sentence", "sentences")])
@pytest.mark.parametrize("slots", [1, 2])
def test_key_of_very_many_articles_costs_no_more_than_one_of_many(
    store: Store, kind: str, field: str, slots: int
) -> None:
    asked = bands.keys_of(article("q", "问", **{field: (1,)}))

    def steps(session: Session, most: int) -> int:
        for number in range(slots):  # in none of which the window is full
            add_indexed(session, article(f"s{number}", f"文{number}"), at=NOW - timedelta(days=PERIOD_DAYS * number))
        for (slot,) in session.execute(text("SELECT slot FROM near_slot")).all():
            held = [{"id": 1000 + number} for number in range(most)]
            session.execute(text(f"INSERT INTO {kind}_{slot} (k, article_id) VALUES (1, :id)"), held)
        taken: list[None] = []
        raw = session.connection().connection.driver_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.set_progress_handler(lambda: taken.append(None), 1)
        assert bands.nominate(session, asked, since=NOW - timedelta(days=PERIOD_DAYS * slots)) == ()
        raw.set_progress_handler(None, 1)
        session.rollback()
        return len(taken)

    many, very_many = (store.write(lambda session, most=most: steps(session, most)) for most in (300, 3000))
    assert very_many == many


def test_sqlite_empties_every_table_of_a_slot_without_looking_at_rows(store: Store) -> None:
    def steps(session: Session, table: str) -> set[str]:
        return {row.opcode for row in session.execute(text(f"EXPLAIN DELETE FROM {table}"))}

    for ring in (tables.bands, tables.sentences, tables.fingerprints):
        for table in ring:
            found = store.write(lambda session, name=table.name: steps(session, name))
            assert "Clear" in found
            assert "Delete" not in found
