"""What waits under an earlier configuration, handed to those who are to tell it now.

For the start and for a changed configuration: there rules and channels lose their names, and rules their channels.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from alerts.desk import Desk
from storage import alert_groups, outbox, reroutes, waiting
from storage.channel_names import end_names
from storage.records import HitReason
from storage.renames import rename_channel, rename_rule

__all__ = ["count_unclaimed", "forget_alerts", "take_over"]

_REMEMBERED = timedelta(days=30)
_UNWANTED = timedelta(days=40)
"""The age of a hit at which it is let go if its rule is not in the configuration: a monthly digest is told all of its
month, though a rule be gone for a week of it."""


def take_over(session: Session, desk: Desk, now: datetime) -> int:
    """Let rules and channels have what was left under their earlier names (``was``), and the channels that a rule has
    now what waits for those that it had; return how many hits and messages that moved.

    What an outbox holds for a channel that is gone waits again, if it speaks of hits. Of very much a part is moved:
    call it again, in a transaction of its own, until it moves nothing.
    """
    channels, rules = desk.channels.values(), desk.rules.rules
    end_names(session, desk.channels, now)
    moved = sum(rename_channel(session, old, channel.id) for channel in channels for old in channel.was)
    moved += sum(rename_rule(session, old, rule.id) for rule in rules for old in rule.was)
    gone = outbox.unsent_channels(session) - desk.channels.keys()
    moved += sum(reroutes.call_back(session, channel, now) for channel in sorted(gone))
    return moved + sum(_reroute(session, desk, place) for place in reroutes.places(session))


def count_unclaimed(session: Session, desk: Desk) -> dict[tuple[str, str], int]:
    """Count the hits that wait though nobody will be told them, by rule and channel: the rule was taken out."""
    known = {rule.id for rule in desk.rules.rules}
    return {(one.rule, one.channel): one.hits for one in reroutes.places(session) if one.rule not in known}


def forget_alerts(session: Session, desk: Desk, now: datetime) -> None:
    """Drop what nobody will be told, because its rule was taken out, and groups that had their day.

    Call it when nothing is left to ``take_over``: that would be dropped with the rest.
    """
    alert_groups.forget_groups(session, before=now - _REMEMBERED)
    waiting.forget_waiting(session, [rule.id for rule in desk.rules.rules], before=now - _UNWANTED)


def _reroute(session: Session, desk: Desk, place: reroutes.Place) -> int:
    """Let what waits of a rule for a channel that it has no more wait for those that it has; return how many hits."""
    rule = next((one for one in desk.rules.rules if one.id == place.rule), None)
    if rule is None:
        return 0
    channels = desk.told(rule, HitReason.ESCALATED if place.is_urgent else HitReason.NEW)
    return reroutes.reroute(session, place, channels) if channels and place.channel not in channels else 0
