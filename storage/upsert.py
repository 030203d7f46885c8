"""Insertion that meets a row already there, in the words of either database.

Never ``INSERT OR REPLACE``: it deletes first, and delete triggers do not fire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

__all__ = ["Insert", "insert_into"]

Insert: TypeAlias = "sqlite.Insert | postgresql.Insert"


def insert_into(session: Session, table: Table) -> Insert:
    """Return an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # 2.5 MB that a store in SQLite does without

        return postgresql.insert(table)
    return sqlite.insert(table)
