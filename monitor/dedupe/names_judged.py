"""What kind of change each pair of replaced words is, where the two texts themselves have a say.

A name that stands on the other side too was not replaced; words with two counterparts were reworded; after many
changes that are no names the rest is not looked at. What a pair is by itself is for ``monitor.dedupe.names_kinds``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.dedupe.body import Body
from monitor.dedupe.names_changes import Change
from monitor.dedupe.names_kinds import Kind, kind_of, names_of
from monitor.dedupe.reversals import are_opposites
from monitor.read.normalize import prepare, squeeze

__all__ = ["Judged", "is_titled", "judge"]

_FRUITLESS = 6  # rewordings in a row that show that the text was reworded throughout


@dataclass(frozen=True, slots=True)
class Judged:
    """A change and its kind."""

    change: Change
    kind: Kind


def judge(found: Sequence[Change], a: Body, b: Body, *, is_short: bool) -> list[Judged]:
    """Return the changes with their kinds.

    Where many of them stand in one place each and the first hold no name, the text was reworded: the others of these
    are not looked at, which bounds the time.
    """
    rivalled = _rivalled(found)
    judged: list[Judged] = []
    fruitless = 0
    for change in found:
        is_single = len(change.places) == 1
        if change in rivalled or (is_single and fruitless >= _FRUITLESS):
            judged.append(Judged(change, Kind.REWORDED))
            continue
        kind = _judge(change, a, b, is_short=is_short)
        fruitless = 0 if kind is Kind.NAME else fruitless + (is_single and kind is Kind.REWORDED)
        judged.append(Judged(change, kind))
    return judged


def _rivalled(found: Sequence[Change]) -> frozenset[Change]:
    """Return the changes of words that have one counterpart here and quite another there: rewriting does so."""
    beside: dict[tuple[str, str], list[Change]] = defaultdict(list)
    for change in found:
        beside["a", change.a].append(change)
        beside["b", change.b].append(change)
    groups = (group for group in beside.values() if len(group) > 1 and not all(map(is_titled, group)))
    return frozenset(one for group in groups for one in group if any(_are_rivals(one, other) for other in group))


def is_titled(change: Change) -> bool:
    """Tell whether a change stands in the titles and in the texts."""
    return len({place.in_title for place in change.places}) > 1


def _are_rivals(one: Change, other: Change) -> bool:
    """Tell whether the sides on which two changes differ have nothing to do with each other."""
    left, right = (one.b, other.b) if one.a == other.a else (one.a, other.a)
    return left not in right and right not in left


def _judge(change: Change, a: Body, b: Body, *, is_short: bool) -> Kind:
    """Return the kind of a change; what stands on the other side too was not replaced, or moved within a list."""
    kind = kind_of(change, is_short=is_short)
    if are_opposites(change.a, change.b, change.left, change.right):
        return Kind.IGNORED
    if kind in (Kind.IGNORED, Kind.REWORDED):
        return kind
    if _is_exclusive(change, a, b):
        return Kind.LIKELY if kind is Kind.POSSIBLE and is_short and _is_told_elsewhere(change, a, b) else kind
    may_move = is_short and kind not in (Kind.SPELLING, Kind.UNLISTED)
    return Kind.POSSIBLE if may_move and _is_rarer(change, a, b) else Kind.REWORDED


def _is_told_elsewhere(change: Change, a: Body, b: Body) -> bool:
    """Tell whether two names that only the titles lay side by side stand in the texts, too, as a credit does."""
    letters = squeeze(prepare(change.a)), squeeze(prepare(change.b))
    is_titled = all(place.in_title for place in change.places)
    return is_titled and letters[0] in a.normalized and letters[1] in b.normalized


def _is_exclusive(change: Change, a: Body, b: Body) -> bool:
    """Tell whether neither name occurs on the other side."""
    if not change.is_han:
        return not (_holds_word(b, change.a) or _holds_word(a, change.b))
    is_cut = len(change.places) > 1 or min(map(len, change.coded)) == 1
    name_a, name_b = names_of(change) if is_cut else change.coded
    return name_a not in b.with_title and name_b not in a.with_title


def _is_rarer(change: Change, a: Body, b: Body) -> bool:
    """Tell whether either name stands less often on the other side: 广西, 湖南 for 湖南, 贵州."""
    name_a, name_b = names_of(change) if change.is_han else (change.a, change.b)
    return _times(a, name_a) > _times(b, name_a) or _times(b, name_b) > _times(a, name_b)


def _times(body: Body, name: str) -> int:
    return body.with_title.count(squeeze(prepare(name)))


def _holds_word(body: Body, words: str) -> bool:
    pattern = re.compile(rf"(?<![a-z0-9]){re.escape(words.casefold())}(?![a-z0-9])")
    return bool(pattern.search(body.prepared) or pattern.search(body.prepared_title))
