"""What a configuration amounts to, as data and as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from alerts.channels import ChannelSettings
from alerts.fields import Settings
from alerts.routing import timing
from alerts.rules import RuleSettings
from alerts.schedule import next_digest
from monitor.cli._table import plain
from monitor.config import Config, Problem
from monitor.log import redact
from storage.query.nodes import entities_in

__all__ = ["plan_json", "plan_text", "problems_json"]

_NO_GROUP = "no group"


def problems_json(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return the problems of a configuration as JSON values; line and column are None for a whole file."""
    return {
        "problems": [
            {
                "path": str(problem.path),
                "line": problem.mark.line if problem.mark else None,
                "column": problem.mark.column if problem.mark else None,
                "message": problem.message,
            }
            for problem in problems
        ]
    }


def plan_json(config: Config, entities: int, now: datetime, warnings: Iterable[str] = ()) -> dict[str, Any]:
    """Return the plan as JSON values; ``entities`` is the size of the catalogue, durations are in seconds.

    ``warnings`` say what is allowed and may not be meant.
    """
    enabled = {spec.id: spec for spec in config.source_specs()}
    settings = config.settings
    return {
        "files": [str(path) for path in config.files],
        "warnings": list(warnings),
        "sources": [
            {
                "id": source.id,
                "kind": source.kind,
                "group": source.group,
                "url": redact(enabled[source.id].url) if source.enabled else None,
                "every_s": source.every.total_seconds() if source.every else None,
                "enabled": source.enabled,
            }
            for source in config.sources
        ],
        "rules": [
            {"id": rule.id, "severity": rule.severity.value, "mode": rule.mode, "channels": list(rule.channels)}
            for rule in config.rules
        ],
        "channels": [
            {"id": channel.id, "kind": channel.kind, "next_digest": _next(channel, config, now)}
            for channel in config.channels
        ],
        "catalogue": {"entities": entities, "watched": len(config.watch)},
        "workers": _seconds(settings.workers),
        "network": {"allow": list(settings.network.allow), "listen": settings.http.listen},
        "fetch": _seconds(settings.fetch),
        "poll": _seconds(settings.poll),
    }


def plan_text(config: Config, entities: int, now: datetime, warnings: Iterable[str] = ()) -> str:
    """Return the plan for people, warnings first."""
    return "\n".join(
        [
            f"{', '.join(map(str, config.files))}: no problems found",
            *(f"warning: {plain(warning)}" for warning in warnings),
            "",
            *_sources(config),
            "",
            "Rules",
            *(_rule(rule, config) for rule in config.rules),
            "",
            "Channels",
            *(_channel(channel, config, now) for channel in config.channels),
            "",
            *_service(config, entities),
        ]
    )


def _seconds(settings: Settings) -> dict[str, Any]:
    """Return settings as JSON values; a duration is in seconds and says so."""
    return dict(
        (f"{name}_s", value.total_seconds()) if isinstance(value, timedelta) else (name, value)
        for name, value in settings.model_dump().items()
    )


def _sources(config: Config) -> Iterator[str]:
    urls = {spec.id: redact(spec.url) for spec in config.source_specs()}
    width = max((len(source.id) for source in config.sources), default=0)
    groups = dict.fromkeys(source.group for source in config.sources)
    yield f"Sources: {len(urls)} of {len(config.sources)} enabled"
    for group in groups:
        yield f"  {group or _NO_GROUP}"
        for source in config.sources:
            if source.group == group:
                pace = f"every {_span(source.every)}" if source.every else "adaptive"
                place = urls.get(source.id, "disabled")
                yield f"    {source.id:{width}}  {source.kind:8} {pace:10} {place}"


def _rule(rule: RuleSettings, config: Config) -> str:
    said = ", ".join([rule.mode, *_routing(rule, config)])
    return f"  {rule.id} -> {', '.join(rule.channels)} ({said})"


def _routing(rule: RuleSettings, config: Config) -> Iterator[str]:
    """Yield how hits of a rule become messages, where that is not one for each story."""
    routing = timing(rule, config.settings.alerts, config.settings.timezone)
    yield from (f"by {' and '.join(routing.by)}",) if routing.by != ("story",) else ()
    if rule.mode == "instant":
        yield from (f"after {_span(routing.wait)}",) if routing.wait else ()
        yield from (f"every {_span(routing.interval)} at most",) if routing.interval else ()
        yield from (f"again after {_span(routing.repeat)}",) if routing.repeat else ()
        yield from (f"muted {mute.at} {mute.days}" for mute in routing.mutes)
    if rule.escalate is not None:
        outlets = f"at {rule.escalate.outlets} outlets" if rule.escalate.outlets else ""
        burst = "in a burst" if rule.escalate.burst and _names_any(rule, config) else ""
        if not (outlets or burst):
            return
        yield f"escalates {' and '.join(filter(None, (outlets, burst)))}"


def _names_any(rule: RuleSettings, config: Config) -> bool:
    """Say whether a rule asks for tracked names, of which there may be bursts."""
    query = config.queries.get(rule.id)
    return bool(rule.entities) or (query is not None and bool(entities_in(query)))


def _channel(channel: ChannelSettings, config: Config, now: datetime) -> str:
    return f"  {channel.id} ({channel.kind}): next digest {_next(channel, config, now) or 'never'}"


def _service(config: Config, entities: int) -> Iterator[str]:
    settings = config.settings
    workers, fetch, poll = settings.workers, settings.fetch, settings.poll
    yield f"Catalogue: {entities} tracked names, {len(config.watch)} of them from watch"
    yield (
        f"Workers: {workers.count} processes, {_span(workers.wall)} wall, {_span(workers.cpu)} processor time "
        f"and {workers.memory_mb} MiB a task"
    )
    yield (
        f"Network: {fetch.concurrency} hosts at a time, {_span(fetch.delay)} between requests to one, "
        f"robots.txt {'obeyed' if fetch.robots else 'ignored'}; private addresses allowed: "
        f"{', '.join(settings.network.allow) or 'none'}"
    )
    yield f"Polling: every {_span(poll.minimum)} to {_span(poll.maximum)}, at first {_span(poll.start)}"
    yield f"Status pages: {settings.http.listen}"


def _next(channel: ChannelSettings, config: Config, now: datetime) -> str | None:
    due = next_digest(channel.digest, config.settings.timezone, now)
    zone = ZoneInfo(channel.digest.timezone or config.settings.timezone)
    return due.astimezone(zone).isoformat(timespec="minutes") if due else None


def _span(duration: timedelta) -> str:
    """Return a duration as the file spells it, such as ``1h30m``."""
    left, parts = duration.total_seconds(), ""
    for unit, seconds in (("d", 86_400), ("h", 3_600), ("m", 60)):
        count, left = divmod(left, seconds)
        parts += f"{int(count)}{unit}" if count else ""
    return parts + (f"{left:g}s" if left or not parts else "")
