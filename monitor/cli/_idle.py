"""Settings of rules that change nothing as the rule stands: nobody would find out from what is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alerts.rules import RuleSettings
    from monitor.config import Config
    from storage.query.nodes import Node

__all__ = ["idle_warnings"]

_PACE = ("group_wait", "group_interval", "repeat_interval")
"""What has a meaning for messages that are sent at once."""


def idle_warnings(config: Config) -> tuple[str, ...]:
    """Return what rules say in vain, each with the rule's id."""
    from alerts.rules import compile_rules

    rules = compile_rules(config.rules, config.queries)
    return tuple(
        config.told_of("rule", rule.id, said) for rule in rules.rules for said in _idle(rule, rules.condition(rule.id))
    )


def _idle(rule: RuleSettings, condition: Node) -> Iterator[str]:
    from storage.query.nodes import entities_in

    if rule.mode == "digest":
        asked = _PACE if rule.escalate else (*_PACE, "mute")
        idle = [name for name in asked if getattr(rule, name) is not None]
        if idle:
            yield f"{', '.join(idle)}: only for what is told at once (mode: instant), not in digests"
    if rule.tells_bursts and not entities_in(condition):
        yield "burst: only of the names that a rule asks for, and it asks for none"
