"""``newswatch search``: the stored articles for which a query holds."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from monitor.cli._names import one_of
from monitor.cli._options import BeforeOption, ConfigOption, DataOption, JsonOption, LimitOption

_WORD = re.compile(r"\A-(?![cdn]$|n\d+$|[cd]=?[./~])(?=[^-\s])")
_MINUS = "\u2212"  # means the same in a query, and begins no option


class Command(TyperCommand):
    """Takes ``-word`` as what must not be there, not for options of one letter."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options; what stands behind ``--`` is none of them."""
        end = args.index("--") if "--" in args else len(args)
        return super().parse_args(ctx, [*(_WORD.sub(_MINUS, arg) for arg in args[:end]), *args[end:]])


class Order(StrEnum):
    """What comes first."""

    NEWEST = "newest"
    RELEVANCE = "relevance"


def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="What to search for, as docs/query.md says.")],
    config: ConfigOption = None,
    data: DataOption = None,
    limit: LimitOption = 20,
    before: BeforeOption = None,
    sort: Annotated[
        Order, typer.Option(metavar="ORDER", parser=one_of(Order), help="What comes first: newest or relevance.")
    ] = Order.NEWEST,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Only articles first seen since: 7d, or a date such as 2026-11-01."),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Each article, not one for each story.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show how the query was read, and what the order rests on.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Search the stored articles: words, names, sources, dates."""
    from monitor.cli import _search
    from monitor.cli._query import read_query
    from monitor.cli._since import moment_of
    from monitor.runtime import now
    from storage.query.nodes import Seen, all_of

    if before is not None and sort is Order.RELEVANCE:
        raise typer.BadParameter("expected --before or --sort relevance, found both: the best have no next page")
    at = now()
    text = " ".join("-" + part[1:] if part.startswith(_MINUS) else part for part in query)
    node = read_query(text, config, at)
    if since is not None:
        node = all_of((node, Seen(moment_of(since, at), is_after=True)))
    wish = _search.Wish(
        text=text, node=node, now=at, limit=limit, before_id=before,
        by_relevance=sort is Order.RELEVANCE, every=every, explain=explain, as_json=as_json,
    )  # fmt: skip
    _search.search(config, data, wish)
