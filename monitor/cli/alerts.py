"""``newswatch alerts``: what the rules found, and what became of the messages."""

from __future__ import annotations

from typing import Any

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, reading


def alerts(
    config: ConfigOption = None, data: DataOption = None, limit: LimitOption = 50, as_json: JsonOption = False
) -> None:
    """List what the rules found, newest first, and how far the messages got."""
    from monitor.cli._table import cut, print_json, print_table
    from storage.feed import as_json as to_json
    from storage.feed import list_alerts

    with reading(config, data) as session:
        found = to_json(list_alerts(session, limit=limit))
    if as_json:
        print_json({"alerts": found})
        return
    if not found:
        typer.echo("No alerts yet: no rule has matched a stored article. The rules: newswatch check")
        return
    print_table(
        ("hit", "found (UTC)", "rule", "why", "story", "title", "messages"),
        (
            (
                line["hit"]["id"],
                line["hit"]["created_at"][:16].replace("T", " "),
                line["hit"]["rule"],
                line["hit"]["reason"],
                line["hit"]["story_id"],
                cut(line["title"], 60),
                ", ".join(_message(m) for m in line["hit"]["deliveries"]) or "waits for a digest",
            )
            for line in found
        ),
    )


def _message(message: dict[str, Any]) -> str:
    error = f" ({message['last_error']})" if message["state"] != "sent" and message["last_error"] else ""
    return f"{message['channel']}: {message['state']}{error}"
