"""What ``newswatch run`` tells a person: what it watches, where to look, and what a pass did."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import typer

from monitor.cli._options import named
from monitor.cli._table import counted, plain
from storage.records import ItemState, Outcome

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.report import Totals
    from monitor.runtime import Runtime

__all__ = ["folders", "show_plan", "show_problems", "show_totals", "totals_json"]

_FAILURES_SHOWN = 12
"""Lines of a summary; without a network, all sources fail."""


def show_plan(rt: Runtime, status_url: str | None) -> None:
    """Print what is watched and how to look at it."""
    from monitor import __version__

    config = rt.config
    watched = config.enabled_sources()
    kinds = Counter(source.kind for source in watched)
    shown = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    lines = [
        f"newswatch {__version__} watches {counted(len(watched), 'source')} ({shown}) "
        f"with {counted(len(config.rules), 'rule')} and sends to {', '.join(rt.channels) or 'no channel'}.",
        f"  configuration  {config.path}",
        f"  data           {rt.data_dir}",
        *([f"  status         {status_url}/readyz"] if status_url else []),
        "",
        *_where_to_look(rt),
        "Stop with Ctrl-C; reload the configuration with SIGHUP.",
        "",
    ]
    typer.echo("\n".join(lines))


def show_totals(rt: Runtime, totals: Totals) -> None:
    """Print what a pass did and what to look at next."""
    done = sum(count for outcome, count in totals.outcomes.items() if outcome.state is ItemState.DONE)
    typer.echo(
        f"Polled {counted(totals.polled, 'source')} ({totals.unreachable} failed), "
        f"found {counted(totals.discovered, 'item')}, read {done}, put off {totals.postponed}, "
        f"sent {counted(totals.sent, 'message')}."
    )
    for outcome, count in totals.outcomes.most_common():
        typer.echo(f"  {outcome.value:14} {count}")
    show_problems(rt, totals)
    if not totals.visits:
        typer.echo("Nothing was due: see the next polls with: newswatch sources")
    typer.echo("")
    typer.echo("\n".join(_where_to_look(rt)))


def show_problems(rt: Runtime, totals: Totals) -> None:
    """Print what of a pass failed, and nothing where all went well."""
    for line in (*_unread(rt, totals), *_failures(rt, totals)):
        typer.echo(line)


def totals_json(rt: Runtime, totals: Totals) -> str:
    """Return the summary of a pass as one JSON document."""
    summary: dict[str, Any] = {
        "polled": totals.polled,
        "failed_polls": totals.unreachable,
        "failures": {source: fault.reason for source, fault in totals.faults.items()},
        "discovered": totals.discovered,
        "postponed": totals.postponed,
        "sent": totals.sent,
        "outcomes": {outcome.value: totals.outcomes[outcome] for outcome in Outcome if totals.outcomes[outcome]},
        "data": str(rt.data_dir),
    }
    return json.dumps(summary, ensure_ascii=False, indent=2)


def _unread(rt: Runtime, totals: Totals) -> Iterator[str]:
    """Yield where to look for the pages that failed or were put off."""
    options = named(rt.config.path, rt.data_dir)
    if any(outcome.state is ItemState.FAILED for outcome in totals.outcomes):
        yield f"  pages that failed: newswatch items --state failed{options}"
    if totals.postponed:
        yield f"  pages that were put off: newswatch items --state pending{options}"


def _failures(rt: Runtime, totals: Totals) -> Iterator[str]:
    """Yield a line for each source that failed, those first whose fault does not pass by itself."""
    faults = sorted(totals.faults.items(), key=lambda one: one[1].passes)
    width = max((len(source) for source, _ in faults[:_FAILURES_SHOWN]), default=0)
    for source, fault in faults[:_FAILURES_SHOWN]:
        later = " (tried again later)" if fault.passes else ""
        yield f"  failed: {source:{width}}  {plain(fault.reason)}{later}"
    if len(faults) > _FAILURES_SHOWN:
        rest = len(faults) - _FAILURES_SHOWN
        yield f"  failed: {rest} more, see: newswatch sources{named(rt.config.path, rt.data_dir)}"


def _where_to_look(rt: Runtime) -> list[str]:
    options = named(rt.config.path, rt.data_dir)
    places = [
        ("the feed", f"newswatch feed{options}"),
        ("stories and their copies", f"newswatch stories{options}"),
        ("health of the sources", f"newswatch sources{options}"),
        ("alerts and digests", f"newswatch alerts{options}"),
        *((f"{said} as files", str(rt.data_dir / path)) for said, path in folders(rt.config)),
    ]
    return [f"  {name:26} {place}" for name, place in places]


def folders(config: Config) -> list[tuple[str, str]]:
    """Return the folder of each file channel with what comes into it: digests, alerts, alarms."""
    files = [channel for channel in config.channels if channel.kind == "file"]
    return [(_contents(config, channel.id), str(channel.model_dump()["path"])) for channel in files]


def _contents(config: Config, channel: str) -> str:
    modes = {rule.mode for rule in config.rules if channel in rule.channels}
    kinds = [word for mode, word in (("digest", "digests"), ("instant", "alerts")) if mode in modes]
    kinds += ["alarms"] if channel in config.settings.alarms.channels else []
    return ", ".join(kinds) or "messages"
