"""What messages are made with: the rules, the channels, how things are called and put, and the routing by default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from alerts.channels import ChannelSettings
from alerts.routing import RoutingSettings, Timing, timing
from alerts.rules import RuleSet, RuleSettings
from alerts.schedule import zone_name
from storage.states import HitReason

__all__ = ["Desk", "key_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """``names`` are display names of entities and sources by id, ``vendors`` who makes an entity, by its id.

    ``language`` and ``timezone`` are for channels that name none.
    """

    rules: RuleSet
    channels: Mapping[str, ChannelSettings]
    language: str
    timezone: str
    names: Mapping[str, str] = field(default_factory=dict)
    vendors: Mapping[str, str] = field(default_factory=dict)
    defaults: RoutingSettings = field(default=RoutingSettings())

    def timing(self, rule: RuleSettings) -> Timing:
        """Return the routing of a rule with nothing left open."""
        return timing(rule, self.defaults, self.timezone)

    def told(self, rule: RuleSettings, reason: HitReason) -> tuple[str, ...]:
        """Return the channels that a hit of a rule is for, of those that exist."""
        louder = rule.escalate if reason is HitReason.ESCALATED else None
        wanted = (louder.channels if louder else ()) or rule.channels
        return tuple(dict.fromkeys(name for name in wanted if name in self.channels))

    def language_of(self, channel: str) -> str:
        """Return the language of a channel."""
        return self.channels[channel].language or self.language

    def timezone_of(self, channel: str) -> str:
        """Return the time zone in which a channel is told times."""
        return zone_name(self.channels[channel].digest, self.timezone)


def key_of(*parts: str) -> str:
    """Return the key of what is made of these parts, the same on every attempt."""
    return sha256("|".join(parts).encode()).hexdigest()
