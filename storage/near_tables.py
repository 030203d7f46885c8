"""The rows of the near-copy index, in partitions of time.

Every table stands here ``SLOTS`` times. A slot holds the articles of one period and of the window before it, and is
emptied whole when the next one has begun. Which period a slot holds is a row of ``near_slot``.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Column, Integer, Table
from sqlmodel import Field

from storage.columns import Bytes, PlainText, Utc
from storage.row import Row, table_of

__all__ = ["KEY_BYTES", "PERIOD_DAYS", "SLOTS", "WINDOW_DAYS", "bands", "fingerprints", "sentences", "slots"]

KEY_BYTES = 8
"""Of a key in a fingerprint."""
PERIOD_DAYS = 60
"""Twice the window: an article of the second half of a period goes into two slots, so that one is asked."""
WINDOW_DAYS = 30
"""How long after its arrival an article is looked for by its keys."""
SLOTS = 3
"""The present one, the next one as its window fills it, and one in reserve: for the one before until it is emptied,
or should a clock that ran ahead have taken one."""


class SlotRow(Row, table=True):
    """Which period a slot of the near-copy index holds; none for a slot that is free.

    ``period`` counts spans of ``PERIOD_DAYS`` since 1970. All articles that came from ``full_from`` to the end of the
    period are in the slot; ``begun_at`` is the earliest time of one of the period itself, None while there are only
    those of the window before it. In a slot taken over from a clock that ran ahead it is that clock's until then.
    """

    __tablename__ = "near_slot"

    slot: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    period: int
    full_from: datetime = Field(sa_type=Utc)
    begun_at: datetime | None = Field(sa_type=Utc)


def _key_table(name: str) -> Table:
    """Return a table of keys and the articles that put them in."""
    return Table(
        name,
        Row.metadata,
        Column("k", BigInteger, primary_key=True, autoincrement=False),
        Column("article_id", BigInteger, primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,  # the key is the row
    )


def _fingerprint_table(name: str) -> Table:
    """Return a table of all keys of each article, packed 64-bit integers in order.

    The sketch that the bands were cut from is not kept: nothing asks for it, and it follows from the text.

    ``lead_id`` is the article whose keys this one left out of the index, itself where it left out none, and None for
    one that is not in the index. The ids refer to articles without saying so: SQLite empties a table that has foreign
    keys row by row.
    """
    return Table(
        name,
        Row.metadata,
        Column("article_id", Integer, primary_key=True, autoincrement=False),
        Column("lead_id", Integer),
        Column("sketch_version", PlainText, nullable=False),
        Column("bands", Bytes, nullable=False),
        Column("sentences", Bytes, nullable=False),
    )


slots = table_of(SlotRow)
bands = tuple(_key_table(f"band_{slot}") for slot in range(SLOTS))
sentences = tuple(_key_table(f"sentence_{slot}") for slot in range(SLOTS))
fingerprints = tuple(_fingerprint_table(f"fingerprint_{slot}") for slot in range(SLOTS))
