"""What one text offers to judge its ambiguous names by: its cues, its certain names and its lists.

Puts in order what was found; takes no decision.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor.tag.context import Context
from monitor.tag.lexicon import Role
from monitor.tag.places import Places

__all__ = ["Cue", "Evidence", "Hit", "gather", "lists_of", "outermost", "without_undecided"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A name in the text: ``[start, end)`` is the spelling, ``stop`` the end with what is glued to it."""

    entity: str
    kind: str
    family: str | None
    role: Role
    name: str
    start: int
    end: int
    stop: int
    version: str | None


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in the text."""

    role: Role
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a judgement may ask of one text.

    ``cues`` are grouped by entity, ``anchors`` (the mentions that are certain) by kind; ``named`` holds the first two
    anchors of each entity and of each family; ``lists`` holds the ambiguous models that stand in one list with each.
    """

    context: Context
    cues: Mapping[str, Places[Cue]]
    anchors: Mapping[str, Places[Hit]]
    named: Mapping[str, Sequence[Hit]]
    lists: Mapping[Hit, Sequence[Hit]]
    is_word: Callable[[int, int], bool]


def gather(
    context: Context,
    cues: Mapping[str, Places[Cue]],
    certain: Iterable[Hit],
    lists: Mapping[Hit, Sequence[Hit]],
    is_word: Callable[[int, int], bool],
) -> Evidence:
    """Return the evidence of one text, with its certain mentions put in order."""
    by_kind: dict[str, list[Hit]] = {}
    named: dict[str, list[Hit]] = {}
    for anchor in sorted(certain, key=lambda hit: hit.start):
        by_kind.setdefault(anchor.kind, []).append(anchor)
        for name in {anchor.entity, anchor.family or anchor.entity}:
            if len(named.setdefault(name, [])) < 2:
                named[name].append(anchor)
    anchors = {kind: Places(found) for kind, found in by_kind.items()}
    return Evidence(context, cues, anchors, named, lists, is_word)


def outermost(cues: Iterable[Cue]) -> Places[Cue]:
    """Return the cues of one owner without those inside longer ones: 阿里 in 阿里云 is not a second cue."""
    kept: list[Cue] = []
    end = {True: -1, False: -1}
    for cue in sorted(cues, key=lambda cue: (cue.start, -cue.end)):
        speaks_for = cue.role is not Role.AGAINST
        if cue.end > end[speaks_for]:
            kept.append(cue)
            end[speaks_for] = cue.end
    return Places(kept)


def without_undecided(cues: Mapping[str, Places[Cue]], undecided: Iterable[Hit]) -> dict[str, Places[Cue]]:
    """Return the cues without those that are themselves names not decided: 元宝 must not prove 混元 and be proved."""
    open_places = {(hit.start, hit.end) for hit in undecided}
    return {
        owner: Places(cue for cue in found if cue.role is not Role.CUE or (cue.start, cue.end) not in open_places)
        for owner, found in cues.items()
    }


def lists_of(context: Context, models: Iterable[Hit]) -> dict[Hit, Sequence[Hit]]:
    """Return for each ambiguous model those that stand in one list with it, itself included."""
    runs: list[list[Hit]] = []
    for hit in sorted(models, key=lambda hit: (hit.start, hit.stop)):
        if runs and context.is_listed_with(hit.start, hit.stop, [(runs[-1][-1].start, runs[-1][-1].stop)]):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return {hit: run for run in runs for hit in run}
