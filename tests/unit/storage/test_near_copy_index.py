from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import text

from storage import tables
from storage.database import Session, Store, open_store
from tests.unit.storage.near_play import CONTENT, STEPS, play
from tests.unit.storage.worlds import NOW


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = open_store(tmp_path_factory.mktemp("index") / "store.db", now=lambda: NOW)
    yield opened
    opened.close()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, CONTENT)
def test_index_answers_as_its_twin_in_memory(store: Store, steps: list[Any], last: Any) -> None:
    play(store, steps, last)


def test_sqlite_empties_every_table_of_a_slot_without_looking_at_rows(store: Store) -> None:
    def steps(session: Session, table: str) -> set[str]:
        return {row.opcode for row in session.execute(text(f"EXPLAIN DELETE FROM {table}"))}

    for ring in (tables.bands, tables.sentences, tables.fingerprints):
        for table in ring:
            found = store.write(lambda session, name=table.name: steps(session, name))
            assert "Clear" in found
            assert "Delete" not in found
