"""Regulations that come further: the steps that a text states, and a hit that is told for them.

Pure. A hit for a step names it in its token, so that it is told once of a story, and can be told when the text that
said otherwise is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storage.states import FactKind, Stage
from storage.tagged import StatedFact

__all__ = ["Step", "furthest", "steps_in", "steps_of_token", "token_of_steps"]

_STAGES = tuple(Stage)
_WORD = "stage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A regulation that has come further: from the stage that was told before to the one that is told now."""

    entity: str
    before: Stage
    after: Stage


def furthest(facts: Iterable[StatedFact]) -> dict[str, Stage]:
    """Return the furthest stage that is stated of each regulation."""
    found: dict[str, Stage] = {}
    for fact in facts:
        if fact.what is FactKind.STAGE:
            stage = Stage(fact.value)
            found[fact.entity] = max(stage, found.get(fact.entity, stage), key=_STAGES.index)
    return found


def steps_in(facts: Iterable[StatedFact], before: Mapping[str, Stage]) -> Iterator[Step]:
    """Yield the regulations that have come further than was told before, of those of which something was."""
    for entity, after in furthest(facts).items():
        if entity in before and _STAGES.index(after) > _STAGES.index(before[entity]):
            yield Step(entity=entity, before=before[entity], after=after)


def token_of_steps(steps: Iterable[Step]) -> str:
    """Return the token of a hit that tells steps."""
    return ";".join(f"{_WORD} {step.entity} {step.before.value} {step.after.value}" for step in steps)


def steps_of_token(token: str) -> Iterator[Step]:
    """Yield the steps that a hit with a token tells; none for tokens of other hits."""
    for part in token.split(";"):
        word, *said = part.split(" ")
        if word == _WORD and len(said) == 3 and {said[1], said[2]} <= set(_STAGES):
            yield Step(entity=said[0], before=Stage(said[1]), after=Stage(said[2]))
