"""What one text is to another, with the evidence and the words that explain it.

Puts both texts in one order, gathers what ``monitor.dedupe.rule`` decides on, and turns the answer round where needed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.dedupe.body import Body, Overlap, body_of, overlap, title_similarity
from monitor.dedupe.marks import marks
from monitor.dedupe.names import NameCheck
from monitor.dedupe.numbers import NO_NUMBERS, NumberCheck, check_apart, check_numbers
from monitor.dedupe.numbers_apart import numbers_apart
from monitor.dedupe.rule import EQUAL, TEMPLATE_J, letters, may_conflict, rule
from monitor.dedupe.words import in_words
from storage.records import Evidence, VerdictKind

__all__ = ["RULE_VERSION", "Comparison", "compare", "compare_bodies"]

RULE_VERSION = "near6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What text A is to text B.

    ``contains``: A holds B; ``contained_in``: B holds A; ``revision``: B is A with changed numbers (old A, new B).
    ``evidence`` reads from A to B.
    """

    verdict: VerdictKind
    evidence: Evidence

    @property
    def why(self) -> str:
        """Return the verdict in words."""
        return in_words(self.verdict, self.evidence)

    @property
    def name_conflicts(self) -> tuple[tuple[str, str], ...]:
        """Return the distinct pairs (name in A, name in B) that stand in equal context."""
        return self.evidence.name_conflicts

    @property
    def similarity(self) -> float:
        """Return the Jaccard similarity of the two shingle sets, 0-1."""
        return self.evidence.similarity

    @property
    def containment_a(self) -> float:
        """Return the share of A's shingles that B holds, 0-1."""
        return self.evidence.containment_a

    @property
    def containment_b(self) -> float:
        """Return the share of B's shingles that A holds, 0-1."""
        return self.evidence.containment_b

    @property
    def number_conflicts(self) -> tuple[tuple[str, str], ...]:
        """Return the distinct pairs (number in A, number in B) that stand in equal context."""
        return self.evidence.number_conflicts


def compare(text_a: str, text_b: str, title_a: str | None = None, title_b: str | None = None) -> Comparison:
    """Return what ``text_a`` is to ``text_b``; swapping them swaps the direction and nothing else."""
    return compare_bodies(body_of(text_a, title_a), body_of(text_b, title_b))


def compare_bodies(a: Body, b: Body) -> Comparison:
    """Return what body ``a`` is to body ``b``; their titles count for names and for the mark of a correction."""
    if _order(b) < _order(a):  # one direction is worked out, so that the other cannot disagree
        return _turned(_compared(b, a))
    return _compared(a, b)


def _order(body: Body) -> tuple[str, str, str]:
    return body.normalized, body.prepared, body.title or ""


def _turned(comparison: Comparison) -> Comparison:
    """Return what B is to A."""
    evidence = comparison.evidence
    return Comparison(
        verdict=_TURNED.get(comparison.verdict, comparison.verdict),
        evidence=replace(
            evidence,
            containment_a=evidence.containment_b,
            containment_b=evidence.containment_a,
            number_conflicts=tuple((new, old) for old, new in evidence.number_conflicts),
            name_conflicts=tuple((new, old) for old, new in evidence.name_conflicts),
            reversals=tuple((new, old) for old, new in evidence.reversals),
        ),
    )


_TURNED = {VerdictKind.CONTAINS: VerdictKind.CONTAINED_IN, VerdictKind.CONTAINED_IN: VerdictKind.CONTAINS}


def _compared(a: Body, b: Body) -> Comparison:
    shared = EQUAL if a.equals(b) else overlap(a, b)
    numbers = _numbers(a, b) if may_conflict(a, b, shared) else NO_NUMBERS
    is_marked = shared.similarity >= TEMPLATE_J and marks(a) != marks(b)
    verdict, names = rule(a, b, shared, numbers, is_marked=is_marked)
    return Comparison(verdict=verdict, evidence=_evidence(a, b, shared, numbers, names, is_marked=is_marked))


def _numbers(a: Body, b: Body) -> NumberCheck:
    """Return how the numbers compare; where the texts differ in few places, only the numbers there are read at once."""
    apart = numbers_apart(a.prepared, b.prepared, has_words=a.is_latin) if a.is_latin == b.is_latin else None
    if apart is None:
        return check_numbers(a.numbers, b.numbers)
    return check_apart(*apart, lambda: check_numbers(a.numbers, b.numbers).equal())


def _evidence(
    a: Body, b: Body, shared: Overlap, numbers: NumberCheck, names: NameCheck, *, is_marked: bool
) -> Evidence:
    return Evidence(
        similarity=shared.similarity,
        containment_a=shared.containment_a,
        containment_b=shared.containment_b,
        length_ratio=shared.length_ratio,
        number_conflicts=numbers.conflicts,
        rule_version=RULE_VERSION,
        name_conflicts=tuple(dict.fromkeys((*names.conflicts, *names.renamed))),
        title_similarity=title_similarity(a.title, b.title),
        letters=letters(a, b),
        is_marked=is_marked,
        reversals=names.reversals,
    )
