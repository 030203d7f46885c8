"""PostgreSQL: the only file that speaks its settings, its locks and its error codes.

Writing transactions take one advisory lock for the whole store, so that they follow one another as they do in
SQLite: looking for copies and inserting an article must not interleave with another such pair.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from storage import schema
from storage.columns import dump_json
from storage.errors import StoreBusy, StoreError, StoreFull, StoreTimeout

__all__ = ["EMPTY", "KEYS_FROM_JSON", "LISTED_IDS", "PostgresBackend"]

EMPTY = "TRUNCATE {table}"
KEYS_FROM_JSON = "SELECT CAST(value AS bigint) AS k FROM json_array_elements_text(CAST(:{name} AS json))"
LISTED_IDS = "string_agg(CAST(article_id AS text), ',')"

_LOCK = 0x6E777463
_MEANINGS: tuple[tuple[str, type[StoreError], str], ...] = (  # by the head of the SQLSTATE
    ("53", StoreFull, "{name} has no room left"),
    ("55P03", StoreBusy, "another process holds the lock of {name}"),
    ("40", StoreBusy, "{name} could not order two transactions"),
    ("57014", StoreTimeout, "the question to {name} took too long"),
    ("57P", StoreBusy, "{name} is stopping or starting"),
    ("25006", StoreError, "cannot write to {name}: it is read-only"),
    ("42501", StoreError, "{name} does not permit it"),
)


@dataclass(frozen=True, slots=True)
class PostgresBackend:
    """A store in a PostgreSQL database.

    ``migrations`` is the folder of its schema's history; ``busy_timeout_s`` is how long to wait for a lock.
    """

    url: URL
    migrations: Path = schema.MIGRATIONS
    busy_timeout_s: float = 5.0

    @property
    def name(self) -> str:
        """Return the address without its password and options, which may hold another."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    def prepare(self, now: Callable[[], datetime]) -> None:
        """Create, check or migrate the tables while no other process does; the operator keeps the backups."""
        with self._explained(), _connected(self.writer("normal")) as connection:
            if self._is_empty(connection):
                schema.create(connection, self.migrations)
            elif self._standing(connection) is schema.Standing.OLDER:
                schema.upgrade(connection, self.migrations)

    def inspect(self) -> None:
        """Raise StoreError unless there is a store of the schema that this program knows."""
        with self._explained(), _connected(self.reader()) as connection:
            if self._is_empty(connection):
                raise StoreError(f"there is no store in {self.name} yet; `newswatch run` makes it")
            if self._standing(connection) is schema.Standing.OLDER:
                raise StoreError(f"{self.name} has an older schema; `newswatch run` brings it up to date")

    def writer(self, durability: str) -> Engine:
        """Return an engine whose transactions follow one another."""
        engine = self._engine(f"-c lock_timeout={int(self.busy_timeout_s * 1000)}", pool_size=1)
        lock = f"SELECT pg_advisory_xact_lock({_LOCK})"
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(lock))
        return engine

    def reader(self) -> Engine:
        """Return an engine whose connections cannot write."""
        return self._engine("-c default_transaction_read_only=on", pool_size=5)

    @contextmanager
    def limited(self, session: Session, limit_s: float | None) -> Iterator[None]:
        """Cut off each question of ``session`` after ``limit_s`` seconds."""
        if limit_s is not None:
            session.execute(text(f"SET LOCAL statement_timeout = {int(limit_s * 1000)}"))
        yield

    def explain(self, error: DBAPIError) -> StoreError | None:
        """Return what an error of PostgreSQL means for the caller; None where it is a fault of the program."""
        state = getattr(error.orig, "sqlstate", None)
        if state is None or state.startswith("08"):
            return StoreBusy(f"cannot reach {self.name} ({error.orig})") if _is_operational(error) else None
        for head, kind, meaning in _MEANINGS:
            if state.startswith(head):
                return kind(f"{meaning.format(name=self.name)} ({error.orig})")
        return None

    def backup(self, target: Path) -> None:
        """Refuse: the server has better means."""
        raise StoreError(f"cannot copy {self.name} to {target}: use pg_dump")

    def checkpoint(self, engine: Engine) -> None:
        """Do nothing: the server checkpoints by itself."""

    def _engine(self, options: str, *, pool_size: int) -> Engine:
        try:
            return create_engine(
                self.url,
                pool_size=pool_size,
                pool_pre_ping=True,
                json_serializer=dump_json,
                connect_args={"options": options, "connect_timeout": 10},
            )
        except ModuleNotFoundError as error:
            raise StoreError("PostgreSQL needs its driver: pip install 'newswatch[postgresql]'") from error

    def _is_empty(self, connection: Connection) -> bool:
        return not inspect(connection).get_table_names()

    def _standing(self, connection: Connection) -> schema.Standing:
        tables = inspect(connection).get_table_names()
        stamped = "alembic_version" in tables and "article" in tables
        revision = connection.scalar(text("SELECT version_num FROM alembic_version")) if stamped else None
        known = schema.known_revisions(self.migrations)
        found = schema.standing(revision, known)
        if found is schema.Standing.NEWER:
            raise StoreError(
                f"{self.name} was written by a newer newswatch: its schema is {revision}, this one knows {known[-1]}"
            )
        if found is schema.Standing.UNKNOWN:
            raise StoreError(f"{self.name} belongs to another program: it holds tables, but no schema of newswatch")
        return found

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise self.explain(error) or StoreError(f"{self.name}: {error.orig}") from error


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def _is_operational(error: DBAPIError) -> bool:
    return type(error.orig).__name__ in {"OperationalError", "ConnectionTimeout"}
