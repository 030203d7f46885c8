"""The steps of regulations that an article tells: further than any other said, or round once more.

Looked up where somebody asks; what is said of them is for ``monitor.story_alerts``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cached_property

from sqlalchemy.orm import Session

from alerts.rounds import holding, steps_of, with_former
from alerts.stages import furthest, token_of_steps
from storage.findings import stated_in
from storage.former import stages_before
from storage.rounds import Round, rounds_of
from storage.states import Stage
from storage.tagged import StatedFact

__all__ = ["Steps", "further"]

_STAGES = tuple(Stage)


def further(
    session: Session,
    article_id: int,
    facts: Sequence[StatedFact],
    now: datetime,
    *,
    former: Sequence[StatedFact] = (),
    former_at: datetime | None = None,
) -> str:
    """Return the token of a hit for the regulations that have come further by what an article states; "" for none.

    Further than any other article said, and than this one did: ``former`` is what it stated when it was read at
    ``former_at``.
    """
    stated = furthest(facts)
    if not stated:
        return ""
    until = now + timedelta(microseconds=1)
    known = _joined(stages_before(session, stated, until, besides=[article_id]), furthest(former))
    rounds = rounds_of(session, holding(facts) & known.keys(), until, besides=[article_id])
    if former_at is not None:
        rounds = _with_former(rounds, former, former_at)
    return token_of_steps(steps_of(facts, known, rounds))


class Steps:
    """The regulations that an article says have come further, looked up where somebody asks."""

    def __init__(self, session: Session, article_id: int, now: datetime) -> None:
        self._session, self._article_id, self._now = session, article_id, now

    @cached_property
    def token(self) -> str:
        """The token of a hit that tells them, "" where there are none."""
        facts = stated_in(self._session, [self._article_id]).get(self._article_id, ())
        return further(self._session, self._article_id, facts, self._now)


def _with_former(rounds: Mapping[str, Round], former: Sequence[StatedFact], at: datetime) -> dict[str, Round]:
    """Return the rounds with those that an article opened by what it stated before."""
    stated = {fact.entity: [other for other in former if other.entity == fact.entity] for fact in former}
    joined = {entity: with_former(rounds.get(entity), stated.get(entity, ()), at) for entity in {*rounds, *stated}}
    return {entity: one for entity, one in joined.items() if one is not None}


def _joined(one: Mapping[str, Stage], other: Mapping[str, Stage]) -> dict[str, Stage]:
    """Return the further of two stages of each regulation."""
    joined = dict(one)
    for entity, stage in other.items():
        joined[entity] = max(stage, joined.get(entity, stage), key=_STAGES.index)
    return joined
