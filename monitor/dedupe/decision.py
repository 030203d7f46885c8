"""Which story an article joins, and how it stands to the stored articles that resemble it.

A story is a star: an article joins only when it was compared with the canonical article of the story and is a copy or
a revision of that one, or equals a member letter for letter. Resembling a mere member makes an edge, so that chains
of small changes do not draw unlike articles together. Does not read or write the store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from monitor.dedupe.body import Body, body_of
from monitor.dedupe.comparison import Comparison, compare_bodies
from storage.records import Article, Candidate, Evidence, VerdictKind

__all__ = ["MAX_VERIFIED", "Decision", "decide"]

MAX_VERIFIED = 50  # candidates compared for one article: bounds the time inside the writer's transaction

_MERGING = (VerdictKind.EXACT_COPY, VerdictKind.NEAR_COPY, VerdictKind.REVISION)
_STRENGTH = {
    VerdictKind.EXACT_COPY: 0,
    VerdictKind.NEAR_COPY: 1,
    VerdictKind.REVISION: 2,
    VerdictKind.CONTAINED_IN: 3,
    VerdictKind.CONTAINS: 4,
    VerdictKind.TEMPLATE_SIBLING: 5,
}
_COPY_OF_A_MEMBER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a new article is to the stored ones, for the caller to carry out.

    ``story_id``: the story to join, or None to begin one. ``verdict``: what the article is to ``other``, the stored
    article that decided (the copied one, else the nearest relation, else None with ``new``). ``evidence`` reads from
    ``other`` to the article, so its ``number_conflicts`` say "old -> new".

    ``edges``: every relation that was found, the joined one first, as (stored article, what the new article is to
    it, evidence read from the new article to the stored one); they go into the store as
    ``Edge(from_id=new, to_id=stored, ...)``.

    A ``revision`` here stands at another address than the article it revises. It joins the story like a copy; the
    caller alerts again, as *changed* with ``evidence.number_conflicts``, and leaves the canonical article as it is.
    ``contains``, ``contained_in`` and ``template_sibling`` never join.
    """

    verdict: VerdictKind
    story_id: int | None
    other: Candidate | None
    evidence: Evidence | None
    edges: tuple[tuple[int, VerdictKind, Evidence], ...]


@dataclass(frozen=True, slots=True)
class _Relation:
    other: Candidate
    comparison: Comparison

    @property
    def joins(self) -> bool:
        verdict = self.comparison.verdict
        return verdict is VerdictKind.EXACT_COPY or (verdict in _MERGING and self.other.is_canonical)

    @property
    def order(self) -> tuple[int, bool, float, int, int]:
        verdict, other = self.comparison.verdict, self.other
        strength = _COPY_OF_A_MEMBER if verdict in _MERGING and not self.joins else _STRENGTH[verdict]
        return strength, not other.is_canonical, -self.comparison.similarity, other.story_id, other.article_id


def decide(article: Article, candidates: Sequence[Candidate]) -> Decision:
    """Return what ``article`` is to the candidates the index nominated; their order does not matter."""
    body = body_of(article.text, article.title)
    relations = sorted(_relations(body, article, candidates), key=lambda relation: relation.order)
    if not relations:
        return Decision(verdict=VerdictKind.NEW, story_id=None, other=None, evidence=None, edges=())
    first = relations[0]
    return Decision(
        verdict=_verdict(first),
        story_id=first.other.story_id if first.joins else None,
        other=first.other,
        evidence=_reversed(first.comparison.evidence),
        edges=tuple((r.other.article_id, r.comparison.verdict, r.comparison.evidence) for r in relations),
    )


def _relations(body: Body, article: Article, candidates: Sequence[Candidate]) -> list[_Relation]:
    compared = (
        _Relation(candidate, compare_bodies(body, body_of(candidate.text, candidate.title)))
        for candidate in sorted(candidates, key=lambda c: _promise(c, article))[:MAX_VERIFIED]
    )
    return [relation for relation in compared if relation.comparison.verdict is not VerdictKind.NEW]


def _promise(candidate: Candidate, article: Article) -> tuple[bool, int, int, int]:
    """Sort equal texts first, then by what the index counted."""
    is_other = candidate.content_hash != article.content_hash
    return is_other, -candidate.band_hits, -candidate.sentence_hits, candidate.article_id


def _verdict(first: _Relation) -> VerdictKind:
    """Return the article's own verdict; a copy of a mere member begins a story, so it is new."""
    verdict = first.comparison.verdict
    return VerdictKind.NEW if verdict in _MERGING and not first.joins else verdict


def _reversed(evidence: Evidence) -> Evidence:
    return replace(
        evidence,
        containment_a=evidence.containment_b,
        containment_b=evidence.containment_a,
        number_conflicts=tuple((new, old) for old, new in evidence.number_conflicts),
    )
