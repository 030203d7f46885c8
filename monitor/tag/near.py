"""What stands near an ambiguous name: its cues, its maker, certain names, and names as open as it is.

Asks the evidence of one text; weighs nothing.
"""

from __future__ import annotations

from monitor.tag.context import LIST_REACH
from monitor.tag.gathered import Cue, Evidence, Hit
from monitor.tag.lexicon import Role
from monitor.tag.places import Place
from monitor.tag.squeeze import is_han
from monitor.tag.things import is_thing, is_thing_beside

__all__ = [
    "OF_ANYTHING",
    "cues_near",
    "is_beside_vendor",
    "is_listed",
    "is_thing_too",
    "named_elsewhere",
    "open_near",
    "tracked_near",
]

_LIST_WINDOW = 2 * LIST_REACH
_NEAR_VENDOR = 50
OF_ANYTHING = frozenset({"AI", "A.I.", "人工智能", "人工智慧", "artificial intelligence"})
"""Words of models that stand in news of any kind, and so tell of no name beside them."""


def cues_near(owner: str, roles: set[Role], window: Place, hit: Hit, evidence: Evidence) -> list[Cue]:
    """Return the distinct cues of ``owner`` in the window that are not part of the name itself, nearest first."""
    begin, stop = window
    cues = evidence.cues[owner].starting(begin, stop) if owner in evidence.cues else []
    near = [cue for cue in cues if cue.role in roles and cue.end <= stop and not _overlap(cue, hit)]
    near.sort(key=lambda cue: max(hit.start - cue.end, cue.start - hit.end))
    return list({cue.name: cue for cue in reversed(near)}.values())[::-1]


def _overlap(cue: Cue, hit: Hit) -> bool:
    return cue.start < hit.end and hit.start < cue.end


def open_near(hit: Hit, evidence: Evidence) -> list[Hit]:
    """Return the ambiguous models of other entities in the sentence of the hit, at most one of each."""
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    near = evidence.models.starting(begin, stop)
    return list({other.entity: other for other in near if other.entity != hit.entity}.values())


def named_elsewhere(hit: Hit, evidence: Evidence) -> Hit | None:
    """Return a certain mention of the same entity or family elsewhere in the text."""
    names = dict.fromkeys((hit.entity, hit.family or hit.entity))
    anchors = (anchor for name in names for anchor in evidence.named.get(name, ()))
    return next((anchor for anchor in anchors if anchor.start != hit.start), None)


def _anchors(kind: str, window: Place, hit: Hit, evidence: Evidence) -> list[Hit]:
    """Return the certain mentions of a kind in the window that are not the hit."""
    begin, stop = window
    near = evidence.anchors[kind].starting(begin, stop) if kind in evidence.anchors else []
    return [anchor for anchor in near if anchor.end <= stop and (anchor.end <= hit.start or hit.end <= anchor.start)]


def tracked_near(hit: Hit, window: Place, evidence: Evidence) -> Hit | None:
    """Return a certain mention of another model in the window."""
    near = _anchors("model", window, hit, evidence)
    return next((anchor for anchor in near if anchor.entity != hit.entity), None)


def is_listed(hit: Hit, evidence: Evidence) -> bool:
    """Say whether the nearest certain mention on one side stands in one list with the hit."""
    near = _anchors(hit.kind, (hit.start - _LIST_WINDOW, hit.stop + _LIST_WINDOW), hit, evidence)
    left = [(anchor.start, anchor.stop) for anchor in near if anchor.end <= hit.start][-1:]
    right = [(anchor.start, anchor.stop) for anchor in near if anchor.start >= hit.end][:1]
    return evidence.context.is_listed_with(hit.start, hit.stop, left + right)


def is_beside_vendor(hit: Hit, evidence: Evidence) -> bool:
    """Say whether the maker's name leads right to the hit, or the hit is said to be the maker's."""
    if hit.entity not in evidence.cues:
        return False
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    near = evidence.cues[hit.entity].starting(
        max(begin, hit.start - _NEAR_VENDOR), min(stop, hit.stop + 2 * _NEAR_VENDOR)
    )
    vendors = [(cue.start, cue.end) for cue in near if cue.role is Role.VENDOR]
    context = evidence.context
    return context.is_beside(hit.start, vendors) or context.is_made_by(hit.stop, vendors)


def is_thing_too(hit: Hit, evidence: Evidence) -> bool:
    """Say whether the sentence speaks of the thing that a Han name means as well, beside a hit that is none."""
    letters = evidence.context.letters
    if hit.stop != hit.end or not is_han(hit.name[0]) or is_thing(letters, hit.start, hit.end):
        return False
    begin, stop = evidence.context.sentence(hit.start, hit.end)
    return is_thing_beside(letters, begin, stop, hit.start, hit.end)
