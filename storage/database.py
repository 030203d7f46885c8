"""A store: where it lies, who writes to it, who reads from it.

Knows how to open, read, write, copy and close one; what a database needs for that is in the file of its name.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from storage.backend import Backend
from storage.errors import LeaseLost, StoreBusy, StoreError, StoreFull, StoreTimeout
from storage.sqlite import SqliteBackend
from storage.writer import Writer

__all__ = [
    "LeaseLost",
    "Session",
    "Store",
    "StoreBusy",
    "StoreError",
    "StoreFull",
    "StoreTimeout",
    "backend_for",
    "open_backend",
    "open_reader",
    "open_store",
]

T = TypeVar("T")

_READ_LIMIT_S = 5.0
_DURABILITIES = ("normal", "full")


class Store:
    """An open store. Threads may share it; processes may not."""

    def __init__(self, backend: Backend, *, reader: Engine, writer: Writer | None) -> None:
        self._backend = backend
        self._reader = reader
        self._writer = writer

    @property
    def name(self) -> str:
        """Return the path or the address, without secrets."""
        return self._backend.name

    def write(self, function: Callable[[Session], T]) -> T:
        """Run ``function`` in one transaction of the writer and return its result.

        The transaction holds the write lock from its first statement; it happens whole or, when ``function`` or the
        commit raises, not at all. Raise StoreBusy or StoreFull where trying again can help.
        """
        writer = self._writing()
        if threading.current_thread().name == "newswatch-writer":
            raise StoreError("a transaction cannot wait for another one: pass the session on")
        return writer.submit(function).result()

    async def awrite(self, function: Callable[[Session], T]) -> T:
        """Do as ``write`` does without blocking the loop. Cancelled, the transaction happens whole or not at all."""
        return await asyncio.wrap_future(self._writing().submit(function))

    @contextmanager
    def read(self, *, limit_s: float | None = _READ_LIMIT_S) -> Iterator[Session]:
        """Open a session that sees one moment of the store and cannot write.

        Raise StoreTimeout when its questions take longer than ``limit_s`` seconds; None sets no limit.
        """
        try:
            with Session(self._reader) as session, self._backend.limited(session, limit_s):
                yield session
        except DBAPIError as error:
            raise self._backend.explain(error) or error from error

    def backup(self, path: Path) -> None:
        """Write a whole, checked copy to ``path``, which must not exist. The writer goes on meanwhile."""
        self._backend.backup(path)

    def checkpoint(self) -> None:
        """Move the write-ahead log into the store and cut it."""
        self._writing().checkpoint().result()

    def close(self) -> None:
        """Finish what is queued, checkpoint and close. Closing twice does nothing.

        A checkpoint that fails, on a full disk for one, is left to the next start: the log keeps what was written.
        """
        self._reader.dispose()
        if self._writer is None:
            return
        writer, self._writer = self._writer, None
        with suppress(StoreError):
            writer.checkpoint().result()
        writer.close()

    def _writing(self) -> Writer:
        if self._writer is None:
            raise StoreError(f"{self.name} is closed or open for reading only")
        return self._writer


def backend_for(location: str | Path) -> Backend:
    """Return the database that a path or an address (``sqlite:///...``, ``postgresql+psycopg://...``) names."""
    if isinstance(location, Path) or "://" not in location:
        return SqliteBackend(Path(location))
    try:
        url = make_url(location)
    except ArgumentError as error:
        raise StoreError("expected a path, sqlite:///PATH or postgresql+psycopg://HOST/NAME as the store") from error
    if url.drivername in {"sqlite", "sqlite+pysqlite"} and url.database not in {None, "", ":memory:"}:
        return SqliteBackend(Path(str(url.database)))
    if url.drivername == "postgresql+psycopg":
        from storage.postgresql import PostgresBackend

        return PostgresBackend(url)
    raise StoreError(
        "expected a path, sqlite:///PATH or postgresql+psycopg://HOST/NAME as the store, "
        f"found {url.set(query={}).render_as_string(hide_password=True)!r}"
    )


def open_store(location: str | Path, *, durability: str = "normal", now: Callable[[], datetime]) -> Store:
    """Open a store to write to it: create it, or bring it up to date after a backup, as needed.

    ``durability`` is ``normal`` (a power cut may take the last transactions) or ``full``. Raise StoreError, and leave
    everything as it was, for a file that is damaged, foreign, newer than this program or not writable.
    """
    return open_backend(backend_for(location), durability=durability, now=now)


def open_backend(backend: Backend, *, durability: str = "normal", now: Callable[[], datetime]) -> Store:
    """Do as ``open_store`` does in a given database."""
    if durability not in _DURABILITIES:
        raise StoreError(f"expected a durability of {' or '.join(_DURABILITIES)}, found {durability!r}")
    backend.prepare(now)
    return Store(backend, reader=backend.reader(), writer=Writer(backend, backend.writer(durability)))


def open_reader(location: str | Path) -> Store:
    """Open a store to look into it; never creates or changes one.

    Raise StoreError when there is none, or when its schema is not the one this program knows.
    """
    backend = backend_for(location)
    backend.inspect()
    return Store(backend, reader=backend.reader(), writer=None)
