"""Queries on the command line, read with the tracked names and the saved queries; or what is wrong with them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from monitor.cli._options import look
from monitor.cli._table import plain

if TYPE_CHECKING:
    from storage.query.nodes import Node

__all__ = ["read_query"]


def read_query(text: str, config_option: Path | None, now: datetime | None) -> Node:
    """Return what a query asks, or show what is wrong with it and end with status 2.

    Without ``now`` a reach such as ``7d`` counts from when the query is asked, as in that of a rule.
    Where the configuration cannot be read, the shipped names count, dates are in UTC, and no query is saved.
    """
    from zoneinfo import ZoneInfo

    from monitor.config import ConfigError
    from monitor.queries import CatalogueNames
    from monitor.tag.catalogue import load_catalogue
    from storage.query.errors import QueryError
    from storage.query.parse import parse

    try:
        config = look(config_option)
    except ConfigError:  # said where the store is looked for
        config = None
    called = config.names_of_sources() if config else {}
    names = CatalogueNames(lambda: load_catalogue(config.watch if config else ()), called)
    zone = ZoneInfo(config.settings.timezone) if config else UTC
    try:
        return parse(text, names, now=now, zone=zone, saved=config.saved if config else {})
    except QueryError as error:
        shown = "\n".join(f"  {plain(line)}" for line in error.shown(text).split("\n"))
        hint = f"\n{plain(error.hint)}" if error.hint else ""
        typer.echo(f"{plain(error.message)}\n{shown}{hint}", err=True)
        raise typer.Exit(2) from error
