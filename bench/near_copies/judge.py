"""Judges pairs by the rule that is measured, and gathers what is right and what is found of each kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.near_copies.pair import LINKED, REVISED, Pair
from monitor.dedupe import compare
from monitor.read.fingerprint import fingerprint
from storage.nomination import FEW_SENTENCES, MIN_SHARED_SENTENCES
from storage.records import Evidence

__all__ = ["Judged", "figures", "judge", "kinds"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A pair, the verdict on it with its evidence, and whether the index would propose it at all."""

    pair: Pair
    verdict: str
    is_nominated: bool
    why: str
    evidence: Evidence

    @property
    def is_right(self) -> bool:
        return self.verdict in self.pair.right

    @property
    def is_linked(self) -> bool:
        return self.verdict in LINKED

    @property
    def is_found(self) -> bool:
        """Tell whether a copy is linked, or named as held where it is cut so short that this is right."""
        return self.is_linked or self.is_right


def judge(pairs: Iterable[Pair]) -> list[Judged]:
    """Return every pair with its verdict."""
    return [_judged(pair) for pair in pairs]


def kinds(judged: Sequence[Judged]) -> dict[str, dict[str, Any]]:
    """Return figures by kind and language: pairs, the shares judged right, nominated and linked, and the verdicts."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for one in judged:
        groups[f"{one.pair.kind}, {one.pair.language}"].append(one)
    return {name: _summary(group) for name, group in groups.items()}


def figures(judged: Sequence[Judged]) -> dict[str, float]:
    """Return the figures that have goals, over all pairs: shares 0-1, and counts of false links.

    ``recall`` is of copies and revisions, ``found`` of those that are nominated too; ``contained`` is the share of held
    texts that are nominated and named with the right direction (or linked, where the held part is large).
    """

    def share(goals: str, test: Callable[[Judged], bool], chosen: Callable[[Pair], bool] = lambda _: True) -> float:
        return _share([test(one) for one in judged if one.pair.goal in goals.split() and chosen(one.pair)])

    return {
        "recall": share("link revision", lambda one: one.is_found),
        "found": share("link revision", lambda one: one.is_found and one.is_nominated),
        "traditional": share("link", lambda one: one.is_found, lambda pair: pair.kind.startswith("Traditional")),
        "contained": share("contain", lambda one: one.is_right and one.is_nominated),
        "revisions_named": share("revision", lambda one: one.is_right, lambda pair: pair.right == REVISED),
        "copies_right": share("link", lambda one: one.is_right),
        "templates_merged": sum(one.is_linked for one in judged if one.pair.goal == "template"),
        "others_linked": sum(not one.is_right for one in judged if one.pair.goal == "other"),
        "look_alikes": sum(one.pair.goal in ("template", "other") for one in judged),
    }


def _judged(pair: Pair) -> Judged:
    found = compare(pair.a.body, pair.b.body, pair.a.title, pair.b.title)
    return Judged(
        pair=pair,
        verdict=found.verdict.value,
        is_nominated=_is_nominated(pair),
        why=found.why,
        evidence=found.evidence,
    )


def _is_nominated(pair: Pair) -> bool:
    """Tell whether the index would propose one text for the other: equal, a common band, or common sentences."""
    a, b = fingerprint(pair.a.body), fingerprint(pair.b.body)
    fewest = min(len(a.sentences), len(b.sentences))
    needed = 1 if fewest <= FEW_SENTENCES else MIN_SHARED_SENTENCES
    is_quoted = len(set(a.sentences) & set(b.sentences)) >= needed
    return a.content_hash == b.content_hash or is_quoted or not set(a.bands).isdisjoint(b.bands)


def _summary(group: Sequence[Judged]) -> dict[str, Any]:
    return {
        "pairs": len(group),
        "right": _share([one.is_right for one in group]),
        "linked": _share([one.is_linked for one in group]),
        "nominated": _share([one.is_nominated for one in group]),
        "verdicts": dict(Counter(one.verdict for one in group).most_common()),
    }


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags) if flags else 1.0
