"""Reading the maps of an index within one poll: which come next, when to stop, what each brought.

Knows the bounds of a poll; the ranking of maps is ``monitor.sources._sitemap_plan``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.sources._parsed import Document
from monitor.sources._sitemap import ChildMap, Choice, Sitemap, parse_sitemap
from monitor.sources._sitemap_plan import Memory, Turn, choose, last_asked
from monitor.types import Failed, Fetched, Rejected, SourcePort, Unchanged
from storage.records import NewItem, Outcome

__all__ = ["Haul", "MapReader", "Wish", "parse"]

_TIME_FOR_MAPS = timedelta(seconds=100)  # a visit's lease lasts 300 s without a sign of life
_MAX_MESSAGES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a poll is for: entries no older than ``since``, by their addresses; how many maps and entries at most."""

    since: timedelta | None
    match: str | None
    skip: str | None
    maps: int
    limit: int

    def cutoff(self, now: datetime) -> datetime | None:
        """Return the time before which nothing counts."""
        return None if self.since is None else now - self.since


@dataclass(slots=True, kw_only=True)
class Haul:
    """What the maps of one poll brought so far; of equal items the first counts."""

    found: dict[str, NewItem] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    bytes_read: int = 0
    maps_read: int = 0
    unread: int = 0
    fault: Failed | Rejected | None = None

    def add(self, sitemap: Sitemap, size: int) -> None:
        """Add what a map of ``size`` bytes held."""
        self.maps_read += 1
        self.bytes_read += size
        self.messages += sitemap.skipped
        for item in sitemap.items:
            self.found.setdefault(item.key, item)

    def fail(self, url: str, fault: Failed | Rejected) -> None:
        """Note that a map could not be read."""
        self.fault = self.fault or fault
        self.messages.append(f"{url}: {fault.detail}")
        self.unread += 1

    @property
    def notices(self) -> tuple[tuple[str, str], ...]:
        """Return what an operator should know of maps that could not be read."""
        if self.fault is None:
            return ()
        return (("maps", f"{self.unread} of the maps asked for could not be read: {self.fault.detail}"[:300]),)

    @property
    def skipped(self) -> tuple[str, ...]:
        """Return the messages, at most 50 and how many more."""
        more = len(self.messages) - _MAX_MESSAGES
        return (*self.messages[:_MAX_MESSAGES], f"and {more} more") if more > 0 else tuple(self.messages)


class MapReader:
    """Reads maps into a haul, those first that may have news, until a bound is reached.

    The bounds: ``wish.maps`` maps, ``wish.limit`` items, 100 seconds by the times of the answers, and a server that
    asks for a pause. What is left is for the next poll, which ``memory`` then knows: it begins with the map of those
    left that was not read for longest.
    """

    def __init__(self, wish: Wish, memory: Memory, haul: Haul, port: SourcePort) -> None:
        self._wish = wish
        self._memory = memory
        self._haul = haul
        self._port = port
        self._poll = memory.poll + 1
        self._turns = dict(memory.turns)
        self._listed: set[str] = set()
        self._wanted: set[str] = set()
        self._parents: dict[str, str] = {}
        self._has_no_room = False
        self._waiting: list[ChildMap] = []
        self._has_more = False

    async def read(self, children: tuple[ChildMap, ...], began: datetime | None) -> Memory:
        """Read what is worth it of ``children``; return what to remember. ``began`` is when the index came."""
        self._plan(children, self._wish.cutoff(began) if began else None, self._wish.maps)
        left = self._wish.maps
        while self._waiting and left > 0 and len(self._haul.found) < self._wish.limit:
            child = self._waiting.pop(0)
            left -= 1
            answer = await self._port.get(child.url)
            if isinstance(answer, Fetched):
                began = began or answer.fetched_at
            goes_on = await self._take(child, answer, left)
            if not goes_on or (isinstance(answer, Fetched) and began and answer.fetched_at - began > _TIME_FOR_MAPS):
                break
        return self._remembered()

    @property
    def is_hopeless(self) -> bool:
        """Say whether no map could be read, now or when it was last asked for, and none is left to try."""
        turns = [self._turns[url] for url in self._listed if url in self._turns]
        return all(turn.failed for turn in turns) and self._wanted <= self._turns.keys()

    def _remembered(self) -> Memory:
        """Return what the next poll must know; an index with maps that are left is read again, changed or not."""
        if self._waiting and (self._has_no_room or len(self._haul.found) >= self._wish.limit):
            left = f"{self._waiting[0].url}{f' and {n} more' if (n := len(self._waiting) - 1) else ''}"
            self._haul.messages.append(f"no room among {self._wish.limit} entries for {left}: left for the next poll")
        for child in self._waiting:
            self._open_ways_to(child.url)
        longest = min(self._waiting, key=lambda child: last_asked(child, self._memory), default=None)
        return replace(
            self._memory,
            poll=self._poll,
            turns={url: turn for url, turn in self._turns.items() if url in self._listed},
            again=self._has_more or bool(self._waiting),
            first=(longest.url, *self._ways_to(longest.url)) if longest else (),
        )

    def _ways_to(self, url: str) -> list[str]:
        """Return the indexes within the index that lead to a map, the nearest first."""
        ways: list[str] = []
        while (parent := self._parents.get(ways[-1] if ways else url)) and parent not in ways:
            ways.append(parent)
        return ways

    def _open_ways_to(self, url: str) -> None:
        for way in self._ways_to(url):
            self._turns[way] = replace(self._turns.get(way, Turn(poll=self._poll)), mark="")

    def _plan(
        self, children: tuple[ChildMap, ...], since: datetime | None, limit: int, parent: str | None = None
    ) -> bool:
        """Queue the maps of an index that are worth a request; say whether some must wait for another poll."""
        chosen, rest = choose(children, self._memory, since, limit)
        more = bool(rest) or not all(child.mark for child in chosen)
        first = [child for child in chosen if child.url in self._memory.first]
        self._waiting = [*first, *self._waiting, *(child for child in chosen if child not in first)]
        self._listed |= {child.url for child in children}
        self._wanted |= {child.url for child in (*chosen, *rest)}
        if parent:
            self._parents |= {child.url: parent for child in children if child.url not in self._parents}
        self._has_more = self._has_more or more
        return more

    async def _take(self, child: ChildMap, answer: Fetched | Unchanged | Failed, left: int) -> bool:
        """Add a map's content to the haul; say whether to go on."""
        sitemap = await self._parsed(answer)
        if isinstance(sitemap, Failed | Rejected):
            self._haul.fail(child.url, sitemap)
            before = self._turns.get(child.url, Turn())
            self._turns[child.url] = replace(before, mark="", poll=self._poll, failed=before.failed + 1)
            self._open_ways_to(child.url)
            self._has_more = True
            return not (isinstance(sitemap, Failed) and sitemap.retry_after_s is not None)
        assert isinstance(answer, Fetched)
        if sitemap.left_out and self._haul.found:
            self._waiting.insert(0, child)  # the next poll begins with it and has room for all of it
            self._has_no_room = True
            return False
        self._haul.add(sitemap, len(answer.body))
        cutoff = self._wish.cutoff(answer.fetched_at)
        waits = sitemap.is_index and (self._plan(sitemap.maps, cutoff, left, child.url) or left == 0)
        self._turns[child.url] = Turn(mark="" if waits else child.mark, poll=self._poll, gave=bool(sitemap.items))
        return True

    async def _parsed(self, answer: Fetched | Unchanged | Failed) -> Sitemap | Failed | Rejected:
        if isinstance(answer, Failed):
            return answer
        if isinstance(answer, Unchanged):
            detail = "304 to a request without conditions"
            return Failed(reason=Outcome.HTTP_ERROR, detail=detail, status=answer.status)
        return await parse(answer, self._wish, self._wish.limit - len(self._haul.found), self._port)


async def parse(fetched: Fetched, wish: Wish, limit: int, port: SourcePort) -> Sitemap | Rejected:
    """Read a map in a worker process, at most ``limit`` entries of it."""
    now = fetched.fetched_at
    choice = Choice(since=wish.cutoff(now), match=wish.match, skip=wish.skip, limit=limit)
    document = Document(address=fetched.url, base=fetched.final_url)
    return await port.run(parse_sitemap, fetched.body, fetched.content_type, document, now, choice)
