"""Which maps of an index a poll reads, and what is remembered of them. Pure.

A map whose lastmod stands as it stood is not read again. Where lastmods are missing, or all alike and thus those of
the index, maps take turns: those that gave something new the last time first, and one place of every poll goes to
whichever was not read for longest, so that none is forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitor.sources._sitemap import ChildMap

__all__ = ["Memory", "Turn", "choose"]

_MAX_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When a map was last read (the number of the poll), with which lastmod, and whether it gave anything."""

    mark: str = ""
    poll: int = 0
    gave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a source remembers between polls.

    ``poll`` counts them. ``again`` says that maps are left to read, whether the index changes or not. ``at`` are the
    sitemaps that a site's address led to.
    """

    poll: int = 0
    again: bool = False
    at: tuple[str, ...] = ()
    turns: Mapping[str, Turn] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> Memory:
        """Return what a cursor says; another version's cursor, or a damaged one, says nothing."""
        try:
            turns = {str(url): Turn(mark=str(mark), poll=int(poll), gave=bool(gave))
                     for url, (mark, poll, gave) in dict(cursor.get("maps", {})).items()}  # fmt: skip
            at = tuple(str(url) for url in cursor.get("at", ()))
            return cls(poll=int(cursor.get("poll", 0)), again=bool(cursor.get("again")), at=at, turns=turns)
        except (TypeError, ValueError):
            return cls()

    def cursor(self) -> dict[str, Any]:
        """Return this as JSON values; of very many maps those read last are kept."""
        latest = sorted(self.turns.items(), key=lambda pair: pair[1].poll, reverse=True)[:_MAX_REMEMBERED]
        maps = {url: [turn.mark, turn.poll, turn.gave] for url, turn in latest}
        said = {"maps": maps, "poll": self.poll if maps else 0, "again": self.again, "at": list(self.at)}
        return {name: value for name, value in said.items() if value}


def choose(
    children: tuple[ChildMap, ...], memory: Memory, since: datetime | None, limit: int
) -> tuple[tuple[ChildMap, ...], bool]:
    """Return the maps to read now, at most ``limit``, and whether there are more to read at the next poll."""
    marks = {child.mark for child in children}
    tells = len(marks) > 1 or len(children) == 1
    wanted = [child for child in children if _may_have_news(child, memory, since, tells=tells)]
    ranked = sorted(wanted, key=lambda child: _rank(child, memory, tells=tells))
    picked, rest = ranked[:limit], ranked[limit:]
    if rest and limit > 1:
        picked[-1] = min((picked[-1], *rest), key=lambda child: _last_read(child, memory))
    more = bool(rest) or any(not child.mark for child in wanted)
    return tuple(picked), more


def _may_have_news(child: ChildMap, memory: Memory, since: datetime | None, *, tells: bool) -> bool:
    turn = memory.turns.get(child.url)
    if child.mark and turn is not None and turn.mark == child.mark:
        return False
    is_old = tells and since is not None and child.changed_at is not None and child.changed_at < since
    return not is_old


def _rank(child: ChildMap, memory: Memory, *, tells: bool) -> tuple[float, ...]:
    """Order maps: the latest changed first, then those that gave something, news, and those not read for longest."""
    turn = memory.turns.get(child.url)
    changed = -child.changed_at.timestamp() if tells and child.changed_at else 0.0
    gave = 0.0 if turn is not None and turn.gave else 1.0
    news = 0.0 if "news" in child.url.lower() else 1.0
    return changed, gave, news if turn is None else 1.0, _last_read(child, memory)


def _last_read(child: ChildMap, memory: Memory) -> float:
    turn = memory.turns.get(child.url)
    return -1.0 if turn is None else float(turn.poll)
