"""``newswatch stories``: clusters of copies round a canonical article."""

from __future__ import annotations

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, reading


def stories(
    config: ConfigOption = None, data: DataOption = None, limit: LimitOption = 20, as_json: JsonOption = False
) -> None:
    """List the stories, newest first, with who published them."""
    from monitor.cli._table import cut, print_json, print_table
    from storage.feed import as_json as to_json
    from storage.feed import list_stories

    with reading(config, data) as session:
        found = to_json(list_stories(session, limit=limit))
    if as_json:
        print_json({"stories": found})
        return
    if not found:
        typer.echo("No stories yet: they begin with the first stored article. Watch with: newswatch run")
        return
    print_table(
        ("story", "seen (UTC)", "articles", "title", "outlets"),
        (
            (
                story["id"],
                story["first_seen_at"][:16].replace("T", " "),
                story["article_count"],
                cut(story["title"], 70),
                cut(", ".join(story["outlets"]), 50),
            )
            for story in found
        ),
    )
