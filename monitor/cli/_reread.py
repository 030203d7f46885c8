"""What ``newswatch reread`` does: a look first, a question, then the work."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import typer

from monitor.cli._beside import beside_the_service
from monitor.cli._options import fail
from monitor.cli._progress import count_progress
from monitor.cli._table import print_json, print_lines
from monitor.reread import Change, Effect
from monitor.reread import reread as read_again
from monitor.runtime import Runtime
from storage import raws
from storage.feed import as_json

__all__ = ["Wish", "reread"]

_LINES = {
    Effect.CHANGED: "changed",
    Effect.RESCUED: "newly readable",
    Effect.LOST: "no article any more (left as they are)",
    Effect.UNCHANGED: "unchanged",
    Effect.SKIPPED: "no article, now as before, or read from another address",
}
_LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for: ``limit`` changes are shown one by one."""

    since: datetime | None
    source: str | None
    dry_run: bool
    yes: bool
    limit: int
    as_json: bool


@dataclass(slots=True)
class _Tally:
    effects: Counter[Effect] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    texts: int = 0
    names: int = 0
    moved: int = 0
    shown: list[Change] = field(default_factory=list)

    def add(self, change: Change, limit: int) -> None:
        self.effects[change.effect] += 1
        self.facts.update(name for name, _, _ in change.facts)
        self.texts += bool(change.lost_lines or change.new_lines)
        self.names += bool(change.names)
        self.moved += change.moved
        if change.effect in (Effect.CHANGED, Effect.RESCUED, Effect.LOST) and len(self.shown) < limit:
            self.shown.append(change)


async def reread(config_option: Path | None, data_option: Path | None, wish: Wish) -> int:
    """Show what would change; apply it when asked to. Return the exit status."""
    async with beside_the_service(config_option, data_option) as rt:
        if wish.source is not None and wish.source not in rt.sources:
            fail(f"no source {wish.source!r}; known: {', '.join(sorted(rt.sources))}")
        with rt.store.read() as session:
            total = raws.count_items(session, since=wish.since, source=wish.source)
        if total == 0:
            return _say_nothing(rt, wish)
        if wish.yes and not wish.dry_run:
            return _report(await _run(rt, wish, total, apply=True), wish, is_applied=True)
        found = await _run(rt, wish, total, apply=False)
        status = _report(found, wish, is_applied=False)
        if wish.dry_run or not (found.effects[Effect.CHANGED] or found.effects[Effect.RESCUED]):
            return status
        if not sys.stdin.isatty() or not typer.confirm("Apply these changes?"):
            typer.echo("Nothing was changed. Apply with --yes", err=True)
            return status
        return _report(await _run(rt, wish, total, apply=True), wish, is_applied=True)


async def _run(rt: Runtime, wish: Wish, total: int, *, apply: bool) -> _Tally:
    tally = _Tally()
    with count_progress("applying" if apply else "reading again", total, shown=not wish.as_json) as advance:
        async for change in read_again(rt, since=wish.since, source=wish.source, apply=apply):
            tally.add(change, wish.limit)
            advance()
    return tally


def _say_nothing(rt: Runtime, wish: Wish) -> int:
    if wish.as_json:
        print_json(_as_json(_Tally(), is_applied=False))
    elif rt.config.settings.raw.keep:
        typer.echo("No kept page matches; pages are kept for settings.raw.max_age after they were fetched")
    else:
        typer.echo("No pages are kept: settings.raw.keep is false")
    return 0


def _report(tally: _Tally, wish: Wish, *, is_applied: bool) -> int:
    if wish.as_json:
        print_json(_as_json(tally, is_applied=is_applied))
        return 0
    print_lines([*_summary(tally, is_applied=is_applied), *(() if is_applied else _details(tally))])
    return 0


def _as_json(tally: _Tally, *, is_applied: bool) -> dict[str, Any]:
    return {
        "applied": is_applied,
        "effects": {effect.value: tally.effects[effect] for effect in Effect},
        "texts": tally.texts,
        "facts": dict(tally.facts),
        "names": tally.names,
        "moved": tally.moved,
        "changes": as_json(tally.shown),
    }


def _summary(tally: _Tally, *, is_applied: bool) -> list[str]:
    facts = f" ({', '.join(f'{name} {count}' for name, count in tally.facts.most_common())})"
    of_these = [("text", tally.texts, ""), ("facts", sum(tally.facts.values()), facts), ("names", tally.names, "")]
    lines = [f"{tally.effects.total()} pages read again" + (", changes applied" if is_applied else "")]
    for effect, label in _LINES.items():
        lines.append(f"  {tally.effects[effect]:6} {label}")
        if effect is Effect.CHANGED:
            lines += [f"    {count:6} {name}{more}" for name, count, more in of_these if count]
    return lines + ([f"  {tally.moved:6} moved to another story"] if is_applied else [])


def _details(tally: _Tally) -> list[str]:
    lines = [line for change in tally.shown for line in _detail(change)]
    left = sum(tally.effects[e] for e in (Effect.CHANGED, Effect.RESCUED, Effect.LOST)) - len(tally.shown)
    return lines + (["", f"and {left} more: --limit {len(tally.shown) + left}"] if left > 0 else [])


def _detail(change: Change) -> list[str]:
    number = f"[{change.article_id}] " if change.article_id else ""
    label = "" if change.effect is Effect.CHANGED else f"{_LINES[change.effect]}: "
    return [
        "",
        f"{number}{label}{change.title or change.url}",
        *([f"  {change.detail}"] if change.detail else []),
        *(f"  {name}: {_cut(was) or '-'} → {_cut(now_) or '-'}" for name, was, now_ in change.facts),
        *([f"  names: {' '.join(change.names)}"] if change.names else []),
        *(f"  - {_cut(line)}" for line in change.lost_lines),
        *(f"  + {_cut(line)}" for line in change.new_lines),
    ]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
