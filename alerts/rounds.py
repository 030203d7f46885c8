"""Regulations that come into force once more: what was amended of them, or drafted anew, holds from now on.

Pure. Stages come again, so that the furthest one does not tell all steps; what tells an entry into force from the
mention of an old one is its date, and what was said since the regulation was amended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from alerts.stages import Step, steps_in
from storage.rounds import EFFECTS, OPENING, Round
from storage.states import FactKind, Stage
from storage.tagged import StatedFact

__all__ = ["entered", "holding", "steps_of", "with_former"]

_STAGES = tuple(Stage)


def holding(facts: Iterable[StatedFact]) -> frozenset[str]:
    """Return the regulations that are stated to be in force."""
    return frozenset(fact.entity for fact in facts if fact.what is FactKind.STAGE and fact.value == Stage.IN_FORCE)


def with_former(known: Round | None, facts: Iterable[StatedFact], seen_at: datetime) -> Round | None:
    """Return a round with what an article stated of its regulation before it was changed."""
    mine = list(facts)
    stages = [Stage(fact.value) for fact in mine if fact.what is FactKind.STAGE]
    opened = max((stage for stage in stages if stage in OPENING), key=_STAGES.index, default=None)
    if opened is None:
        return known
    if known is None:
        known = Round(opened=opened, opened_at=seen_at)
    if known.opened_at <= seen_at:
        known = replace(known, opened=opened, opened_at=seen_at)
    if Stage.AMENDED in stages:
        known = replace(known, amended_at=min(known.amended_at or seen_at, seen_at))
    if Stage.IN_FORCE in stages:
        dates = [*_dates(mine), known.holds_from or ""]
        known = replace(known, in_force_at=max(known.in_force_at or seen_at, seen_at), holds_from=max(dates) or None)
    return known


def steps_of(facts: Sequence[StatedFact], known: Mapping[str, Stage], rounds: Mapping[str, Round]) -> list[Step]:
    """Return the regulations that have come further than was ``known``, and those that came into force once more."""
    steps = list(steps_in(facts, known))
    told = {step.entity for step in steps}
    again = {entity: one for entity, one in rounds.items() if entity in known and entity not in told}
    return [*steps, *entered(facts, again)]


def entered(facts: Sequence[StatedFact], rounds: Mapping[str, Round]) -> Iterator[Step]:
    """Yield the regulations that entered into force by what an article states, in a round that was open."""
    for entity in sorted(holding(facts) & rounds.keys()):
        mine = [fact for fact in facts if fact.entity == entity]
        if _enters(mine, rounds[entity]):
            yield Step(entity=entity, before=rounds[entity].opened, after=Stage.IN_FORCE)


def _enters(facts: Sequence[StatedFact], known: Round) -> bool:
    """Tell whether a regulation enters into force: from a later day than was said, or for the first time since."""
    since = max(_dates(facts), default=None)
    if since is not None:
        is_told = known.in_force_at is not None and known.in_force_at >= known.opened_at
        is_later = known.holds_from is None or since > known.holds_from
        day = known.opened_at.date().isoformat()
        return since >= day[: len(since)] and is_later and not is_told
    if known.amended_at is None or any(fact.what is FactKind.STAGE and fact.value == Stage.AMENDED for fact in facts):
        return False
    return known.in_force_at is None or known.in_force_at < known.amended_at


def _dates(facts: Iterable[StatedFact]) -> list[str]:
    return [fact.value for fact in facts if fact.what in EFFECTS]
