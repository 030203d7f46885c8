"""Which maps of an index a poll reads, and what is remembered of them. Pure.

A map whose lastmod stands as it stood is not read again. Where lastmods are missing, or all alike and thus those of
the index, maps take turns: those that gave something new the last time first, and one place of every poll goes to
whichever was not read for longest, so that none is forgotten. A map for which a poll had no room goes first at the
next one; one that could not be read stands back for a while.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from monitor.sources._sitemap import ChildMap

__all__ = ["Memory", "Turn", "choose", "last_asked"]

_MAX_REMEMBERED = 1_000
_MAX_RESTS = 6  # a map that cannot be read stands behind the others for 1, 3, 7 ... 63 polls


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When a map was last asked for (the number of the poll), with which lastmod, and what came of it.

    ``failed`` is how often in a row it could not be read.
    """

    mark: str = ""
    poll: int = 0
    gave: bool = False
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a source remembers between polls.

    ``poll`` counts them. ``again`` says that maps are left to read, whether the index changes or not. ``at`` are the
    sitemaps that a site's address led to, ``first`` the map that the next poll begins with and those that lead to it.
    """

    poll: int = 0
    again: bool = False
    at: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    turns: Mapping[str, Turn] = field(default_factory=dict)

    @classmethod
    def of(cls, cursor: Mapping[str, Any]) -> Memory:
        """Return what a cursor says; another version's cursor, or a damaged one, says nothing."""
        try:
            turns = {str(url): Turn(mark=str(mark), poll=int(poll), gave=bool(gave), failed=sum(map(int, failed)))
                     for url, (mark, poll, gave, *failed) in dict(cursor.get("maps", {})).items()}  # fmt: skip
            at, first = (tuple(str(url) for url in cursor.get(name, ())) for name in ("at", "first"))
            poll, again = int(cursor.get("poll", 0)), bool(cursor.get("again"))
            return cls(poll=poll, again=again, at=at, first=first, turns=turns)
        except (TypeError, ValueError):
            return cls()

    def cursor(self) -> dict[str, Any]:
        """Return this as JSON values; of very many maps those read last are kept."""
        latest = sorted(self.turns.items(), key=lambda pair: pair[1].poll, reverse=True)[:_MAX_REMEMBERED]
        maps = {url: [turn.mark, turn.poll, turn.gave, *([turn.failed] if turn.failed else [])] for url, turn in latest}
        said = {"maps": maps, "poll": self.poll if maps else 0, "again": self.again}
        said |= {"at": list(self.at), "first": list(self.first)}
        return {name: value for name, value in said.items() if value}


def choose(
    children: tuple[ChildMap, ...], memory: Memory, since: datetime | None, limit: int
) -> tuple[tuple[ChildMap, ...], tuple[ChildMap, ...]]:
    """Return the maps to read now, at most ``limit``, and those that may have news as well but must wait."""
    marks = {child.mark for child in children}
    tells = len(marks) > 1 or len(children) == 1
    wanted = [child for child in children if _may_have_news(child, memory, since, tells=tells)]
    ranked = sorted(wanted, key=lambda child: _rank(child, memory, tells=tells))
    picked, rest = ranked[:limit], ranked[limit:]
    if rest and (limit > 1 or memory.poll % 2):
        least = min((picked[-1], *rest), key=lambda child: last_asked(child, memory))
        picked[-1], rest = least, [child for child in (picked[-1], *rest) if child is not least]
    return tuple(picked), tuple(rest)


def _may_have_news(child: ChildMap, memory: Memory, since: datetime | None, *, tells: bool) -> bool:
    turn = memory.turns.get(child.url)
    if child.mark and turn is not None and turn.mark == child.mark:
        return False
    is_old = tells and since is not None and child.changed_at is not None and child.changed_at < since
    return not is_old


def _rank(child: ChildMap, memory: Memory, *, tells: bool) -> tuple[float, ...]:
    """Order maps: what had no room, then the latest changed, those that gave something, news, those long not read."""
    turn = memory.turns.get(child.url)
    waits = 0.0 if child.url in memory.first else 1.0
    rests = 1.0 if turn is not None and memory.poll - turn.poll < 2 ** min(turn.failed, _MAX_RESTS) - 1 else 0.0
    changed = -child.changed_at.timestamp() if tells and child.changed_at else 0.0
    gave = 0.0 if turn is not None and turn.gave else 1.0
    news = 0.0 if "news" in child.url.lower() else 1.0
    return waits, rests, changed, gave, news if turn is None else 1.0, last_asked(child, memory)


def last_asked(child: ChildMap, memory: Memory) -> float:
    """Return the number of the poll that last asked for a map, -1 for none."""
    turn = memory.turns.get(child.url)
    return -1.0 if turn is None else float(turn.poll)
