"""Ways to deliver a message, one file each, found by scanning this package.

A channel is a module with

* ``KIND``: the word in ``sources.yaml``, and the name of its file;
* ``Settings``: a model derived from ``ChannelSettings`` with ``kind: Literal[KIND]``;
* ``async def send(settings, message, key, port) -> SendResult``: deliver one message. ``key`` is the idempotency
  key, the same on every attempt; ``port`` is the guarded way to the network;
* where the service has a limit, ``RATE``: how many requests it takes, as the setting ``rate`` says it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Protocol

from pydantic import AfterValidator, Field

from alerts.fields import Duration, Identifier, Settings
from alerts.kinds import Kinds
from alerts.pace import RateText

__all__ = [
    "ChannelPort",
    "ChannelSettings",
    "DigestSchedule",
    "HttpReply",
    "Message",
    "Refused",
    "Retry",
    "SendResult",
    "Sent",
    "channels",
]


class DigestSchedule(Settings):
    """When a channel gets its digest: a cron line of five fields in a time zone."""

    at: str = "0 9 * * *"
    timezone: str | None = None


def _positive(timeout: timedelta) -> timedelta:
    if not timeout:
        raise ValueError("expected more than 0s: nothing could be sent in no time")
    return timeout


class ChannelSettings(Settings):
    """What every channel has: an id, a kind, the schedule of its digest, its language."""

    id: Identifier
    was: tuple[Identifier, ...] = Field(
        default=(), description="earlier names: what waits for them, and their digests, are this channel's"
    )
    kind: str
    digest: DigestSchedule = DigestSchedule()
    language: str | None = None
    timeout: Annotated[Duration, AfterValidator(_positive)] | None = None
    rate: RateText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A rendered message: the same content in every form a channel may want, and as data."""

    subject: str
    text: str
    markdown: str
    html: str
    data: dict[str, Any] = field(default_factory=dict)

    @property
    def payload(self) -> dict[str, Any]:
        """The message as the outbox keeps it; ``data`` is not copied."""
        return {
            "subject": self.subject,
            "text": self.text,
            "markdown": self.markdown,
            "html": self.html,
            "data": self.data,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """The receiver took it.

    ``partly``: of several receivers some refused it for good; the detail says who, and why.
    """

    detail: str = ""
    partly: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """Not now; try again, no sooner than ``after_s`` where the receiver said so.

    ``limited``: the receiver has had too many requests; nothing is wrong with this message.
    """

    reason: str
    after_s: float | None = None
    limited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Never: the receiver or the settings rule it out."""

    reason: str


SendResult = Sent | Retry | Refused


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpReply:
    """An answer to a POST; ``body`` is cut to 64 KiB."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class ChannelPort(Protocol):
    """The guarded network and file roots, supplied by the daemon."""

    data_dir: Path

    async def post(
        self, url: str, *, body: bytes, headers: Mapping[str, str], timeout_s: float
    ) -> HttpReply | Retry | Refused:
        """POST through the same address guard as every fetch."""
        ...


@cache
def channels() -> Kinds:
    """Return the channel modules of this package by their kind; each is imported when it is asked for."""
    return Kinds(__name__, __path__)
