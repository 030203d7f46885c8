"""``newswatch feed``: the stored articles, newest first."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli._options import BeforeOption, ConfigOption, DataOption, JsonOption, LimitOption, again, reading

_WORDS = 3  # of the keywords in a line of the table: the title needs the room


def feed(
    config: ConfigOption = None,
    data: DataOption = None,
    limit: LimitOption = 20,
    before: BeforeOption = None,
    entity: Annotated[str | None, typer.Option(help="Only articles that mention it, such as model:ernie-bot.")] = None,
    source: Annotated[str | None, typer.Option(help="Only articles from this source.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the stored articles, newest first."""
    from monitor.cli._names import refuse_unknown_source
    from monitor.cli._table import cut, print_json, print_table
    from storage.feed import as_json as to_json
    from storage.feed import list_articles

    with reading(config, data) as session:
        refuse_unknown_source(session, source)
        found = to_json(list_articles(session, limit=limit, before_id=before, entity=entity, source=source))
    if as_json:
        print_json({"articles": found})
        return
    if not found and (before or entity or source):
        typer.echo("No such articles. All of them: newswatch feed")
        return
    if not found:
        typer.echo("No articles yet. Sources and their health: newswatch sources; what was rejected: newswatch items")
        return
    print_table(
        ("id", "story", "seen (UTC)", "source", "verdict", "title", "mentions", "keywords"),
        (
            (
                line["id"],
                line["story_id"],
                line["first_seen_at"][:16].replace("T", " "),
                line["source_id"],
                line["verdict"],
                cut(line["title"], 60),
                cut(", ".join(line["entities"]), 60),
                cut(", ".join(line["keywords"][:_WORDS]), 24),
            )
            for line in found
        ),
    )
    options = again(config, data)
    typer.echo(f"\nOne in full: newswatch show {found[0]['id']}{options}")
    if len(found) == limit:
        typer.echo(f"The next page: newswatch feed --before {found[-1]['id']}{options}")
