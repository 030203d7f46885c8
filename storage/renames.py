"""Rules and channels that are called something else now: what they told and what waits goes on under the new name.

Does not know which of them the configuration has.
"""

from __future__ import annotations

from sqlalchemy import Exists, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from storage.leases import changed_rows
from storage.outbox import DEAD, UNSENT
from storage.states import StoryEventKind
from storage.tables import (
    alert_groups,
    channel_states,
    deliveries,
    delivery_hits,
    digests,
    hits,
    silences,
    story_events,
    waiting_hits,
)

__all__ = ["rename_channel", "rename_rule"]


def rename_rule(session: Session, old: str, new: str) -> int:
    """Let a rule have the hits of an earlier name, with what waits of them; return how many hits.

    What the rule has said itself of a story stays, and the earlier name's hit of it is left, and told no more. A second
    call changes nothing. Silences of the earlier name are for the new one.
    """
    if not _is_known(session, old):
        return 0
    session.execute(delete(waiting_hits).where(waiting_hits.c.rule == old, _is_said(new)))
    session.execute(update(waiting_hits).where(waiting_hits.c.rule == old).values(rule=new))
    session.execute(update(silences).where(silences.c.rule == old).values(rule=new))
    silent = (story_events.c.kind == StoryEventKind.SILENT, story_events.c.detail == old)
    session.execute(update(story_events).where(*silent).values(detail=new))
    same = hits.alias()
    known = exists().where(same.c.rule == new, same.c.story_id == hits.c.story_id, same.c.token == hits.c.token)
    return changed_rows(session, update(hits).where(hits.c.rule == old, ~known).values(rule=new))


def rename_channel(session: Session, old: str, new: str) -> int:
    """Let a channel have what waits for an earlier name of it, with its digests; return how many hits and messages.

    What was sent stays under the name that it was sent under. What the new name was told itself waits for it no more. A
    second call changes nothing.
    """
    same = waiting_hits.alias()
    waits = exists().where(same.c.channel == new, same.c.hit_id == waiting_hits.c.hit_id)
    session.execute(delete(waiting_hits).where(waiting_hits.c.channel == old, or_(waits, _is_told(new))))
    moved = changed_rows(session, update(waiting_hits).where(waiting_hits.c.channel == old).values(channel=new))
    for state in (UNSENT, DEAD):
        unsent = update(deliveries).where(state, deliveries.c.channel == old)
        moved += changed_rows(session, unsent.values(channel=new))
    made = digests.alias()
    known = exists().where(made.c.channel == new, made.c.scheduled_at == digests.c.scheduled_at)
    session.execute(delete(digests).where(digests.c.channel == old, known))
    session.execute(update(digests).where(digests.c.channel == old).values(channel=new))
    session.execute(update(alert_groups).where(alert_groups.c.channel == old).values(channel=new))
    _rename_state(session, old, new)
    return moved


def _rename_state(session: Session, old: str, new: str) -> None:
    """Let a channel stand as it did under an earlier name, unless it was used under the new one."""
    known = exists().where(channel_states.c.id == new)
    session.execute(update(channel_states).where(channel_states.c.id == old, ~known).values(id=new))
    session.execute(delete(channel_states).where(channel_states.c.id == old))


def _is_known(session: Session, rule: str) -> bool:
    return session.execute(select(hits.c.id).where(hits.c.rule == rule).limit(1)).first() is not None


def _is_said(new: str) -> Exists:
    """Whether a rule has itself said what waits."""
    own, same = hits.alias(), hits.alias()
    said = exists().where(own.c.id == waiting_hits.c.hit_id, same.c.rule == new)
    return said.where(same.c.story_id == own.c.story_id, same.c.token == own.c.token)


def _is_told(channel: str) -> Exists:
    """Whether a channel had a message of what waits."""
    told = exists().where(delivery_hits.c.hit_id == waiting_hits.c.hit_id)
    return told.where(deliveries.c.id == delivery_hits.c.delivery_id, deliveries.c.channel == channel)
