"""Silences, and the hits that they kept quiet. Does not decide which hit a silence is for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from storage.leases import changed_rows
from storage.rows import AnyRow
from storage.tables import hits, silenced_hits, silences
from storage.upsert import insert_into
from storage.waiting import settle

__all__ = [
    "Silence",
    "active",
    "add_silence",
    "count_silenced",
    "end_silence",
    "has_silences",
    "list_silences",
    "quiet",
    "silence_of",
]

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What is kept quiet from a time to another: hits for which all the given conditions hold.

    ``rule`` and ``source`` are globs over ids, ``entity`` such globs separated by commas, ``query`` a query whose names
    are ids.
    """

    id: int
    rule: str | None
    entity: str | None
    source: str | None
    query: str | None
    comment: str
    starts_at: datetime
    ends_at: datetime


def add_silence(
    session: Session,
    *,
    comment: str,
    starts_at: datetime,
    ends_at: datetime,
    rule: str | None = None,
    entity: str | None = None,
    source: str | None = None,
    query: str | None = None,
) -> Silence:
    """Store a silence and return it."""
    row = {
        "rule": rule,
        "entity": entity,
        "source": source,
        "query": query,
        "comment": comment,
        "starts_at": starts_at,
        "ends_at": ends_at,
    }
    return _silence(session.execute(insert(silences).values(row).returning(*silences.c)).one())


def end_silence(session: Session, silence_id: int, *, now: datetime) -> bool:
    """End a silence that still holds; False where there is none."""
    held = update(silences).where(silences.c.id == silence_id, silences.c.ends_at > now)
    return changed_rows(session, held.values(ends_at=now)) == 1


def active(session: Session, now: datetime) -> tuple[Silence, ...]:
    """Return the silences that hold now, the oldest first."""
    asked = select(silences).where(silences.c.ends_at > now, silences.c.starts_at <= now)
    return tuple(map(_silence, session.execute(asked.order_by(silences.c.id))))


def has_silences(session: Session) -> bool:
    """Say whether there was ever a silence."""
    return session.scalar(select(silences.c.id).limit(1)) is not None


def list_silences(session: Session, *, now: datetime, ended: bool) -> tuple[tuple[Silence, int], ...]:
    """Return the silences, with ``ended`` those of the past too, each with how many hits it kept quiet."""
    kept = select(silenced_hits.c.silence_id, func.count().label("kept")).group_by(silenced_hits.c.silence_id)
    counts = {row.silence_id: row.kept for row in session.execute(kept)}  # each row is read once
    asked = select(silences).order_by(silences.c.ends_at.desc(), silences.c.id)
    rows = session.execute(asked if ended else asked.where(silences.c.ends_at > now))
    return tuple((_silence(row), counts.get(row.id, 0)) for row in rows)


def quiet(session: Session, silence_id: int, hit_ids: Sequence[int], *, now: datetime) -> None:
    """Let a silence keep hits quiet: no channel waits for them any more."""
    for hit_id in hit_ids:
        row = {"hit_id": hit_id, "silence_id": silence_id, "at": now}
        session.execute(insert_into(session, silenced_hits).values(row).on_conflict_do_nothing())
    settle(session, hit_ids)


def count_silenced(session: Session, rules: Collection[str], *, since: datetime, until: datetime) -> int:
    """Count the hits of rules that were kept quiet after a time, up to another one."""
    kept = select(silenced_hits.c.hit_id).where(silenced_hits.c.at > since, silenced_hits.c.at <= until)
    ids = sorted(session.scalars(kept))  # first: all hits of the rules may be many
    named = set(rules)
    parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    return sum(
        rule in named for part in parts for rule in session.scalars(select(hits.c.rule).where(hits.c.id.in_(part)))
    )


def silence_of(session: Session, hit_ids: Collection[int]) -> dict[int, Silence]:
    """Return the silence that kept each of some hits quiet; hits that none did are left out."""
    asked = select(silenced_hits.c.hit_id, silences).join(silences, silences.c.id == silenced_hits.c.silence_id)
    rows = session.execute(asked.where(silenced_hits.c.hit_id.in_(sorted(hit_ids))))
    return {row.hit_id: _silence(row) for row in rows}


def _silence(row: AnyRow) -> Silence:
    return Silence(
        id=row.id,
        rule=row.rule,
        entity=row.entity,
        source=row.source,
        query=row.query,
        comment=row.comment,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
