"""``newswatch channels``: where messages go, and whether they arrive."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli._options import EX_TEMPORARY, ConfigOption, DataOption, JsonOption, fail, find_data, load

if TYPE_CHECKING:
    from alerts.channels import ChannelSettings, Message, SendResult
    from monitor.config import Config

__all__ = ["channels"]

_LIMIT_S = 90.0  # for channels that set no timeout, all parts of a message together

channels = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@channels.callback()
def overview() -> None:
    """Look at the channels, and try them out."""


@channels.command("list")
def list_channels(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Show the channels: where they lead, which rules use them, when their next digest is due."""
    from monitor.cli._channels import channel_json, channel_warnings
    from monitor.cli._table import plain, print_json, print_table
    from monitor.runtime import now

    loaded = load(config)
    rows = [channel_json(channel, loaded, now()) for channel in loaded.channels]
    if as_json:
        print_json({"channels": rows})
        return
    if not rows:
        typer.echo("No channels. Add one under channels: in sources.yaml; docs/configuration.md shows each kind.")
        return
    headers = ("channel", "kind", "to", "rules", "next digest")
    print_table(
        headers, ((row["id"], row["kind"], row["to"], ", ".join(row["rules"]), row["next_digest"]) for row in rows)
    )
    for warning in channel_warnings(loaded.channels):
        typer.echo(f"warning: {plain(warning)}", err=True)


@channels.command("test")
def try_out(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The channel's id.")],
    config: ConfigOption = None,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Send a test message through a channel, now, and say what the receiver said.

    The outbox has no part in it. Exit status: 0 sent, 75 not now, 1 refused.
    """
    from alerts.channels import Retry, Sent
    from alerts.trial import trial_key
    from monitor.cli._channels import channel_warnings, result_json, result_text
    from monitor.cli._table import plain, print_json
    from monitor.runtime import now

    loaded = load(config)
    channel = _channel(loaded, name)
    at = now()
    for warning in channel_warnings((channel,)):
        typer.echo(f"warning: {plain(warning)}", err=True)
    key = trial_key(channel.id, at)
    result = asyncio.run(_send(loaded, channel, find_data(data, loaded.path), key, _message(loaded, channel)))
    if as_json:
        print_json({"channel": channel.id, "kind": channel.kind, "key": key, **result_json(result)})
    else:
        typer.echo(plain(f"{channel.id} ({channel.kind}): {result_text(result)}"))
    if not isinstance(result, Sent):
        raise typer.Exit(EX_TEMPORARY if isinstance(result, Retry) else 1)


def _channel(config: Config, name: str) -> ChannelSettings:
    for channel in config.channels:
        if channel.id == name:
            return channel
    known = ", ".join(channel.id for channel in config.channels)
    return fail(f"expected the id of a channel ({known or 'there are none'}), found {name!r}", 2)


def _message(config: Config, channel: ChannelSettings) -> Message:
    from alerts.trial import trial_message
    from monitor.runtime import now

    zone = channel.digest.timezone or config.settings.timezone
    return trial_message(channel.id, language=channel.language or config.settings.language, now=now(), timezone=zone)


async def _send(config: Config, channel: ChannelSettings, data_dir: Path, key: str, message: Message) -> SendResult:
    from alerts.channels import Retry
    from alerts.channels import channels as kinds
    from monitor.assembly import build_world
    from monitor.ports import DeliveryPort

    world = build_world(config)
    limit_s = channel.timeout.total_seconds() if channel.timeout else _LIMIT_S
    try:
        async with asyncio.timeout(limit_s):
            result: SendResult = await kinds()[channel.kind].send(
                channel, message, key, DeliveryPort(world.fetcher, data_dir)
            )
    except TimeoutError:
        return Retry(reason=f"no answer within {limit_s:.0f} s")
    finally:
        await world.pool.close()
        await world.fetcher.aclose()
    return result
