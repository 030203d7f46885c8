"""``newswatch feed``: the stored articles, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._options import BeforeOption, ConfigOption, DataOption, JsonOption, LimitOption, again, reading

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

_NAME = 24
_WORDS = 3  # of the keywords in a line of the table: the title needs the room


def feed(
    config: ConfigOption = None,
    data: DataOption = None,
    limit: LimitOption = 20,
    before: BeforeOption = None,
    entity: Annotated[
        str | None,
        typer.Option(metavar="ID|NAME", help="Only articles that mention it: its id, its name or a spelling of it."),
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="ID|NAME", help="Only articles from this source.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the stored articles, newest first."""
    from monitor.cli._names import find_source, source_names
    from monitor.cli._table import print_json
    from storage.feed import as_json as to_json
    from storage.feed import list_articles

    names = source_names(config)
    with reading(config, data) as session:
        source = find_source(session, source, names)
        entity = _entity(session, entity, config, data)
        asked = to_json(list_articles(session, limit=limit + 1, before_id=before, entity=entity, source=source))
    found = asked[:limit]
    if as_json:
        print_json({"articles": found})
        return
    if not found and (before or entity or source):
        typer.echo(f"No such articles. All of them: newswatch feed{again(config, data)}")
        return
    if not found:
        typer.echo("No articles yet. Sources and their health: newswatch sources; what was rejected: newswatch items")
        return
    _print_table(found, names)
    options = again(config, data)
    typer.echo(f"\nOne in full: newswatch show {found[0]['id']}{options}")
    if len(asked) > limit:
        narrowed = "".join(f" {name} {value}" for name, value in (("--entity", entity), ("--source", source)) if value)
        typer.echo(f"The next page: newswatch feed --before {found[-1]['id']}{narrowed}{options}")


def _print_table(found: list[dict[str, Any]], names: dict[str, str]) -> None:
    from monitor.cli._table import cut, print_table

    print_table(
        ("id", "story", "seen (UTC)", "source", "verdict", "title", "mentions", "keywords"),
        (
            (
                line["id"],
                line["story_id"],
                line["first_seen_at"][:16].replace("T", " "),
                cut(names.get(line["source_id"], line["source_id"]), _NAME),
                line["verdict"],
                cut(line["title"], 60),
                cut(", ".join(line["entities"]), 60),
                cut(", ".join(line["keywords"][:_WORDS]), 24),
            )
            for line in found
        ),
    )


def _entity(session: Session, name: str | None, config: Path | None, data: Path | None) -> str | None:
    """Return the id of the entity that was asked for by any of its names."""
    from monitor.cli._tracked import find_entity, tracked

    return None if name is None else find_entity(session, name, tracked(config), again(config, data))
