"""``newswatch outbox``: messages on their way, those that did not leave, and what is done about them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, LimitOption, again, fail, look, reading, writing

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from storage.dead_letters import Choice
    from storage.states import DeliveryState

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
    from monitor.cli._table import print_json
    from storage.states import DeliveryState

    unsent = (DeliveryState.DEAD, DeliveryState.PENDING, DeliveryState.SENDING)
    config, data = config or _outer(ctx, "config"), data or _outer(ctx, "data")
    with reading(config, data) as session:
        _check_channel(session, config, channel)
        entries = _entries(session, unsent[:1] if dead else unsent, channel, limit)
    if as_json:
        print_json({"messages": entries})
    elif not entries:
        typer.echo("No dead letters." if dead else "Everything was sent.")
    else:
        _print_entries(entries)
        if any(one["state"] == "dead" for one in entries):
            options = again(config, data)
            typer.echo(f"Send them again: newswatch outbox retry{options} ID, or drop them: newswatch outbox drop")


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
    config = config or _outer(ctx, "config")
    with writing(config, data or _outer(ctx, "data")) as store:
        with store.read() as session:
            _check_channel(session, config, channel)
        count = store.write(lambda session: retry_dead(session, choice, now=now()))
        with store.read() as session:
            waiting = [] if count or choice.ids or as_json else _waiting(session, choice.channel)
    _say("retried", count, "will be sent again", choice, as_json=as_json)
    for line in waiting:
        typer.echo(line)


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
    config = config or _outer(ctx, "config")
    with writing(config, data or _outer(ctx, "data")) as store:
        with store.read() as session:
            _check_channel(session, config, channel)
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


def _check_channel(session: Session, config: Path | None, name: str | None) -> None:
    """End with one clear message for a channel that is neither configured nor has any message."""
    from monitor.cli._names import unknown_name
    from monitor.config import ConfigError
    from storage.dead_letters import list_outbox
    from storage.states import DeliveryState

    if name is None or list_outbox(session, tuple(DeliveryState), channel=name, limit=1):
        return
    try:
        known = [channel.id for channel in look(config).channels]
    except ConfigError:  # said where the store was looked for
        return
    if known and name not in known:
        raise typer.BadParameter(unknown_name("channel", name, known), param_hint="--channel")


def _choice(ids: list[int] | None, channel: str | None, *, all_: bool) -> Choice:
    """Return which messages are meant; nothing is meant by saying nothing."""
    from storage.dead_letters import Choice

    if not (ids or channel or all_) or (all_ and (ids or channel)):
        fail("expected the ID of a message, --channel NAME or --all", 2)
    return Choice(ids=ids or None, channel=channel)


def _say(name: str, count: int, what: str, choice: Choice, *, as_json: bool) -> None:
    from monitor.cli._table import counted, print_json

    missing = len(set(choice.ids or ())) - count
    if as_json:
        print_json({name: count})
    elif count or not choice.ids:
        typer.echo(f"{counted(count, 'message')} {what}.")
    if missing > 0:
        some = (
            f"{counted(missing, 'of the ids is', 'of the ids are')} no dead message"
            if count
            else "No such dead message"
        )
        fail(f"{some}: newswatch outbox list --dead")


def _waiting(session: Session, channel: str | None) -> list[str]:
    """Return what is still to be sent to a channel, or to each: nothing of it failed for good."""
    from monitor.cli._table import counted
    from monitor.runtime import now
    from storage.channel_states import channel_state
    from storage.dead_letters import waiting_messages
    from storage.feed import as_json as to_json

    lines, at = [], to_json(now())
    for one in waiting_messages(session, channel):
        rests = channel_state(session, one.channel).rests_until
        due = _due(to_json({"state": "pending", "due_at": one.due_at, "rests_until": rests}), at)
        lines.append(f"{counted(one.count, 'message waits', 'messages wait')} for {one.channel}; due (UTC): {due}")
    return lines


def _entries(
    session: Session, states: Sequence[DeliveryState], channel: str | None, limit: int
) -> list[dict[str, Any]]:
    """Return messages as JSON values, each with the end of its channel's rest."""
    from storage.channel_states import channel_state
    from storage.dead_letters import list_outbox
    from storage.feed import as_json as to_json

    entries: list[dict[str, Any]] = to_json(list_outbox(session, states, channel=channel, limit=limit))
    rests = {name: to_json(channel_state(session, name).rests_until) for name in {one["channel"] for one in entries}}
    return [one | {"rests_until": rests[one["channel"]]} for one in entries]


def _print_entries(entries: Sequence[dict[str, Any]]) -> None:
    from monitor.cli._table import print_table
    from monitor.runtime import now
    from storage.feed import as_json as to_json

    at = to_json(now())
    rows = [
        (one["id"], one["channel"], one["state"], one["attempts"], _due(one, at), one["subject"], _why(one))
        for one in entries
    ]
    print_table(("id", "channel", "state", "tried", "due (UTC)", "subject", "last error"), rows)


def _due(entry: dict[str, Any], now: str) -> str:
    """Return when a message is sent: never, now, or at a time (UTC) to come; times are RFC 3339 in UTC."""
    from monitor.cli._table import when

    due_at, rests_until = entry["due_at"], entry["rests_until"] or ""
    if entry["state"] == "dead":
        return "never"
    if entry["state"] == "pending" and rests_until > max(due_at, now):
        return f"{when(rests_until)}, its channel rests"
    is_due = entry["state"] == "sending" or due_at <= now
    return f"now, since {when(due_at)}" if is_due else when(due_at)


def _why(entry: dict[str, Any]) -> str:
    from monitor.cli._table import cut

    return cut(entry["last_error"], 120) or "-"


def _outer(ctx: typer.Context, name: str) -> Path | None:
    """Return an option that was given before the word: ``newswatch outbox --data DIR list``."""
    return cast("Path | None", ctx.parent.params.get(name)) if ctx.parent else None
