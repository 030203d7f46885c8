from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import StoreError, backend_for, open_store
from storage.postgresql import PostgresBackend
from storage.sqlite import SqliteBackend
from tests.unit.storage.worlds import NOW


@pytest.mark.parametrize(
    ("location", "path"),
    [
        (Path("a/b.db"), Path("a/b.db")),
        ("a/b.db", Path("a/b.db")),
        ("sqlite:///a/b.db", Path("a/b.db")),
        ("sqlite:////a/b c.db", Path("/a/b c.db")),
    ],
    ids=str,
)
def test_paths_and_addresses_of_sqlite_name_a_file(location: str | Path, path: Path) -> None:
    assert backend_for(location) == SqliteBackend(path)


def test_address_of_postgresql_is_shown_without_its_password() -> None:
    backend = backend_for("postgresql+psycopg://news:hunter2@db.example/news?sslpassword=hunter2")
    assert isinstance(backend, PostgresBackend)
    assert "hunter2" not in backend.name
    assert "db.example/news" in backend.name


@pytest.mark.parametrize(
    "location",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://root:hunter2@db/news",
        "postgresql://db/news",
        "://",
        "sqlite+aiosqlite:///a.db",
    ],
)
def test_other_addresses_are_refused_without_their_secrets(location: str) -> None:
    with pytest.raises(StoreError, match=r"expected a path, sqlite:///PATH or postgresql\+psycopg") as caught:
        backend_for(location)
    assert "hunter2" not in str(caught.value)


def test_unknown_durability_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="expected a durability of normal or full, found 'fast'"):
        open_store(tmp_path / "store.db", durability="fast", now=lambda: NOW)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["with space", "per%cent", "question?mark", "ha#sh", "数据"])
def test_any_file_name_will_do(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / f"{name}.db"
    open_store(path, now=lambda: NOW).close()
    open_store(path, now=lambda: NOW).close()
    assert {found.name for found in path.parent.iterdir()} == {f"{name}.db", f"{name}.db.lock"}


def test_server_that_cannot_be_reached_is_one_clear_error() -> None:
    with pytest.raises(StoreError, match=r"cannot reach postgresql\+psycopg") as caught:
        open_store("postgresql+psycopg://news:hunter2@127.0.0.1:1/news", now=lambda: NOW)
    assert "hunter2" not in str(caught.value)
    assert not caught.value.permanent
