"""What messages are made with, from the configuration that runs."""

from __future__ import annotations

from alerts.desk import Desk
from monitor.runtime import Runtime

__all__ = ["desk_of"]


def desk_of(rt: Runtime) -> Desk:
    """Return what messages are made with."""
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
