"""Whether a name that means several things means the tracked one here: points for and against, with their reasons.

The points were set on the labelled texts of ``bench/tagging.py``. Knows the rules; finds nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.tag.alone import NEEDED
from monitor.tag.doubts import doubts
from monitor.tag.gathered import Evidence, Hit
from monitor.tag.leanings import leanings, rests_on_maker, scenes_against
from monitor.tag.lexicon import Role
from monitor.tag.looks import looks
from monitor.tag.meaning import AMONG_OPEN, SHORT, meaning
from monitor.tag.near import is_thing_too
from monitor.tag.said import NO_PERSON
from monitor.tag.said import reasons as said_reasons
from monitor.tag.segment import is_astride
from monitor.tag.small_letters import is_only_a_word, is_small_word, is_version_glued
from monitor.tag.wording import SPEAKS_FOR, around, opinion
from storage.states import Tagging

__all__ = ["NEEDED", "Judgement", "judge"]

_TOLD_OPENLY = (
    "a model by its own words",
    "called a model",
    "in a list of models",
    "trained further",
    "written as an identifier",
    "also named ",
    "the text names ",
    "version ",
)
"""Reasons that call it a model: the wording does not speak against these, nor against ``_BESIDE`` with two points."""

_BESIDE = "beside "
_DENIED = "against it: "
"""Begins the reasons of negative cues: the wording does not speak for a name that has one."""


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
    """Return what speaks for and against an ambiguous hit; nothing does for an English word in small letters."""
    if _is_everyday_word(hit, evidence):
        return Judgement(0, (), Tagging.NO)
    set_ = tuple(looks(hit, evidence))
    told = tuple(meaning(hit, evidence))
    used = max((value for why, value in set_ if _is_of_programs(why, hit)), default=0)
    is_apart = used > 0 and is_thing_too(hit, evidence)
    against = tuple(doubts(hit, evidence, is_apart=is_apart))
    if _is_undecided(hit, told):
        is_among = any(why.startswith("beside ") for why, _ in told)
        tips = tuple(leanings(hit, evidence, used=used, is_among=is_among, is_apart=is_apart))
        told += tuple(tip for tip in tips if tip[1] >= 0)
        against += tuple(tip for tip in tips if tip[1] < 0)
    elif not used and rests_on_maker(hit, told, evidence):
        against += tuple(scenes_against(hit, evidence))
    heard = _heard(hit, evidence, told + set_ + against)
    reasons = told + set_ + against + heard
    points = sum(value for _, value in reasons)
    is_set_as_name = bool(set_ and told) or any(value >= NEEDED for _, value in set_) or _is_worded(heard, told + set_)
    accepted = points >= NEEDED and (hit.role is Role.AMBIGUOUS or is_set_as_name)
    if accepted and _needs_edges(hit) and _is_cut(hit, evidence, is_set=bool(set_)):
        return Judgement(0, (*reasons, ("part of a longer word", -points)), Tagging.NO)
    return Judgement(points, reasons, Tagging.MENTION if accepted else _open(points, told + set_))


def _heard(hit: Hit, evidence: Evidence, told: Sequence[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Return what the wording says of a model that the other reasons leave in doubt: more points are beyond it."""
    if hit.kind != "model" or not 0 <= sum(value for _, value in told) <= NEEDED:
        return ()
    heard = opinion(*around(evidence.context, hit.start, hit.stop))
    return tuple((why, value) for why, value in heard if _may_tip(value, told, hit.role))


def _may_tip(value: int, told: Sequence[tuple[str, int]], role: Role) -> bool:
    """Say whether the wording may add these points: none against what the text says openly.

    Alone it needs two, and never tells of an everyday word.
    """
    if not told:
        return value >= NEEDED and role is Role.AMBIGUOUS
    if value > 0:
        return not any(why.startswith(_DENIED) for why, _ in told)
    return not any(why.startswith(_TOLD_OPENLY) or (why.startswith(_BESIDE) and n >= NEEDED) for why, n in told)


def _is_worded(heard: Sequence[tuple[str, int]], speaking_for: Sequence[tuple[str, int]]) -> bool:
    """Say whether the wording makes a name of an everyday word for which something else speaks, too."""
    return bool(speaking_for) and any(why == SPEAKS_FOR for why, _ in heard)


def _is_of_programs(why: str, hit: Hit) -> bool:
    """Say whether a reason is something said of programs; that it is no person, any thing of an everyday name is."""
    return why in said_reasons() and (hit.role is Role.AMBIGUOUS or why != NO_PERSON)


def _is_everyday_word(hit: Hit, evidence: Evidence) -> bool:
    letters = evidence.context.letters
    if not is_small_word(letters, hit.start, hit.end):
        return False
    return not is_version_glued(letters, hit.start, hit.end) and is_only_a_word(letters, hit.start, hit.stop)


def _is_undecided(hit: Hit, told: Sequence[tuple[str, int]]) -> bool:
    """Say whether nothing of its own speaks for a model: no cue, version or certain name; open names are none."""
    return hit.kind == "model" and all(value < NEEDED or why == AMONG_OPEN for why, value in told)


def _open(points: int, speaking_for: Sequence[tuple[str, int]]) -> Tagging:
    """Return what a hit is that does not count: unsure where as much speaks for it as against it, or more."""
    return Tagging.UNSURE if speaking_for and points >= 0 else Tagging.NO


def _is_cut(hit: Hit, evidence: Evidence, *, is_set: bool) -> bool:
    """Say whether a name is no word of its own; one that is set as a name only where it lies across two: 开拓|天津."""
    if is_set:
        return is_astride(evidence.context.letters, hit.start, hit.end)
    return not evidence.asked.is_word(hit.start, hit.end)


def _needs_edges(hit: Hit) -> bool:
    return hit.end - hit.start <= SHORT and hit.stop == hit.end
