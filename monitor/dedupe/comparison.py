"""What one text is to another: the rule, its constants, and the words that explain a verdict.

The tests run in the order exact, template, near or revision, contains; the first that holds decides. No threshold on
similarity alone can: reposts wrapped in boilerplate sit at Jaccard .59, notices of one template at .69. The constants
were chosen by grid search on labelled pairs; bench/near_copies.py holds them to their floors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.dedupe.body import Body, Overlap, body_of, overlap
from monitor.dedupe.imprint import without_imprint
from monitor.dedupe.names import check_names
from monitor.dedupe.numbers import NumberCheck, check_numbers
from monitor.read.normalize import prepare
from storage.records import Evidence, VerdictKind

__all__ = ["RULE_VERSION", "Comparison", "compare", "compare_bodies"]

RULE_VERSION = "near1"

EXACT_J = 0.999
NEAR_J = 0.40
NEAR_CONTAINMENT = 0.75  # with LENGTH_RATIO: copies cut to 65-85 % of their length
LENGTH_RATIO = 0.62
CONTAINS = 0.5
TEMPLATE_NUMBERS = 2  # at least so many different conflicts ...
TEMPLATE_SHARE = 0.35  # ... in at least this share of the numbers in equal context
CORRECTED_J = 0.85  # but in texts as alike as this (templates reach .71, with few numbers .84) ...
CORRECTED_NUMBERS = 3  # ... so few conflicts ...
CORRECTED_SHARE = 0.5  # ... in at most this share, none of them a date or a code, are a correction
TEMPLATE_J = 0.15  # below it, equal contexts of numbers (2023年7月...) say nothing
MIN_LENGTH = 60  # normalised characters; a shorter text is only ever an equal copy
SHORT_LENGTH = 200
SHORT_NEAR_J = 0.60

_LISTED = 5
_MARKER = re.compile(
    r"\W*(?:更正|更新|勘误|订正|修订|correction|corrected|clarification|updated?)(?:\W*[:\])】」]|启事|声明|说明|公告|\s*\d+\s*-)"
    r"(?!\W*(?:(?:at|on)?\W*(?:mon|tue|wed|thu|fri|sat|sun)?[a-z]*\W*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d+[-/.:年月]))"
)

NameConflicts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What text A is to text B.

    ``contains``: A holds B; ``contained_in``: B holds A; ``revision``: B is A with changed numbers (old A, new B).
    ``evidence`` reads from A to B; ``name_conflicts`` are pairs (name in A, name in B) in equal context. ``why``
    says it in words.
    """

    verdict: VerdictKind
    evidence: Evidence
    name_conflicts: NameConflicts
    why: str

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ruling:
    verdict: VerdictKind
    reason: str
    names: NameConflicts = ()


def compare(text_a: str, text_b: str) -> Comparison:
    """Return what ``text_a`` is to ``text_b``; swapping them swaps the direction and nothing else."""
    return compare_bodies(body_of(text_a), body_of(text_b))


def compare_bodies(a: Body, b: Body) -> Comparison:
    """Return what body ``a`` is to body ``b``; their titles count for names and for the mark of a correction."""
    shared = _EQUAL if a.equals(b) else overlap(a, b)
    numbers = check_numbers(a.prepared, b.prepared) if _may_conflict(a, b, shared) else _NO_NUMBERS
    ruling = _rule(a, b, shared, numbers)
    return Comparison(
        verdict=ruling.verdict,
        evidence=_evidence(shared, numbers),
        name_conflicts=ruling.names,
        why=ruling.reason,
    )


_NO_NUMBERS = NumberCheck(conflicts=(), telling=0, conflicting=0, agreeing=0, identifying=False)
_EQUAL = Overlap(similarity=1.0, containment_a=1.0, containment_b=1.0, length_ratio=1.0)


def _may_conflict(a: Body, b: Body, shared: Overlap) -> bool:
    """Tell whether numbers in equal context can differ and mean anything.

    Equal letters and digits may hide a decimal point (3.5, 35). A piece of the other text, as a cut copy is, has no
    number of its own.
    """
    if a.prepared in b.prepared or b.prepared in a.prepared:
        return False
    containment = max(shared.containment_a, shared.containment_b)
    return shared.similarity >= TEMPLATE_J or containment >= CONTAINS


def _rule(a: Body, b: Body, shared: Overlap, numbers: NumberCheck) -> _Ruling:
    shorter = min(len(a.normalized), len(b.normalized))
    if shorter == 0:
        return _Ruling(verdict=VerdictKind.NEW, reason="no letters or digits to compare")
    if shared is _EQUAL and not numbers.conflicts:
        return _Ruling(
            verdict=VerdictKind.EXACT_COPY,
            reason="the same letters and digits; case, width, script and punctuation do not count",
        )
    if shorter < MIN_LENGTH:
        reason = f"only {shorter} letters and digits; below {MIN_LENGTH} only equal texts are copies"
        return _Ruling(verdict=VerdictKind.NEW, reason=reason)
    return _rule_by_overlap(a, b, shared, numbers, is_short=shorter < SHORT_LENGTH)


def _rule_by_overlap(a: Body, b: Body, shared: Overlap, numbers: NumberCheck, *, is_short: bool) -> _Ruling:
    common = f"{_percent(shared.similarity)} of the text in common"
    if shared.similarity >= EXACT_J and not numbers.conflicts and a.beyond == b.beyond:
        return _Ruling(verdict=VerdictKind.EXACT_COPY, reason=common)
    if _is_template(shared, numbers):
        reason = f"one template with other numbers: {common}; {_numbers_differ(numbers)}"
        return _Ruling(verdict=VerdictKind.TEMPLATE_SIBLING, reason=reason)
    if _is_near(a, b, shared, is_short=is_short):
        return _rule_near(a, b, common, numbers)
    return _rule_containment(a, b, shared, common)


def _is_template(shared: Overlap, numbers: NumberCheck) -> bool:
    """Tell whether so many numbers differ that one form was filled in twice; a few in much text were corrected."""
    if numbers.telling < TEMPLATE_NUMBERS or numbers.share < TEMPLATE_SHARE:
        return False
    is_corrected = numbers.telling <= CORRECTED_NUMBERS and numbers.share <= CORRECTED_SHARE
    return numbers.identifying or shared.similarity < CORRECTED_J or not is_corrected


def _is_near(a: Body, b: Body, shared: Overlap, *, is_short: bool) -> bool:
    if is_short:
        return shared.similarity >= SHORT_NEAR_J or _is_near_inside(a, b, shared)
    containment = max(shared.containment_a, shared.containment_b)
    is_cut = containment >= NEAR_CONTAINMENT and shared.length_ratio >= LENGTH_RATIO
    return shared.similarity >= NEAR_J or is_cut


def _is_near_inside(a: Body, b: Body, shared: Overlap) -> bool:
    """Tell whether two briefs are copies once their credits are off, which may be as long as a brief itself."""
    if max(shared.containment_a, shared.containment_b) < CONTAINS:
        return False
    inner_a, inner_b = body_of(without_imprint(a.text)), body_of(without_imprint(b.text))
    is_whole = min(len(inner_a.normalized), len(inner_b.normalized)) >= MIN_LENGTH
    return is_whole and overlap(inner_a, inner_b).similarity >= SHORT_NEAR_J


def _rule_near(a: Body, b: Body, common: str, numbers: NumberCheck) -> _Ruling:
    names = check_names(a, b)
    if names.is_other_subject:
        reason = f"one template about other names: {common}; {_pairs(names.conflicts)}"
        return _Ruling(verdict=VerdictKind.TEMPLATE_SIBLING, reason=reason, names=names.conflicts)
    if numbers.conflicts:
        reason = f"{common}; {_numbers_differ(numbers)}"
        return _Ruling(verdict=VerdictKind.REVISION, reason=reason, names=names.conflicts)
    if _is_marked(a) != _is_marked(b):
        return _Ruling(verdict=VerdictKind.REVISION, reason=f"{common}; one is marked as a correction or an update")
    return _Ruling(verdict=VerdictKind.NEAR_COPY, reason=common, names=names.conflicts)


def _rule_containment(a: Body, b: Body, shared: Overlap, common: str) -> _Ruling:
    if max(shared.containment_a, shared.containment_b) < CONTAINS:
        return _Ruling(verdict=VerdictKind.NEW, reason=common)
    if (shared.containment_b, a.normalized) > (shared.containment_a, b.normalized):
        return _Ruling(verdict=VerdictKind.CONTAINS, reason=f"A holds {_percent(shared.containment_b)} of B")
    return _Ruling(verdict=VerdictKind.CONTAINED_IN, reason=f"B holds {_percent(shared.containment_a)} of A")


def _evidence(shared: Overlap, numbers: NumberCheck) -> Evidence:
    return Evidence(
        similarity=shared.similarity,
        containment_a=shared.containment_a,
        containment_b=shared.containment_b,
        length_ratio=shared.length_ratio,
        number_conflicts=numbers.conflicts,
        rule_version=RULE_VERSION,
    )


def _is_marked(body: Body) -> bool:
    """Tell whether title or text opens with the mark of a correction (更正：, 更新, Correction: ...)."""
    return bool(_MARKER.match(body.prepared) or _MARKER.match(prepare(body.title or "")))


def _numbers_differ(numbers: NumberCheck) -> str:
    count = len(numbers.conflicts)
    return f"{count} {'number differs' if count == 1 else 'numbers differ'}: {_pairs(numbers.conflicts)}"


def _pairs(conflicts: tuple[tuple[str, str], ...]) -> str:
    listed = ", ".join(f"{old} -> {new}" for old, new in conflicts[:_LISTED])
    rest = len(conflicts) - _LISTED
    return f"{listed} and {rest} more" if rest > 0 else listed


def _percent(share: float) -> str:
    if 0.995 <= share < 1:
        return "more than 99 %"
    return "less than 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"
