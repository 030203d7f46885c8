"""``newswatch digest``: what the next digest would say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from monitor.cli._options import ConfigOption, DataOption, JsonOption, fail, load, reading

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from alerts.channels import ChannelSettings, Message
    from alerts.desk import Desk
    from alerts.gather import DigestQuestion
    from monitor.config import Config
    from storage.records import StoryHit

__all__ = ["digest"]

digest = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


@digest.callback()
def overview() -> None:
    """Look at digests before they are sent."""


@digest.command()
def preview(
    config: ConfigOption = None,
    data: DataOption = None,
    channel: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose digest (default: the first channel that gets one).")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="WHEN", help="Found since: 24h, or a date (default: the last digest)."),
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the HTML there.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the plain text (the default).")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print the Markdown.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the digest that would be sent now; nothing is sent, and nothing counts as told."""
    from monitor.cli._table import print_json

    if text + markdown + as_json > 1:
        raise typer.BadParameter("expected one of --text, --markdown and --json")
    loaded = load(config)
    chosen = _channel(loaded, channel)
    with reading(config, data) as session:
        message = _message(session, loaded, chosen, since)
    if message is None:
        _say_empty(chosen, since, as_json=as_json)
        return
    if html:
        _write(html, message.html)
    if as_json:
        print_json({"channel": chosen.id, "subject": message.subject, **message.data})
    elif markdown:
        typer.echo(message.markdown, nl=False)
    elif text or not html:
        typer.echo(message.text, nl=False)


def _channel(config: Config, name: str | None) -> ChannelSettings:
    """Return the channel that is asked for, or the first one with a rule whose hits wait for a digest."""
    told = {id_ for rule in config.rules if rule.mode == "digest" for id_ in rule.channels}
    getting = [channel for channel in config.channels if channel.id in told]
    if name is None:
        return getting[0] if getting else fail("no channel gets a digest: no rule has mode: digest")
    for channel in getting:
        if channel.id == name:
            return channel
    known = ", ".join(channel.id for channel in getting) or "none"
    raise typer.BadParameter(f"expected a channel that gets digests ({known}), found {name!r}", param_hint="--channel")


def _message(session: Session, config: Config, channel: ChannelSettings, since: str | None) -> Message | None:
    """Return the digest of a channel, or None where it would be empty."""
    from alerts.gather import gather_digest
    from alerts.render import render_digest
    from monitor.cli._since import moment_of
    from monitor.desk import desk_from
    from monitor.runtime import now as present

    now, desk = present(), desk_from(config)
    wanted = tuple(rule.id for rule in config.rules if rule.mode == "digest" and channel.id in rule.channels)
    hits, begun = _window(session, channel, wanted, moment_of(since, now) if since else None)
    found = _not_silenced(session, hits, now)
    if not found:
        return None
    digest = gather_digest(session, found, _question(session, config, desk, channel, wanted, begun, now))
    return render_digest(digest, language=desk.language_of(channel.id))


def _window(
    session: Session, channel: ChannelSettings, wanted: tuple[str, ...], asked: datetime | None
) -> tuple[tuple[StoryHit, ...], datetime | None]:
    """Return the hits that the daemon would tell, or all since a time, and the end of the window before."""
    from alerts.gather import waiting_hits
    from storage.hits import last_digest, last_hit_before

    if asked is not None:
        return waiting_hits(session, wanted, last_hit_before(session, asked)), asked
    mark = last_digest(session, channel.id)
    waiting = waiting_hits(session, wanted, 0, channel=channel.id)
    return waiting, mark.made_at if mark and mark.last_hit_id else None


def _not_silenced(session: Session, hits: tuple[StoryHit, ...], now: datetime) -> tuple[StoryHit, ...]:
    from alerts.silencing import Spoken, quiet_now
    from storage.silences import silence_of

    spoken = [Spoken(hit_id=hit.hit_id, rule=hit.hit.rule, article_id=hit.hit.article_id) for hit in hits]
    quiet = {*quiet_now(session, spoken, now), *silence_of(session, [hit.hit_id for hit in hits])}
    return tuple(hit for hit in hits if hit.hit_id not in quiet)


def _question(
    session: Session,
    config: Config,
    desk: Desk,
    channel: ChannelSettings,
    wanted: tuple[str, ...],
    since: datetime | None,
    now: datetime,
) -> DigestQuestion:
    from functools import partial

    from alerts.gather import NEWS, DigestQuestion
    from alerts.grouping import sections_of
    from alerts.told_bursts import told_bursts
    from monitor.new_names import new_names
    from storage.feed import coverage
    from storage.silences import count_silenced

    language = desk.language_of(channel.id)
    return DigestQuestion(
        rules=desk.rules,
        coverage=coverage(session, now=now),
        names=desk.names,
        find_names=new_names(config.watch),
        since=since,
        timezone=desk.timezone_of(channel.id),
        now=now,
        language=language,
        find_sections=partial(sections_of, desk=desk, language=language),
        find_bursts=partial(told_bursts, channels=desk.channels.values()),
        silenced=count_silenced(session, wanted, since=since or now - NEWS, until=now),
    )


def _say_empty(channel: ChannelSettings, since: str | None, *, as_json: bool) -> None:
    from monitor.cli._table import plain, print_json

    if as_json:
        print_json({"channel": channel.id, "kind": "digest", "stories": []})
        return
    reach = f"since {plain(since)}" if since else "since the last digest"
    typer.echo(f"Nothing to tell {channel.id}: no rule found anything {reach}. Further back: --since 7d")


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8", errors="replace")
    except OSError as error:
        fail(f"cannot write {path}: {error.strerror}")
    typer.echo(f"Written: {path}", err=True)
