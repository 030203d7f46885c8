"""``newswatch sources``: how the sources do, and everything that is done with them by hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli._options import EX_CONFIG, ConfigOption, DataOption, JsonOption, fail, load

if TYPE_CHECKING:
    from monitor.config import Config

__all__ = ["sources"]

sources = typer.Typer(invoke_without_command=True, rich_markup_mode=None)

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]


@sources.callback()
def overview(
    ctx: typer.Context, config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """List the sources and how they do; add, try, import and export them."""
    if ctx.invoked_subcommand is None:
        _list(config, data, as_json=as_json)


@sources.command("list")
def list_(
    ctx: typer.Context, config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """List the sources: state, last success, what they brought, their rhythm, next poll, notices."""
    _list(config or _outer(ctx, "config"), data or _outer(ctx, "data"), as_json=as_json)


@sources.command()
def add(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(metavar="URL", help="A site, a section of one, a feed, a sitemap.")],
    config: ConfigOption = None,
    id_: Annotated[str | None, typer.Option("--id", help="Its id; default: from the address.")] = None,
    group: Annotated[str | None, typer.Option(help="Its group.")] = None,
    name: Annotated[str | None, typer.Option(help="Its name; default: what the site calls itself.")] = None,
    kind: Annotated[str | None, typer.Option(help="Only this kind: feed, sitemap, listing, page, api.")] = None,
    dry_run: DryRunOption = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Find the best way into a site, show what it would bring, and write it into the configuration."""
    from monitor.cli._sources import add as adding

    wish = adding.Wish(url=url, id=id_, group=group, name=name, kind=kind, dry_run=dry_run, yes=yes, as_json=as_json)
    adding.add(_to_edit(config or _outer(ctx, "config")), wish)


@sources.command("test")
def try_one(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="ID", help="The id of a source.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Poll one source now, without a trace in the store, and read one of its articles."""
    from monitor.cli._sources import check as checking

    loaded = load(config or _outer(ctx, "config"))
    (chosen,) = checking.named_sources(loaded, [source])
    checking.test(loaded, chosen, as_json=as_json)


@sources.command()
def check(
    ctx: typer.Context,
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Only these sources.")] = None,
    config: ConfigOption = None,
    disabled: Annotated[bool, typer.Option("--all", help="Try the disabled ones too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Poll the sources once, without a trace in the store; end with status 1 if any failed."""
    from monitor.cli._sources import check as checking

    loaded = load(config or _outer(ctx, "config"))
    checking.check(loaded, checking.named_sources(loaded, ids or [], disabled=disabled), as_json=as_json)


@sources.command("import")
def import_(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML list of feeds.")],
    config: ConfigOption = None,
    dry_run: DryRunOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write the feeds of an OPML list into the configuration; those that are known are skipped."""
    from monitor.cli._sources import opml

    opml.import_list(_to_edit(config or _outer(ctx, "config")), file, dry_run=dry_run, as_json=as_json)


@sources.command()
def export(
    ctx: typer.Context,
    config: ConfigOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write there instead of standard output.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Print the enabled feeds as an OPML list."""
    from monitor.cli._sources import opml

    opml.export_list(load(config or _outer(ctx, "config")), output, as_json=as_json)


def _list(config: Path | None, data: Path | None, *, as_json: bool) -> None:
    from monitor.cli._sources import health
    from monitor.cli._sources.known import known_sources

    health.show(known_sources(config, data), as_json=as_json)


def _outer(ctx: typer.Context, name: str) -> Path | None:
    """Return an option that was given before the name of the command."""
    given = ctx.parent.params.get(name) if ctx.parent else None
    return given if isinstance(given, Path) else None


def _to_edit(option: Path | None) -> Config:
    """Return the configuration that is about to grow, or print its problems and end."""
    from monitor.cli._write import load_for_editing
    from monitor.config import ConfigError, find_config

    try:
        return load_for_editing(find_config(option, os.environ, Path.cwd()))
    except ConfigError as error:
        fail(str(error), EX_CONFIG)
