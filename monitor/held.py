"""What hits that no message holds yet wait for, in each channel that is to be told them. Read-only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.routing import Hold
from alerts.schedule import next_digest
from alerts.standing import standings
from monitor.answers import Held
from monitor.config import Config
from monitor.desk import desk_from
from storage.waiting import awaited

__all__ = ["held_of"]

_DUE = Held(state="grouped", until=None)


def held_of(session: Session, rules: Mapping[int, str], config: Config, now: datetime) -> dict[tuple[int, str], Held]:
    """Return what hits wait for, by hit and channel; ``rules`` are those of the hits, by the ids of these.

    What nobody waits for any more is left out: it was told, or kept quiet, or another story has it now.
    """
    waiting = awaited(session, rules)
    if not waiting:
        return {}
    grouped = _grouped(session, {rules[hit_id] for hit_id, _, _ in waiting}, config, now)
    held = {}
    for hit_id, channel, is_urgent in waiting:
        found = grouped.get((hit_id, channel)) or _alone(rules[hit_id], channel, is_urgent, config, now)
        if found is not None:
            held[hit_id, channel] = found
    return held


def _alone(rule_id: str, name: str, is_urgent: bool, config: Config, now: datetime) -> Held | None:
    """Return what a hit that is in no group waits for."""
    rule = next((one for one in config.rules if one.id == rule_id), None)
    channel = next((one for one in config.channels if one.id == name), None)
    louder = rule.escalate.channels if rule and rule.escalate else ()
    if rule is None or channel is None or name not in (*rule.channels, *louder):
        return Held(state="unclaimed", until=None)
    if is_urgent or rule.mode != "digest":
        return None
    return Held(state="digest", until=next_digest(channel.digest, config.settings.timezone, now))


def _grouped(session: Session, rules: Collection[str], config: Config, now: datetime) -> dict[tuple[int, str], Held]:
    """Return what hits of rules that tell at once wait for; one whose time has come waits for the next tick."""
    instant = [rule.id for rule in config.rules if rule.mode == "instant" and rule.id in rules]
    return {
        (hit.hit_id, one.group.channel): _held_by(one.decision) if isinstance(one.decision, Hold) else _DUE
        for one in standings(session, desk_from(config), now, rules=instant)
        for hit in one.group.hits
    }


def _held_by(decision: Hold) -> Held:
    return Held(state=decision.why, until=decision.until)
