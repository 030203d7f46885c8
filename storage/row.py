"""What the rows of the store share: their parent, the names of their keys, and kinds of tables.

Knows no table.
"""

from __future__ import annotations

from typing import Any, ClassVar, cast

from sqlalchemy import Index, MetaData, Table
from sqlmodel import SQLModel

__all__ = ["COUNTED", "PACKED", "Row", "partial", "table_of"]

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
    """The parent of all rows; it holds their metadata."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)


def partial(name: str, *columns: str, where: Any) -> Index:
    """Return an index of the rows for which ``where`` holds."""
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


def table_of(row: type[Row]) -> Table:
    """Return the table of a class of rows."""
    return cast(Table, row.__table__)  # type: ignore[attr-defined]
