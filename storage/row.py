"""What the rows of the store share: their parent, the names of their keys, and kinds of tables.

Knows no table.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import ConfigDict
from sqlalchemy import Column, Index, MetaData, Table
from sqlmodel import SQLModel
from sqlmodel.main import SQLModelMetaclass

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


class _Declaration(SQLModelMetaclass):
    """Makes the table that a class of rows declares, and nothing else of it.

    Rows are read and written as tables. What would map them to objects (1.2 MB), and the fields that would check such
    an object (0.4 MB), are not made or not kept.
    """

    __table__: Table

    def __init__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> None:  # noqa: N805
        type.__init__(cls, name, bases, namespace)
        if options.get("table"):
            columns = [_named(field, vars(cls)[field]) for field in cls.model_fields]
            more, settings = _table_args(namespace.get("__table_args__", ()))
            cls.__table__ = Table(namespace["__tablename__"], cls.metadata, *columns, *more, **settings)
            cls.model_fields.clear()
            cls.__pydantic_parent_namespace__ = None  # it holds the fields once more


class Row(SQLModel, metaclass=_Declaration):
    """The parent of all rows; it holds their metadata."""

    model_config = ConfigDict(defer_build=True)  # type: ignore[assignment]  # SQLModel keeps its own type private
    metadata: ClassVar[MetaData] = MetaData(naming_convention=_NAMES)


def _named(name: str, column: Column[Any]) -> Column[Any]:
    column.key = column.name = name
    return column


def _table_args(declared: tuple[Any, ...]) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the constraints and indexes that ``__table_args__`` holds, and the options, which come last if at all."""
    if declared and isinstance(declared[-1], dict):
        return declared[:-1], declared[-1]
    return declared, {}


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
    return row.__table__
