"""Stories that many outlets tell of: told again, once and louder, where a rule asks for that."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.dispatch import raise_hit
from alerts.instead import in_place_of
from alerts.rules import RuleSettings
from alerts.standing import Raised
from storage import hits as hit_store
from storage.records import Hit, HitReason
from storage.stories import spreads
from storage.story_moves import lineage
from storage.story_nodes import members_of

__all__ = ["ESCALATED", "escalate"]

ESCALATED = "escalated"
"""The token of what is told of a story once."""


def escalate(session: Session, desk: Desk, story_id: int, now: datetime) -> tuple[Raised, ...]:
    """Raise a hit for each rule whose number of outlets a story has reached, and return those hits.

    Only for rules that spoke of the story, and once for each; call it in the transaction that put an article into it,
    and ``alerts.groups.tell_raised`` with what it returned.
    """
    asking = {rule.id: rule.escalate.outlets for rule in desk.rules.rules if rule.escalate and rule.escalate.outlets}
    if not asking:
        return ()
    outlets = len(spreads(session, [story_id])[story_id].outlets)
    reached = [rule for rule in desk.rules.rules if rule.id in asking and outlets >= asking[rule.id]]
    return tuple(_raise(session, desk, reached, story_id, now)) if reached else ()


def _raise(session: Session, desk: Desk, reached: list[RuleSettings], story_id: int, now: datetime) -> list[Raised]:
    stories, members = lineage(session, [story_id]), set(members_of(session, story_id))
    raised = []
    for rule in reached:
        said = hit_store.hits_of_story(session, rule.id, stories)
        if not said or any(hit.token == ESCALATED for hit in said):
            continue
        hit = in_place_of(session, desk, _escalated(said, members, story_id), now)
        one = raise_hit(session, desk, rule, hit, now)
        raised += [] if one is None else [one]
    return raised


def _escalated(said: Sequence[Hit], members: Collection[int], story_id: int) -> Hit:
    """Return what is told of a story for the last hit of an article that it still holds: others may be superseded."""
    last = next((hit for hit in reversed(said) if hit.article_id in members), said[-1])
    return replace(last, story_id=story_id, reason=HitReason.ESCALATED, token=ESCALATED, changes=())
