"""What people said of two articles: that they are one story, or that they never are.

Knows pairs of articles; what follows for stories is decided elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import and_, delete, or_, select
from sqlalchemy.orm import Session

from storage.records import Correction
from storage.tables import corrections
from storage.upsert import insert_into

__all__ = ["CorrectedPair", "are_any", "corrections_of", "forget", "say"]

T = TypeVar("T")
_AT_ONCE = 400  # bound parameters of one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedPair:
    """What a person said of two articles, and when; ``low_id < high_id``."""

    low_id: int
    high_id: int
    verdict: Correction
    note: str | None
    created_at: datetime


def are_any(session: Session) -> bool:
    """Say whether people corrected anything at all; most stores never see it."""
    return session.execute(select(corrections.c.low_id).limit(1)).first() is not None


def corrections_of(session: Session, article_ids: Collection[int]) -> tuple[CorrectedPair, ...]:
    """Return what people said of any of some articles, by their ids."""
    found: dict[tuple[int, int], CorrectedPair] = {}
    for ids in _parts(article_ids):
        asked = select(corrections).where(or_(corrections.c.low_id.in_(ids), corrections.c.high_id.in_(ids)))
        for row in session.execute(asked):
            found[row.low_id, row.high_id] = CorrectedPair(
                low_id=row.low_id,
                high_id=row.high_id,
                verdict=Correction(row.verdict),
                note=row.note,
                created_at=row.created_at,
            )
    return tuple(found[pair] for pair in sorted(found))


def say(
    session: Session, pairs: Iterable[tuple[int, int]], verdict: Correction, *, note: str | None, now: datetime
) -> None:
    """Note what a person says of pairs of articles, in the place of what was said of them before."""
    rows = [
        {"low_id": low, "high_id": high, "verdict": verdict, "note": note, "created_at": now}
        for low, high in sorted({(min(pair), max(pair)) for pair in pairs})
    ]
    if rows:
        row = insert_into(session, corrections)
        new = {name: row.excluded[name] for name in ("verdict", "note", "created_at")}
        session.execute(row.on_conflict_do_update(index_elements=["low_id", "high_id"], set_=new), rows)


def forget(session: Session, pairs: Iterable[tuple[int, int]]) -> None:
    """Drop what people said of pairs of articles."""
    wanted = sorted({(min(pair), max(pair)) for pair in pairs})
    for part in _parts(wanted, _AT_ONCE // 2):
        named = or_(*(and_(corrections.c.low_id == low, corrections.c.high_id == high) for low, high in part))
        session.execute(delete(corrections).where(named))


def _parts(values: Collection[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    listed = list(values)
    for start in range(0, len(listed), size):
        yield listed[start : start + size]
