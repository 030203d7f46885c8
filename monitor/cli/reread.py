"""``newswatch reread``: read kept pages again after the reader has improved."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption


def reread(
    config: ConfigOption = None,
    data: DataOption = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Only pages fetched since: 7d, or a date such as 2026-11-01."),
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="ID", help="Only pages of this source.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Apply without asking.")] = False,
    limit: LimitOption = 20,
    as_json: JsonOption = False,
) -> None:
    """Read the kept pages again: show what would change, then put texts, names and stories right. Alerts nobody."""
    import asyncio

    from monitor.cli import _reread
    from monitor.cli._since import moment_of
    from monitor.runtime import now

    moment = None if since is None else moment_of(since, now())
    wish = _reread.Wish(since=moment, source=source, dry_run=dry_run, yes=yes, limit=limit, as_json=as_json)
    raise typer.Exit(asyncio.run(_reread.reread(config, data, wish)))
