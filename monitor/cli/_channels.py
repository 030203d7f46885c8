"""What a channel is and what became of a trial, in words and as data. Secrets never appear."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from alerts.channels import ChannelSettings, Refused, Retry, SendResult, Sent, channels
from alerts.schedule import next_digest, zone_name

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.config import Config

__all__ = ["channel_json", "channel_warnings", "result_json", "result_text"]

_RESULTS = {Sent: "sent", Retry: "later", Refused: "refused"}


def channel_json(channel: ChannelSettings, config: Config, now: datetime) -> dict[str, Any]:
    """Return a channel as data: where it leads, which rules use it, when its next digest is due."""
    return {
        "id": channel.id,
        "kind": channel.kind,
        "to": _where(channel),
        "rules": [rule.id for rule in config.rules if channel.id in rule.channels],
        "next_digest": _next_digest(channel, config, now),
        "warnings": list(_cautions(channel)),
    }


def channel_warnings(configured: Iterable[ChannelSettings]) -> tuple[str, ...]:
    """Return what a reader of the settings may have overlooked, each with the channel's id."""
    return tuple(f"channel {channel.id}: {caution}" for channel in configured for caution in _cautions(channel))


def result_json(result: SendResult) -> dict[str, Any]:
    """Return what a receiver said, as data."""
    said = {"result": _RESULTS[type(result)], "said": _said(result)}
    return said | ({"after_s": result.after_s} if isinstance(result, Retry) else {})


def result_text(result: SendResult) -> str:
    """Return what a receiver said, in a line."""
    later = f"; it asks to wait {result.after_s:.0f} s" if isinstance(result, Retry) and result.after_s else ""
    word = _RESULTS[type(result)] + (", but not to all" if isinstance(result, Sent) and result.partly else "")
    said = _said(result)
    return f"{word}: {said}{later}" if said else f"{word}{later}"


def _where(channel: ChannelSettings) -> str:
    """Return where a channel leads, without what is secret: people, a path, a host, a service."""
    people = getattr(channel, "to", None)
    if isinstance(people, Sequence) and not isinstance(people, str):
        return ", ".join(people)
    if (path := getattr(channel, "path", None)) is not None:
        return str(path)
    place = getattr(channel, "url", None) or getattr(channel, "server", None) or ""
    parts = urlsplit(place.get_secret_value() if isinstance(place, SecretStr) else str(place))
    return (parts.hostname or "") if parts.scheme in ("http", "https") else parts.scheme


def _next_digest(channel: ChannelSettings, config: Config, now: datetime) -> str | None:
    due = next_digest(channel.digest, config.settings.timezone, now)
    zone = ZoneInfo(zone_name(channel.digest, config.settings.timezone))
    return due.astimezone(zone).isoformat(timespec="minutes") if due else None


def _cautions(channel: ChannelSettings) -> tuple[str, ...]:
    """Return what a kind of channel has to say about its settings; not every kind has anything."""
    cautions = getattr(channels()[channel.kind], "cautions", None)
    return tuple(cautions(channel)) if cautions else ()


def _said(result: SendResult) -> str:
    return result.detail if isinstance(result, Sent) else result.reason
