"""What one text offers to judge its ambiguous names by: its cues, its certain names and its lists.

Puts in order what was found; takes no decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from monitor.tag.appositions import is_said_place
from monitor.tag.asked import Asked
from monitor.tag.bearers import has_surname, is_full_name
from monitor.tag.context import Context
from monitor.tag.lexicon import Role
from monitor.tag.places import Place, Places
from monitor.tag.said import is_borne
from monitor.tag.versions import Extent

__all__ = [
    "Cue",
    "Evidence",
    "Hit",
    "Listing",
    "borne_in",
    "gather",
    "lists_of",
    "others_in",
    "outermost",
    "without_undecided",
]

_MEANS_ANOTHER = 2
"""Words against a name in one sentence that tell what the name means in the whole text."""
_LONGEST_LIST = 200
"""Characters of a list whose neighbours still speak of all its names."""


@dataclass(slots=True, eq=False)  # not frozen: see Match
class Hit:
    """A name in the text: ``[start, end)`` is the spelling, ``extent`` what is glued to it, until ``stop``.

    Two hits are never equal: each is one place as one spelling.
    """

    entity: str
    kind: str
    family: str | None
    role: Role
    name: str
    start: int
    end: int
    extent: Extent
    stop: int = field(init=False)

    def __post_init__(self) -> None:
        self.stop = self.extent.end

    @property
    def version(self) -> str | None:
        """Return the version that the name shows."""
        return self.extent.version

    @property
    def size(self) -> str | None:
        """Return the size that the name shows."""
        return self.extent.size

    @property
    def variant(self) -> str | None:
        """Return the words of a sub-model that the name shows."""
        return self.extent.variant


class Cue(NamedTuple):
    """A cue in the text."""

    role: Role
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of ambiguous models in ``letters[start:stop]``: each entity with its name. One name alone is one too."""

    names: Mapping[str, str]
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that a judgement may ask of one text.

    ``cues`` are grouped by entity, ``anchors`` (the mentions that are certain) by kind; ``named`` holds the first two
    anchors of each entity and of each family; ``lists`` holds the list that each ambiguous model stands in, ``models``
    all of them; ``borne`` are the entities whose name somebody or some thing bears somewhere in the text, ``others``
    those whose name means another thing somewhere, by what is said there against it.
    """

    context: Context
    cues: Mapping[str, Places[Cue]]
    anchors: Mapping[str, Places[Hit]]
    named: Mapping[str, Sequence[Hit]]
    lists: Mapping[Hit, Listing]
    models: Places[Hit]
    borne: frozenset[str]
    others: frozenset[str]
    asked: Asked

    def run(self, hit: Hit) -> Place:
        """Return the place of the list that a hit stands in, or its own."""
        listing = self.lists.get(hit)
        if listing is None or listing.stop - listing.start > _LONGEST_LIST:
            return hit.start, hit.stop
        return listing.start, listing.stop


def gather(
    context: Context,
    cues: Mapping[str, Places[Cue]],
    certain: Iterable[Hit],
    lists: Mapping[Hit, Listing],
    models: Places[Hit],
    borne: frozenset[str],
    others: frozenset[str],
    asked: Asked,
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
    return Evidence(context, cues, anchors, named, lists, models, borne, others, asked)


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


def without_undecided(cues: Mapping[str, Places[Cue]], undecided: Iterable[Hit]) -> Mapping[str, Places[Cue]]:
    """Return the cues without those that are themselves names not decided: 元宝 must not prove 混元 and be proved."""
    open_places = {(hit.start, hit.end) for hit in undecided}
    open_cues = {
        owner: {cue for cue in found if cue.role is Role.CUE and (cue.start, cue.end) in open_places}
        for owner, found in cues.items()
    }
    left = {
        owner: Places(cue for cue in cues[owner] if cue not in opened) for owner, opened in open_cues.items() if opened
    }
    return {**cues, **left} if left else cues


def lists_of(context: Context, models: Iterable[Hit]) -> dict[Hit, Listing]:
    """Return for each ambiguous model the list that it stands in."""
    runs: list[list[Hit]] = []
    for hit in sorted(models, key=lambda hit: (hit.start, hit.stop)):
        is_other = bool(runs) and hit.entity != runs[-1][-1].entity
        if is_other and context.is_listed_with(hit.start, hit.stop, [(runs[-1][-1].start, runs[-1][-1].stop)]):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    listings = [_listing(run) for run in runs]
    return {hit: listing for run, listing in zip(runs, listings, strict=True) for hit in run}


def _listing(run: Sequence[Hit]) -> Listing:
    return Listing({hit.entity: hit.name for hit in run}, run[0].start, max(hit.stop for hit in run))


def borne_in(letters: str, lists: Mapping[Hit, Listing], asked: Asked) -> frozenset[str]:
    """Return the entities whose name somebody or some thing bears somewhere in a folded text."""
    runs = {(one.start, one.stop): one for one in lists.values() if one.stop - one.start <= _LONGEST_LIST}
    return frozenset(
        entity for (start, stop), listing in runs.items() if asked.is_borne(start, stop) for entity in listing.names
    ) | {hit.entity for hit in lists if _is_full_name(letters, hit, asked) or is_said_place(letters, hit.stop)}


def others_in(context: Context, cues: Mapping[str, Places[Cue]], models: Iterable[Hit]) -> frozenset[str]:
    """Return the entities whose name stands in a sentence with two words against it and none for it."""
    return frozenset(hit.entity for hit in models if hit.entity in cues and _means_another(context, cues, hit))


def _means_another(context: Context, cues: Mapping[str, Places[Cue]], hit: Hit) -> bool:
    near = cues[hit.entity].starting(*context.sentence(hit.start, hit.end))
    if len(near) < _MEANS_ANOTHER:
        return False
    near = [cue for cue in near if cue.end <= hit.start or cue.start >= hit.end]
    return all(cue.role is Role.AGAINST for cue in near) and len({cue.name for cue in near}) >= _MEANS_ANOTHER


def _is_full_name(letters: str, hit: Hit, asked: Asked) -> bool:
    if has_surname(letters, hit.start, hit.stop):
        return asked.is_word(hit.start - 1, hit.start)
    return is_borne(hit.name) and is_full_name(letters, hit.start, hit.stop)
