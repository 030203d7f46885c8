"""Stories as they begin, take articles in, change their canonical article and end in another one.

Carries out what was decided elsewhere. Ids of stories do not move: one that has no articles any more keeps its row and
names the story that its articles went to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from storage.records import StoryEventKind, VerdictKind
from storage.rows import AnyRow
from storage.tables import articles, edges, hits, silenced_hits, stories, story_events
from storage.waiting import let_off

__all__ = [
    "add_event",
    "assign",
    "begin_story",
    "crown",
    "drop_edges",
    "end_story",
    "lineage",
    "move_articles",
    "resolve",
    "set_verdict",
]

_AT_ONCE = 500
_CHAIN = 50  # stories that may have gone into one another, one after the other
_BEGIN = insert(stories).returning(stories.c.id)
_ORIGINS = select(stories.c.split_from, stories.c.merged_into).where(stories.c.id.in_(bindparam("ids", expanding=True)))
_ENDED = select(stories.c.id).where(stories.c.merged_into.in_(bindparam("ids", expanding=True)))
_there = hits.alias()
_DOUBLED = (
    select(hits.c.id.label("ended_hit"), _there.c.id.label("kept_hit"), hits.c.token)
    .join(_there, and_(_there.c.rule == hits.c.rule, _there.c.token == hits.c.token))
    .where(hits.c.story_id == bindparam("ended"), _there.c.story_id == bindparam("into"))
    .order_by(hits.c.id)
)
_CROWN = update(stories).where(stories.c.id == bindparam("story")).values(canonical_id=bindparam("lead"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    lead: int
    story_id: int
    count: int


def assign(
    claims: Mapping[int, Mapping[int, int]], canonical: Mapping[int, int], *, keep: int | None = None
) -> dict[int, int]:
    """Return which story each star takes over; those that find none left are not among them.

    ``claims`` says how many articles of which story a star holds, by its lead; ``canonical`` which article led a story
    before. The star with most of a story's articles takes it, of several the one with its canonical article; of stories
    that a star holds as much of, that with the lower id. ``keep`` is a story that comes first.
    """
    listed = [
        _Claim(lead=lead, story_id=story_id, count=count)
        for lead, counts in claims.items()
        for story_id, count in counts.items()
        if count > 0
    ]

    def order(one: _Claim) -> tuple[bool, int, int, bool, int]:
        led_before = canonical.get(one.story_id) == one.lead
        return one.story_id != keep, -one.count, one.story_id, not led_before, one.lead

    listed.sort(key=order)
    taken: dict[int, int] = {}
    for claim in listed:
        if claim.lead not in taken and claim.story_id not in taken.values():
            taken[claim.lead] = claim.story_id
    return taken


def begin_story(session: Session, *, canonical_id: int | None, split_from: int | None, now: datetime) -> int:
    """Begin a story and return its id; ``split_from`` is the one that most of its articles came from."""
    row = {"canonical_id": canonical_id, "split_from": split_from, "created_at": now}
    begun: int = session.scalars(_BEGIN, row).one()
    return begun


def crown(session: Session, story_id: int, lead: int) -> None:
    """Make an article the canonical one of its story."""
    session.execute(_CROWN, {"story": story_id, "lead": lead})


def move_articles(session: Session, article_ids: Collection[int], story_id: int) -> None:
    """Put articles into a story."""
    listed = sorted(article_ids)
    for start in range(0, len(listed), _AT_ONCE):
        part = articles.c.id.in_(listed[start : start + _AT_ONCE])
        session.execute(update(articles).where(part).values(story_id=story_id))


def end_story(session: Session, story_id: int, into: int) -> None:
    """Close a story whose articles are in others; its hits go with it.

    What was told of the one is not told again of the other. Where both have a hit of a rule and a token the older one
    stays in use, for a digest may have told it, unless a silence kept only that one quiet; the other one goes with the
    story that ended. A channel that was told that one waits for neither.
    """
    ended = update(stories).where(stories.c.id == story_id)
    session.execute(ended.values(canonical_id=None, merged_into=into))
    doubled = session.execute(_DOUBLED, {"ended": story_id, "into": into}).all()
    listed = [hit_id for row in doubled for hit_id in (row.ended_hit, row.kept_hit)]
    quiet = set(session.scalars(select(silenced_hits.c.hit_id).where(silenced_hits.c.hit_id.in_(listed))))
    for row in doubled:
        if (row.ended_hit in quiet, row.ended_hit) < (row.kept_hit in quiet, row.kept_hit):
            _swap_hits(session, row, story_id, into)
            let_off(session, row.ended_hit, told=row.kept_hit)
    moved = update(hits).where(hits.c.story_id == story_id, hits.c.id.not_in(listed))
    session.execute(moved.values(story_id=into))


def _swap_hits(session: Session, row: AnyRow, ended: int, into: int) -> None:
    """Exchange the hits of two stories, which a rule and a token tell apart from all others of each."""
    aside = f"{row.token}#{row.kept_hit}"
    for hit_id, story_id, token in (
        (row.kept_hit, ended, aside),
        (row.ended_hit, into, row.token),
        (row.kept_hit, ended, row.token),
    ):
        session.execute(update(hits).where(hits.c.id == hit_id).values(story_id=story_id, token=token))


def set_verdict(session: Session, article_id: int, verdict: VerdictKind) -> None:
    """Note what an article is to its story, or to others."""
    session.execute(update(articles).where(articles.c.id == article_id).values(verdict=verdict))


def drop_edges(session: Session, pairs: Iterable[tuple[int, int]]) -> None:
    """Forget what was found out about pairs (from, to) of articles."""
    for from_id, to_id in pairs:
        session.execute(delete(edges).where(edges.c.from_id == from_id, edges.c.to_id == to_id))


def add_event(
    session: Session,
    kind: StoryEventKind,
    story_id: int,
    *,
    at: datetime,
    article_id: int | None = None,
    other_id: int | None = None,
    other_story_id: int | None = None,
    detail: str | None = None,
) -> None:
    """Note what became of a story."""
    row = {
        "story_id": story_id,
        "at": at,
        "kind": kind,
        "article_id": article_id,
        "other_id": other_id,
        "other_story_id": other_story_id,
        "detail": detail,
    }
    session.execute(insert(story_events), row)


def resolve(session: Session, story_id: int) -> int | None:
    """Return the living story that a story went into, which may be itself; None for an unknown id."""
    asked = select(stories.c.merged_into).where(stories.c.id == bindparam("story"))
    row = session.execute(asked, {"story": story_id}).one_or_none()
    if row is None:
        return None
    while row is not None and row.merged_into is not None:
        story_id = row.merged_into
        row = session.execute(asked, {"story": story_id}).one_or_none()
    return story_id


def lineage(session: Session, story_ids: Collection[int]) -> frozenset[int]:
    """Return stories with those that they were split from and those that went into them, and theirs."""
    found = set(story_ids)
    added = set(found)
    for _ in range(_CHAIN):
        rows = session.execute(_ORIGINS, {"ids": sorted(added)}).all()
        ended = session.scalars(_ENDED, {"ids": sorted(added)})
        added = {one for row in rows for one in row if one is not None}.union(ended) - found
        if not added:
            break
        found |= added
    return frozenset(found)
