"""The ``settings`` part of the configuration: how the service itself behaves.

Every value has a default that works. Durations are ``timedelta``, sizes are bytes unless the name says otherwise.
"""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from alerts.defaults import AlertSettings
from alerts.fields import Duration, Identifier, Secret, Settings
from alerts.state import AlarmSettings
from monitor.sources._address import WebAddress

__all__ = [
    "AddressRule",
    "DigestSettings",
    "FetchSettings",
    "HttpSettings",
    "NetworkSettings",
    "PollSettings",
    "RawSettings",
    "ServiceSettings",
    "StoreSettings",
    "WorkerSettings",
]

_HOST_PORT = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):(?P<port>[0-9]{1,5})")
_MAX_WORKERS = 4


def _host_port(text: str, lowest: int = 1) -> tuple[str, int]:
    found = _HOST_PORT.fullmatch(text)
    if not found or not lowest <= int(found["port"]) < 65_536:
        raise ValueError(f"expected host:port, found {text!r}")
    return found["host"].strip("[]"), int(found["port"])


def _address_rule(text: str) -> str:
    """Accept ``host:port`` and networks such as ``10.1.0.0/16``."""
    if "/" not in text:
        _host_port(text)
        return text
    try:
        ipaddress.ip_network(text)
    except ValueError as error:
        raise ValueError(f"expected host:port or a network such as 10.1.0.0/16, found {text!r}: {error}") from error
    return text


def _listen(text: str) -> str:
    if text != "off":
        host, _ = _host_port(text, lowest=0)
        if not _is_loopback(host):
            raise ValueError(f"expected a loopback address such as 127.0.0.1:8787, or off; found {text!r}")
    return text


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _zone_name(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (OSError, ValueError, LookupError) as error:
        raise ValueError(f"unknown time zone {name!r}; expected a name such as Asia/Shanghai or UTC") from error


def _base_address(url: str) -> str:
    if "?" in url or "#" in url:
        raise ValueError(f"expected an address without ? and #, found {url[:200]!r}; a key belongs to the route")
    return url


AddressRule = Annotated[str, AfterValidator(_address_rule)]
"""An exception to the address guard: exactly one ``host:port``, or every port of a network in CIDR form."""

_Positive = Annotated[Duration, Field(gt=timedelta(0))]
_TimeZone = Annotated[str, AfterValidator(_zone_name), Field(examples=["Asia/Shanghai", "UTC"])]


class NetworkSettings(Settings):
    """What the address guard lets through beyond public addresses."""

    allow: tuple[AddressRule, ...] = Field(
        default=(), description="private addresses that may be reached: host:port or CIDR"
    )


class FetchSettings(Settings):
    """Limits and manners of every fetch."""

    deadline: _Positive = Field(default=timedelta(seconds=30), description="for a whole fetch, redirects included")
    max_bytes: int = Field(default=10_000_000, ge=1_000, le=100_000_000, description="of a body, decoded")
    delay: Annotated[Duration, Field(ge=timedelta(0))] = Field(
        default=timedelta(seconds=2), description="between two requests to one host"
    )
    concurrency: int = Field(default=16, ge=1, le=256, description="hosts visited at the same time")
    robots: bool = Field(default=True, description="obey robots.txt")


class WorkerSettings(Settings):
    """The processes that parse feeds and pages, and what one task may use."""

    count: int = Field(
        default_factory=lambda: min(os.cpu_count() or 1, _MAX_WORKERS),
        ge=1,
        le=64,
        description="processes; default: one a core, at most 4",
    )
    wall: _Positive = Field(default=timedelta(seconds=30), description="time limit of one task")
    cpu: _Positive = Field(default=timedelta(seconds=20), description="processor time limit of one task")
    memory_mb: int = Field(default=1024, ge=128, le=65_536, description="memory limit of a process, MiB")
    recycle_after: int = Field(default=200, ge=1, description="tasks after which a process is replaced")
    idle_after: _Positive = Field(default=timedelta(seconds=60), description="idle time after which a process ends")


class StoreSettings(Settings):
    """Where articles are kept."""

    url: Secret | None = Field(default=None, description="database address; default: SQLite in the data directory")
    durability: Literal["normal", "full"] = Field(
        default="normal", description="full: the last commits survive a power cut too"
    )


class RawSettings(Settings):
    """Fetched pages that are kept, compressed, so that ``newswatch reread`` can read them again."""

    keep: bool = Field(default=True, description="keep fetched pages")
    max_age: _Positive = Field(default=timedelta(days=30), description="drop pages older than this")
    max_mb: int = Field(default=1_024, ge=1, le=1_000_000, description="drop the oldest beyond this size, MiB")


class HttpSettings(Settings):
    """The service's own web address: health and metrics."""

    listen: Annotated[str, AfterValidator(_listen)] = Field(
        default="127.0.0.1:8787", description="host:port to listen on (port 0: any free one), or off"
    )

    @property
    def address(self) -> tuple[str, int] | None:
        """Return host and port to listen on, None for ``off``."""
        return None if self.listen == "off" else _host_port(self.listen, lowest=0)


class DigestSettings(Settings):
    """When digests are sent, beyond the schedule of each channel."""

    first: Literal["immediately", "scheduled"] = Field(
        default="immediately", description="a fresh store sends its first digest after the first pass, or on schedule"
    )


class PollSettings(Settings):
    """Between which bounds the polling interval of a source adapts itself."""

    minimum: _Positive = Field(default=timedelta(minutes=10), description="shortest interval")
    maximum: _Positive = Field(default=timedelta(hours=24), description="longest interval")
    start: _Positive = Field(default=timedelta(minutes=15), description="interval of a source that is new")

    @model_validator(mode="after")
    def _ordered(self) -> PollSettings:
        if not self.minimum <= self.start <= self.maximum:
            raise ValueError("expected minimum <= start <= maximum (by default 10m, 15m and 24h)")
        return self


class ServiceSettings(Settings):
    """Everything under ``settings:``."""

    language: Literal["zh", "en"] = Field(default="zh", description="of digests and alerts")
    timezone: _TimeZone = Field(default="Asia/Shanghai", description="of digest schedules and shown times")
    user_agent: str | None = Field(
        default=None, max_length=200, pattern=r"^[\x20-\x7e]+$", description="how requests name themselves"
    )
    rsshub: Annotated[WebAddress, AfterValidator(_base_address)] | None = Field(
        default=None, description="address of the RSSHub instance behind rsshub:// addresses"
    )
    network: NetworkSettings = Field(default=NetworkSettings(), description="exceptions to the address guard")
    fetch: FetchSettings = Field(default=FetchSettings(), description="limits and manners of every fetch")
    workers: WorkerSettings = Field(default_factory=WorkerSettings, description="processes that parse feeds and pages")
    store: StoreSettings = Field(default=StoreSettings(), description="where articles are kept")
    raw: RawSettings = Field(default=RawSettings(), description="fetched pages that are kept to be read again")
    http: HttpSettings = Field(default=HttpSettings(), description="health and metrics of the service")
    digest: DigestSettings = Field(default=DigestSettings(), description="when digests are sent")
    alerts: AlertSettings = Field(
        default=AlertSettings(), description="how hits become messages, where a rule does not say"
    )
    alarms: AlarmSettings = Field(default=AlarmSettings(), description="messages about sources that need attention")
    operator_channel: Identifier | None = Field(
        default=None, description="channel that is told of channels that fail; without it the first other that works"
    )
    poll: PollSettings = Field(default=PollSettings(), description="bounds of the adaptive polling interval")

    def with_allowed(self, addresses: Iterable[str]) -> Self:
        """Return the settings with more exceptions to the address guard; raise ValueError for one that is none."""
        allow = tuple(dict.fromkeys((*self.network.allow, *map(_address_rule, addresses))))
        return self.model_copy(update={"network": NetworkSettings(allow=allow)})
