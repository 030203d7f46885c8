"""How stories stand to others, by the edges between their articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from storage.feed.story_views import RelationView
from storage.feed.titles import HEAD, display_title
from storage.outlets import OUTLET
from storage.records import Evidence, VerdictKind
from storage.rows import AnyRow, evidence_from
from storage.tables import articles, edges, stories

__all__ = ["mirrored", "relations", "relations_to", "revised_by_stories", "turned"]

_READ = 200  # edges of one kind that are looked at: thousands may hang on an article of a hot template
_MIRRORED = {
    VerdictKind.CONTAINS.value: VerdictKind.CONTAINED_IN.value,
    VerdictKind.CONTAINED_IN.value: VerdictKind.CONTAINS.value,
}
_COPIES = (VerdictKind.EXACT_COPY.value, VerdictKind.NEAR_COPY.value)
_ORDER = ("revises", "revised_by", "contains", "contained_in", "copy", "template_sibling")

_HERE = articles.alias("here")
_OWN, _OTHER = stories.alias("own"), stories.alias("other")
_OPPOSITES = (("revises", "revised_by"),)
_OUTGOING, _INCOMING = True, False  # whether the article of the story in question is the one the edge starts from


@dataclass(frozen=True, slots=True)
class _Weighed:
    """A relation, and how many of the two articles that show it are canonical."""

    view: RelationView
    leads: int


def relations(session: Session, story_id: int, *, limit: int) -> tuple[tuple[RelationView, ...], Mapping[str, int]]:
    """Return the clearest relations to other stories, and how many there are of each kind.

    There is one for each kind and story, at most ``limit`` of a kind. Of two stories one is the later: what their
    canonical articles say of that counts before what others do.
    """
    pairs = _pairs(session, story_id)
    clearest: dict[tuple[str, int], _Weighed] = {}
    for verdict, outgoing in dict.fromkeys((verdict, outgoing) for _, verdict, outgoing, _ in pairs):
        asked = _between(outgoing, story_id).where(edges.c.verdict == verdict)
        for row in session.execute(asked.order_by(edges.c.created_at.desc(), edges.c.to_id).limit(_READ)):
            found = _weighed(row, outgoing=outgoing)
            key = found.view.relation, found.view.story_id
            clearest[key] = min(found, clearest.get(key, found), key=_weight)
    kinds = {(relation, other) for relation, _, _, other in pairs} - _contradicted(clearest)
    counts = Counter(relation for relation, _ in kinds)
    kept = sorted((clearest[key] for key in kinds & clearest.keys()), key=_place)
    shown = _first_of_each((one.view for one in kept), limit)
    return shown, {relation: counts[relation] for relation in _ORDER if relation in counts}


def relations_to(session: Session, story_id: int) -> Mapping[int, str]:
    """Return how a story stands to each other one: the first of the ways in the order of ``relations``."""
    shown, _ = relations(session, story_id, limit=_READ)
    return {one.story_id: one.relation for one in reversed(shown)}


def revised_by_stories(session: Session, story_ids: Collection[int]) -> Mapping[int, tuple[int, ...]]:
    """Return the stories that the canonical article of each story revises; those that revise none are left out."""
    pairs: Select[Any] = select(_HERE.c.story_id, articles.c.story_id.label("other")).distinct()
    asked = _joined(pairs, _OUTGOING).where(edges.c.verdict == VerdictKind.REVISION)
    asked = asked.join(stories, stories.c.canonical_id == _HERE.c.id)
    asked = asked.where(_HERE.c.story_id.in_(list(story_ids)), articles.c.story_id != _HERE.c.story_id)
    found: dict[int, list[int]] = defaultdict(list)
    for row in session.execute(asked.order_by(_HERE.c.story_id, articles.c.story_id)):
        found[row.story_id].append(row.other)
    return {story_id: tuple(others) for story_id, others in found.items()}


def turned(evidence: Evidence) -> Evidence:
    """Return evidence as it reads from B to A."""
    return replace(
        evidence,
        containment_a=evidence.containment_b,
        containment_b=evidence.containment_a,
        number_conflicts=_swapped(evidence.number_conflicts),
        name_conflicts=_swapped(evidence.name_conflicts),
        reversals=_swapped(evidence.reversals),
    )


def mirrored(verdict: str) -> str:
    """Return what B is to A where A is ``verdict`` to B."""
    return _MIRRORED.get(verdict, verdict)


def _pairs(session: Session, story_id: int) -> list[tuple[str, str, bool, int]]:
    """Return each kind of edge to each other story: relation, verdict, direction, story."""
    found = []
    for outgoing in (_OUTGOING, _INCOMING):
        asked = _joined(select(edges.c.verdict, articles.c.story_id).distinct(), outgoing)
        asked = asked.where(_HERE.c.story_id == story_id, articles.c.story_id != story_id)
        rows = session.execute(asked.order_by(edges.c.verdict, articles.c.story_id))
        found += [(_word(row.verdict, outgoing=outgoing), row.verdict, outgoing, row.story_id) for row in rows]
    return found


def _between(outgoing: bool, story_id: int) -> Select[Any]:
    shown = (articles.c.story_id, articles.c.title, OUTLET)
    leads = (_OWN.c.canonical_id.label("own_lead"), _OTHER.c.canonical_id.label("other_lead"))
    asked = _joined(select(edges, *shown, HEAD, *leads), outgoing)
    asked = asked.join(_OWN, _OWN.c.id == _HERE.c.story_id).join(_OTHER, _OTHER.c.id == articles.c.story_id)
    return asked.where(_HERE.c.story_id == story_id, articles.c.story_id != story_id)


def _joined(asked: Select[Any], outgoing: bool) -> Select[Any]:
    own, other = (edges.c.from_id, edges.c.to_id) if outgoing else (edges.c.to_id, edges.c.from_id)
    return asked.select_from(edges).join(_HERE, _HERE.c.id == own).join(articles, articles.c.id == other)


def _word(verdict: str, *, outgoing: bool) -> str:
    if verdict == VerdictKind.REVISION:
        return "revises" if outgoing else "revised_by"
    if verdict in _COPIES:
        return "copy"
    return verdict if outgoing else mirrored(verdict)


def _weighed(row: AnyRow, *, outgoing: bool) -> _Weighed:
    stored = evidence_from(row.evidence)
    evidence = stored if outgoing else turned(stored)
    relation = _word(row.verdict, outgoing=outgoing)
    own, other = (row.from_id, row.to_id) if outgoing else (row.to_id, row.from_id)
    view = RelationView(
        relation=relation,
        story_id=row.story_id,
        title=display_title(row.title, row.head),
        outlet=row.outlet,
        article_id=own,
        other_id=other,
        evidence=evidence,
        changes=_changes(relation, evidence),
    )
    return _Weighed(view, (own == row.own_lead) + (other == row.other_lead))


def _changes(relation: str, evidence: Evidence) -> tuple[tuple[str, str], ...]:
    if relation == "revised_by":
        return evidence.changes
    return _swapped(evidence.changes) if relation == "revises" else ()


def _weight(found: _Weighed) -> tuple[int, float, int, int]:
    """Sort what canonical articles say first, then by similarity."""
    return -found.leads, -found.view.evidence.similarity, found.view.article_id, found.view.other_id


def _place(found: _Weighed) -> tuple[int, float, int]:
    """Sort by kind, then by similarity."""
    return _ORDER.index(found.view.relation), -found.view.evidence.similarity, found.view.story_id


def _contradicted(clearest: Mapping[tuple[str, int], _Weighed]) -> set[tuple[str, int]]:
    """Return the less clear one of two relations that say the opposite of each other."""
    pairs = (((one, story), (other, story)) for one, other in _OPPOSITES for kind, story in clearest if kind == one)
    both = [(one, other) for one, other in pairs if one in clearest and other in clearest]
    return {max(pair, key=lambda key: _weight(clearest[key])) for pair in both}


def _first_of_each(views: Iterable[RelationView], limit: int) -> tuple[RelationView, ...]:
    seen: Counter[str] = Counter()
    kept = []
    for view in views:
        seen[view.relation] += 1
        if seen[view.relation] <= limit:
            kept.append(view)
    return tuple(kept)


def _swapped(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((b, a) for a, b in pairs)
