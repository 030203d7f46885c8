"""One story: who had it and when, how it stands to others, what became of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from storage.feed.alerts import alerts_where
from storage.feed.history import corrections_of_story, events_of_story
from storage.feed.relations import mirrored, relations, turned
from storage.feed.stories import story_views
from storage.feed.story_views import CorrectionView, LeadView, MemberView, SameEventView, StoryDetail
from storage.feed.titles import HEAD, display_title
from storage.feed.topics import links_beside
from storage.outlets import OUTLET
from storage.records import Correction, Evidence, Published, VerdictKind
from storage.rows import AnyRow, evidence_from, published_from
from storage.tables import articles, edges, hits, stories
from storage.timing import lag, latest, publication_order
from storage.topics import TopicLink

__all__ = ["get_story", "lead_of"]

_RELATED = 20  # relations of one kind
_BESIDE = 50  # stories of one topic
_LARGEST_ID = 2**31 - 1
_COPIES = (VerdictKind.EXACT_COPY, VerdictKind.NEAR_COPY)

_ORDERED = select(articles.c.id, articles.c.published, articles.c.precedence, stories.c.canonical_id).join(
    stories, stories.c.id == articles.c.story_id
)
_SHOWN = select(
    articles.c.id,
    articles.c.title,
    articles.c.url,
    OUTLET,
    articles.c.declared_source,
    articles.c.published,
    articles.c.first_seen_at,
    HEAD,
)


@dataclass(frozen=True, slots=True)
class _Judgement:
    """What an article is to another one (A)."""

    compared_id: int | None = None
    verdict: str | None = None
    evidence: Evidence | None = None


_UNJUDGED = _Judgement()


def get_story(session: Session, story_id: int, *, limit: int, after: int | None = None) -> StoryDetail | None:
    """Return all about a story, or about the one that it went into; None for an unknown id.

    ``members`` holds up to ``limit`` articles: the first ones, or those that follow the article ``after``.
    """
    living = _living(session, story_id)
    views = story_views(session, [living]) if living is not None else ()
    if not views:
        return None
    (view,) = views
    rows = _in_order(session, view.id)
    page, next_after = _page([row.id for row in rows], limit, after)
    first = rows[0] if latest(published_from(rows[0].published)) else None
    said = corrections_of_story(session, view.id)
    wanted = {*page, *([first.id] if first else [])}
    shown = _members(session, view.canonical_id, wanted, _held(said, view.id), first)
    related, related_counts = relations(session, view.id, limit=_RELATED)
    own, same_event = _same_event(session, view.id)
    return StoryDetail(
        story=view,
        asked_id=story_id,
        lead=_lead(session, view.canonical_id, rows, None),
        first=shown[first.id] if first else None,
        members=tuple(shown[article_id] for article_id in page),
        next_after=next_after,
        related=related,
        related_counts=related_counts,
        same_event=same_event,
        same_event_why=own.reason if own else None,
        events=events_of_story(session, view.id),
        corrections=said,
        alerts=alerts_where(session, hits.c.story_id == view.id),
    )


def lead_of(session: Session, story_id: int, *, against: int | None = None) -> LeadView | None:
    """Return the canonical article of a story beside another of its articles; None for a story without articles."""
    canonical_id = session.scalar(select(stories.c.canonical_id).where(stories.c.id == story_id))
    if canonical_id is None:
        return None
    return _lead(session, canonical_id, _in_order(session, story_id), against if against != canonical_id else None)


def _same_event(session: Session, story_id: int) -> tuple[TopicLink | None, tuple[SameEventView, ...]]:
    own, links = links_beside(session, story_id, limit=_BESIDE)
    return own, tuple(
        SameEventView(
            story=view,
            via_story_id=links[view.id].via_story_id,
            score=links[view.id].score,
            shared_entities=links[view.id].shared_entities,
            shared_words=links[view.id].shared_words,
            reason=links[view.id].reason,
        )
        for view in story_views(session, tuple(links))
    )


def _held(said: Iterable[CorrectionView], story_id: int) -> set[int]:
    """Return the articles of a story that people hold together with others of it."""
    here = [one for one in said if one.verdict == Correction.TOGETHER and one.other_story_id == story_id]
    return {article_id for one in here for article_id in (one.article_id, one.other_id)}


def _living(session: Session, story_id: int) -> int | None:
    """Return the story that one went into, itself where it went nowhere; None for an unknown id."""
    if story_id > _LARGEST_ID:
        return None
    seen: set[int] = set()
    following: int | None = story_id
    while following is not None and following not in seen:
        seen.add(following)
        story_id = following
        row = session.execute(select(stories.c.merged_into).where(stories.c.id == story_id)).one_or_none()
        if row is None:
            return None
        following = row.merged_into
    return story_id


def _in_order(session: Session, story_id: int) -> list[AnyRow]:
    """Return the articles of a story as they were published, those without a usable date last."""
    rows = session.execute(_ORDERED.where(articles.c.story_id == story_id)).all()
    return sorted(rows, key=_order)


def _order(row: AnyRow) -> tuple[datetime, bool, str, int]:
    leads = row.id == row.canonical_id
    return publication_order(published_from(row.published), row.precedence, row.id, leads=leads)


def _page(article_ids: list[int], limit: int, after: int | None) -> tuple[list[int], int | None]:
    start = article_ids.index(after) + 1 if after in article_ids else 0
    page = article_ids[start : start + limit]
    return page, page[-1] if page and start + limit < len(article_ids) else None


def _lead(session: Session, canonical_id: int, rows: list[AnyRow], against: int | None) -> LeadView:
    precedences = {row.id: row.precedence for row in rows}
    others = [article_id for article_id in precedences if article_id != canonical_id]
    best = min(others, key=lambda one: (not precedences[one], precedences[one], one), default=None)
    beside = against if against in others else best
    (row,) = session.execute(_SHOWN.where(articles.c.id == canonical_id)).all()
    return LeadView(
        article_id=canonical_id,
        title=display_title(row.title, row.head),
        outlet=row.outlet,
        precedence=precedences[canonical_id],
        next_id=beside,
        next_precedence=None if beside is None else precedences[beside],
    )


def _members(
    session: Session, canonical_id: int, article_ids: Collection[int], held: Collection[int], first: AnyRow | None
) -> dict[int, MemberView]:
    judged = _judged(session, canonical_id, article_ids, held)
    since = published_from(first.published) if first else None
    rows = session.execute(_SHOWN.where(articles.c.id.in_(list(article_ids))))
    return {row.id: _member(row, canonical_id, since, judged.get(row.id, _UNJUDGED)) for row in rows}


def _judged(
    session: Session, canonical_id: int, article_ids: Collection[int], held: Collection[int]
) -> dict[int, _Judgement]:
    """Return what articles are to the canonical one, or to those that people hold together with it."""
    bases, others = {canonical_id, *held}, list(article_ids)
    out = and_(edges.c.from_id.in_(bases), edges.c.to_id.in_(others))
    back = and_(edges.c.to_id.in_(bases), edges.c.from_id.in_(others))
    found: dict[int, _Judgement] = {}
    for row in session.execute(select(edges).where(or_(out, back))):
        for judgement, article_id in _both_ways(row, bases):
            known = found.setdefault(article_id, judgement)
            if _weight(judgement, canonical_id) < _weight(known, canonical_id):
                found[article_id] = judgement
    found.pop(canonical_id, None)
    return found


def _both_ways(row: AnyRow, bases: Collection[int]) -> Iterator[tuple[_Judgement, int]]:
    """Yield an edge as it reads from each end that others are compared to, and the article that it speaks of."""
    evidence = evidence_from(row.evidence)
    if row.from_id in bases:
        yield _Judgement(row.from_id, mirrored(row.verdict), evidence), row.to_id
    if row.to_id in bases:
        yield _Judgement(row.to_id, row.verdict, turned(evidence)), row.from_id


def _weight(judgement: _Judgement, canonical_id: int) -> tuple[bool, bool, float, int]:
    """Sort copies first, and of those that of the canonical article."""
    evidence = judgement.evidence
    similarity = evidence.similarity if evidence else 0
    is_canonical = judgement.compared_id == canonical_id
    return judgement.verdict not in _COPIES, not is_canonical, -similarity, judgement.compared_id or 0


def _member(row: AnyRow, canonical_id: int, first: Published | None, judged: _Judgement) -> MemberView:
    published = published_from(row.published)
    return MemberView(
        article_id=row.id,
        is_canonical=row.id == canonical_id,
        title=display_title(row.title, row.head),
        url=row.url,
        outlet=row.outlet,
        source=row.declared_source if row.declared_source != row.outlet else None,
        published=published,
        first_seen_at=row.first_seen_at,
        lag=lag(first, published),
        compared_id=judged.compared_id,
        verdict=judged.verdict,
        evidence=judged.evidence,
    )
