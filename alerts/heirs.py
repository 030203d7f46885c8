"""Who tells what waits under the names of an earlier configuration.

Pure. A service hands it over when it reads its configuration (``alerts.takeover``); before that, others who read the
store ask here.
"""

from __future__ import annotations

from alerts.desk import Desk
from alerts.rules import RuleSettings
from storage.states import HitReason

__all__ = ["Heirs"]


class Heirs:
    """The rules and the channels of a desk, by the names that they have and had."""

    def __init__(self, desk: Desk) -> None:
        rules, channels = desk.rules.rules, desk.channels.values()
        self._desk = desk
        self._rules = {old: rule for rule in rules for old in rule.was} | {rule.id: rule for rule in rules}
        self._channels = {old: one.id for one in channels for old in one.was} | {one.id: one.id for one in channels}

    def rule(self, name: str) -> RuleSettings | None:
        """Return the rule that has or had a name; None for none."""
        return self._rules.get(name)

    def channels(self, rule: RuleSettings, name: str, reason: HitReason) -> tuple[str, ...]:
        """Return the channels that are told what waits of a rule for a channel that has or had a name.

        Where that is no channel of the rule any more, those that are; none where the rule has none left.
        """
        told, called = self._desk.told(rule, reason), self._channels.get(name)
        return (called,) if called in told else told
