"""Where found names overlap: which of them stays, and where it begins and ends.

Works on names that are decided; knows neither spellings nor reasons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

__all__ = ["Found", "Reasons", "balance", "in_order", "settle"]

Reasons = tuple[tuple[str, int], ...]
"""What spoke for and against a name, with points."""


@dataclass(slots=True)  # not frozen: see Match
class Found:
    """A mention before it is put into its field; ``core`` is the length of the spelling within."""

    entity: str
    kind: str
    start: int
    end: int
    version: str | None
    size: str | None
    how: str
    confidence: float
    core: int
    variant: str | None = None
    reasons: Reasons = ()


def balance(letters: str, item: Found) -> Found:
    """Cut a model's name that a quote splits (“盘古”大模型) to the part inside it; close a title's book mark."""
    surface = letters[item.start : item.end]
    if surface.count("《") > surface.count("》") and letters[item.end : item.end + 1] == "》":
        return replace(item, end=item.end + 1)
    if item.kind != "model" or surface.count('"') != 1:
        return item
    at = item.start + surface.index('"')
    closes = letters[item.start - 1 : item.start] == '"'
    return replace(item, end=at) if closes else replace(item, start=at + 1)


def settle(found: Iterable[Found]) -> list[Found]:
    """Return the mentions that stay, ordered by start: within a kind nothing overlaps.

    The longest stays, then the one with the longer spelling, then the surest; what overlaps it and is of the same
    entity makes it longer.
    """
    kinds: dict[str, list[Found]] = {}
    for item in found:
        kinds.setdefault(item.kind, []).append(item)
    kept = (item for items in kinds.values() for group in _overlapping(items) for item in _settle_group(group))
    return in_order(kept)


def in_order(found: Iterable[Found]) -> list[Found]:
    """Return names by place, and by kind where two begin together."""
    return sorted(found, key=attrgetter("start", "kind"))


def _overlapping(items: Iterable[Found]) -> Iterator[list[Found]]:
    """Yield the items in groups: what overlaps, directly or through others."""
    group: list[Found] = []
    end = -1
    for item in sorted(items, key=attrgetter("start")):
        if group and item.start >= end:
            yield group
            group = []
        group.append(item)
        end = max(end, item.end)
    if group:
        yield group


def _settle_group(group: list[Found]) -> list[Found]:
    if len(group) == 1:
        return group
    kept: list[Found] = []
    for item in sorted(group, key=lambda item: (item.start - item.end, -item.core, -item.confidence, -item.start)):
        clashes = [other for other in kept if item.start < other.end and other.start < item.end]
        if not clashes:
            kept.append(item)
        elif len(clashes) == 1 and clashes[0].entity == item.entity:
            kept[kept.index(clashes[0])] = _joined(clashes[0], item)
    return kept


def _joined(left: Found, right: Found) -> Found:
    return replace(
        left,
        start=min(left.start, right.start),
        end=max(left.end, right.end),
        version=left.version or right.version,
        size=left.size or right.size,
        variant=left.variant or right.variant,
        reasons=left.reasons or right.reasons,
        confidence=max(left.confidence, right.confidence),
    )
