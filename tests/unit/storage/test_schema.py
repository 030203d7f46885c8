from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, create_engine, select, text
from sqlalchemy.pool import StaticPool

from storage import schema
from storage.near_tables import slots
from storage.schema import Standing, standing
from storage.search_tables import FTS
from storage.tables import Row

KNOWN = ("0001", "0002", "0003", "0004", "0005")


@pytest.mark.parametrize(
    ("revision", "found"),
    [
        ("0005", Standing.CURRENT),
        ("0001", Standing.OLDER),
        ("0006", Standing.NEWER),
        ("0000", Standing.UNKNOWN),
        ("abc", Standing.UNKNOWN),
        (None, Standing.UNKNOWN),
    ],
)
def test_standing_of_a_revision(revision: str | None, found: Standing) -> None:
    assert standing(revision, KNOWN) is found


def test_names_of_the_files_are_the_revisions() -> None:
    for path in (schema.MIGRATIONS / "versions").glob("*.py"):
        code = path.read_text(encoding="utf-8")
        number = path.name.split("_")[0]
        assert f'revision = "{number}"' in code
        assert number in schema.known_revisions()
        assert "def downgrade" not in code


def test_revisions_are_in_order() -> None:
    known = schema.known_revisions()
    assert list(known) == [f"{number:04}" for number in range(1, len(known) + 1)]


@pytest.fixture
def migrated() -> Iterator[Engine]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        schema.upgrade(connection)
    yield engine
    engine.dispose()


@pytest.fixture
def created() -> Iterator[Engine]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        schema.create(connection)
    yield engine
    engine.dispose()


def _upgrade(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _definitions(engine: Engine) -> dict[str, list[str]]:
    """Return the clauses of every definition; their order says nothing."""
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")).all()
    return {row.name: sorted(re.split(r"[,()]", re.sub(r"[\s\"]+", "", row.sql))) for row in rows}


def test_migrated_store_and_new_store_are_the_same(migrated: Engine, created: Engine) -> None:
    assert _definitions(migrated) == _definitions(created)
    with migrated.connect() as one, created.connect() as other:
        assert one.scalar(text("SELECT version_num FROM alembic_version")) == schema.known_revisions()[-1]
        assert other.scalar(text("SELECT version_num FROM alembic_version")) == schema.known_revisions()[-1]


def _is_of_the_tables(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith(FTS)


def test_migrated_store_has_the_schema_of_the_tables(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _is_of_the_tables})
        assert compare_metadata(context, Row.metadata) == []


def test_migrated_sources_are_read_anew_without_a_false_gap() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        _upgrade(connection, "0001")
        columns = {row.name: row for row in connection.execute(text("PRAGMA table_info(source)"))}
        row = {name: "x" for name, column in columns.items() if column.notnull} | {"last_keys": b"keys"}
        names, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        connection.execute(text(f"INSERT INTO source ({names}) VALUES ({values})"), row)
        schema.upgrade(connection)
        (found,) = connection.execute(text("SELECT last_keys, settings_digest FROM source")).all()
    assert tuple(found) == (None, None)
    engine.dispose()


def test_slots_of_before_are_known_to_hold_their_own_period_alone() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        _upgrade(connection, "0006")
        connection.execute(text("INSERT INTO near_slot (slot, period) VALUES (2, 343), (0, 342)"))
        schema.upgrade(connection)
        found = connection.execute(select(slots).order_by(slots.c.period)).all()
    starts = [datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 5, 7, tzinfo=UTC)]
    assert [tuple(row) for row in found] == [(0, 342, starts[0], starts[0]), (2, 343, starts[1], starts[1])]
    engine.dispose()


def test_hits_that_no_digest_told_wait_for_the_channels_that_had_some() -> None:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        _upgrade(connection, "0011")
        told, others = ("told", "told", "told", "told"), ("loud", "fresh")
        for table, number, row in (
            ("digest", 1, {"channel": "desk", "scheduled_at": "2026-09-01", "last_hit_id": 1}),
            ("digest", 2, {"channel": "desk", "scheduled_at": "2026-09-02", "last_hit_id": 2}),
            *(("hit", n, {"rule": rule, "token": f"t{n}"}) for n, rule in enumerate((*told, *others, "loud"), start=1)),
            ("delivery", 1, {"channel": "desk", "key": "a", "reason": "digest"}),
            ("delivery", 2, {"channel": "phone", "key": "b", "reason": "new"}),
        ):
            _fill(connection, table, {"id": number, **row})
        connection.execute(text("INSERT INTO delivery_hit (hit_id, delivery_id) VALUES (1, 1), (3, 1), (5, 2)"))
        schema.upgrade(connection)
        found = connection.execute(text("SELECT channel, hit_id, rule, urgent FROM waiting_hit")).all()
    assert [tuple(row) for row in found] == [("desk", 4, "told", 0), ("desk", 6, "fresh", 0), ("desk", 7, "loud", 0)]
    engine.dispose()


def _fill(connection: Connection, table: str, row: dict[str, object]) -> None:
    """Insert a row with something in each column that needs it."""
    columns = connection.execute(text(f"PRAGMA table_info({table})")).all()
    whole = {column.name: 0 for column in columns if column.notnull} | row
    names, values = ", ".join(whole), ", ".join(f":{name}" for name in whole)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), whole)


def test_migrations_are_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.begin() as connection:
        schema.upgrade(connection)
        assert connection.scalar(text("SELECT count(*) FROM article")) == 0
    engine.dispose()


@pytest.mark.parametrize("path", sorted((Path(schema.__file__).parent).rglob("*.py")), ids=lambda path: path.name)
def test_no_statement_replaces_rows_and_only_one_file_sets_pragmas(path: Path) -> None:
    code = path.read_text(encoding="utf-8")
    assert not re.search(r"\bOR REPLACE\b", code.replace("INSERT OR REPLACE``", ""))
    assert path.name == "sqlite.py" or "PRAGMA " not in code
