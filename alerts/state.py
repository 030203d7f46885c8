"""What may be the matter with a source, and who is told of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import Field

from alerts.fields import Identifier, Settings

__all__ = ["Alarm", "AlarmSettings"]

Code = Literal["failing", "silent", "gap", "drift", "moved", "gone", "validators"]


class AlarmSettings(Settings):
    """Who is told of sources that need attention, and of which states."""

    channels: tuple[Identifier, ...] = Field(default=(), description="channels that get alarms; none by default")
    on: tuple[Code, ...] = Field(
        default=("failing", "silent", "gap", "drift", "moved", "gone"), description="the states that raise an alarm"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A state of a source that began at ``since``; ``text`` says more, in words that may come from outside.

    ``code`` is ``failing``, ``silent`` or that of a notice. ``is_over`` says that the state has ended.
    """

    source_id: str
    url: str
    code: str
    since: datetime
    text: str = ""
    is_over: bool = False
