"""What alarms are made of: the state of each watched source, and which of it an operator has been told.

What was told, and what waits to be, is kept with the source, in ``pacing``, so that it survives a restart. Decides
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from storage.health import failing_since, is_silent, last_news_at
from storage.rows import AnyRow
from storage.tables import sources

__all__ = ["Notice", "WatchedSource", "keep_told", "watched_sources"]

_TOLD, _UNTOLD = "told", "untold"
_PACING = select(sources.c.pacing).where(sources.c.id == bindparam("source_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What an operator should know of a source, and since when."""

    code: str
    text: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedSource:
    """An active source as an alarm sees it.

    ``told`` holds the codes that were told, with the start of each; ``untold`` what was to be told and had to wait.
    """

    id: str
    url: str
    failures: int
    failing_since: datetime | None
    last_error: str | None
    has_answered: bool
    is_silent: bool
    last_news_at: datetime
    notices: tuple[Notice, ...]
    told: Mapping[str, str]
    untold: tuple[Notice, ...] = ()


def watched_sources(session: Session) -> tuple[WatchedSource, ...]:
    """Return the active sources, by id."""
    return tuple(map(_watched, session.execute(select(sources).where(sources.c.active).order_by(sources.c.id))))


def keep_told(session: Session, source_id: str, told: Mapping[str, str], untold: Iterable[Notice] = ()) -> None:
    """Remember what was told of a source and what waits to be told, in place of what was remembered before."""
    waiting = [[notice.code, notice.text, notice.since.isoformat()] for notice in untold]
    before = session.execute(_PACING, {"source_id": source_id}).one().pacing
    pacing = {**before, _TOLD: dict(told), _UNTOLD: waiting}
    session.execute(update(sources).where(sources.c.id == source_id).values(pacing=pacing))


def _watched(row: AnyRow) -> WatchedSource:
    begun = row.pacing.get("since", {})
    return WatchedSource(
        id=row.id,
        url=row.address or row.url,
        failures=row.failures,
        failing_since=failing_since(row),
        last_error=row.last_error,
        has_answered=row.last_success_at is not None,
        is_silent=is_silent(row),
        last_news_at=last_news_at(row),
        notices=tuple(
            Notice(code=code, text=text, since=_begun(begun.get(code), row.last_polled_at))
            for code, text in row.notices
        ),
        told=row.pacing.get(_TOLD, {}),
        untold=tuple(
            Notice(code=code, text=text, since=datetime.fromisoformat(since))
            for code, text, since in row.pacing.get(_UNTOLD, ())
        ),
    )


def _begun(since: str | None, otherwise: datetime) -> datetime:
    return datetime.fromisoformat(since) if since else otherwise
