"""What the store knows of an article that the rules are asked about. Read-only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.groups import standings
from alerts.routing import Hold
from alerts.rules import compile_rules
from alerts.schedule import next_digest
from monitor.answers import Case, Held
from monitor.config import Config
from monitor.tracked import tracked
from storage.feed import Explanation
from storage.hits import told_rules
from storage.silences import silence_of
from storage.story_moves import lineage
from storage.subjects import subjects_of
from storage.waiting import awaited

__all__ = ["case_of"]


def case_of(session: Session, found: Explanation, config: Config, now: datetime) -> Case | None:
    """Return the case of an article with what was decided about it; None where none is stored."""
    if found.article is None:
        return None
    article = found.article
    groups = {source.id: source.group for source in config.sources}
    return Case(
        article_id=article.id,
        subject=subjects_of(session, [article.id])[article.id],
        group=groups.get(article.source_id),
        alerts=found.alerts,
        told=told_rules(session, lineage(session, [article.story_id])),
        held=_held(session, found, config, now),
        silenced=silence_of(session, [one.hit.id for one in found.alerts]),
    )


def _held(session: Session, found: Explanation, config: Config, now: datetime) -> dict[tuple[int, str], Held]:
    """Return what the hits wait for, each in each channel that it waits for."""
    waiting = awaited(session, [one.hit.id for one in found.alerts])
    if not waiting:
        return {}
    grouped = _grouped(session, config, now)
    channels = {channel.id: channel for channel in config.channels}
    rules = {one.hit.id: one.hit.rule for one in found.alerts}
    digests = {rule.id for rule in config.rules if rule.mode == "digest"}
    held = {}
    for hit_id, name, is_urgent in waiting:
        if (hit_id, name) in grouped:
            held[hit_id, name] = grouped[hit_id, name]
        elif name in channels and not is_urgent and rules[hit_id] in digests:
            at = next_digest(channels[name].digest, config.settings.timezone, now)
            held[hit_id, name] = Held(state="digest", until=at)
    return held


def _grouped(session: Session, config: Config, now: datetime) -> dict[tuple[int, str], Held]:
    """Return what hits of rules that tell at once wait for; one whose time has come waits for the next tick."""
    settings = config.settings
    desk = Desk(
        rules=compile_rules(config.rules, config.queries),
        channels={channel.id: channel for channel in config.channels},
        language=settings.language,
        timezone=settings.timezone,
        vendors=tracked(config.watch).vendors,
        defaults=settings.alerts,
    )
    return {
        (hit.hit_id, one.group.channel): _held_by(one.decision) if isinstance(one.decision, Hold) else _DUE
        for one in standings(session, desk, now)
        for hit in one.group.hits
    }


_DUE = Held(state="grouped", until=None)


def _held_by(decision: Hold) -> Held:
    return Held(state=decision.why, until=decision.until)
