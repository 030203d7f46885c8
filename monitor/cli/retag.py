"""``newswatch retag``: give the stored articles the names of the catalogue as it is now."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption


def retag(
    config: ConfigOption = None,
    data: DataOption = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Only articles first seen since: 7d, or a date such as 2026-11-01."),
    ] = None,
    alert: Annotated[
        bool, typer.Option("--alert", help="Alert what the rules now say of the past (--since; else of 7 days).")
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Also articles that have the names already: after an upgrade.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would change.")] = False,
    limit: LimitOption = 20,
    as_json: JsonOption = False,
) -> None:
    """Tag the stored articles again after the catalogue changed. Alerts nobody unless asked."""
    import asyncio

    from monitor.cli import _retag
    from monitor.cli._since import moment_of
    from monitor.runtime import now

    if dry_run and alert:
        raise typer.BadParameter("expected --dry-run or --alert, found both")
    at = None if since is None else moment_of(since, now())
    wish = _retag.Wish(since=at, alert=alert, every=every, dry_run=dry_run, limit=limit, as_json=as_json)
    raise typer.Exit(asyncio.run(_retag.retag(config, data, wish)))
