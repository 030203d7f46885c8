"""Rules and channels that are called something else now: what they told and what waits goes on under the new name.

Does not know which of them the configuration has.
"""

from __future__ import annotations

from sqlalchemy import and_, delete, exists, literal, or_, select, update
from sqlalchemy.orm import Session

from storage.alert_groups import rename_groups
from storage.channel_names import called_now, note_name
from storage.leases import changed_rows
from storage.outbox import DEAD, UNSENT
from storage.reroutes import TELL_FIRST, take_back
from storage.states import DeliveryState, StoryEventKind
from storage.tables import (
    alert_groups,
    channel_states,
    deliveries,
    delivery_hits,
    digests,
    hits,
    silenced_hits,
    silences,
    story_events,
    waiting_hits,
)
from storage.told import GIVEN_UP, is_told
from storage.upsert import insert_into

__all__ = ["rename_channel", "rename_rule"]


def rename_rule(session: Session, old: str, new: str) -> int:
    """Let a rule have the hits of an earlier name, with what waits of them; return how many hits.

    What both names have said of a story is one: the earlier name's hit of it is left, the rule's own waits where that
    one did, and no channel that was told either is told again. A second call changes nothing. Silences of the earlier
    name are for the new one.
    """
    session.execute(update(silences).where(silences.c.rule == old).values(rule=new))
    if not _has_said(session, old):
        return 0
    _wait_as_one(session, old, new)
    session.execute(update(waiting_hits).where(waiting_hits.c.rule == old).values(rule=new))
    _settle_as_one(session, old, new)
    silent = (story_events.c.kind == StoryEventKind.SILENT, story_events.c.detail == old)
    session.execute(update(story_events).where(*silent).values(detail=new))
    rename_groups(session, "rule", old, new)
    same = hits.alias()
    known = exists().where(same.c.rule == new, same.c.story_id == hits.c.story_id, same.c.token == hits.c.token)
    return changed_rows(session, update(hits).where(hits.c.rule == old, ~known).values(rule=new))


def rename_channel(session: Session, old: str, new: str) -> int:
    """Let a channel have what waits for an earlier name of it, with its digests; return how many hits and messages.

    What was sent stays under the name that it was sent under (``storage.channel_names``). What the channel was told
    under any of its names waits for it no more; a message that is not on its way yet, of what another one tells, is no
    more either. A second call changes nothing.
    """
    note_name(session, old, new)
    if not _is_used(session, old):
        return 0
    moved = sum(_take_back_told(session, channel, old, new) for channel in (old, new))
    for state in (UNSENT, DEAD):
        unsent = update(deliveries).where(state, deliveries.c.channel == old)
        moved += changed_rows(session, unsent.values(channel=new))
    same = waiting_hits.alias()
    waits = exists().where(same.c.channel == new, same.c.hit_id == waiting_hits.c.hit_id)
    session.execute(delete(waiting_hits).where(waiting_hits.c.channel == old, waits))
    told = is_told(waiting_hits.c.hit_id, literal(new))
    session.execute(delete(waiting_hits).where(waiting_hits.c.channel.in_((old, new)), told))
    moved += changed_rows(session, update(waiting_hits).where(waiting_hits.c.channel == old).values(channel=new))
    made = digests.alias()
    known = exists().where(made.c.channel == new, made.c.scheduled_at == digests.c.scheduled_at)
    session.execute(delete(digests).where(digests.c.channel == old, known))
    session.execute(update(digests).where(digests.c.channel == old).values(channel=new))
    rename_groups(session, "channel", old, new)
    _rename_state(session, old, new)
    return moved


def _rename_state(session: Session, old: str, new: str) -> None:
    """Let a channel stand as it did under an earlier name, unless it was used under the new one."""
    known = exists().where(channel_states.c.id == new)
    session.execute(update(channel_states).where(channel_states.c.id == old, ~known).values(id=new))
    session.execute(delete(channel_states).where(channel_states.c.id == old))


def _take_back_told(session: Session, channel: str, old: str, new: str) -> int:
    """Let the messages to one of two names of a channel be no more of whose hits it has another one; return how many.

    The rest of their hits waits. A message that was claimed stays: it may have arrived.
    """
    waits = select(deliveries.c.id).where(UNSENT, deliveries.c.state == DeliveryState.PENDING)
    mine = waits.where(deliveries.c.channel == channel, deliveries.c.reason.in_(TELL_FIRST)).subquery()
    links, same = delivery_hits.alias(), delivery_hits.alias()
    told = exists().where(same.c.hit_id == links.c.hit_id, same.c.delivery_id != mine.c.id)
    told = told.where(deliveries.c.id == same.c.delivery_id, deliveries.c.state.not_in(GIVEN_UP))
    told = told.where(called_now().in_((old, new))).correlate(links, mine)
    asked = select(mine.c.id).join(links, links.c.delivery_id == mine.c.id).where(told)
    ids = session.scalars(asked.distinct().order_by(mine.c.id)).all()
    take_back(session, ids, new)
    return len(ids)


def _wait_as_one(session: Session, old: str, new: str) -> None:
    """Let what a rule has said itself wait where the same waits for an earlier name of it, in its place."""
    theirs, own = hits.alias(), hits.alias()
    twins = and_(own.c.rule == new, own.c.story_id == theirs.c.story_id, own.c.token == theirs.c.token)
    quiet = exists().where(silenced_hits.c.hit_id == own.c.id)
    waits = select(waiting_hits.c.channel, own.c.id, literal(new), waiting_hits.c.urgent)
    waits = waits.join(theirs, theirs.c.id == waiting_hits.c.hit_id).join(own, twins)
    waits = waits.where(waiting_hits.c.rule == old, ~quiet)
    row = insert_into(session, waiting_hits).from_select(["channel", "hit_id", "rule", "urgent"], waits)
    session.execute(row.on_conflict_do_nothing())
    said = exists().where(theirs.c.id == waiting_hits.c.hit_id, twins)
    session.execute(delete(waiting_hits).where(waiting_hits.c.rule == old, said))


def _settle_as_one(session: Session, old: str, new: str) -> None:
    """Let a rule's own hits wait for no channel that was told them, or the same by an earlier name of the rule."""
    theirs, own = hits.alias(), hits.alias()
    told, told_before = (is_told(one.c.id, waiting_hits.c.channel) for one in (own, theirs))
    twin = exists().where(own.c.id == waiting_hits.c.hit_id, theirs.c.rule == old)
    twin = twin.where(theirs.c.story_id == own.c.story_id, theirs.c.token == own.c.token)
    session.execute(delete(waiting_hits).where(waiting_hits.c.rule == new, twin.where(or_(told, told_before))))


def _has_said(session: Session, rule: str) -> bool:
    return session.execute(select(hits.c.id).where(hits.c.rule == rule).limit(1)).first() is not None


def _is_used(session: Session, channel: str) -> bool:
    """Whether anything is left under the name of a channel but what was sent."""
    places = (
        select(waiting_hits.c.hit_id).where(waiting_hits.c.channel == channel),
        *(select(deliveries.c.id).where(state, deliveries.c.channel == channel) for state in (UNSENT, DEAD)),
        select(digests.c.id).where(digests.c.channel == channel),
        select(literal(1)).where(channel_states.c.id == channel),
        select(literal(1)).where(alert_groups.c.channel == channel),
    )
    return any(session.execute(asked.limit(1)).first() is not None for asked in places)
