"""Hits as one message for one channel, into the outbox: of one story, or of several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from alerts.channels import Message
from alerts.desk import Desk, key_of
from alerts.gather import DigestQuestion, gather_digest, keywords_of, no_names, past_of, shown_hits
from alerts.grouping import sections_of
from alerts.render import render_alert, render_alerts
from alerts.routing import Reason
from storage import hits as hit_store
from storage import outbox
from storage.records import StoryHit

__all__ = ["enqueue_alert"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Nothing:
    """The coverage of a message that shows none."""

    watched: int = 0
    silent: int = 0
    failed: int = 0
    unsent: int = 0


def enqueue_alert(
    session: Session,
    desk: Desk,
    hit_ids: Sequence[int],
    channel: str,
    now: datetime,
    *,
    reason: Reason | None = None,
    group: str = "",
) -> bool:
    """Enqueue one message for some hits, of whatever rules; False where it was enqueued before.

    ``reason`` is that of the hit if none is given; what is told again (``repeat``) has a key for each time. ``group``
    is what several stories share, where that has a name.
    """
    found = hit_store.story_hits(session, hit_ids)
    is_one = len({hit.hit.story_id for hit in found}) == 1
    repeated = reason is Reason.REPEAT
    message = (
        _of_one_story(session, desk, found, channel, now, repeated=repeated)
        if is_one
        else _of_several(session, desk, found, channel, now, group)
    )
    ids = [hit.hit_id for hit in found]
    again = (Reason.REPEAT.value, now.isoformat()) if repeated else ()
    parts = (*_parts_of_key(found, channel), *again)
    if outbox.is_of_others(session, key_of(*parts), ids):  # of a rule of that name which is called something else now
        parts = (*parts, *map(str, ids))
    return outbox.enqueue(
        session,
        key=key_of(*parts),
        channel=channel,
        reason=(reason or found[0].hit.reason).value,
        payload=message.payload,
        due_at=now,
        now=now,
        hit_ids=ids,
    )


def _parts_of_key(found: Sequence[StoryHit], channel: str) -> tuple[str, ...]:
    """Return what the key of a message is made of: of a hit alone what it says, of several their ids."""
    if len(found) > 1:
        return ("alerts", channel, *(str(hit.hit_id) for hit in found))
    (one,) = found
    return one.hit.rule, str(one.hit.story_id), one.hit.token, channel


def _of_one_story(
    session: Session, desk: Desk, found: Sequence[StoryHit], channel: str, now: datetime, *, repeated: bool
) -> Message:
    shown = shown_hits(session, found, rules=desk.rules, now=now)
    return render_alert(
        shown,
        {rule.id: rule for rule in desk.rules.rules},
        language=desk.language_of(channel),
        now=now,
        timezone=desk.timezone_of(channel),
        names=desk.names,
        keywords=keywords_of(session, shown),
        past=past_of(session, found, shown, since=min(hit.first_seen_at for hit in found)),
        conditions=desk.rules.queries.queries,
        repeated=repeated,
    )


def _of_several(
    session: Session, desk: Desk, found: Sequence[StoryHit], channel: str, now: datetime, group: str
) -> Message:
    language = desk.language_of(channel)
    asked = DigestQuestion(
        rules=desk.rules,
        coverage=_Nothing(),
        names=desk.names,
        find_names=no_names,
        since=None,
        timezone=desk.timezone_of(channel),
        now=now,
        language=language,
        find_sections=partial(sections_of, desk=desk, language=language),
    )
    return render_alerts(gather_digest(session, found, asked), language=language, group=group)
