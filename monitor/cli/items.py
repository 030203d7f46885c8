"""``newswatch items``: discovered addresses and how they ended."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from monitor.cli._names import one_of
from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, reading
from storage.states import ItemState, Outcome

_STATES, _OUTCOMES = ", ".join(ItemState), ", ".join(Outcome)


def items(
    config: ConfigOption = None,
    data: DataOption = None,
    limit: LimitOption = 50,
    state: Annotated[
        ItemState | None,
        typer.Option(parser=one_of(ItemState), metavar="STATE", help=f"Only items in this state: {_STATES}."),
    ] = None,
    outcome: Annotated[
        Outcome | None,
        typer.Option(parser=one_of(Outcome), metavar="OUTCOME", help=f"Only items that ended so: {_OUTCOMES}."),
    ] = None,
    source: Annotated[str | None, typer.Option(metavar="ID|NAME", help="Only items of this source.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the addresses that were discovered, with one reason for what became of each."""
    from monitor.cli._names import find_source, source_names
    from monitor.cli._table import print_json, print_table
    from storage.feed import as_json as to_json
    from storage.feed import list_items

    with reading(config, data) as session:
        source = find_source(session, source, source_names(config))
        found = to_json(list_items(session, limit=limit, state=state, outcome=outcome, source=source))
    if as_json:
        print_json({"items": found})
        return
    if not found:
        typer.echo("No such items. All of them: newswatch items; the sources they come from: newswatch sources")
        return
    print_table(("id", "source", "outcome", "tries", "article", "address", "detail"), map(_row, found))


def _row(item: dict[str, Any]) -> tuple[object, ...]:
    from monitor.cli._table import cut

    ended, detail = item["outcome"] or item["state"], cut(item["detail"] or "", 60)
    return item["id"], item["source_id"], ended, item["attempts"], item["article_id"], cut(item["url"], 80), detail
