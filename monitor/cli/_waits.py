"""What hits without a message wait for: as data beside the hits, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from monitor.cli._table import when

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from monitor.config import Config
    from storage.feed.views import AlertView

__all__ = ["message_in_words", "messages_in_words", "with_waits"]

_WORDS = {
    "digest": "waits for a digest",
    "muted": "{channel}: muted until {at}",
    "grouped": "{channel}: waits for its group",
    "unclaimed": "{channel}: waits, but the rule or the channel is not configured",
    "waits": "{channel}: waits",
}


def with_waits(
    session: Session, alerts: Sequence[AlertView], config: Config | None, now: datetime
) -> list[dict[str, Any]]:
    """Return hits as JSON values, each with what it waits for (``waiting``) and what kept it quiet (``silence_id``).

    A message has what its channel is called now (``called``). Without a configuration nobody knows that, or more than
    that a hit waits.
    """
    from monitor.held import held_of
    from storage.feed import as_json
    from storage.silences import silence_of
    from storage.waiting import awaited

    rules = {one.hit.id: one.hit.rule for one in alerts}
    waiting: dict[int, list[dict[str, Any]]] = {hit_id: [] for hit_id in rules}
    found: list[tuple[int, str, str, datetime | None]]
    if config is None:
        found = [(hit_id, channel, "waits", None) for hit_id, channel, _ in awaited(session, rules)]
    else:
        held = held_of(session, rules, config, now)
        found = [(hit_id, channel, one.state, one.until) for (hit_id, channel), one in held.items()]
    for hit_id, channel, state, until in found:
        waiting[hit_id].append({"channel": channel, "state": state, "until": as_json(until)})
    silenced = silence_of(session, rules)
    quiet = {hit_id: one.id for hit_id, one in silenced.items()}
    shown = [as_json(one) | {"waiting": waiting[one.hit.id], "silence_id": quiet.get(one.hit.id)} for one in alerts]
    called = {} if config is None else config.channels_of_now()
    for message in (message for one in shown for message in one["hit"]["deliveries"]):
        message["called"] = called.get(message["channel"], message["channel"])
    return shown


def messages_in_words(alert: dict[str, Any]) -> str:
    """Return what became of a hit in its channels, and what it waits for."""
    said = [*map(message_in_words, alert["hit"]["deliveries"]), *_waits(alert)]
    return ", ".join(dict.fromkeys(said)) or "no message"


def message_in_words(message: dict[str, Any]) -> str:
    """Return how far a message got, and the last error of one that was not sent."""
    error = f" ({message['last_error']})" if message["state"] != "sent" and message["last_error"] else ""
    then = f" (then {message['channel']})" if message["called"] != message["channel"] else ""
    return f"{message['called']}{then}: {message['state']}{error}"


def _waits(alert: dict[str, Any]) -> Iterator[str]:
    if alert["silence_id"] is not None:
        yield f"silenced by {alert['silence_id']}"
    for one in alert["waiting"]:
        yield _WORDS[one["state"]].format(channel=one["channel"], at=when(one["until"]) if one["until"] else "")
