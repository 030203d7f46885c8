"""Stars kept up change by change are those that going through all articles from scratch gives."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.dedupe.stars import settle

NODES = range(1, 13)
Pair = frozenset[int]


@dataclass
class Graph:
    """Articles as numbers: who copies whom, who stands before whom, and what people said of them."""

    orders: dict[int, tuple[int, int]] = field(default_factory=dict)
    copies: set[Pair] = field(default_factory=set)
    together: set[Pair] = field(default_factory=set)
    kept_apart: set[Pair] = field(default_factory=set)
    leads: dict[int, int] = field(default_factory=dict)
    asked: int = 0

    def order(self, node: int) -> tuple[int, int]:
        return self.orders[node]

    def unit(self, node: int) -> tuple[int, ...]:
        found, before = {node}, set[int]()
        while found != before:
            before = set(found)
            found.update(*(pair for pair in self.together if pair & found and pair <= set(self.orders)))
        return tuple(sorted(found))

    def apart(self, node: int) -> Collection[int]:
        others = {other for pair in self.kept_apart if node in pair for other in pair - {node}}
        return (others & set(self.orders)) - set(self.unit(node))

    def lead(self, node: int) -> int | None:
        return self.leads.get(node)

    def followers(self, lead: int) -> Collection[int]:
        return [node for node, its in self.leads.items() if its == lead != node]

    def nominees(self, node: int) -> Collection[int]:
        """Return copies that lead, and those that their leads do not lead to, as the index does."""
        copies = [other for other in self.orders if frozenset((node, other)) in self.copies and other != node]
        leads = {self.lead(other) for other in copies} & set(self.orders)
        held = [other for other in copies if len(self.unit(other)) > 1 or self.lead(other) == other]
        return {*held, *(lead for lead in leads if lead is not None)} - {node}

    def is_copy(self, a: int, b: int) -> bool:
        self.asked += 1
        return frozenset((a, b)) in self.copies

    def settle(self, *changed: int) -> None:
        self.leads.update(settle(self, changed))


def from_scratch(graph: Graph) -> dict[int, int]:
    stories: list[tuple[set[int], set[int], int]] = []  # those that attract copies, all articles, canonical one
    units = {min(graph.unit(node), key=graph.order): set(graph.unit(node)) for node in graph.orders}
    for head in sorted(units, key=graph.order):
        unit = units[head]
        apart = {other for node in unit for other in graph.apart(node)}
        for attracting, articles, _ in stories:
            copied = any(frozenset((a, b)) in graph.copies for a in unit for b in attracting)
            if copied and not apart & articles:
                articles |= unit
                attracting |= unit if len(unit) > 1 else set()
                break
        else:
            stories.append((set(unit), set(unit), head))
    return {node: lead for _, articles, lead in stories for node in articles}


def story_of(graph: Graph, node: int) -> list[int]:
    return [other for other, lead in graph.leads.items() if lead == graph.leads[node]]


pairs = st.sets(st.sampled_from(NODES), min_size=2, max_size=2).map(frozenset)
changes = st.one_of(
    st.tuples(st.just("add"), st.sampled_from(NODES)),
    st.tuples(st.just("add"), st.sampled_from(NODES)),
    st.tuples(st.just("remove"), st.sampled_from(NODES)),
    st.tuples(st.just("text"), st.sampled_from(NODES), st.sets(st.sampled_from(NODES))),
    st.tuples(st.just("order"), st.sampled_from(NODES), st.integers(0, 99)),
    st.tuples(st.just("together"), pairs),
    st.tuples(st.just("apart"), pairs),
    st.tuples(st.just("forget"), pairs),
)


def change(graph: Graph, copies: set[Pair], orders: list[int], kind: str, *what: Any) -> None:
    if kind == "add":
        (node,) = what
        if node not in graph.orders:
            graph.orders[node] = (orders[node - 1], node)
            graph.copies |= {pair for pair in copies if node in pair}
            graph.settle(node)
        return
    touched = set(what[0]) if isinstance(what[0], frozenset) else {what[0]}
    if not touched <= set(graph.orders):
        return
    if kind == "order":
        graph.orders[what[0]] = (what[1], what[0])
    elif kind in ("remove", "text"):
        node = what[0]
        graph.copies = {pair for pair in graph.copies if node not in pair}
        if kind == "text":
            graph.copies |= {frozenset((node, other)) for other in what[1] if other != node}
    else:
        (pair,) = what
        for rows in (graph.together, graph.kept_apart):
            rows.discard(pair)
        if kind != "forget":
            (graph.together if kind == "together" else graph.kept_apart).add(pair)
        touched = {node for one in pair for node in story_of(graph, one)}
    if kind == "remove":
        graph.together = {pair for pair in graph.together if not pair & touched}
        graph.kept_apart = {pair for pair in graph.kept_apart if not pair & touched}
        touched |= set(story_of(graph, what[0]))
    graph.settle(*touched)
    if kind == "remove":
        del graph.orders[what[0]], graph.leads[what[0]]


@settings(max_examples=400, deadline=None)
@given(
    copies=st.sets(pairs, max_size=40),
    orders=st.lists(st.integers(0, 20), min_size=len(NODES), max_size=len(NODES)),
    steps=st.lists(changes, max_size=40),
)
def test_stars_after_any_changes_are_those_from_scratch(
    copies: set[Pair], orders: list[int], steps: list[tuple[Any, ...]]
) -> None:
    graph = Graph()
    for kind, *what in steps:
        change(graph, copies, orders, str(kind), *what)
        assert graph.leads == from_scratch(graph), (kind, what)


@settings(max_examples=200, deadline=None)
@given(copies=st.sets(pairs, max_size=40), order=st.permutations(NODES), ranks=st.permutations(NODES))
def test_order_of_arrival_does_not_matter(copies: set[Pair], order: list[int], ranks: list[int]) -> None:
    ends = []
    for arrivals in (order, NODES):
        graph = Graph()
        for node in arrivals:
            change(graph, copies, ranks, "add", node)
        ends.append(graph.leads)
    assert ends[0] == ends[1]


def star(size: int) -> Graph:
    """Return the story of 2 and its copies 3, 4, ...; all are copies of 1, which is better and not there yet."""
    nodes = range(2, size + 2)
    graph = Graph(orders={node: (node, node) for node in nodes}, leads=dict.fromkeys(nodes, 2))
    graph.copies = {frozenset((1, node)) for node in nodes} | {frozenset((2, node)) for node in nodes if node != 2}
    return graph


@pytest.mark.parametrize("better", [True, False], ids=["better", "worse"])
def test_only_what_is_needed_is_compared(better: bool) -> None:
    graph = star(50)
    graph.orders[1] = (1 if better else 99, 1)
    graph.settle(1)
    assert graph.leads == dict.fromkeys(graph.orders, 1 if better else 2)
    assert graph.asked <= (101 if better else 1)


@dataclass
class Tired(Graph):
    """Answers questions about so many pairs only."""

    pairs: int = 10
    known: dict[Pair, bool] = field(default_factory=dict)

    def is_copy(self, a: int, b: int) -> bool | None:  # type: ignore[override]
        pair = frozenset((a, b))
        if pair not in self.known and len(self.known) < self.pairs:
            self.known[pair] = super().is_copy(a, b)
        return self.known.get(pair)


def test_those_that_are_not_compared_any_more_follow_their_canonical_article() -> None:
    graph = star(50)
    tired = Tired(orders=graph.orders | {1: (1, 1)}, copies={frozenset((1, 2))}, leads=graph.leads)
    tired.settle(1)
    assert [node for node, lead in tired.leads.items() if lead == node] == [*range(3, 12), 1]
    assert all(tired.leads[node] == 1 for node in range(12, 52))


def test_new_article_that_nobody_compares_is_canonical() -> None:
    tired = Tired(orders={1: (1, 1), 2: (2, 2)}, copies={frozenset((1, 2))}, leads={1: 1}, pairs=0)
    tired.settle(2)
    assert tired.leads == {1: 1, 2: 2}
