"""Insertion that meets a row already there, in the words of either database.

Never ``INSERT OR REPLACE``: it deletes first, and delete triggers do not fire.
"""

from __future__ import annotations

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

__all__ = ["Insert", "insert_into"]

Insert = sqlite.Insert | postgresql.Insert


def insert_into(session: Session, table: Table) -> Insert:
    """Return an INSERT that knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)
