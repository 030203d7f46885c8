"""Whether a name that means several things means the tracked one here: points for and against, with their reasons.

The points were set on the labelled texts of ``bench/tagging.py``. Knows the rules; finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.tag.doubts import doubts
from monitor.tag.gathered import Evidence, Hit
from monitor.tag.lexicon import Role
from monitor.tag.looks import looks
from monitor.tag.meaning import SHORT, meaning
from storage.states import Tagging

__all__ = ["NEEDED", "Judgement", "judge"]

NEEDED = 2
"""Points that make a mention."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The points of a hit and why; a positive reason comes first."""

    points: int
    reasons: tuple[tuple[str, int], ...]
    outcome: Tagging

    @property
    def accepted(self) -> bool:
        """Say whether the hit is a mention."""
        return self.outcome is Tagging.MENTION

    @property
    def best(self) -> str:
        """Return the reason that counted most."""
        return max(self.reasons, key=lambda reason: reason[1], default=("nothing speaks for it", 0))[0]


def judge(hit: Hit, evidence: Evidence) -> Judgement:
    """Return what speaks for and against an ambiguous hit."""
    set_ = tuple(looks(hit, evidence))
    told = tuple(meaning(hit, evidence))
    against = tuple(doubts(hit, evidence))
    reasons = told + set_ + against
    points = sum(value for _, value in reasons)
    is_set_as_name = bool(set_ and told) or any(value == NEEDED for _, value in set_)
    accepted = points >= NEEDED and (hit.role is Role.AMBIGUOUS or is_set_as_name)
    if accepted and not set_ and _needs_edges(hit) and not evidence.is_word(hit.start, hit.end):
        return Judgement(0, (*reasons, ("part of a longer word", -points)), Tagging.NO)
    return Judgement(points, reasons, Tagging.MENTION if accepted else _open(points, told + set_))


def _open(points: int, speaking_for: Sequence[tuple[str, int]]) -> Tagging:
    """Return what a hit is that does not count: unsure where as much speaks for it as against it, or more."""
    return Tagging.UNSURE if speaking_for and points >= 0 else Tagging.NO


def _needs_edges(hit: Hit) -> bool:
    return hit.end - hit.start <= SHORT and hit.stop == hit.end
