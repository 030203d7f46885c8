"""``newswatch outbox``: messages on their way, those that did not leave, and what is done about them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, again, fail, reading, writing

if TYPE_CHECKING:
    from storage.dead_letters import Choice

__all__ = ["outbox"]

outbox = typer.Typer(invoke_without_command=True, rich_markup_mode=None)

IdsArgument = Annotated[
    list[int] | None, typer.Argument(metavar="[ID]...", min=1, max=2**63 - 1, help="The numbers that the list shows.")
]
ChannelOption = Annotated[str | None, typer.Option("--channel", metavar="NAME", help="Only messages to this channel.")]
AllOption = Annotated[bool, typer.Option("--all", help="All of them.")]


@outbox.callback()
def overview(
    ctx: typer.Context, config: ConfigOption = None, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """Count the messages by state; list them, send dead ones again, drop them."""
    if ctx.invoked_subcommand is None:
        _count(config, data, as_json=as_json)


@outbox.command("list")
def list_(
    ctx: typer.Context,
    config: ConfigOption = None,
    data: DataOption = None,
    dead: Annotated[bool, typer.Option("--dead", help="Only those that were given up.")] = False,
    channel: ChannelOption = None,
    limit: LimitOption = 50,
    as_json: JsonOption = False,
) -> None:
    """List the messages that did not leave, and why; the newest first."""
    from monitor.cli._table import print_json, print_table, when
    from storage.dead_letters import list_outbox
    from storage.feed import as_json as to_json
    from storage.states import DeliveryState

    unsent = (DeliveryState.DEAD, DeliveryState.PENDING, DeliveryState.SENDING)
    config, data = config or _outer(ctx, "config"), data or _outer(ctx, "data")
    with reading(config, data) as session:
        entries = to_json(list_outbox(session, unsent[:1] if dead else unsent, channel=channel, limit=limit))
    if as_json:
        print_json({"messages": entries})
        return
    if not entries:
        typer.echo("No dead letters." if dead else "Everything was sent.")
        return
    rows = [
        (one["id"], one["channel"], one["state"], one["attempts"], when(one["due_at"]), one["subject"], _why(one))
        for one in entries
    ]
    print_table(("id", "channel", "state", "tried", "due", "subject", "last error"), rows)
    if any(one["state"] == "dead" for one in entries):
        typer.echo(
            f"Send them again: newswatch outbox retry{again(config, data)} ID, or drop them: newswatch outbox drop"
        )


@outbox.command()
def retry(
    ctx: typer.Context,
    ids: IdsArgument = None,
    config: ConfigOption = None,
    data: DataOption = None,
    channel: ChannelOption = None,
    all_: AllOption = False,
    as_json: JsonOption = False,
) -> None:
    """Send dead messages again, with the keys they had: those with an ID, those of a channel, or all."""
    from monitor.runtime import now
    from storage.dead_letters import retry_dead

    choice = _choice(ids, channel, all_=all_)
    with writing(config or _outer(ctx, "config"), data or _outer(ctx, "data")) as store:
        count = store.write(lambda session: retry_dead(session, choice, now=now()))
    _say("retried", count, "will be sent again", choice, as_json=as_json)


@outbox.command()
def drop(
    ctx: typer.Context,
    ids: IdsArgument = None,
    config: ConfigOption = None,
    data: DataOption = None,
    channel: ChannelOption = None,
    all_: AllOption = False,
    waiting: Annotated[bool, typer.Option("--waiting", help="Also those that were not given up yet.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Drop dead messages for ever: those with an ID, those of a channel, or all."""
    from storage.dead_letters import drop as drop_letters

    choice = _choice(ids, channel, all_=all_)
    with writing(config or _outer(ctx, "config"), data or _outer(ctx, "data")) as store:
        count = store.write(lambda session: drop_letters(session, choice, with_waiting=waiting))
    _say("dropped", count, "dropped", choice, as_json=as_json)


def _count(config: Path | None, data: Path | None, *, as_json: bool) -> None:
    from monitor.cli._table import print_json
    from storage.feed import as_json as to_json
    from storage.outbox import outbox_counts

    with reading(config, data) as session:
        counts = to_json(outbox_counts(session))
    if as_json:
        print_json({"outbox": counts})
        return
    typer.echo("  ".join(f"{state} {count}" for state, count in counts.items() if state != "oldest_unsent_at"))
    if counts["dead"]:
        typer.echo(f"Why they died: newswatch outbox list --dead{again(config, data)}")


def _choice(ids: list[int] | None, channel: str | None, *, all_: bool) -> Choice:
    """Return which messages are meant; nothing is meant by saying nothing."""
    from storage.dead_letters import Choice

    if not (ids or channel or all_) or (all_ and (ids or channel)):
        fail("expected the ID of a message, --channel NAME or --all", 2)
    return Choice(ids=ids or None, channel=channel)


def _say(name: str, count: int, what: str, choice: Choice, *, as_json: bool) -> None:
    from monitor.cli._table import counted, print_json

    if as_json:
        print_json({name: count})
    else:
        typer.echo(f"{counted(count, 'message')} {what}.")
    if not count and choice.ids:
        fail("No such dead message: newswatch outbox list --dead")


def _why(entry: dict[str, Any]) -> str:
    from monitor.cli._table import cut

    return cut(entry["last_error"], 120) or "-"


def _outer(ctx: typer.Context, name: str) -> Path | None:
    """Return an option that was given before the word: ``newswatch outbox --data DIR list``."""
    return cast("Path | None", ctx.parent.params.get(name)) if ctx.parent else None
