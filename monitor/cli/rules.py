"""``newswatch rules``: what rules ask for, how often they hit, and what they would have hit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption

__all__ = ["rules"]

rules = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@rules.callback()
def overview() -> None:
    """Look at rules, and try them on the stored articles."""


@rules.command("list")
def list_rules(config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False) -> None:
    """List the rules: what they ask for, where they go, and how often they hit in the last 30 days."""
    from monitor.cli._options import load
    from monitor.cli._rules import listed, print_rules
    from monitor.cli._table import print_json
    from monitor.runtime import now

    loaded = load(config)
    document = listed(loaded, data, now())
    if as_json:
        print_json({"rules": document})
    else:
        print_rules(document)


@rules.command("test")
def try_rule(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The id of a rule.")],
    config: ConfigOption = None,
    data: DataOption = None,
    since: Annotated[
        str, typer.Option(metavar="WHEN", help="Articles first seen since: 30d, or a date such as 2026-11-01.")
    ] = "30d",
    against: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Another configuration: what its rule of that name would change."),
    ] = None,
    query: Annotated[
        str | None, typer.Option(metavar="QUERY", help="What this query in the rule's place would change.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=100, help="How many examples to show.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Try a rule on the stored articles: what it would have hit. Nothing is stored, told or sent."""
    from monitor.cli import _backtest
    from monitor.cli._options import load
    from monitor.cli._since import moment_of
    from monitor.cli._table import print_json
    from monitor.cli._trial import print_trial
    from monitor.runtime import now

    if against is not None and query is not None:
        raise typer.BadParameter("expected --against or --query, found both")
    loaded, at = load(config), now()
    wish = _backtest.Wish(name=name, since=moment_of(since, at), limit=limit, now=at)
    other = _backtest.other_rule(loaded, name, config, against, query)
    document = _backtest.tried(loaded, data, wish, other)
    if as_json:
        print_json(document)
    else:
        print_trial(document)
