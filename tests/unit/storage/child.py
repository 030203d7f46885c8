"""What the tests run in a process of its own, to kill it or to let two of them meet.

Every program says on standard output how far it came, a line at a time.
"""

from __future__ import annotations

import os
import resource
import sqlite3
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import text

from storage import articles, frontier
from storage.database import open_backend, open_store
from storage.records import VerdictKind
from storage.sqlite import SqliteBackend
from tests.unit.storage.worlds import NOW, article, mention, spec


def say(what: object) -> None:
    print(what, flush=True)


def told() -> None:
    """Wait for a line from whoever started us."""
    sys.stdin.readline()


def whole_article(number: int) -> Any:
    mentions = tuple(mention("model:x", place, "文") for place in range(5))
    keys = tuple(range(number * 40, number * 40 + 40))
    return article(f"a{number}", f"文文文文文{number}", mentions=mentions, bands=keys, sentences=keys)


def insert_for_ever(path: str) -> None:
    """Insert articles; say the number of each once it is acknowledged."""
    store = open_store(path, now=lambda: NOW)
    number = 0
    while True:
        number += 1
        value = whole_article(number)
        store.write(
            lambda session, value=value: articles.insert_article(
                session, value, verdict=VerdictKind.NEW, story_id=None, now=NOW
            )
        )
        say(number)


def stop_half_way(path: str) -> None:
    """Write half a transaction, say so, and wait for the end."""

    def half(session: Any) -> None:
        frontier.sync_sources(session, [spec("half")], now=NOW)
        say("half")
        told()

    open_store(path, now=lambda: NOW).write(half)


def count_up(path: str, times: str) -> None:
    """Read a number, write it back plus one, again and again."""
    store = open_store(path, now=lambda: NOW)

    def step(session: Any) -> None:
        found = session.execute(text("SELECT failures FROM source")).scalar()
        session.execute(text("UPDATE source SET failures = :more"), {"more": found + 1})

    for _ in range(int(times)):
        store.write(step)
    store.close()
    say("done")


def hold_lock(path: str) -> None:
    """Hold the write lock, as another program may, until told to give it back."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    say("locked")
    told()
    connection.execute("ROLLBACK")


def migrate(path: str, migrations: str) -> None:
    """Open a store with another history of its schema."""
    open_backend(SqliteBackend(Path(path), Path(migrations)), now=lambda: NOW).close()
    say("done")


def back_up_for_ever(path: str, folder: str) -> None:
    """Make one backup after the other; say the name of each once it is whole."""
    store = open_store(path, now=lambda: NOW)
    for number in range(10_000):
        store.backup(Path(folder) / f"{number}.db")
        say(number)


def close_on_a_full_disk(path: str) -> None:
    """Write an article, then let the file not grow any more, and close."""
    store = open_store(path, now=lambda: NOW)
    store.checkpoint()
    value = article("a", "文" * 50_000)
    store.write(
        lambda session: articles.insert_article(session, value, verdict=VerdictKind.NEW, story_id=None, now=NOW)
    )
    resource.setrlimit(resource.RLIMIT_FSIZE, (Path(path).stat().st_size,) * 2)
    store.close()
    say("closed")


def loaded_modules(path: str) -> None:
    """Make a store, open it again, and say which heavy modules that needed."""
    for _ in range(2):
        open_store(path, now=lambda: NOW).close()
    say([name for name in ("alembic", "psycopg") if name in sys.modules])


if __name__ == "__main__":
    program, *arguments = sys.argv[1:]
    say(os.getpid())
    globals()[program](*arguments)
