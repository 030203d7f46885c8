"""What leaves the service: the messages of a channel, and alarms about sources.

Goes through ``alerts.deliver`` and ``alerts.alarms`` with what the runtime has; when, is the daemon's matter.
"""

from __future__ import annotations

from alerts.alarms import raise_alarms
from alerts.deliver import Operator, drain
from monitor.desk import desk_of
from monitor.ports import DeliveryPort
from monitor.runtime import Runtime

__all__ = ["enqueue_alarms", "send_due"]

_LEASE_S = 120.0
_TIMEOUT_S = 30.0
_AT_ONCE = 20


async def send_due(rt: Runtime, channel: str) -> int:
    """Send what is due in one channel, twenty messages at most; return how many left."""
    settings = rt.config.settings
    return await drain(
        rt.store,
        {channel: rt.channels[channel]},
        DeliveryPort(rt.fetcher, rt.data_dir),
        now=rt.now,
        owner=rt.owner,
        lease_s=_LEASE_S,
        send_timeout_s=_TIMEOUT_S,
        limit=_AT_ONCE,
        operator=Operator(
            channels=rt.channels,
            preferred=settings.operator_channel,
            language=settings.language,
            timezone=settings.timezone,
        ),
        is_current=lambda: rt.present is rt,
    )


async def enqueue_alarms(rt: Runtime) -> int:
    """Enqueue messages about sources that fail or fell silent, where somebody wants to hear of it; return how many."""
    settings = rt.config.settings
    if not settings.alarms.channels:
        return 0
    return await rt.store.awrite(lambda session: raise_alarms(session, desk_of(rt), settings.alarms, rt.now()))
