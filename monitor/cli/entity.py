"""``newswatch entity``: what articles say of a tracked name, and the life of a regulation as they tell it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, again, fail, reading

if TYPE_CHECKING:
    from monitor.tag.catalogue import Catalogue

_NO_LIMIT = 2**31 - 1


def entity(
    name: Annotated[
        str | None, typer.Argument(metavar="[ID|NAME]", help="One entity: its id, its name or a spelling of it.")
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="Only entities of this kind, such as model or regulation.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Only articles first seen since: 7d, or a date such as 2026-11-01."),
    ] = None,
    limit: LimitOption = 30,
    everything: Annotated[
        bool, typer.Option("--all", help="All that are mentioned, and those that are tracked but not mentioned.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List the names that articles mention; or show one: figures, spellings, the life-cycle of a regulation."""
    if name is None:
        _show_list(config, data, kind, since, None if everything else limit, as_json=as_json)
    elif kind or since or everything:
        fail("--kind, --since and --all are for the list; one entity is shown without them", 2)
    else:
        _show_one(name, config, data, as_json=as_json)


def _show_list(
    config: Path | None, data: Path | None, kind: str | None, since: str | None, limit: int | None, *, as_json: bool
) -> None:
    from monitor.cli._since import moment_of
    from monitor.cli._table import print_json
    from monitor.cli._tracked import tracked
    from monitor.runtime import now
    from storage.feed import as_json as to_json
    from storage.feed import list_entities

    moment = None if since is None else moment_of(since, now())
    catalogue = tracked(config)
    with reading(config, data) as session:
        rows = to_json(list_entities(session, limit=limit or _NO_LIMIT, kind=kind, since=moment))
    if kind is not None and not rows:
        _expect_kind(kind, {one.kind for one in catalogue})
    found = [_named(row, catalogue) for row in rows]
    if limit is None:
        found += _unmentioned(catalogue, kind, {row["id"] for row in found})
    if as_json:
        print_json({"entities": found})
    else:
        _print_list(found, is_narrowed=bool(kind or since), options=again(config, data))


def _expect_kind(kind: str, known: set[str]) -> None:
    from monitor.cli._table import cut, plain

    if kind not in known:
        shown = repr(plain(cut(kind, 60)))
        raise typer.BadParameter(f"unknown kind {shown}; known: {', '.join(sorted(known))}", param_hint="--kind")


def _named(row: dict[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Return the line of an entity with its name; null for one that is not tracked any more."""
    known = catalogue.entities.get(row["id"])
    return {"id": row["id"], "name": known.name if known else None} | row


def _unmentioned(catalogue: Catalogue, kind: str | None, mentioned: set[str]) -> Iterator[dict[str, Any]]:
    for known in catalogue:
        if known.id not in mentioned and kind in (None, known.kind):
            nothing = {"articles": 0, "stories": 0, "last_seen_at": None}
            yield {"id": known.id, "name": known.name, "kind": known.kind} | nothing


def _print_list(found: list[dict[str, Any]], *, is_narrowed: bool, options: str) -> None:
    from monitor.cli._table import cut, print_table, when

    if not found:
        every = f"newswatch entity --all{options}"
        typer.echo(f"No such names. All of them: {every}" if is_narrowed else f"No names yet. Tracked are: {every}")
        return
    print_table(
        ("id", "name", "articles", "stories", "last seen (UTC)"),
        (
            (one["id"], cut(one["name"], 40), one["articles"], one["stories"], when(one["last_seen_at"]))
            for one in found
        ),
    )
    typer.echo(f"\nOne in full: newswatch entity {found[0]['id']}{options}")


def _show_one(name: str, config: Path | None, data: Path | None, *, as_json: bool) -> None:
    from monitor.cli._entity import document, known_facts, lines
    from monitor.cli._table import print_json, print_lines
    from monitor.cli._tracked import find_entity, tracked
    from monitor.runtime import now
    from storage.feed import get_entity

    catalogue = tracked(config)
    with reading(config, data) as session:
        found = find_entity(session, name, catalogue, again(config, data))
        detail = get_entity(
            session,
            found,
            now=now(),
            known=known_facts(catalogue.entities.get(found)),
            amendments={one.id: known_facts(one) for one in catalogue if found in getattr(one, "amends", ())},
        )
    shown = document(detail, catalogue)
    if as_json:
        print_json(shown)
    else:
        print_lines(lines(shown, again(config, data)))
