"""``newswatch silence``: what nobody wants to hear of for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, again, fail, load, reading, writing

if TYPE_CHECKING:
    from monitor.config import Config

__all__ = ["silence"]

silence = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

_LONGEST = timedelta(days=366)


@silence.callback()
def overview() -> None:
    """Keep hits quiet until a time: they are stored and told in no message; digests count them."""


@silence.command()
def add(
    query: Annotated[
        str | None, typer.Argument(metavar="[QUERY]", help="Articles for which a query holds; see docs/query.md.")
    ] = None,
    config: ConfigOption = None,
    data: DataOption = None,
    rule: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what this rule says, or those of a glob.")
    ] = None,
    entity: Annotated[str | None, typer.Option(metavar="ID|NAME", help="Articles that mention this entity.")] = None,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Articles of this source, or of a glob.")] = None,
    for_: Annotated[str | None, typer.Option("--for", metavar="TIME", help="For so long: 2h, 7d.")] = None,
    until: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Until a date or a time in settings.timezone: 2026-11-30T18:00.")
    ] = None,
    comment: Annotated[str, typer.Option(metavar="TEXT", help="Why, for whoever asks later.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Begin a silence; of several conditions all have to hold."""
    from monitor.runtime import now
    from storage.feed import as_json as to_json
    from storage.silences import add_silence

    if not (query or rule or entity or source):
        fail("expected what to be silent of: a QUERY, --rule, --entity or --source", 2)
    loaded, moment = load(config), now()
    asked = {
        "rule": _known(rule, "rule", [one.id for one in loaded.rules]),
        "source": _known(source, "source", [one.id for one in loaded.sources]),
        "entity": _entities(entity, config),
        "query": _query(query, config),
    }
    ends_at = _end(for_, until, loaded, moment)
    said = " ".join(comment.split())
    with writing(config, data) as store:
        made = store.write(
            lambda session: add_silence(session, comment=said, starts_at=moment, ends_at=ends_at, **asked)
        )
    _show_made(to_json(made), again(config, data), as_json=as_json)


def _show_made(made: dict[str, Any], options: str, *, as_json: bool) -> None:
    from monitor.cli._table import print_json, when

    if as_json:
        print_json({"silence": made})
        return
    typer.echo(f"Silence {made['id']} holds until {when(made['ends_at'])} UTC.")
    typer.echo(f"End it sooner: newswatch silence end {made['id']}{options}")


@silence.command("list")
def list_(
    config: ConfigOption = None,
    data: DataOption = None,
    all_: Annotated[bool, typer.Option("--all", help="Those that have ended, too.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List the silences that hold, and how many hits each kept quiet."""
    from monitor.cli._table import print_json, print_table, when
    from monitor.runtime import now
    from storage.feed import as_json as to_json
    from storage.silences import list_silences

    moment = now()
    with reading(config, data) as session:
        found = list_silences(session, now=moment, ended=all_)
    rows = [to_json(one) | {"over": one.ends_at <= moment, "kept_quiet": kept} for one, kept in found]
    if as_json:
        print_json({"silences": rows})
    elif not rows:
        typer.echo("No silence was ever made." if all_ else "No silence holds now. Those of the past: --all")
    else:
        print_table(
            ("id", "silent of", "until (UTC)", "hits", "comment"),
            ((one["id"], _conditions(one), _until(one, when), one["kept_quiet"], one["comment"]) for one in rows),
        )


@silence.command()
def end(
    ids: Annotated[list[int], typer.Argument(metavar="ID...", min=1, max=2**63 - 1, help="The number the list shows.")],
    config: ConfigOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """End silences now; what they kept quiet stays untold."""
    from monitor.cli._table import print_json
    from monitor.runtime import now
    from storage.silences import end_silence

    moment, wanted = now(), tuple(dict.fromkeys(ids))
    with writing(config, data) as store:
        ended = store.write(lambda session: [one for one in wanted if end_silence(session, one, now=moment)])
    if as_json:
        print_json({"ended": ended})
    elif ended:
        typer.echo(f"Ended: {', '.join(map(str, ended))}")
    missing = [one for one in wanted if one not in ended]
    if missing:
        listed = ", ".join(map(str, missing))
        fail(f"no silence that holds has the number {listed}: newswatch silence list{again(config, data)}")


def _known(name: str | None, noun: str, known: list[str]) -> str | None:
    """Return the name of a configured thing, or a glob that fits one; end where there is none."""
    from fnmatch import fnmatchcase

    from monitor.cli._names import unknown_name

    if name is None or any(fnmatchcase(one, name) for one in known):
        return name
    raise typer.BadParameter(unknown_name(noun, name, known), param_hint=f"--{noun}")


def _entities(name: str | None, config: Path | None) -> str | None:
    """Return the ids that a name calls, separated by commas."""
    from monitor.cli._query import read_query
    from storage.query.nodes import entities_in

    if name is None:
        return None
    quoted = name.replace('"', " ")
    return ",".join(entities_in(read_query(f'entity:"{quoted}"', config, None)))


def _query(text: str | None, config: Path | None) -> str | None:
    """Return a query with the names that it uses as ids, as it is kept: saved queries may change, and names too."""
    from monitor.cli._query import read_query
    from storage.query.written import unparse

    return None if text is None else unparse(read_query(text, config, None))


def _end(length: str | None, until: str | None, config: Config, now: datetime) -> datetime:
    if (length is None) == (until is None):
        fail("expected how long: --for 2h, or --until 2026-11-30", 2)
    ends_at = _after(length, now) if length is not None else _at(cast(str, until), config.settings.timezone)
    if not now < ends_at <= now + _LONGEST:
        raise typer.BadParameter(
            f"expected an end within the next {_LONGEST.days} days, found {ends_at:%Y-%m-%d %H:%M} UTC",
            param_hint="--until" if until else "--for",
        )
    return ends_at


def _after(length: str, now: datetime) -> datetime:
    from alerts.fields import parse_duration

    try:
        return now + parse_duration(length)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--for") from error


def _at(text: str, timezone: str) -> datetime:
    from datetime import UTC
    from zoneinfo import ZoneInfo

    from monitor.cli._table import cut, plain

    try:
        moment = datetime.fromisoformat(text)
        local = moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(timezone))
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        message = f"expected a date or a time such as 2026-11-30T18:00, found {plain(cut(text, 60))!r}"
        raise typer.BadParameter(message, param_hint="--until") from error


def _conditions(shown: dict[str, Any]) -> str:
    parts = [f"{name} {shown[name]}" for name in ("rule", "source", "entity") if shown[name]]
    return ", ".join([*parts, *([shown["query"]] if shown["query"] else [])])


def _until(shown: dict[str, Any], when: Any) -> str:
    return f"{when(shown['ends_at'])}{' (over)' if shown['over'] else ''}"
