"""``newswatch sources``: how the sources do."""

from __future__ import annotations

from typing import Any

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, reading


def sources(config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False) -> None:
    """List the sources: last success, yield, next poll, last error."""
    from monitor.cli._table import cut, print_json, print_table, when
    from monitor.log import redact
    from storage.feed import as_json as to_json
    from storage.feed import list_sources

    with reading(config, data) as session:
        found = [line | {"url": redact(line["url"])} for line in to_json(list_sources(session))]
    if as_json:
        print_json({"sources": found})
        return
    if not found:
        typer.echo("No sources are known to the store yet. Name some in sources.yaml, then: newswatch run")
        return
    print_table(
        (
            "source",
            "kind",
            "state",
            "last success (UTC)",
            "stored",
            "pending",
            "next poll (UTC)",
            "every",
            "last error",
        ),
        (
            (
                line["id"],
                line["kind"],
                _state(line),
                when(line["last_success_at"]),
                line["stored"],
                line["pending"],
                when(line["next_poll_at"]),
                _span(line["interval_s"]),
                cut(line["last_error"] or "", 60),
            )
            for line in found
        ),
    )


def _state(line: dict[str, Any]) -> str:
    if not line["active"]:
        return "removed"
    if line["failures"]:
        return f"failing ({line['failures']})"
    return "ok" if line["last_success_at"] else "not polled"


def _span(seconds: int) -> str:
    minutes = seconds / 60
    if minutes < 1:
        return f"{seconds} s"
    return f"{minutes:.0f} min" if minutes < 120 else f"{minutes / 60:.1f} h"
