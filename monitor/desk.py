"""What messages are made with, from the configuration that runs, or from one that is only looked at."""

from __future__ import annotations

from alerts.desk import Desk
from alerts.rules import compile_rules
from monitor.config import Config
from monitor.runtime import Runtime
from monitor.tracked import Tracked, tracked

__all__ = ["desk_from", "desk_of", "desk_under", "display_names"]


def desk_of(rt: Runtime) -> Desk:
    """Return what messages are made with, by the configuration in force; ask it in the transaction that uses it."""
    return desk_under(rt.present)


def desk_under(rt: Runtime) -> Desk:
    """Return what messages are made with under the configuration of a runtime, in force or not."""
    settings = rt.config.settings
    return Desk(
        rules=rt.rules,
        channels=rt.channels,
        language=settings.language,
        timezone=settings.timezone,
        names=rt.names,
        vendors=rt.vendors,
        defaults=settings.alerts,
    )


def desk_from(config: Config) -> Desk:
    """Return what messages would be made with if a configuration ran."""
    settings, known = config.settings, tracked(config.watch)
    return Desk(
        rules=compile_rules(config.rules, config.queries),
        channels={channel.id: channel for channel in config.channels},
        language=settings.language,
        timezone=settings.timezone,
        names=display_names(config, known),
        vendors=known.vendors,
        defaults=settings.alerts,
    )


def display_names(config: Config, known: Tracked) -> dict[str, str]:
    """Return what tracked entities and sources are called, by id; the two kinds of id cannot be equal."""
    return {**config.names_of_sources(), **known.names}
