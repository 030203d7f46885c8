"""Which stories tell of one thing: those that an article revises, holds or is held by, and their revisions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select, union
from sqlalchemy.orm import Session

from storage.records import Published, VerdictKind
from storage.rows import AnyRow, evidence_from, published_from
from storage.story_moves import lineage
from storage.tables import articles, edges, stories

__all__ = ["Relation", "family", "relations_of"]

_ROUNDS = 5  # revisions of revisions; the rest of a longer chain hangs on the same originals
_MOST = 200  # stories of a family


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What an article is to one of another story.

    ``is_later`` says whether it is the later of the two, ``similarity`` is theirs, ``inside`` the share of it that the
    other one holds, ``fills`` that of the other one that it holds, and ``changes`` are pairs (the other's, its own) of
    numbers and names.
    """

    other_id: int
    story_id: int
    is_canonical: bool
    published: Published | None
    verdict: VerdictKind
    is_later: bool
    similarity: float
    inside: float
    fills: float
    changes: tuple[tuple[str, str], ...]


_MIRRORED = {
    VerdictKind.CONTAINS: VerdictKind.CONTAINED_IN,
    VerdictKind.CONTAINED_IN: VerdictKind.CONTAINS,
}
_HERE = articles.alias("here")
_SHOWN = (
    edges.c.from_id,
    edges.c.verdict,
    edges.c.evidence,
    articles.c.id,
    articles.c.story_id,
    articles.c.published,
    stories.c.canonical_id,
)
_RELATED = tuple(
    select(*_SHOWN)
    .join(articles, articles.c.id == there)
    .join(stories, stories.c.id == articles.c.story_id)
    .join(_HERE, _HERE.c.id == here)
    .where(here == bindparam("article_id"), articles.c.story_id != _HERE.c.story_id)
    .order_by(articles.c.id)
    for here, there in ((edges.c.from_id, edges.c.to_id), (edges.c.to_id, edges.c.from_id))
)
_REVISED = union(
    *(
        select(articles.c.story_id)
        .join(edges, there == articles.c.id)
        .join(_HERE, _HERE.c.id == here)
        .where(_HERE.c.story_id.in_(bindparam("ids", expanding=True)), edges.c.verdict == VerdictKind.REVISION)
        for here, there in ((edges.c.from_id, edges.c.to_id), (edges.c.to_id, edges.c.from_id))
    )
)


def relations_of(session: Session, article_id: int) -> tuple[Relation, ...]:
    """Return how an article stands to articles of other stories."""
    asked = {"article_id": article_id}
    return tuple(_relation(row, article_id) for related in _RELATED for row in session.execute(related, asked))


def family(session: Session, story_ids: Collection[int]) -> frozenset[int]:
    """Return stories with those that revise them or that they revise, and theirs, and where all these came from."""
    found = set(story_ids)
    added = set(found)
    for _ in range(_ROUNDS):
        if not added or len(found) > _MOST:
            break
        added = set(session.scalars(_REVISED, {"ids": sorted(added)})) - found
        found |= added
    return lineage(session, found)


def _relation(row: AnyRow, article_id: int) -> Relation:
    is_later = row.from_id == article_id
    verdict, evidence = VerdictKind(row.verdict), evidence_from(row.evidence)
    pairs = evidence.changes
    return Relation(
        other_id=row.id,
        story_id=row.story_id,
        is_canonical=row.canonical_id == row.id,
        published=published_from(row.published),
        verdict=verdict if is_later else _MIRRORED.get(verdict, verdict),
        is_later=is_later,
        similarity=evidence.similarity,
        inside=evidence.containment_a if is_later else evidence.containment_b,
        fills=evidence.containment_b if is_later else evidence.containment_a,
        changes=tuple((b, a) for a, b in pairs) if is_later else pairs,
    )
