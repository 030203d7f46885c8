"""From stars to stories: which story every star is, which begin and which end. Reads and writes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from storage.story_moves import assign

__all__ = ["Plan", "Step", "plan"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An article that gets another lead. ``story_id`` is where it stands now, None for one that comes in."""

    node: int
    story_id: int | None
    lead: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What becomes of stories.

    ``stories`` names the story of each star by its lead; a star that begins one is in ``begun`` instead, with the story
    that most of its articles come from, if any. ``ended`` names for each story without articles the lead of the star
    that most of them went to.
    """

    stories: Mapping[int, int]
    begun: Mapping[int, int | None]
    ended: Mapping[int, int]


def plan(
    steps: Collection[Step],
    *,
    canonical: Mapping[int, int],
    sizes: Mapping[int, int],
    keep: int | None = None,
    leaving: Collection[int] = (),
) -> Plan:
    """Return which stories the stars of some articles are.

    ``canonical`` has the canonical article of every story that these articles are in or come to, ``sizes`` how many
    articles each has; both as they are before. ``keep`` is a story that goes on whatever its size, and articles
    ``leaving`` count for none.
    """
    claims = _claims(steps, canonical, sizes)
    counted = _claims(steps, canonical, sizes, leaving)
    taken = assign({lead: counted.get(lead, Counter()) for lead in claims}, canonical, keep=keep)
    begun = {lead: _largest(claims[lead]) for lead in claims if lead not in taken}
    gone = canonical.keys() - set(taken.values())
    return Plan(stories=taken, begun=begun, ended={story: _heir(story, claims, taken) for story in gone})


def _claims(
    steps: Collection[Step], canonical: Mapping[int, int], sizes: Mapping[int, int], leaving: Collection[int] = ()
) -> dict[int, Counter[int]]:
    """Return how many articles of which story each star holds, by its lead, without those leaving."""
    moved = {step.node for step in steps}
    left = Counter(step.story_id for step in steps)
    claims = {step.lead: Counter[int]() for step in steps}
    for story_id, lead in canonical.items():
        if lead not in moved and lead not in leaving:
            claims.setdefault(lead, Counter())[story_id] += sizes[story_id] - left[story_id]
    for step in steps:
        if step.story_id is not None and step.node not in leaving:
            claims[step.lead][step.story_id] += 1
    return claims


def _heir(story_id: int, claims: Mapping[int, Counter[int]], taken: Mapping[int, int]) -> int:
    holders = [lead for lead in taken if claims[lead][story_id]] or [lead for lead in claims if claims[lead][story_id]]
    return max(holders, key=lambda lead: (claims[lead][story_id], -taken.get(lead, 0)))


def _largest(counts: Counter[int]) -> int | None:
    return min(counts, key=lambda story_id: (-counts[story_id], story_id), default=None)
