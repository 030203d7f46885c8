"""Names that look like untracked models and regulations, counted over time, and those that nobody wants to see again.

A name is known by its kind and its key (``storage.fold.name_key``). Counts and forgets; what to propose is decided
elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, case, cast, delete, exists, func, select, tuple_
from sqlalchemy.orm import Session

from storage.outlets import OUTLET
from storage.rows import AnyRow
from storage.tables import articles, dismissed, sightings
from storage.upsert import insert_into

__all__ = [
    "KEPT",
    "Dismissed",
    "NameTally",
    "Place",
    "Spellings",
    "dismiss",
    "dismissed_names",
    "forget_sightings",
    "name_tallies",
    "places_of_names",
    "restore",
    "spellings_of",
]

KEPT = timedelta(days=180)
"""How long sightings are kept."""
NameId = tuple[str, str]
"""Kind and key."""

_AT_ONCE = 400  # bound parameters of one statement
_FORGOTTEN_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NameTally:
    """What was counted of a name.

    ``sources`` (outlets as the stories count them), ``stories`` and ``days`` (UTC) are those of the window, ``earlier``
    the stories of the background. Copies of a text are one story.
    """

    kind: str
    key: str
    sources: int
    stories: int
    days: int
    earlier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Spellings:
    """How a name is written, with the number of articles that do, the commonest first, and when it was first seen."""

    names: tuple[tuple[str, int], ...]
    first_seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an article has a name: ``start`` to ``end`` of its ``field``, ``title`` or ``text``."""

    article_id: int
    field: str
    start: int
    end: int
    title: str | None
    text: str
    url: str
    outlet: str
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissed:
    """A name that a person does not want proposed."""

    kind: str
    key: str
    name: str
    note: str | None
    created_at: datetime


def name_tallies(
    session: Session,
    *,
    since: datetime,
    background_since: datetime,
    kind: str | None = None,
    keys: Collection[str] | None = None,
) -> tuple[NameTally, ...]:
    """Count the names sighted since ``since``, against the time from ``background_since`` until then.

    Only those of a kind or with some keys, where these are given. Dismissed names are counted for ``keys`` only.
    """
    is_now = sightings.c.seen_at >= since
    stories = func.count(_when(is_now, articles.c.story_id).distinct())
    asked = select(
        sightings.c.kind,
        sightings.c.k,
        func.count(_when(is_now, OUTLET.element).distinct()).label("sources"),
        stories.label("stories"),
        func.count(_when(is_now, _day(session)).distinct()).label("days"),
        func.count(_when(~is_now, articles.c.story_id).distinct()).label("earlier"),
    ).join(articles, articles.c.id == sightings.c.article_id)
    asked = asked.where(sightings.c.seen_at >= background_since)
    asked = asked.where(sightings.c.k.in_(sorted(keys)) if keys is not None else ~_IS_DISMISSED)
    if kind is not None:
        asked = asked.where(sightings.c.kind == kind)
    grouped = asked.group_by(sightings.c.k, sightings.c.kind).having(stories > 0)
    return tuple(map(_tally, session.execute(grouped)))


def spellings_of(session: Session, names: Iterable[NameId]) -> dict[NameId, Spellings]:
    """Return how each name has been written as long as sightings are kept; unknown names are left out."""
    count, first = func.count().label("times"), func.min(sightings.c.seen_at).label("first")
    asked = select(sightings.c.kind, sightings.c.k, sightings.c.name, count, first)
    rows: dict[NameId, list[AnyRow]] = defaultdict(list)
    for part in _parts(names):
        grouped = asked.where(_is_any(part)).group_by(sightings.c.kind, sightings.c.k, sightings.c.name)
        for row in session.execute(grouped):
            rows[row.kind, row.k].append(row)
    return {name: _spellings(found) for name, found in rows.items()}


def places_of_names(
    session: Session, names: Iterable[NameId], *, since: datetime, limit: int
) -> dict[NameId, tuple[Place, ...]]:
    """Return up to ``limit`` places of each name, the newest first: one for a story, of different outlets if it can be.

    Names without a place since then are left out.
    """
    shown: dict[NameId, list[int]] = {}
    for part in _parts(names):
        rows: dict[NameId, list[AnyRow]] = defaultdict(list)
        for row in session.execute(_WHERE.where(_is_any(part), sightings.c.seen_at >= since)):
            rows[row.kind, row.k].append(row)
        shown |= {name: _chosen(found, limit) for name, found in rows.items()}
    return {name: _places(session, name, article_ids) for name, article_ids in shown.items()}


def dismiss(session: Session, name: NameId, shown: str, *, note: str | None, now: datetime) -> None:
    """Propose a name no more; ``shown`` is how it was written then."""
    kind, key = name
    row = {"kind": kind, "k": key, "name": shown, "note": note, "created_at": now}
    new = insert_into(session, dismissed)
    kept = {column: new.excluded[column] for column in ("name", "note", "created_at")}
    session.execute(new.on_conflict_do_update(index_elements=["k", "kind"], set_=kept), row)


def restore(session: Session, name: NameId) -> bool:
    """Propose a dismissed name again; say whether it was one."""
    kind, key = name
    gone = delete(dismissed).where(dismissed.c.kind == kind, dismissed.c.k == key).returning(dismissed.c.k)
    return session.execute(gone).first() is not None


def dismissed_names(session: Session) -> tuple[Dismissed, ...]:
    """Return the dismissed names, the latest first."""
    rows = session.execute(select(dismissed).order_by(dismissed.c.created_at.desc(), dismissed.c.k))
    return tuple(
        Dismissed(kind=row.kind, key=row.k, name=row.name, note=row.note, created_at=row.created_at) for row in rows
    )


def forget_sightings(session: Session, before: datetime, *, limit: int = _FORGOTTEN_AT_ONCE) -> int:
    """Forget the oldest sightings of articles first seen before a time, at most ``limit``; return how many."""
    key = (sightings.c.k, sightings.c.kind, sightings.c.article_id)
    oldest = select(*key).where(sightings.c.seen_at < before).order_by(sightings.c.seen_at).limit(limit)
    rows = session.execute(oldest).all()
    if rows:
        session.execute(delete(sightings).where(tuple_(*key).in_(oldest)))
    return len(rows)


_IS_DISMISSED = exists().where(dismissed.c.k == sightings.c.k, dismissed.c.kind == sightings.c.kind)
_WHERE: Select[Any] = (
    select(
        sightings.c.kind,
        sightings.c.k,
        sightings.c.article_id,
        articles.c.story_id,
        OUTLET,
    )
    .join(articles, articles.c.id == sightings.c.article_id)
    .order_by(sightings.c.seen_at.desc(), sightings.c.article_id.desc())
)
_SHOWN = select(
    sightings.c.article_id,
    sightings.c.field,
    sightings.c.start,
    sightings.c.stop,
    sightings.c.seen_at,
    articles.c.title,
    articles.c.text,
    articles.c.url,
    OUTLET,
).join(articles, articles.c.id == sightings.c.article_id)


def _when(condition: ColumnElement[bool], value: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((condition, value))


def _day(session: Session) -> ColumnElement[Any]:
    """Return the day of a sighting, in UTC."""
    if session.get_bind().dialect.name == "postgresql":
        return cast(func.timezone("UTC", sightings.c.seen_at), Date)
    return func.substr(cast(sightings.c.seen_at, articles.c.url.type), 1, 10)


def _is_any(names: Collection[NameId]) -> ColumnElement[bool]:
    return tuple_(sightings.c.k, sightings.c.kind).in_([(key, kind) for kind, key in names])


def _tally(row: AnyRow) -> NameTally:
    return NameTally(
        kind=row.kind, key=row.k, sources=row.sources, stories=row.stories, days=row.days, earlier=row.earlier
    )


def _spellings(rows: list[AnyRow]) -> Spellings:
    names = sorted(((row.name, row.times) for row in rows), key=lambda one: (-one[1], one[0]))
    return Spellings(names=tuple(names), first_seen_at=min(row.first for row in rows))


def _chosen(rows: list[AnyRow], limit: int) -> list[int]:
    """Return the articles to show of those that have a name: first one of each outlet, never two of a story."""
    stories: set[int] = set()
    outlets: set[str] = set()
    chosen: list[int] = []
    for again in (False, True):
        for row in rows:
            if len(chosen) < limit and row.story_id not in stories and (again or row.outlet not in outlets):
                stories.add(row.story_id)
                outlets.add(row.outlet)
                chosen.append(row.article_id)
    return chosen


def _places(session: Session, name: NameId, article_ids: list[int]) -> tuple[Place, ...]:
    asked = _SHOWN.where(_is_any([name]), sightings.c.article_id.in_(article_ids))
    found = {row.article_id: row for row in session.execute(asked)}
    return tuple(_place(found[article_id]) for article_id in article_ids)


def _place(row: AnyRow) -> Place:
    return Place(
        article_id=row.article_id,
        field=row.field,
        start=row.start,
        end=row.stop,
        title=row.title,
        text=row.text,
        url=row.url,
        outlet=row.outlet,
        seen_at=row.seen_at,
    )


def _parts(names: Iterable[NameId]) -> list[list[NameId]]:
    listed = sorted(set(names))
    return [listed[start : start + _AT_ONCE // 2] for start in range(0, len(listed), _AT_ONCE // 2)]
