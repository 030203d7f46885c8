"""Which article leads which: stories as stars, kept up as articles come and change.

In order of precedence every article joins the story of the best canonical article that it is a copy of; where there is
none it is canonical itself. That is the lexicographically first maximal independent set of the graph of copies, and
depends on nothing but the set of articles. After a change only what may depend on it is placed again, the better first,
and the end is the same.

People's corrections: a *unit* is a set of articles that are held together. It is a copy of what any of its articles is
a copy of, is placed where its best article stands in the order, and a copy of any of its articles is a copy of the
story it is in. Articles held *apart* are never in one story: the worse one goes without.

Knows numbers of articles only; texts, keys and rows are behind the port.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from heapq import heappop, heappush
from typing import Any, Protocol

__all__ = ["Port", "settle"]


class Port(Protocol):
    """What the placing asks about articles. Leads and followers are as they were before it."""

    def order(self, node: int) -> Any:
        """Return what sorts articles, no two of them equal; the least is the best."""

    def unit(self, node: int) -> tuple[int, ...]:
        """Return all articles that people hold together with this one, and itself."""

    def apart(self, node: int) -> Collection[int]:
        """Return the articles that people hold apart from this one."""

    def lead(self, node: int) -> int | None:
        """Return the canonical article of its story, which may be itself; None for an article without a story."""

    def followers(self, lead: int) -> Collection[int]:
        """Return the other articles of a canonical article's story."""

    def nominees(self, node: int) -> Collection[int]:
        """Return articles that may be copies of this one: all those that are, themselves or by their lead."""

    def is_copy(self, a: int, b: int) -> bool | None:
        """Say whether two articles are copies of one text; None where that is not to be found out any more."""


def settle(port: Port, changed: Iterable[int]) -> dict[int, int]:
    """Return the new lead of every article that gets another one.

    ``changed`` are articles that are new, whose text or precedence changed, or whose corrections did.
    """
    return _Settling(port).run(sorted(set(changed)))


class _Settling:
    """One settlement. Units are named by their best article, their *head*."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self._leads: dict[int, int] = {}
        self._heads: dict[int, int] = {}
        self._queue: list[tuple[Any, int]] = []
        self._queued: set[int] = set()
        self._changed: set[int] = set()
        self._whole: set[int] = set()  # heads for which all stories count, not only those that have changed
        self._begun: set[int] = set()  # heads whose opponents are in the queue
        self._opponents: dict[int, frozenset[int]] = {}
        self._fresh: list[int] = []  # heads whose articles attract others as they did not before

    def run(self, changed: Iterable[int]) -> dict[int, int]:
        for node in changed:
            self._begin(node)
        while self._queue:
            self._settle(heappop(self._queue)[1])
        return {node: lead for node, lead in self._leads.items() if self._port.lead(node) != lead}

    def _begin(self, node: int) -> None:
        self._changed.update(self._port.unit(node))
        self._enqueue(node, whole=True)
        lead = self._port.lead(node)
        if lead is not None and self._attracted(node):
            for follower in self._port.followers(lead):
                self._enqueue(follower, whole=True)
                if self._attracted(follower):  # with another rank of its story it attracts others
                    self._changed.update(self._port.unit(follower))
        if self._head(node) not in self._begun:
            self._begun.add(self._head(node))
            for other in self._apart(self._head(node)):
                self._enqueue(other, whole=True)

    def _settle(self, head: int) -> None:
        unit = self._port.unit(head)
        lead = self._place(head)
        for node in unit:
            self._leads[node] = lead
        moved = any(self._port.lead(node) != lead for node in unit)
        if not moved and self._changed.isdisjoint(unit):
            return
        for node in unit:
            self._wake_followers(node, head)
        for other in self._apart(head):
            self._wake(other, head, whole=True)
        if lead == head or len(unit) > 1:
            self._fresh.append(head)
            for node in unit:
                self._wake_copies(node, head, lead)

    def _place(self, head: int) -> int:
        held_apart = bool(self._apart(head))
        before = self._port.lead(head)
        if head in self._whole or held_apart or before is None:
            return self._place_among_all(head)
        found = self._place_among_fresh(head, before)
        return self._place_among_all(head) if found is None else found

    def _place_among_fresh(self, head: int, before: int) -> int | None:
        """Return the best lead where only fresh stories can be better than the one before; None where all count."""
        stories = self._by_lead(node for fresh in self._fresh for node in self._port.unit(fresh))
        for lead in sorted(stories, key=self._port.order):
            if not self._is_better(lead, before):
                break
            copied = self._any_copy(self._port.unit(head), stories[lead])
            if copied or copied is None:
                return lead if copied else self._now(before)
        stays = self._now(before) == before and before not in self._changed
        return before if stays else None

    def _place_among_all(self, head: int) -> int:
        unit = self._port.unit(head)
        nominated = {node for own in unit for node in self._port.nominees(own)}
        nominated.update(node for fresh in self._fresh for node in self._port.unit(fresh))
        better = (node for node in nominated if self._is_better(self._head(node), head) and self._attracts(node))
        stories = self._by_lead(better)
        unknown = False
        for lead in sorted(stories, key=self._port.order):
            if self._is_refused(head, lead):
                continue
            copied = self._any_copy(unit, stories[lead])
            if copied:
                return lead
            unknown = unknown or copied is None
        return self._unverified(unit, head) if unknown else head

    def _unverified(self, unit: Collection[int], head: int) -> int:
        """Return the lead for an article that is compared no more: it follows its old one; a new one leads itself."""
        before = self._port.lead(head)
        lead = None if before is None else self._now(before)
        if lead is None or not self._is_better(lead, head) or self._is_refused(head, lead):
            return head
        return head if self._any_copy(unit, [lead]) is False else lead

    def _is_refused(self, head: int, lead: int) -> bool:
        return any(self._now(one) == lead and self._is_better(self._head(one), head) for one in self._apart(head))

    def _apart(self, head: int) -> frozenset[int]:
        """Return the articles that people hold apart from any of a unit."""
        if head not in self._opponents:
            unit = self._port.unit(head)
            self._opponents[head] = frozenset(other for node in unit for other in self._port.apart(node))
        return self._opponents[head]

    def _any_copy(self, unit: Iterable[int], attracting: Collection[int]) -> bool | None:
        answers = (self._port.is_copy(node, other) for node in unit for other in attracting)
        unknown = False
        for answer in answers:
            if answer:
                return True
            unknown = unknown or answer is None
        return None if unknown else False

    def _wake_followers(self, node: int, head: int) -> None:
        """Place those again that came because of an article: as its followers, or as its copies where it is held."""
        before = self._port.lead(node)
        if before is not None and before != self._leads[node] and self._attracted(node):
            for follower in self._port.followers(before):
                self._wake(follower, head, whole=before != node)

    def _wake_copies(self, node: int, head: int, lead: int) -> None:
        for other in self._related(node, lead):
            if self._head(other) in self._queued or not self._is_better(head, self._head(other)):
                continue
            now = self._now(other)
            if now is not None and self._is_better(lead, now) and self._port.is_copy(node, other):
                self._wake(other, head, whole=False)

    def _related(self, node: int, lead: int) -> Iterator[int]:
        for other in self._port.nominees(node):
            yield other
            if self._port.lead(other) == other and self._is_better(lead, other):
                yield from self._port.followers(other)

    def _wake(self, node: int, by: int, *, whole: bool) -> None:
        if self._is_better(by, self._head(node)):
            self._enqueue(node, whole=whole)

    def _enqueue(self, node: int, *, whole: bool) -> None:
        head = self._head(node)
        if whole:
            self._whole.add(head)
        if head not in self._queued:
            self._queued.add(head)
            heappush(self._queue, (self._port.order(head), head))

    def _by_lead(self, nodes: Iterable[int]) -> dict[int, list[int]]:
        stories: dict[int, list[int]] = {}
        for node in sorted(set(nodes), key=self._port.order):
            lead = self._now(node)
            if lead is not None:
                stories.setdefault(lead, []).append(node)
        return stories

    def _attracts(self, node: int) -> bool:
        """Say whether a copy of an article joins its story."""
        return self._now(node) == node or len(self._port.unit(node)) > 1

    def _attracted(self, node: int) -> bool:
        return self._port.lead(node) == node or len(self._port.unit(node)) > 1

    def _now(self, node: int) -> int | None:
        return self._leads.get(node, self._port.lead(node))

    def _head(self, node: int) -> int:
        if node not in self._heads:
            self._heads[node] = min(self._port.unit(node), key=self._port.order)
        return self._heads[node]

    def _is_better(self, one: int, other: int) -> bool:
        return bool(self._port.order(one) < self._port.order(other))
