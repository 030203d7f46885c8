"""What is right in a configuration and may not be meant: a line for each, for ``check`` and for the service's log."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from monitor.config import Config

__all__ = ["config_warnings"]

_LOCAL = "localhost"


def config_warnings(config: Config, now: datetime) -> tuple[str, ...]:
    """Return a line for each thing that may not be meant, with its owner and, where that is a query, with its place."""
    from monitor.cli._absent import place_warnings, query_warnings
    from monitor.cli._channels import channel_warnings
    from monitor.cli._idle import idle_warnings
    from monitor.cli._watch import watch_warnings
    from monitor.tag.catalogue import load_catalogue

    return (
        *(watch_warnings(config.watch, load_catalogue()) if config.watch else ()),
        *channel_warnings(config.channels),
        *query_warnings(config),
        *idle_warnings(config),
        *_never_warnings(config, now),
        *place_warnings(config),
        *_private_warnings(config),
    )


def _never_warnings(config: Config, now: datetime) -> Iterator[str]:
    """Yield a line for each rule and saved query that holds for no article."""
    from alerts.rules import compile_rules
    from monitor.cli._never import never, past

    rules = compile_rules(config.rules, config.queries)
    for rule in rules.rules:
        condition = rules.condition(rule.id)
        for line in dict.fromkeys(never(condition)) or past(condition, now):
            yield config.told_of("rule", rule.id, line)
    for name, node in config.saved_queries.items():
        yield from (config.told_of("saved query", name, line) for line in dict.fromkeys(never(node)))


def _private_warnings(config: Config) -> Iterator[str]:
    """Yield a line for each address that sources give in digits, is not public, and that nobody has allowed."""
    from monitor.fetch.guard import parse_allow

    allowed = parse_allow(config.settings.network.allow)
    refused: dict[str, list[str]] = {}
    for spec in config.source_specs():
        host, port = _endpoint(spec.url)
        address = "127.0.0.1" if host == _LOCAL else host
        if _is_address(address) and not allowed.permits(host, address, port):
            refused.setdefault(f"[{host}]:{port}" if ":" in host else f"{host}:{port}", []).append(spec.id)
    for place, ids in refused.items():
        noun = "source" if len(ids) == 1 else "sources"
        yield f"{noun} {', '.join(ids)}: {place} is no public address; settings.network.allow has to name it"


def _endpoint(url: str) -> tuple[str, int]:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return (parts.hostname or "").rstrip("."), parts.port or (443 if parts.scheme == "https" else 80)


def _is_address(host: str) -> bool:
    from ipaddress import ip_address

    try:
        ip_address(host)
    except ValueError:
        return False
    return True
