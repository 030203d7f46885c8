"""What holds for all alerts: the routing of rules that say nothing of it, and alerts that no rule asks for."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from alerts.fields import Identifier, Settings
from alerts.routing import RoutingSettings

__all__ = ["AlertSettings", "BurstSettings"]


class BurstSettings(Settings):
    """Who is told of entities with far more stories than usual, and of those that fell silent."""

    channels: tuple[Identifier, ...] = Field(default=(), description="channels that are told; none by default")
    on: tuple[Literal["burst", "lull"], ...] = Field(default=("burst", "lull"), description="what is told")
    entities: tuple[str, ...] = Field(default=("*",), description="globs over entity ids")


class AlertSettings(RoutingSettings):
    """Everything under ``settings.alerts``."""

    bursts: BurstSettings = Field(default=BurstSettings(), description="entities with far more news, or none any more")
