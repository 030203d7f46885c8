"""Which hits a silence keeps quiet.

Reads the articles that were hit; what is kept quiet is written by ``storage.silences``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fnmatch import fnmatchcase
from functools import lru_cache

from sqlalchemy.orm import Session

from storage.query.errors import QueryError
from storage.query.names import PlainNames
from storage.query.nodes import Entity, Group, Node, Source, all_of, conditions_in
from storage.query.parse import parse
from storage.query.patterns import glob_fits
from storage.query.predicate import calls, holds
from storage.query.subject import Subject
from storage.silences import Silence, active, quiet
from storage.subjects import groups_of_sources, subjects_of

__all__ = ["Spoken", "is_for_outlet", "keep_quiet", "names_outlet", "quiet_all", "quiet_now", "quiets", "silences"]

_AT_ONCE = 500
"""Articles that are read together: a night's whole texts would fill the memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A hit that is about to be told."""

    hit_id: int
    rule: str
    article_id: int


def keep_quiet(session: Session, hits: Sequence[Spoken], now: datetime) -> Collection[int]:
    """Take the hits that a silence of now is for out of what waits; return their ids."""
    found = quiet_now(session, hits, now)
    quiet_all(session, found, now)
    return found.keys()


def quiet_all(session: Session, found: Mapping[int, int], now: datetime) -> None:
    """Take hits out of what waits, each for its silence (``quiet_now``)."""
    for silence_id in dict.fromkeys(found.values()):
        kept = sorted(hit_id for hit_id, by in found.items() if by == silence_id)
        quiet(session, silence_id, kept, now=now)


def quiet_now(session: Session, hits: Sequence[Spoken], now: datetime) -> dict[int, int]:
    """Return the first silence of now that is for each hit, by the hit's id; hits without one are left out.

    Read-only: what waits goes on waiting.
    """
    held = active(session, now) if hits else ()
    if not held:
        return {}
    groups = groups_of_sources(session)
    found: dict[int, int] = {}
    for start in range(0, len(hits), _AT_ONCE):
        part = hits[start : start + _AT_ONCE]
        subjects = subjects_of(session, sorted({hit.article_id for hit in part}))
        for hit in part:
            article = subjects[hit.article_id]
            section = groups.get(article.source_id)
            by = next((one.id for one in held if silences(one, hit.rule, article, section, now)), None)
            if by is not None:
                found[hit.hit_id] = by
    return found


def silences(silence: Silence, rule: str, article: Subject, group: str | None, now: datetime) -> bool:
    """Say whether a silence is for what a rule says of an article, whose source is of a group.

    One whose query cannot be read, for another version wrote it, is for nothing: better told than lost.
    """
    if silence.rule is not None and not fnmatchcase(rule, silence.rule):
        return False
    if silence.source is not None and not glob_fits(silence.source, article.source_id):
        return False
    try:
        condition = _condition(silence.entity, silence.query)
    except QueryError:
        return False
    return condition is None or holds(condition, article, now, group)


def is_for_outlet(
    silence: Silence, rule: str, hidden: Subject, other: Subject, groups: Mapping[str, str | None], at: datetime
) -> bool:
    """Say whether a silence was for what a rule said of an article because of the outlet that this came from.

    So it is where it would not be for the same article, had that come from where the other one does, or from nowhere
    where that is another source. ``at`` is when it kept the article quiet, ``groups`` are those of sources. One that
    is not for the article any more, which may have been edited, was for its story.
    """
    nowhere = replace(hidden, source_id="", publisher=None, declared_source=None)
    there = replace(hidden, source_id=other.source_id, publisher=other.publisher, declared_source=other.declared_source)
    asked = (there,) if other.source_id == hidden.source_id else (there, nowhere)
    return silences(silence, rule, hidden, groups.get(hidden.source_id), at) and not all(
        silences(silence, rule, article, groups.get(article.source_id), at) for article in asked
    )


def names_outlet(silence: Silence) -> bool:
    """Say whether a silence asks where an article comes from; one whose query cannot be read does not."""
    try:
        condition = _condition(silence.entity, silence.query)
    except QueryError:
        return False
    asked = () if condition is None else conditions_in(condition)
    return silence.source is not None or any(isinstance(one, Source | Group) for one in asked)


def quiets(silence: Silence, rule: str, entity: str) -> bool:
    """Say whether a silence is for all that a rule says of an entity, whatever the article."""
    if silence.source is not None or silence.query is not None:
        return False
    if silence.rule is not None and not fnmatchcase(rule, silence.rule):
        return False
    return silence.entity is None or calls(tuple(silence.entity.split(",")), entity)


@lru_cache(maxsize=256)
def _condition(entity: str | None, query: str | None) -> Node | None:
    parts: list[Node] = [] if entity is None else [Entity(tuple(entity.split(",")), written=entity)]
    if query is not None:
        parts.append(parse(query, PlainNames()))
    return all_of(parts) if parts else None
