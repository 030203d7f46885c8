"""Entities: which ones articles mention, and all that articles say of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Subquery, case, func, select
from sqlalchemy.orm import Session

from storage.feed.entity_views import Amendment, CountedName, DayCount, EntityDetail, EntityLine, KnownFact, LifeCycle
from storage.feed.life_cycle import life_cycle
from storage.feed.statements import stated_values
from storage.feed.stories import story_views
from storage.feed.views import StoryView
from storage.outlets import OUTLET
from storage.rows import AnyRow
from storage.states import Stage, Tagging
from storage.tables import articles, considered, mentions

__all__ = ["get_entity", "is_mentioned", "list_entities"]

_DAYS = 30
_LATEST = 10
_NAMES = 50  # spellings, and as many versions and sizes
_JOINTS = " -_·"  # what may stand between a name, its version and its size


def list_entities(
    session: Session, *, limit: int, kind: str | None = None, since: datetime | None = None
) -> tuple[EntityLine, ...]:
    """Return the entities that most articles mention.

    ``kind`` keeps those of one kind, ``since`` counts only articles first seen since then.
    """
    count, last = func.count(mentions.c.article_id.distinct()), func.max(mentions.c.article_id)
    asked = select(mentions.c.entity, count.label("articles"), last.label("last_id")).group_by(mentions.c.entity)
    if kind is not None:
        asked = asked.where(func.substr(mentions.c.entity, 1, len(kind) + 1) == f"{kind}:")
    if since is not None:
        asked = asked.join(articles, articles.c.id == mentions.c.article_id).where(articles.c.first_seen_at >= since)
    rows = session.execute(asked.order_by(count.desc(), mentions.c.entity).limit(limit)).all()
    stories = _stories(session, [row.entity for row in rows], since)
    seen = _seen(session, {row.last_id for row in rows})
    return tuple(
        EntityLine(
            id=row.entity,
            kind=row.entity.partition(":")[0],
            articles=row.articles,
            stories=stories[row.entity],
            last_seen_at=seen[row.last_id],
        )
        for row in rows
    )


def get_entity(
    session: Session,
    entity: str,
    *,
    now: datetime,
    known: Sequence[KnownFact] = (),
    amendments: Mapping[str, Sequence[KnownFact]] | None = None,
) -> EntityDetail:
    """Return all that articles say of an entity, also of one that none mentions.

    ``known`` are the facts that the catalogue holds of it; ``amendments`` are the entities that amend it, by id, with
    theirs.
    """
    named = _named(entity)
    counts = _counts(session, named)
    today = now.astimezone(UTC).date()
    changes = tuple(_amendment(session, one, held, today) for one, held in (amendments or {}).items())
    spellings, versions, sizes = _names(session, entity)
    return EntityDetail(
        id=entity,
        articles=counts.articles,
        stories=counts.stories,
        outlets=counts.outlets,
        first_seen_at=counts.first_seen_at,
        last_seen_at=counts.last_seen_at,
        unsure=_unsure(session, entity),
        days=_days(session, named, now),
        spellings=spellings,
        versions=versions,
        sizes=sizes,
        life_cycle=_as_amended(_life(session, entity, known, today), changes),
        amendments=changes,
        latest=_latest(session, named),
    )


def _named(entity: str) -> Subquery:
    return select(mentions.c.article_id).where(mentions.c.entity == entity).distinct().subquery()


def _amendment(session: Session, entity: str, held: Sequence[KnownFact], today: date) -> Amendment:
    named = _named(entity)
    counts = _counts(session, named)
    return Amendment(
        id=entity,
        articles=counts.articles,
        stories=counts.stories,
        life_cycle=_life(session, entity, held, today),
        latest=_latest(session, named),
    )


def _life(session: Session, entity: str, known: Sequence[KnownFact], today: date) -> LifeCycle:
    stated, left_out = stated_values(session, entity)
    return life_cycle(stated, known, today=today, left_out=left_out)


def _as_amended(life: LifeCycle, amendments: Iterable[Amendment]) -> LifeCycle:
    """Return the life of a regulation, amended if what amends it is in force as it is itself."""
    is_amended = any(one.life_cycle.stage is Stage.IN_FORCE for one in amendments)
    return replace(life, is_amended=True) if is_amended and life.stage is Stage.IN_FORCE else life


def is_mentioned(session: Session, entity: str) -> bool:
    """Say whether an article names an entity, surely or perhaps."""
    found = (select(table.c.entity).where(table.c.entity == entity).limit(1) for table in (mentions, considered))
    return any(session.scalar(asked) is not None for asked in found)


def _stories(session: Session, entities: Collection[str], since: datetime | None) -> Counter[str]:
    count = func.count(articles.c.story_id.distinct())
    asked = select(mentions.c.entity, count.label("stories")).join(articles, articles.c.id == mentions.c.article_id)
    asked = asked.where(mentions.c.entity.in_(entities)).group_by(mentions.c.entity)
    if since is not None:
        asked = asked.where(articles.c.first_seen_at >= since)
    return Counter({row.entity: row.stories for row in session.execute(asked)})


def _seen(session: Session, article_ids: Collection[int]) -> dict[int, datetime]:
    asked = select(articles.c.id, articles.c.first_seen_at).where(articles.c.id.in_(article_ids))
    return {row.id: row.first_seen_at for row in session.execute(asked)}


def _counts(session: Session, named: Subquery) -> AnyRow:
    asked = select(
        func.count().label("articles"),
        func.count(articles.c.story_id.distinct()).label("stories"),
        func.count(OUTLET.element.distinct()).label("outlets"),
        func.min(articles.c.first_seen_at).label("first_seen_at"),
        func.max(articles.c.first_seen_at).label("last_seen_at"),
    )
    return session.execute(asked.join(named, named.c.article_id == articles.c.id)).one()


def _days(session: Session, named: Subquery, now: datetime) -> tuple[DayCount, ...]:
    """Count by the last days; each begins at midnight, UTC."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    begins = [today - timedelta(days=back) for back in range(_DAYS)]
    back = case(*((articles.c.first_seen_at >= begin, number) for number, begin in enumerate(begins)))
    recent = select(back.label("back")).join(named, named.c.article_id == articles.c.id)
    within = recent.where(articles.c.first_seen_at >= begins[-1]).subquery()
    asked = select(within.c.back, func.count().label("articles")).group_by(within.c.back)
    counts = {row.back: row.articles for row in session.execute(asked)}
    return tuple(
        DayCount(day=begins[number].date().isoformat(), articles=counts.get(number, 0))
        for number in reversed(range(_DAYS))
    )


def _names(session: Session, entity: str) -> tuple[tuple[CountedName, ...], ...]:
    """Return spellings, versions and sizes, each with the number of its mentions."""
    columns = (mentions.c.surface, mentions.c.version, mentions.c.size)
    asked = select(*columns, func.count().label("times")).where(mentions.c.entity == entity).group_by(*columns)
    spellings, versions, sizes = Counter[str](), Counter[str](), Counter[str]()
    for row in session.execute(asked):
        spellings[_spelling(row.surface, row.version, row.size)] += row.times
        versions[row.version] += row.times
        sizes[row.size] += row.times
    return tuple(map(_counted, (spellings, versions, sizes)))


def _spelling(surface: str, version: str | None, size: str | None) -> str:
    """Return what was written of the name alone, which a version and a size may follow."""
    found = surface
    for part in (size, version):
        if part and found.endswith(part):
            found = found.removesuffix(part).rstrip(_JOINTS)
    return found or surface


def _counted(found: Counter[str]) -> tuple[CountedName, ...]:
    named = sorted((name for name in found if name), key=lambda name: (-found[name], name))
    return tuple(CountedName(value=name, mentions=found[name]) for name in named[:_NAMES])


def _unsure(session: Session, entity: str) -> int:
    """Count the articles in which the name was unsure wherever it stands."""
    named = select(mentions.c.article_id).where(mentions.c.entity == entity)
    asked = select(func.count(considered.c.article_id.distinct())).where(
        considered.c.entity == entity,
        considered.c.outcome == Tagging.UNSURE.value,
        considered.c.article_id.not_in(named),
    )
    return session.scalars(asked).one()


def _latest(session: Session, named: Subquery) -> tuple[StoryView, ...]:
    last = func.max(articles.c.id)
    asked = select(articles.c.story_id).join(named, named.c.article_id == articles.c.id).group_by(articles.c.story_id)
    return story_views(session, session.scalars(asked.order_by(last.desc()).limit(_LATEST)).all())
