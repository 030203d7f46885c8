"""SQLite: the only file that speaks its pragmas, its files and its error codes.

One connection writes and checkpoints, all others are read-only: SQLite before 3.51.3 can corrupt a database that two
connections write or checkpoint at once (sqlite.org/wal.html#walresetbug).
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, QueuePool, StaticPool

from storage import schema
from storage.columns import dump_json, load_json
from storage.errors import StoreBusy, StoreError, StoreFull, StoreTimeout
from storage.files import locked, publish, refuse_damaged, refuse_odd

__all__ = ["EMPTY", "KEYS_FROM_JSON", "LISTED_IDS", "SqliteBackend"]

EMPTY = "DELETE FROM {table}"  # without a condition it hands back pages and does not look at rows
KEYS_FROM_JSON = "SELECT value AS k FROM json_each(:{name})"
LISTED_IDS = "group_concat(article_id)"

_APPLICATION_ID = 0x6E777463
_PRAGMAS = ("foreign_keys=ON", "recursive_triggers=ON", "trusted_schema=OFF")
_WRITER_PRAGMAS = (
    "journal_mode=WAL",
    "journal_size_limit=67108864",
    "wal_autocheckpoint=8000",  # pages: an article dirties a hundred, most of them again before they are moved
    "cache_size=-16384",
    "secure_delete=OFF",  # Debian's SQLite would write zeros over all that is deleted: news is no secret
    *_PRAGMAS,
)
_READER_PRAGMAS = ("query_only=ON", *_PRAGMAS)
_SYNCHRONOUS = {"normal": "synchronous=NORMAL", "full": "synchronous=FULL"}
_STEPS_BETWEEN_CHECKS = 10_000  # of SQLite's machine: about 0.1 ms

_MEANINGS: dict[int, tuple[type[StoreError], str]] = {
    sqlite3.SQLITE_BUSY: (StoreBusy, "another process holds the lock of {name}"),
    sqlite3.SQLITE_LOCKED: (StoreBusy, "another connection holds the lock of {name}"),
    sqlite3.SQLITE_FULL: (StoreFull, "there is no room left to write to {name}"),
    sqlite3.SQLITE_INTERRUPT: (StoreTimeout, "the question to {name} took too long"),
    sqlite3.SQLITE_READONLY: (StoreError, "cannot write to {name}: it is read-only"),
    sqlite3.SQLITE_CANTOPEN: (StoreError, "cannot open {name}"),
    sqlite3.SQLITE_IOERR: (StoreError, "the disk failed under {name}"),
    sqlite3.SQLITE_CORRUPT: (StoreError, "{name} is damaged; restore a backup"),
    sqlite3.SQLITE_NOTADB: (StoreError, "{name} is not a database"),
}


@dataclass(frozen=True, slots=True)
class SqliteBackend:
    """A store in a file.

    ``migrations`` is the folder of its schema's history; ``busy_timeout_s`` is how long to wait for a lock.
    """

    path: Path
    migrations: Path = schema.MIGRATIONS
    busy_timeout_s: float = 5.0

    @property
    def name(self) -> str:
        """Return the path."""
        return str(self.path)

    def prepare(self, now: Callable[[], datetime]) -> None:
        """Create, check or migrate the file while no other process does."""
        refuse_odd(self.path)
        with self._explained(), locked(self.path):
            if not self.path.exists():
                self._refuse_orphan()
                self._create()
                return
            if self._standing(writing=True) is schema.Standing.OLDER:
                self._migrate(now())

    def inspect(self) -> None:
        """Raise StoreError unless the file is a store of the schema that this program knows."""
        refuse_odd(self.path)
        if not self.path.exists():
            raise StoreError(f"there is no store at {self.path} yet; `newswatch run` makes it")
        with self._explained():
            if self._standing(writing=False) is schema.Standing.OLDER:
                raise StoreError(f"{self.path} has an older schema; `newswatch run` brings it up to date")

    def writer(self, durability: str) -> Engine:
        """Return the engine of the one connection that writes; every transaction is BEGIN IMMEDIATE."""
        pragmas = (_SYNCHRONOUS[durability], *_WRITER_PRAGMAS)
        engine = _engine(lambda: self._connect("rw", pragmas), StaticPool, begin="BEGIN IMMEDIATE")
        with self._explained():
            engine.connect().close()  # the pool keeps it: what is wrong shows now, and no reader is in its way yet
        return engine

    def reader(self) -> Engine:
        """Return an engine whose connections cannot write."""
        return _engine(lambda: self._connect_to_read(_READER_PRAGMAS), QueuePool, begin="BEGIN")

    @contextmanager
    def limited(self, session: Session, limit_s: float | None) -> Iterator[None]:
        """Cut off the questions of ``session`` ``limit_s`` seconds from now."""
        connection: Any = session.connection().connection.dbapi_connection
        if limit_s is None:
            yield
            return
        deadline = time.monotonic() + limit_s
        connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS_BETWEEN_CHECKS)
        try:
            yield
        finally:
            connection.set_progress_handler(None, 0)

    def explain(self, error: DBAPIError) -> StoreError | None:
        """Return what an error of SQLite means for the caller; None where it is a fault of the program."""
        return _explain(error.orig, self.name)

    def backup(self, target: Path) -> None:
        """Write a whole, checked copy to ``target``, which must not exist."""
        if target.exists():
            raise StoreError(f"cannot back up to {target}: it exists")
        partial = target.with_name(f".{target.name}.partial")
        with self._explained():
            target.parent.mkdir(parents=True, exist_ok=True)
            partial.unlink(missing_ok=True)
            self._copy(partial)
            publish(partial, target)

    def checkpoint(self, engine: Engine) -> None:
        """Move the write-ahead log into the file and cut it; readers in the way leave it for the next time.

        The pages that the writer keeps go with it, 16 MB at most: the system has them, and who is idle needs none.
        """
        with self._explained(), closing(engine.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            raw.cursor().execute("PRAGMA shrink_memory")

    def _connect(self, mode: str, pragmas: tuple[str, ...] = ()) -> sqlite3.Connection:
        return _connect(self.path, mode, pragmas, self.busy_timeout_s)

    def _connect_to_read(self, pragmas: tuple[str, ...] = ()) -> sqlite3.Connection:
        """Connect without the right to write; on a read-only disk, too, where the log is empty and cannot be shared."""
        try:
            return self._connect("ro", (*pragmas, "schema_version"))
        except sqlite3.OperationalError as error:
            unshared = error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
            if not unshared or self._log_size():
                raise
            return self._connect("ro&immutable=1", pragmas)

    def _refuse_orphan(self) -> None:
        """Raise StoreError for a log that has lost its file: a new file of the name would take it for its own."""
        if self._log_size():
            raise StoreError(
                f"there is no {self.path}, but {self.path}-wal, which holds a part of it; "
                "restore the file, or remove the log to begin anew"
            )

    def _log_size(self) -> int:
        log = Path(f"{self.path}-wal")
        return log.stat().st_size if log.exists() else 0

    def _create(self) -> None:
        """Make the file under another name first, so that a file of this name is always whole."""
        partial = self.path.with_name(f".{self.path.name}.new")
        for leftover in (partial, Path(f"{partial}-journal")):
            leftover.unlink(missing_ok=True)
        engine = _engine(
            lambda: _connect(partial, "rwc", _PRAGMAS, self.busy_timeout_s), NullPool, begin="BEGIN IMMEDIATE"
        )
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={_APPLICATION_ID}")
            schema.create(connection, self.migrations)
        with closing(_connect(partial, "rw", ("journal_mode=WAL",), self.busy_timeout_s)):
            pass  # the file remembers
        publish(partial, self.path)

    def _migrate(self, now: datetime) -> None:
        stamp = now.strftime("%Y%m%dT%H%M%SZ")
        backup = self.path.parent / "backups" / f"{self.path.stem}-{stamp}-before-migration.db"
        for leftover in backup.parent.glob(f".{escape(self.path.stem)}-*-before-migration.db.partial*"):
            leftover.unlink()  # of a start that was killed: this process alone prepares the store
        self.backup(backup)
        engine = _engine(lambda: self._connect("rw", ("synchronous=FULL",)), NullPool, begin="BEGIN IMMEDIATE")
        try:
            with engine.begin() as connection:  # foreign keys off: migrations rebuild tables that others name
                self._upgrade(connection)
        except BaseException:
            backup.unlink()  # nothing has changed, and a service that starts again and again must not fill the disk
            raise

    def _upgrade(self, connection: Connection) -> None:
        schema.upgrade(connection, self.migrations)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise StoreError(f"the migration of {self.path} would leave table {broken[0]} with broken references")

    def _standing(self, *, writing: bool) -> schema.Standing:
        unclean = self._log_size() > 0
        refuse_damaged(self.path, unclean=unclean)
        with closing(self._connect("rw") if writing else self._connect_to_read()) as connection:
            revision = _revision(connection, self.path)
            if writing:
                _try_write(connection)
            if writing and unclean:
                _quick_check(connection, self.path)
        known = schema.known_revisions(self.migrations)
        found = schema.standing(revision, known)
        if found is schema.Standing.NEWER:
            raise StoreError(
                f"{self.path} was written by a newer newswatch: its schema is {revision}, this one knows {known[-1]}"
            )
        if found is schema.Standing.UNKNOWN:
            raise StoreError(f"{self.path} has an unknown schema {revision!r}; expected one of {', '.join(known)}")
        return found

    def _copy(self, target: Path) -> None:
        with (
            closing(self._connect_to_read()) as source,
            closing(_connect(target, "rwc", (), self.busy_timeout_s)) as copy,
        ):
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            _quick_check(copy, target)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _explain(error, self.name) or StoreError(f"{self.path}: {error}") from error
        except DBAPIError as error:
            raise _explain(error.orig, self.name) or StoreError(f"{self.path}: {error.orig}") from error
        except OSError as error:
            raise StoreError(f"cannot use {error.filename or self.path}: {error.strerror}") from error


def _connect(path: Path, mode: str, pragmas: tuple[str, ...], busy_timeout_s: float) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        timeout=busy_timeout_s,
        isolation_level=None,  # the driver does not guess where transactions begin
        check_same_thread=False,
    )
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _engine(connect: Callable[[], sqlite3.Connection], pool: type[Any], *, begin: str) -> Engine:
    engine = create_engine(
        "sqlite://", creator=connect, poolclass=pool, json_serializer=dump_json, json_deserializer=load_json
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


def _explain(error: BaseException | None, name: str) -> StoreError | None:
    if not isinstance(error, sqlite3.Error):
        return None
    code = getattr(error, "sqlite_errorcode", None)
    kind, meaning = _MEANINGS.get(code & 0xFF, (None, "")) if code is not None else (None, "")
    if kind is None:
        return None
    return kind(f"{meaning.format(name=name)} ({error})")


def _revision(connection: sqlite3.Connection, path: Path) -> str | None:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != _APPLICATION_ID:
        raise StoreError(
            f"{path} belongs to another program: expected application id {_APPLICATION_ID}, found {application}"
        )
    rows = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchall()
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone() if rows else None
    return None if row is None else str(row[0])


def _try_write(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("ROLLBACK")


def _quick_check(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StoreError(f"{path} is damaged; restore a backup ({found})")
