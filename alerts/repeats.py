"""Stories that were told and that others took up since: told again, where a rule asks for that.

Decided in ``alerts.routing``; reads and keeps what was told in the store.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.messages import enqueue_alert
from alerts.routing import Reason, Tell, Timing, Told, needs_update
from alerts.silencing import Spoken, quiet_now
from storage import alert_groups
from storage import hits as hit_store
from storage.alert_groups import GroupMark
from storage.records import HitReason

__all__ = ["compose_repeats"]

_GROWS = timedelta(days=7)
"""For how long a story that may be told again is still asked whether it grew; what comes later is another's news."""


def compose_repeats(session: Session, desk: Desk, now: datetime) -> int:
    """Tell again the stories whose time has come, each by the last hit of each rule; return how many messages that
    made."""
    timings = {rule.id: desk.timing(rule) for rule in desk.rules.rules if rule.mode == "instant"}
    messages: dict[tuple[str, int], list[int]] = defaultdict(list)
    for mark in _due(session, desk, timings, now):
        (story,) = hit_store.story_hits(session, [mark.hit_id])
        spoken = Spoken(hit_id=mark.hit_id, rule=story.hit.rule, article_id=story.hit.article_id)
        if not quiet_now(session, [spoken], now):
            messages[mark.key.channel, story.hit.story_id].append(mark.hit_id)
            alert_groups.keep_group(session, replace(mark, told_at=now))
    return sum(
        enqueue_alert(session, desk, hit_ids, channel, now, reason=Reason.REPEAT)
        for (channel, _), hit_ids in messages.items()
    )


def _due(session: Session, desk: Desk, timings: Mapping[str, Timing], now: datetime) -> Iterator[GroupMark]:
    """Yield what was last told of groups that are to be told again, with the articles that their stories have now."""
    pauses = {rule: one.repeat for rule, one in timings.items() if one.repeat is not None}
    if not pauses:
        return
    rules = {rule.id: rule for rule in desk.rules.rules if rule.id in pauses}
    since, until = now - max(pauses.values()) - _GROWS, now - min(pauses.values())
    for mark, rule_id, articles in alert_groups.grown_groups(session, rules, since=since, until=until):
        told = Told(at=mark.told_at, articles=mark.articles)
        decision = needs_update(told, (), now, timings[rule_id], articles=articles)
        if isinstance(decision, Tell) and mark.key.channel in desk.told(rules[rule_id], HitReason.NEW):
            yield replace(mark, articles=articles)
