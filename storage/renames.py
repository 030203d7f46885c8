"""Rules that are called something else now: what they told and what waits of them goes on under the new name.

Does not know which rules the configuration has.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Exists, delete, exists, func, select, update
from sqlalchemy.orm import Session

from storage.leases import changed_rows
from storage.states import StoryEventKind
from storage.tables import hits, silences, story_events, waiting_hits

__all__ = ["rename_rule", "unclaimed"]


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


def unclaimed(session: Session, wanted: Mapping[str, Collection[str]]) -> dict[tuple[str, str], int]:
    """Count the hits that wait for a channel that no such rule names, by rule and channel; ``wanted`` has rules by
    channel."""
    counted = select(waiting_hits.c.rule, waiting_hits.c.channel, func.count())
    rows = session.execute(counted.group_by(waiting_hits.c.rule, waiting_hits.c.channel)).all()
    return {(rule, channel): hits for rule, channel, hits in rows if rule not in wanted.get(channel, ())}


def _is_known(session: Session, rule: str) -> bool:
    return session.execute(select(hits.c.id).where(hits.c.rule == rule).limit(1)).first() is not None


def _is_said(new: str) -> Exists:
    """Whether a rule has itself said what waits."""
    own, same = hits.alias(), hits.alias()
    said = exists().where(own.c.id == waiting_hits.c.hit_id, same.c.rule == new)
    return said.where(same.c.story_id == own.c.story_id, same.c.token == own.c.token)
