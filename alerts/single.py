"""One hit as one message for one channel, into the outbox."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from alerts.desk import Desk, key_of
from alerts.gather import past_of
from alerts.render import render_alert
from alerts.routing import Reason
from alerts.rules import RuleSettings
from storage import hits as hit_store
from storage import outbox
from storage.keywords import shown_keywords

__all__ = ["enqueue_single"]


def enqueue_single(
    session: Session, desk: Desk, hit_id: int, rule: RuleSettings, channel: str, now: datetime, *, reason: str = ""
) -> bool:
    """Enqueue the alert of a hit; False where it was enqueued before. ``reason`` is that of the hit if none is given.

    A hit that is told again (``repeat``) has a key for each time.
    """
    story = hit_store.story_hit(session, hit_id)
    message = render_alert(
        story,
        rule,
        language=desk.language_of(channel),
        now=now,
        timezone=desk.timezone_of(channel),
        names=desk.names,
        keywords=shown_keywords(session, (story.hit.article_id,)),
        past=past_of(session, (story,), (story,), since=story.first_seen_at),
        repeated=reason == Reason.REPEAT,
    )
    told = (rule.id, str(story.hit.story_id), story.hit.token, channel)
    return outbox.enqueue(
        session,
        key=key_of(*told, reason, now.isoformat()) if reason == Reason.REPEAT else key_of(*told),
        channel=channel,
        reason=reason or story.hit.reason.value,
        payload=message.payload,
        due_at=now,
        now=now,
        hit_ids=(hit_id,),
    )
