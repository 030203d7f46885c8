"""``newswatch alerts``: what the rules found, and what became of the messages."""

from __future__ import annotations

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, reading


def alerts(
    config: ConfigOption = None, data: DataOption = None, limit: LimitOption = 50, as_json: JsonOption = False
) -> None:
    """List what the rules found, newest first, and how far the messages got."""
    from monitor.cli._table import cut, print_json, print_table
    from monitor.cli._waits import messages_in_words, with_waits
    from monitor.cli._why import config_or_none
    from monitor.runtime import now
    from storage.feed import list_alerts

    loaded = config_or_none(config, None)
    with reading(config, data) as session:
        found = with_waits(session, list_alerts(session, limit=limit), loaded, now())
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
                messages_in_words(line),
            )
            for line in found
        ),
    )
