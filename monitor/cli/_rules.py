"""What ``newswatch rules list`` shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from monitor.cli._options import EX_DATA, fail, find_data, store_location
from monitor.cli._table import cut, print_table, when

if TYPE_CHECKING:
    from alerts.rules import RuleSettings
    from monitor.config import Config
    from storage.feed.rules import RuleHits
    from storage.query.nodes import Node

__all__ = ["listed", "print_rules", "rule_document"]

_RECENT = timedelta(days=30)
_LONGEST_QUERY = 80


def listed(config: Config, data: Path | None, now: datetime) -> list[dict[str, Any]]:
    """Return the rules with their figures; a store that is not there yet has no hits."""
    from alerts.rules import compile_rules

    hits = _hits(config, data, now - _RECENT)
    rules = compile_rules(config.rules, config.queries)
    return [
        rule_document(rule, rules.condition(rule.id))
        | {
            "hits_30d": hits[rule.id].recent if rule.id in hits else 0,
            "last_hit_at": _text(hits[rule.id].last_at) if rule.id in hits else None,
        }
        for rule in config.rules
    ]


def rule_document(rule: RuleSettings, condition: Node) -> dict[str, Any]:
    """Return what a rule asks for and where it goes; ``query`` holds all of its conditions on articles."""
    from storage.query.written import unparse

    return {
        "id": rule.id,
        "query": unparse(condition),
        "sources": list(rule.sources),
        "groups": list(rule.groups),
        "severity": rule.severity.value,
        "mode": rule.mode,
        "channels": list(rule.channels),
    }


def print_rules(rules: list[dict[str, Any]]) -> None:
    """Print the rules as a table."""
    if not rules:
        typer.echo("No rules yet: docs/configuration.md says how to write one.")
        return
    print_table(
        ("rule", "severity", "mode", "channels", "hits 30d", "last (UTC)", "asks for"),
        (
            (
                one["id"],
                one["severity"],
                one["mode"],
                ", ".join(one["channels"]),
                one["hits_30d"],
                when(one["last_hit_at"]),
                cut(_asks_for(one), _LONGEST_QUERY),
            )
            for one in rules
        ),
    )


def _asks_for(one: dict[str, Any]) -> str:
    narrowed = [f"{key}: {', '.join(one[key])}" for key in ("sources", "groups") if one[key]]
    return "; ".join([one["query"], *narrowed])


def _hits(config: Config, data: Path | None, since: datetime) -> dict[str, RuleHits]:
    from storage.database import StoreError, open_reader
    from storage.feed.rules import hits_of_rules

    location = store_location(config, find_data(data, config.path))
    if isinstance(location, Path) and not location.exists():
        return {}
    try:
        store = open_reader(location)
    except StoreError as error:
        fail(str(error), EX_DATA)
    try:
        with store.read() as session:
            return hits_of_rules(session, [rule.id for rule in config.rules], since=since)
    except StoreError as error:
        fail(str(error), EX_DATA)
    finally:
        store.close()


def _text(moment: datetime | None) -> Any:
    from storage.feed import as_json as to_json

    return to_json(moment)
