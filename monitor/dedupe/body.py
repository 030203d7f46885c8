"""A text made ready for comparison, and how much two of them share.

Counts exact sets of shingles; estimates nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.read.normalize import prepare, shingle_size, squeeze

__all__ = ["MEASURED", "Body", "Overlap", "body_of", "overlap"]

MEASURED = 100_000
"""Characters of a text that are measured: a page may hold millions, and the writer waits. Articles have a fifth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One side of a comparison: the text as given, prepared (punctuation kept), normalised, and its shingles.

    ``beyond`` is what lies behind the characters that are measured; all else is about those.
    """

    title: str | None
    text: str
    beyond: str
    prepared: str
    normalized: str
    size: int
    shingles: frozenset[str]

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
        shingles=_shingles(normalized, size),
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


def _of_size(body: Body, size: int) -> frozenset[str]:
    return body.shingles if body.size == size else _shingles(body.normalized, size)


def _shingles(normalized: str, size: int) -> frozenset[str]:
    return frozenset([normalized[i : i + size] for i in range(len(normalized) - size + 1)])


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
