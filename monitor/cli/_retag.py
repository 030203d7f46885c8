"""What ``newswatch retag`` does: tag, count what changed, say so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from monitor.cli._beside import beside_the_service
from monitor.cli._options import EX_TEMPORARY, again, fail
from monitor.cli._progress import count_progress
from monitor.cli._table import counted, plain, print_json, print_lines
from monitor.engine.workers import NoWorker
from monitor.retag import Retagged, Superseded, Wanted, begin, tag_wanted
from monitor.runtime import Runtime
from storage import retags

__all__ = ["Wish", "retag"]

_PAST = timedelta(days=7)
"""How far back alerts reach where nobody says."""
_TOP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for: ``every`` article, or only those with other names; ``limit`` changes are shown one by one."""

    since: datetime | None
    alert: bool
    every: bool
    dry_run: bool
    limit: int
    as_json: bool


@dataclass(slots=True)
class _Tally:
    articles: int = 0
    changed: int = 0
    kept: int = 0
    alerts: int = 0
    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    shown: list[Retagged] = field(default_factory=list)

    def add(self, one: Retagged, limit: int) -> None:
        self.articles += 1
        self.changed += bool(one.gained or one.lost)
        self.kept += one.problem is not None
        self.alerts += one.alerts
        self.gained.update(one.gained)
        self.lost.update(one.lost)
        if (one.gained or one.lost or one.problem) and len(self.shown) < limit:
            self.shown.append(one)


async def retag(config_option: Path | None, data_option: Path | None, wish: Wish) -> int:
    """Tag what the wish names and report it; return the exit status."""
    async with beside_the_service(config_option, data_option) as rt:
        tally = _Tally()
        try:
            for wanted in await _plan(rt, wish):
                await _run(rt, wanted, wish, tally)
        except NoWorker as error:
            fail(str(error), EX_TEMPORARY)
        except Superseded:
            fail("the service began to tag with another catalogue: let it reload this configuration", EX_TEMPORARY)
        if wish.as_json:
            print_json(_as_json(tally, rt, wish))
        else:
            print_lines(_lines(tally, wish, again(config_option, data_option)))
    return 0


async def _plan(rt: Runtime, wish: Wish) -> list[Wanted]:
    """Return what is to be done, one after the other; note in the store what was asked for.

    Alerts look at each article of their time, whatever its names: the service may have been faster.
    """
    if wish.dry_run:
        return [Wanted(since=wish.since, is_any_version=wish.every, alerts_since=None)]
    alerts_since = (wish.since or rt.now() - _PAST) if wish.alert else None
    await rt.store.awrite(lambda session: begin(session, rt, alerts_since=alerts_since))
    with rt.store.read() as session:
        noted = retags.the_retag(session)
    if alerts_since is None:
        asked_before = noted.alerts_since if noted and noted.ended_at is None else None
        return [Wanted(since=wish.since, is_any_version=wish.every, alerts_since=asked_before)]
    if wish.every:
        return [Wanted(since=wish.since, is_any_version=True, alerts_since=alerts_since)]
    told = Wanted(since=alerts_since, is_any_version=True, alerts_since=alerts_since)
    rest = Wanted(since=None, is_any_version=False, alerts_since=None)
    return [told] if wish.since else [told, rest]


async def _run(rt: Runtime, wanted: Wanted, wish: Wish, tally: _Tally) -> None:
    other_than = None if wanted.is_any_version else rt.catalogue
    with rt.store.read(limit_s=None) as session:
        total = retags.count_to_tag(session, other_than=other_than, since=wanted.since)
    label = "looking" if wish.dry_run else "tagging again"
    with count_progress(label, total, shown=not wish.as_json) as advance:
        async for one in tag_wanted(rt, wanted, apply=not wish.dry_run):
            tally.add(one, wish.limit)
            advance()


def _as_json(tally: _Tally, rt: Runtime, wish: Wish) -> dict[str, Any]:
    return {
        "applied": not wish.dry_run,
        "catalogue": rt.catalogue,
        "articles": tally.articles,
        "changed": tally.changed,
        "kept": tally.kept,
        "alerts": tally.alerts,
        "gained": dict(tally.gained.most_common()),
        "lost": dict(tally.lost.most_common()),
        "changes": [
            {
                "article": one.article_id,
                "title": one.title,
                "gained": list(one.gained),
                "lost": list(one.lost),
                "problem": one.problem,
            }
            for one in tally.shown
        ],
    }


def _lines(tally: _Tally, wish: Wish, options: str) -> list[str]:
    if tally.articles == 0:
        time = " first seen since then" if wish.since else ""
        return [
            f"All articles{time} have the names of this catalogue; after an upgrade: newswatch retag --all{options}"
        ]
    verb = "would mention" if wish.dry_run else "mention"
    lines = [
        f"{counted(tally.articles, 'article')} {'looked at' if wish.dry_run else 'tagged again'}",
        f"  {tally.changed:6} {verb} other names than before",
    ]
    lines += [f"  {tally.kept:6} keep their names: their text could not be read"] if tally.kept else []
    lines += [f"  {tally.alerts:6} new alerts"] if wish.alert else []
    for label, names in (("gained", tally.gained), ("lost", tally.lost)):
        lines += ["", label] if names else []
        lines += [f"  {count:6} {name}" for name, count in names.most_common(_TOP)]
        lines += [f"         and {len(names) - _TOP} more"] if len(names) > _TOP else []
    return lines + (_details(tally) if wish.dry_run else [])


def _details(tally: _Tally) -> list[str]:
    lines = [""] if tally.shown else []
    for one in tally.shown:
        names = [*(f"+{name}" for name in one.gained), *(f"-{name}" for name in one.lost)]
        lines.append(f"[{one.article_id}] {plain(one.title)}")
        lines.append(f"  {plain(one.problem) if one.problem else ' '.join(names)}")
    left = tally.changed + tally.kept - len(tally.shown)
    return lines + ([f"and {left} more: --limit {len(tally.shown) + left}"] if left > 0 else [])
