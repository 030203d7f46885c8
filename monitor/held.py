"""What hits that no message holds yet wait for, in each channel that is to be told them. Read-only.

As the configuration has it: what still stands under the names of an earlier one is told by those of now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from alerts.desk import Desk
from alerts.heirs import Heirs
from alerts.routing import Hold
from alerts.rules import RuleSettings
from alerts.schedule import next_digest
from alerts.standing import standings_of
from monitor.answers import Held
from monitor.config import Config
from monitor.desk import desk_from
from storage.records import HitReason
from storage.waiting import WaitingHit, awaited, waiting_of

__all__ = ["held_of"]

_DUE = Held(state="grouped", until=None)
_UNCLAIMED = Held(state="unclaimed", until=None)


def held_of(session: Session, rules: Mapping[int, str], config: Config, now: datetime) -> dict[tuple[int, str], Held]:
    """Return what hits wait for, by hit and channel; ``rules`` are those of the hits, by the ids of these.

    What nobody waits for any more is left out: it was told, or kept quiet, or another story has it now.
    """
    waiting = awaited(session, rules)
    if not waiting:
        return {}
    desk = desk_from(config)
    heirs = Heirs(desk)
    asked = {rule.id: rule for name in rules.values() if (rule := heirs.rule(name))}
    grouped = _grouped(session, desk, heirs, list(asked.values()), now)
    held: dict[tuple[int, str], Held | None] = {}
    for hit_id, name, is_urgent in waiting:
        rule, reason = heirs.rule(rules[hit_id]), HitReason.ESCALATED if is_urgent else HitReason.NEW
        channels = heirs.channels(rule, name, reason) if rule else ()
        if rule is None or not channels:
            held[hit_id, name] = _UNCLAIMED
            continue
        for channel in channels:
            held[hit_id, channel] = grouped.get((hit_id, channel)) or _alone(rule, desk, channel, is_urgent, now)
    return {place: one for place, one in held.items() if one is not None}


def _alone(rule: RuleSettings, desk: Desk, channel: str, is_urgent: bool, now: datetime) -> Held | None:
    """Return what a hit that is in no group waits for: a digest, or nothing."""
    if is_urgent or rule.mode != "digest":
        return None
    return Held(state="digest", until=next_digest(desk.channels[channel].digest, desk.timezone, now))


def _grouped(
    session: Session, desk: Desk, heirs: Heirs, rules: list[RuleSettings], now: datetime
) -> dict[tuple[int, str], Held]:
    """Return what hits of rules that tell at once wait for; one whose time has come waits for the next tick."""
    instant = [name for rule in rules if rule.mode == "instant" for name in (rule.id, *rule.was)]
    waits = {(hit.hit_id, hit.channel): hit for hit in _inherited(heirs, waiting_of(session, instant))}
    return {
        (hit.hit_id, one.group.channel): _held_by(one.decision) if isinstance(one.decision, Hold) else _DUE
        for one in standings_of(session, desk, waits.values(), now)
        for hit in one.group.hits
    }


def _inherited(heirs: Heirs, waits: tuple[WaitingHit, ...]) -> Iterator[WaitingHit]:
    """Yield what waits under the names of now, for the channels that are to be told it."""
    for hit in waits:
        rule = heirs.rule(hit.rule)
        if rule is not None:
            channels = heirs.channels(rule, hit.channel, hit.reason)
            yield from (replace(hit, rule=rule.id, channel=channel) for channel in channels)


def _held_by(decision: Hold) -> Held:
    return Held(state=decision.why, until=decision.until)
