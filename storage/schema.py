"""Which schema a store has, which one this program knows, and the way from one to the other.

Revisions are the four digits that head the names of the files in ``migrations/versions``. A new store is made from
the tables themselves and stamped; an older one goes through alembic, which is imported only then (45 MB). A test
says that both ways end at the same schema.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, insert

from storage.row import fit_indexes
from storage.search_tables import create_index
from storage.tables import Row

__all__ = ["MIGRATIONS", "Standing", "create", "known_revisions", "standing", "upgrade"]

MIGRATIONS = Path(__file__).with_name("migrations")

_STAMP = Table(  # as alembic makes it
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


class Standing(StrEnum):
    """How the schema of a store stands to the one this program knows."""

    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    UNKNOWN = "unknown"


def known_revisions(migrations: Path = MIGRATIONS) -> tuple[str, ...]:
    """Return the revisions in order, the newest last."""
    return tuple(sorted(path.name.split("_")[0] for path in (migrations / "versions").glob("[0-9]*_*.py")))


def standing(revision: str | None, known: tuple[str, ...]) -> Standing:
    """Compare the revision of a store, None where it has none, with the revisions ``known``."""
    if revision is None:
        return Standing.UNKNOWN
    if revision == known[-1]:
        return Standing.CURRENT
    if revision in known:
        return Standing.OLDER
    return Standing.NEWER if revision.isdigit() and revision > known[-1] else Standing.UNKNOWN


def create(connection: Connection, migrations: Path = MIGRATIONS) -> None:
    """Make all tables in an empty database, in the transaction of ``connection``."""
    fit_indexes(connection.dialect.name)
    Row.metadata.create_all(connection)
    create_index(connection)
    _STAMP.create(connection)
    connection.execute(insert(_STAMP).values(version_num=known_revisions(migrations)[-1]))


def upgrade(connection: Connection, migrations: Path = MIGRATIONS) -> None:
    """Run the migrations that are missing, in the transaction of ``connection``: all of them or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
