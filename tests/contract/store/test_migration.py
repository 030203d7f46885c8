"""A store of an older version becomes one of this version, with what was in it."""

from __future__ import annotations

from hashlib import sha256

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, column, create_engine, insert, inspect, select, table, text
from sqlalchemy.schema import Table
from sqlalchemy.types import JSON

from storage import schema
from storage.columns import Utc
from storage.tables import alert_groups, deliveries, delivery_hits, digests, hits, waiting_hits
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


def test_group_of_a_story_keeps_its_last_message_and_others_begin_anew(location: str) -> None:
    """What a group has in common was a part of its hash; that of a story can be told from the hit."""
    of_story = sha256(b"group|models|desk|story=7").hexdigest()
    engine = create_engine(location)
    with engine.begin() as connection:
        _upgrade(connection, "0013")
        _without_references(connection)
        _fill(connection, hits, id=5, rule="models", story_id=7)
        for key, grown_at in ((of_story, after(hours=2)), ("of something else", None)):
            told = {"key": key, "channel": "desk", "hit_id": 5, "articles": 3, "told_at": NOW, "grown_at": grown_at}
            connection.execute(insert(_BEFORE_0014).values(told))
        schema.upgrade(connection)
        found = connection.execute(select(alert_groups).order_by(alert_groups.c.shared)).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [
        ("of something else", "models", "desk", NOW, 5, 3, None),
        ("story=7", "models", "desk", NOW, 5, 3, after(hours=2)),
    ]


_BEFORE_0014 = table(
    "alert_group",
    *(column(name) for name in ("key", "channel", "hit_id", "articles")),
    *(column(name, Utc) for name in ("told_at", "grown_at")),
)


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
