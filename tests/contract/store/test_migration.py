"""A store of an older version becomes one of this version, with what was in it."""

from __future__ import annotations

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, create_engine, insert, inspect, select, text
from sqlalchemy.schema import Table
from sqlalchemy.types import JSON

from storage import schema
from storage.tables import deliveries, delivery_hits, digests, hits, waiting_hits
from tests.unit.storage.worlds import NOW, after


@pytest.mark.parametrize(
    ("told", "waits"),
    [
        pytest.param((), True, id="told to nobody"),
        pytest.param((("desk", "digest"),), False, id="told by the digest"),
        pytest.param((("phone", "digest"),), True, id="told by the digest of another channel"),
        pytest.param((("desk", "new"),), False, id="told at once"),
        pytest.param((("phone", "changed"),), False, id="told at once to others"),
    ],
)
def test_hit_that_a_digest_is_to_tell_waits_for_it(
    location: str, told: tuple[tuple[str, str], ...], waits: bool
) -> None:
    engine = create_engine(location)
    with engine.begin() as connection:
        _upgrade(connection, "0011")
        _without_references(connection)
        for number, last in ((1, 0), (2, 4)):
            _fill(connection, digests, id=number, channel="desk", scheduled_at=after(hours=number), last_hit_id=last)
        for number in (4, 5):
            _fill(connection, hits, id=number, rule="models", token=f"t{number}")
        for number, (channel, reason) in enumerate(told, start=1):
            _fill(connection, deliveries, id=number, key=f"k{number}", channel=channel, reason=reason)
            _fill(connection, delivery_hits, hit_id=5, delivery_id=number)
        schema.upgrade(connection)
        found = connection.execute(select(waiting_hits)).all()
    engine.dispose()
    assert [tuple(row) for row in found] == ([("desk", 5, "models", False)] if waits else [])


def _upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _without_references(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))


def _fill(connection: Connection, table: Table, **row: object) -> None:
    """Insert a row with something in each column that needs it."""
    there = {column["name"] for column in inspect(connection).get_columns(table.name)}
    needed = (column for column in table.columns if column.name in there and not column.nullable)
    connection.execute(insert(table).values({column.name: _something(column) for column in needed} | row))


def _something(column: object) -> object:
    kind = column.type  # type: ignore[attr-defined]
    return [] if isinstance(kind, JSON) else NOW if "Utc" in repr(kind) else 0 if "INTEGER" in str(kind) else "x"
