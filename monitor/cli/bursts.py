"""``newswatch bursts``: names that far more stories tell of than usual, and names that fell silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, again, reading

if TYPE_CHECKING:
    from monitor.tag.catalogue import Catalogue
    from storage.counts import StoryCounts

_MOST_DAYS = 366


def bursts(
    config: ConfigOption = None,
    data: DataOption = None,
    entity: Annotated[
        str | None, typer.Option(metavar="ID|NAME", help="Only this entity, with what is usual for it today.")
    ] = None,
    since: Annotated[
        str, typer.Option(metavar="WHEN", help="Bursts that went on since: 7d, or a date such as 2026-11-01.")
    ] = "7d",
    as_json: JsonOption = False,
) -> None:
    """Show the names that far more new stories tell of than usual, now and lately, and those that fell silent."""
    from monitor.cli._bursts import lines
    from monitor.cli._since import moment_of
    from monitor.cli._table import print_json, print_lines
    from monitor.runtime import now

    moment = now()
    shown = _answer(config, data, entity, _since(moment_of(since, moment), moment), moment)
    if as_json:
        print_json(shown)
    else:
        print_lines(lines(shown, again(config, data)))


def _since(moment: datetime, now: datetime) -> datetime:
    if (now - moment).days > _MOST_DAYS:
        raise typer.BadParameter(f"expected --since of at most {_MOST_DAYS} days ago, found {moment.date()}")
    return min(moment, now)


def _answer(config: Path | None, data: Path | None, name: str | None, since: datetime, now: datetime) -> dict[str, Any]:
    from alerts.bursts import READ_DAYS, find_bursts, find_lulls, outlook
    from monitor.cli._bursts import document, outlook_document
    from monitor.cli._tracked import find_entity, tracked
    from storage.feed.bursts import count_stories

    catalogue = tracked(config)
    with reading(config, data) as session:
        entity = None if name is None else find_entity(session, name, catalogue, again(config, data))
        counts = count_stories(session, days=READ_DAYS + (now - since).days + 1, now=now, entity=entity)
    counts = counts if entity else _of_tracked(counts, catalogue)
    found = find_bursts(counts, since=since, now=now), find_lulls(counts, now=now)
    shown = document(counts, *found, since=since, now=now, catalogue=catalogue)
    if entity is None:
        return shown
    return shown | {"entity": entity, "outlook": outlook_document(outlook(counts, entity, now=now))}


def _of_tracked(counts: StoryCounts, catalogue: Catalogue) -> StoryCounts:
    """Leave out what is not tracked any more: nobody looks for it, so it is not silent."""
    kept = {entity: hours for entity, hours in counts.entities.items() if entity in catalogue.entities}
    return replace(counts, entities=kept)
