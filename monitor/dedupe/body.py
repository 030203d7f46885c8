"""A text made ready for comparison, and how much two of them share.

Counts exact sets of shingles; estimates nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

from monitor.dedupe.imprint import without_imprint
from monitor.dedupe.numbers_context import Numbers, numbers_in_context
from monitor.dedupe.shingles import count_shared, outside, runs
from monitor.dedupe.stretches import stretches
from monitor.read.normalize import MEASURED, normalize, prepare, shingle_size, squeeze

__all__ = ["Body", "Overlap", "body_of", "is_one_held", "overlap", "title_similarity"]

# Soft hyphens, joiners and marks of direction, which may stand within a number. One by one they are looked for in a
# third of the time of a pattern.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\ufeff"
_FEW = 64  # shingles that are searched for one by one
_ENCODING = ("utf-32-le", "surrogatepass")


@dataclass(frozen=True, kw_only=True)
class Body:
    """One side of a comparison: the text as given, prepared (punctuation kept), normalised, and its shingles.

    ``beyond`` is what lies behind the characters that are measured; all else is about those. What only some
    comparisons ask for is worked out when it is asked for, and kept for the next candidate.
    """

    title: str | None
    text: str
    beyond: str
    prepared: str
    normalized: str
    size: int

    @cached_property
    def shingles(self) -> frozenset[bytes]:
        """Return the distinct runs of ``size`` letters, as ``runs`` gives them."""
        return frozenset(runs(self.normalized, self.size))

    @cached_property
    def inner(self) -> Body:
        """Return the body without its credits and datelines."""
        return body_of(self.unsigned)

    @cached_property
    def unsigned(self) -> str:
        """Return the text without its credits and datelines."""
        return without_imprint(self.text)

    @cached_property
    def numbers(self) -> Numbers:
        """Return the numbers under the letters around them."""
        return numbers_in_context(self.prepared, has_words=self.is_latin)

    @cached_property
    def prepared_title(self) -> str:
        """Return the title, prepared like the text."""
        return prepare(self.title or "")

    @cached_property
    def with_title(self) -> str:
        """Return the letters of the title and of the text, a line each."""
        return f"{squeeze(self.prepared_title)}\n{self.normalized}"

    @property
    def is_latin(self) -> bool:
        """Tell whether most of the text is in letters, not in Han, kana or hangul."""
        return self.size > shingle_size("\u4e00")

    def equals(self, other: Body) -> bool:
        """Tell whether both hold the same letters and digits, and any at all."""
        return self.normalized == other.normalized != "" and self.beyond == other.beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Shares between 0 and 1: Jaccard, each side's shingles that the other holds, and the shorter over the longer."""

    similarity: float
    containment_a: float
    containment_b: float
    length_ratio: float


def body_of(text: str, title: str | None = None) -> Body:
    """Return ``text`` ready to be compared; the title is no part of what is measured."""
    measured = text[:MEASURED]
    for invisible in filter(measured.__contains__, _INVISIBLE):
        measured = measured.replace(invisible, "")
    prepared = prepare(measured)
    normalized = squeeze(prepared)
    size = shingle_size(normalized)
    return Body(
        title=title,
        text=measured,
        beyond=text[MEASURED:],
        prepared=prepared,
        normalized=normalized,
        size=size,
    )


def overlap(a: Body, b: Body) -> Overlap:
    """Return what two bodies share; the smaller shingle size counts where the two differ."""
    in_both, in_a, in_b = count_shared(a.normalized, b.normalized, min(a.size, b.size))
    lengths = sorted((len(a.normalized), len(b.normalized)))
    return Overlap(
        similarity=_share(in_both, in_a + in_b - in_both),
        containment_a=_share(in_both, in_a),
        containment_b=_share(in_both, in_b),
        length_ratio=_share(lengths[0], lengths[1]),
    )


def is_one_held(a: Body, b: Body) -> bool:
    """Tell whether one of two bodies holds all shingles of the other: it adds to it, and replaces nothing."""
    found = stretches(a.normalized, b.normalized)
    return a.size == b.size and (
        _is_held(a, [(i, length) for i, _, length in found], b)
        or _is_held(b, [(j, length) for _, j, length in found], a)
    )


def _is_held(part: Body, equal: list[tuple[int, int]], whole: Body) -> bool:
    apart = chain.from_iterable(outside(equal, len(part.normalized), part.size))
    if not all(part.normalized[at : at + part.size] in whole.normalized for at in islice(apart, _FEW)):
        return False
    rest = [part.normalized[at : at + part.size].encode(*_ENCODING) for at in apart]
    return not rest or whole.shingles.issuperset(rest)


def title_similarity(title_a: str | None, title_b: str | None) -> float | None:
    """Return the Jaccard similarity, 0-1, of the pairs of letters in two titles, or None where one is missing."""
    left, right = normalize(title_a or ""), normalize(title_b or "")
    if not left or not right:
        return None
    if left == right:
        return 1.0
    pairs_a, pairs_b = set(runs(left, 2)), set(runs(right, 2))
    return _share(len(pairs_a & pairs_b), len(pairs_a | pairs_b))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
