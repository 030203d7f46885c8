"""A sentence on its way to facts, and a fact with its place in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.tag.stated_dates import Lean, WrittenDate
from monitor.tag.stated_sentence import Deed, Sentence
from monitor.tag.stated_years import completed
from storage.states import FactKind

__all__ = ["INHERITED", "LIKELY", "SURE", "Found", "Piece", "complete"]

SURE = 0.92
"""The confidence of what a sentence says outright of what it names."""
LIKELY = 0.8
"""The confidence of what it says by one step of inference."""
INHERITED = 0.15
"""How much less sure that is where the name stands in another sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A fact with its place in the sentence."""

    entity: str
    what: FactKind
    value: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence with its deeds, as written, and what is known outside of it.

    ``published`` is the day of publication; ``earlier`` a date of a sentence before, with offsets from the start of
    this one.
    """

    sentence: Sentence
    deeds: Sequence[Deed]
    original: str
    published: date | None
    earlier: WrittenDate | None


def complete(piece: Piece, at: int, lean: Lean) -> str | None:
    """Return a date of the sentence, by its index, in ISO 8601; None where its year is not known."""
    dates = piece.sentence.dates
    if piece.earlier is None:
        return completed(dates, at, piece.published, lean)
    return completed((piece.earlier, *dates), at + 1, piece.published, lean)
