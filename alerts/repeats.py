"""Stories that were told and that others took up since: told again, where a rule asks for that.

Decided in ``alerts.routing``; reads and keeps what was told in the store.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.routing import Tell, Told, needs_update
from alerts.silencing import Spoken, quiet_now
from alerts.single import enqueue_single
from storage import alert_groups
from storage import hits as hit_store
from storage.records import HitReason

__all__ = ["compose_repeats"]

_GROWS = timedelta(days=7)
"""For how long a story that may be told again is still asked whether it grew; what comes later is another's news."""


def compose_repeats(session: Session, desk: Desk, now: datetime) -> int:
    """Tell again the stories whose time has come, each by its last hit; return how many messages that made."""
    timings = {rule.id: desk.timing(rule) for rule in desk.rules.rules if rule.mode == "instant"}
    pauses = {rule: one.repeat for rule, one in timings.items() if one.repeat is not None}
    if not pauses:
        return 0
    rules = {rule.id: rule for rule in desk.rules.rules if rule.id in pauses}
    since, until = now - max(pauses.values()) - _GROWS, now - min(pauses.values())
    enqueued = 0
    for mark, rule_id, articles in alert_groups.grown_groups(session, rules, since=since, until=until):
        rule, told = rules[rule_id], Told(at=mark.told_at, articles=mark.articles)
        decision = needs_update(told, (), now, timings[rule_id], articles=articles)
        is_for = mark.channel in desk.told(rule, HitReason.NEW)
        if is_for and isinstance(decision, Tell) and not _is_quiet(session, mark.hit_id, now):
            again = decision.reason.value
            enqueued += enqueue_single(session, desk, mark.hit_id, rule, mark.channel, now, reason=again)
            alert_groups.keep_group(session, replace(mark, told_at=now, articles=articles))
    return enqueued


def _is_quiet(session: Session, hit_id: int, now: datetime) -> bool:
    (story,) = hit_store.story_hits(session, [hit_id])
    spoken = Spoken(hit_id=hit_id, rule=story.hit.rule, article_id=story.hit.article_id)
    return bool(quiet_now(session, [spoken], now))
