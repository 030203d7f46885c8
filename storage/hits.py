"""Hits, and the digests that have told of them.

A hit is unique by rule, story and token, so matching again adds nothing. Does not match rules or compose digests.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import or_, select, union_all
from sqlalchemy.orm import Session

from storage.mentions import mentions_of
from storage.outlets import OUTLET
from storage.records import Hit, HitReason, Published, Span, StoryEventKind, StoryHit
from storage.rows import AnyRow, published_from
from storage.stories import Spread, spreads
from storage.tables import articles, digests, hits, stories, story_events, waiting_hits
from storage.tagged import Mention
from storage.upsert import insert_into

__all__ = [
    "DigestMark",
    "LeadArticle",
    "add_hit",
    "hit_of",
    "hits_after",
    "hits_by_id",
    "hits_of_story",
    "is_told",
    "last_digest",
    "last_hit_before",
    "leads_of",
    "mark_digest",
    "mentions_of",
    "story_hits",
    "told_changes",
    "told_rules",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestMark:
    """The digest of a channel: its appointed time, when it was made, and the last hit that it could hold."""

    scheduled_at: datetime
    made_at: datetime
    last_hit_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadArticle:
    """The canonical article of a story, as a message shows it."""

    article_id: int
    title: str | None
    url: str
    source_id: str
    publisher: str | None
    published: Published | None
    text: str
    mentions: tuple[Mention, ...]
    language: str | None = None


_LEADS = select(
    articles.c.id,
    articles.c.story_id,
    articles.c.title,
    articles.c.url,
    articles.c.source_id,
    OUTLET,
    articles.c.published,
    articles.c.text,
    articles.c.language,
).join(stories, stories.c.canonical_id == articles.c.id)
_WITH_ARTICLE = select(
    hits,
    articles.c.title,
    articles.c.url,
    articles.c.source_id,
    OUTLET,
    articles.c.published,
    articles.c.first_seen_at,
    articles.c.text,
    articles.c.language,
).join(articles, articles.c.id == hits.c.article_id)


def add_hit(session: Session, hit: Hit, *, now: datetime) -> int | None:
    """Store a hit and return its id; None when its rule, story and token are known."""
    row = insert_into(session, hits).values(
        rule=hit.rule,
        story_id=hit.story_id,
        article_id=hit.article_id,
        reason=hit.reason,
        token=hit.token,
        spans=[asdict(span) for span in hit.spans],
        changes=[list(change) for change in hit.changes],
        created_at=now,
    )
    hit_id: int | None = session.scalar(row.on_conflict_do_nothing().returning(hits.c.id))
    return hit_id


def hits_after(
    session: Session, *, rules: Sequence[str], after_id: int, limit: int, waiting_for: str | None = None
) -> tuple[StoryHit, ...]:
    """Return up to ``limit`` hits of ``rules`` with ids above ``after_id``, in order of their ids.

    With ``waiting_for`` only those that a channel is still to be told and that wait for its digest. What a story that
    went into another one kept is left out: the other one has a hit of the same rule.
    """
    asked = _WITH_ARTICLE.join(stories, stories.c.id == hits.c.story_id).where(stories.c.merged_into.is_(None))
    place = hits.c.id
    if waiting_for is not None:
        place = waiting_hits.c.hit_id
        asked = asked.join(waiting_hits, place == hits.c.id)
        asked = asked.where(waiting_hits.c.channel == waiting_for, ~waiting_hits.c.urgent)
    asked = asked.where(hits.c.rule.in_(rules), place > after_id).order_by(place).limit(limit)
    return _story_hits(session, session.execute(asked).all())


def story_hits(session: Session, hit_ids: Collection[int]) -> tuple[StoryHit, ...]:
    """Return hits with their stories, in order of their ids; unknown ids are left out."""
    asked = _WITH_ARTICLE.where(hits.c.id.in_(sorted(hit_ids))).order_by(hits.c.id)
    return _story_hits(session, session.execute(asked).all())


def hits_by_id(session: Session, hit_ids: Collection[int]) -> tuple[Hit, ...]:
    """Return hits without their articles, in order of their ids; unknown ids are left out."""
    asked = select(hits).where(hits.c.id.in_(sorted(hit_ids))).order_by(hits.c.id)
    return tuple(map(_hit, session.execute(asked)))


def hits_of_story(session: Session, rule: str, story_ids: Collection[int]) -> tuple[Hit, ...]:
    """Return what a rule said of some stories, the oldest first."""
    rows = session.execute(select(hits).where(hits.c.rule == rule, hits.c.story_id.in_(sorted(story_ids)))).all()
    return tuple(_hit(row) for row in sorted(rows, key=lambda row: row.id))  # in SQL all hits of the rule were read


def leads_of(session: Session, found: Iterable[StoryHit]) -> dict[int, LeadArticle]:
    """Return the canonical articles of the stories of which another article was hit, by story."""
    pairs = {(one.hit.story_id, one.hit.article_id) for one in found}
    asked = select(stories.c.id, stories.c.canonical_id).where(stories.c.id.in_(sorted({story for story, _ in pairs})))
    canonical = {row.id: row.canonical_id for row in session.execute(asked).all()}
    wanted = sorted({canonical[story] for story, article_id in pairs if canonical.get(story) not in (None, article_id)})
    rows = session.execute(_LEADS.where(articles.c.id.in_(wanted))).all()
    mentioned = mentions_of(session, wanted)
    return {row.story_id: _lead_article(row, mentioned.get(row.id, ())) for row in rows}


def last_digest(session: Session, channel: str) -> DigestMark | None:
    """Return the latest digest of a channel, if there was one."""
    asked = select(digests.c.scheduled_at, digests.c.created_at.label("made_at"), digests.c.last_hit_id)
    asked = asked.where(digests.c.channel == channel).order_by(digests.c.scheduled_at.desc())
    row = session.execute(asked.limit(1)).one_or_none()
    return None if row is None else DigestMark(**row._mapping)


def mark_digest(session: Session, channel: str, *, scheduled_at: datetime, last_hit_id: int, now: datetime) -> bool:
    """Note that a digest was composed; False when the channel's digest of that time is known."""
    row = insert_into(session, digests).values(
        channel=channel, scheduled_at=scheduled_at, last_hit_id=last_hit_id, created_at=now
    )
    return session.scalar(row.on_conflict_do_nothing().returning(digests.c.id)) is not None


def last_hit_before(session: Session, before: datetime) -> int:
    """Return the id of the latest hit raised before a time, 0 where there is none."""
    asked = select(hits.c.id).where(hits.c.created_at < before).order_by(hits.c.id.desc()).limit(1)
    return session.scalar(asked) or 0


def hit_of(session: Session, rule: str, story_id: int, token: str) -> int | None:
    """Return the id of the hit of a rule, a story and a token, None where there is none."""
    asked = select(hits.c.id).where(hits.c.rule == rule, hits.c.story_id == story_id, hits.c.token == token)
    return session.scalar(asked)


def told_changes(
    session: Session, rule: str, story_ids: Collection[int], *, besides: Collection[int] = ()
) -> frozenset[tuple[str, str]]:
    """Return the changes of numbers that hits of a rule have told of stories, other hits than those ``besides``."""
    asked = select(hits.c.changes).where(hits.c.rule == rule, hits.c.story_id.in_(sorted(story_ids)))
    asked = asked.where(hits.c.id.not_in(sorted(besides)))
    return frozenset((str(old), str(new)) for changes in session.scalars(asked) for old, new in changes)


def is_told(
    session: Session, rule: str, story_ids: Collection[int], token: str, *, besides: Collection[int] = ()
) -> bool:
    """Say whether a rule has a hit with a token, alone or with more behind a space, for one of some stories.

    Another hit than those ``besides``.
    """
    tokens = or_(hits.c.token == token, hits.c.token.startswith(f"{token} ", autoescape=True))
    asked = select(hits.c.id).where(hits.c.rule == rule, tokens, hits.c.story_id.in_(sorted(story_ids)))
    asked = asked.where(hits.c.id.not_in(sorted(besides)))
    return session.execute(asked.limit(1)).first() is not None


def told_rules(session: Session, story_ids: Collection[int], *, besides: Collection[int] = ()) -> dict[str, int]:
    """Return the rules that spoke of any of some stories, each with the first story of which it did.

    A rule spoke of a story, too, by an article that is in it now, and where it was silent because it had spoken of
    another one. What it said by one of the articles ``besides`` does not count.
    """
    ids, left_out = sorted(story_ids), sorted(besides)
    if not ids:
        return {}
    said = select(hits.c.rule, hits.c.story_id).where(hits.c.article_id.not_in(left_out))
    by_article = said.join(articles, articles.c.id == hits.c.article_id).where(articles.c.story_id.in_(ids))
    silent = select(story_events.c.detail, story_events.c.other_story_id).where(
        story_events.c.story_id.in_(ids),
        story_events.c.kind == StoryEventKind.SILENT,
        story_events.c.article_id.not_in(left_out),
    )
    found = session.execute(union_all(said.where(hits.c.story_id.in_(ids)), by_article, silent)).all()
    return {row[0]: row[1] for row in sorted(found, reverse=True)}


def _story_hits(session: Session, rows: Sequence[AnyRow]) -> tuple[StoryHit, ...]:
    mentioned = mentions_of(session, (row.article_id for row in rows))
    spread = spreads(session, (row.story_id for row in rows))
    return tuple(_story_hit(row, mentioned.get(row.article_id, ()), spread[row.story_id]) for row in rows)


def _story_hit(row: AnyRow, mentioned: tuple[Mention, ...], spread: Spread) -> StoryHit:
    return StoryHit(
        hit_id=row.id,
        hit=_hit(row),
        title=row.title,
        url=row.url,
        source_id=row.source_id,
        publisher=row.outlet,
        published=published_from(row.published),
        first_seen_at=row.first_seen_at,
        text=row.text,
        mentions=mentioned,
        article_count=spread.article_count,
        outlets=spread.outlets,
        language=row.language,
    )


def _lead_article(row: AnyRow, mentioned: tuple[Mention, ...]) -> LeadArticle:
    return LeadArticle(
        article_id=row.id,
        title=row.title,
        url=row.url,
        source_id=row.source_id,
        publisher=row.outlet,
        published=published_from(row.published),
        text=row.text,
        mentions=mentioned,
        language=row.language,
    )


def _hit(row: AnyRow) -> Hit:
    return Hit(
        rule=row.rule,
        story_id=row.story_id,
        article_id=row.article_id,
        reason=HitReason(row.reason),
        token=row.token,
        spans=tuple(Span(**span) for span in row.spans),
        changes=tuple((str(old), str(new)) for old, new in row.changes),
    )
