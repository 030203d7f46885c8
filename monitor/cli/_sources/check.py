"""``newswatch sources test`` and ``sources check``: poll configured sources without a trace."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import typer

from monitor.cli._names import unknown_source
from monitor.cli._options import fail
from monitor.cli._sources.preview import Preview, Trial, opened
from monitor.cli._sources.progress import counting, telling
from monitor.cli._sources.words import Sample, sample_json, sample_lines, trial_json, trial_lines
from monitor.cli._table import counted, cut, print_json, print_lines, print_table
from monitor.config import Config
from monitor.sources import SourceSettings, kinds
from monitor.sources._ranking import newest, newest_first
from monitor.urls import host_of

__all__ = ["check", "named_sources", "test"]

_AT_ONCE = 8
_INTERRUPTED = 130
"""The exit status of a program that Ctrl-C ended: 128 and the number of the signal."""


def test(config: Config, source: SourceSettings, *, as_json: bool) -> None:
    """Poll one source and read one of its articles; end with status 1 if the poll failed."""
    trial, sample = asyncio.run(_one(config, source, shown=not as_json))
    if as_json:
        print_json({"id": source.id, "kind": source.kind, **trial_json(trial), "sample": sample_json(sample)})
    else:
        print_lines([f"{source.id}: {source.kind} {trial_json(trial)['url']}", *trial_lines(trial)])
        if sample is not None:
            print_lines(["", *sample_lines(sample)])
    if trial.error is not None:
        raise typer.Exit(1)


def check(config: Config, sources: Sequence[SourceSettings], *, as_json: bool) -> None:
    """Poll many sources, a few hosts at a time; end with status 1 if any failed."""
    if not sources and not as_json:
        typer.echo("No source is enabled. Try the others too: newswatch sources check --all")
        return
    trials, is_whole = _tried(config, sources, shown=not as_json)
    failed = sum(1 for trial in trials if trial.error is not None)
    empty = sum(1 for trial in trials if trial.error is None and not trial.items)
    if as_json:
        print_json(
            {
                "sources": [_line(trial) for trial in trials],
                "ok": len(trials) - failed - empty,
                "empty": empty,
                "failed": failed,
                "interrupted": not is_whole,
            }
        )
    else:
        rows = (
            (line["id"], _result(line), _newest(line), line["title"] and cut(line["title"], 50))
            for line in map(_line, trials)
        )
        print_table(("source", "result", "newest", "newest title"), rows)
        tried = f"{counted(len(trials), 'source')} tried"
        typer.echo(f"\n{tried}: {len(trials) - failed - empty} ok, {empty} empty, {failed} failed")
    if not is_whole:
        fail(f"interrupted after {len(trials)} of {len(sources)}", _INTERRUPTED)
    if failed:
        raise typer.Exit(1)


def named_sources(config: Config, ids: Sequence[str], *, disabled: bool = False) -> tuple[SourceSettings, ...]:
    """Return the sources of these ids, or all that are enabled; an id that nothing bears ends the command."""
    if not ids:
        return config.sources if disabled else config.enabled_sources()
    known = {source.id: source for source in config.sources}
    for unknown in (id_ for id_ in ids if id_ not in known):
        raise typer.BadParameter(unknown_source(unknown, known))
    return tuple(known[id_] for id_ in dict.fromkeys(ids))


def _tried(config: Config, sources: Sequence[SourceSettings], *, shown: bool) -> tuple[list[Trial], bool]:
    """Return the polls in the given order, and whether Ctrl-C left all of them."""
    done: dict[str, Trial] = {}
    try:
        asyncio.run(_all(config, sources, done, shown=shown))
    except KeyboardInterrupt:
        return [done[source.id] for source in sources if source.id in done], False
    return [done[source.id] for source in sources], True


async def _one(config: Config, source: SourceSettings, *, shown: bool) -> tuple[Trial, Sample | None]:
    async with opened(config) as preview:
        with telling(shown=shown) as tell:
            tell(source.id)
            trial = await preview.poll(source)
            return trial, None if trial.error else await preview.sample(trial)


async def _all(config: Config, sources: Sequence[SourceSettings], done: dict[str, Trial], *, shown: bool) -> None:
    """Poll the sources of a host one after the other and several hosts at once; ``done`` takes what they brought."""
    hosts: dict[str, list[SourceSettings]] = defaultdict(list)
    for source in sources:
        hosts[host_of(kinds()[source.kind].address(source)) or source.id].append(source)
    slots = asyncio.Semaphore(min(_AT_ONCE, config.settings.fetch.concurrency))
    async with opened(config) as preview:
        with counting(len(sources), shown=shown) as advance:
            async with asyncio.TaskGroup() as group:
                for one in hosts.values():
                    group.create_task(_visit(one, preview, slots, done, advance))


async def _visit(
    sources: list[SourceSettings],
    preview: Preview,
    slots: asyncio.Semaphore,
    done: dict[str, Trial],
    advance: Callable[[], None],
) -> None:
    async with slots:
        for source in sources:
            done[source.id] = await preview.poll(source)
            advance()


def _line(trial: Trial) -> dict[str, Any]:
    latest = newest(trial.items)
    return {
        "id": trial.settings.id,
        "kind": trial.settings.kind,
        "result": "failed" if trial.error is not None else "ok" if trial.items else "empty",
        "error": trial.error,
        "found": len(trial.items),
        "newest": latest.value if latest else None,
        "title": next((item.title for item in newest_first(trial.items) if item.title), None),
        "skipped": len(trial.skipped),
        "notices": [{"code": code, "text": text} for code, text in trial.notices],
        "duration_s": round(trial.duration_s, 3),
    }


def _result(line: dict[str, Any]) -> str:
    if line["result"] == "failed":
        return cut(str(line["error"]), 60)
    return f"ok {line['found']}" if line["found"] else "ok (empty)"


def _newest(line: dict[str, Any]) -> str | None:
    return line["newest"][:10] if line["newest"] else None
