"""A text made ready for comparison, and how much two of them share.

Counts exact sets of shingles; estimates nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from monitor.dedupe.imprint import without_imprint
from monitor.dedupe.numbers import Numbers, numbers_in_context
from monitor.read.normalize import MEASURED, normalize, prepare, shingle_size, squeeze

__all__ = ["Body", "Overlap", "body_of", "overlap", "title_similarity"]

# Soft hyphens, joiners and marks of direction, which may stand within a number.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


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
    def shingles(self) -> frozenset[str]:
        """Return the distinct runs of ``size`` letters."""
        return _shingles(self.normalized, self.size)

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
    measured = _INVISIBLE.sub("", text[:MEASURED])
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
    size = min(a.size, b.size)
    left, right = _of_size(a, size), _of_size(b, size)
    common = len(left & right)
    lengths = sorted((len(a.normalized), len(b.normalized)))
    return Overlap(
        similarity=_share(common, len(left) + len(right) - common),
        containment_a=_share(common, len(left)),
        containment_b=_share(common, len(right)),
        length_ratio=_share(lengths[0], lengths[1]),
    )


def title_similarity(title_a: str | None, title_b: str | None) -> float | None:
    """Return the Jaccard similarity, 0-1, of the pairs of letters in two titles, or None where one is missing."""
    left, right = normalize(title_a or ""), normalize(title_b or "")
    if not left or not right:
        return None
    if left == right:
        return 1.0
    pairs_a, pairs_b = _shingles(left, 2), _shingles(right, 2)
    return _share(len(pairs_a & pairs_b), len(pairs_a | pairs_b))


def _of_size(body: Body, size: int) -> frozenset[str]:
    return body.shingles if body.size == size else _shingles(body.normalized, size)


def _shingles(normalized: str, size: int) -> frozenset[str]:
    return frozenset({normalized[i : i + size] for i in range(len(normalized) - size + 1)})


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
