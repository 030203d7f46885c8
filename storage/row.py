"""What the rows of the store share: their parent, the names of their keys, and kinds of tables.

Knows no table.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

from pydantic import ConfigDict
from sqlalchemy import Index, MetaData, Table
from sqlmodel import SQLModel

__all__ = ["COUNTED", "PACKED", "Row", "fit_indexes", "partial", "table_of"]

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
COUNTED = {"sqlite_autoincrement": True}
"""Ids never return: cursors and digests remember the last one they saw."""
PACKED = {"sqlite_with_rowid": False}
"""The key is the row."""


class Row(SQLModel):
    """The parent of all rows; it holds their metadata.

    Rows are read and written as tables: what would check one that is made as an object is not built (0.4 MB).
    """

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]  # SQLModel keeps its own type private
    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)


def partial(name: str, *columns: str, where: Any) -> Index:
    """Return an index of the rows for which ``where`` holds; ``fit_indexes`` says so to databases other than SQLite."""
    return Index(name, *columns, sqlite_where=where)


def fit_indexes(dialect: str) -> None:
    """Give the partial indexes their condition in the terms of ``dialect``.

    To name a dialect where an index is declared loads it: 2.5 MB for PostgreSQL where the store is in SQLite.
    """
    for table in Row.metadata.tables.values():
        for index in table.indexes:
            index.dialect_options[dialect]["where"] = index.dialect_options["sqlite"]["where"]


def table_of(row: type[Row]) -> Table:
    """Return the table of a class of rows."""
    return cast(Table, row.__table__)  # type: ignore[attr-defined]
