"""Names that stand in another place of the other text: items behind one that was put in a list, sides of a match.

What replaces a name that itself replaces another (太阳 for 湖人, 湖人 for 勇士) is no change of its own: the one that
the first text lacks stands for the one that the second lacks. Two that changed places are no other names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from monitor.dedupe.lexicon import is_place, word_kind
from monitor.dedupe.names_alignment import Aligned
from monitor.dedupe.names_changes import Change, place_of
from monitor.dedupe.names_slots import ANDS, Slot

__all__ = ["exchanged", "netted", "swapped"]

_PLACE = (4, 3, 2)  # characters of places
_WORD = 2  # characters of most Chinese words
_MOST = 15  # changes; more are no form's
Coded = tuple[str, str]


def netted(changes: Sequence[Change], parts: Sequence[Aligned]) -> list[Change]:
    """Return the changes with what moved taken out, chains made one, and with the titles that hold them.

    A change that is two side by side (五粮液嘉兴, 德润智能西安) is parts of these.
    """
    found = _without_chains(_taken_apart(changes)) if len(changes) <= _MOST else list(changes)
    titles = [part for part in parts if part.in_title]
    return [_titled(change, titles[0]) for change in found] if titles else found


def _titled(change: Change, titles: Aligned) -> Change:
    """Add the place in titles that could not be laid side by side: each has one of the two names."""
    (a, b), here, there = change.coded, titles.a.coded, titles.b.coded
    if any(place.in_title for place in change.places) or (change.is_han and min(len(a), len(b)) == 1):
        return change
    at_a, at_b = here.find(a), there.find(b)
    if at_a < 0 or at_b < 0 or a in there or b in here:
        return change
    place = place_of(titles, Slot(at_a, at_a + len(a), at_b, at_b + len(b)))
    return replace(change, places=(*change.places, place))


def swapped(parts: Sequence[Aligned]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of names that changed places and do not stand side by side in a list."""
    surfaces: dict[Coded, tuple[str, str]] = {}
    listed: set[Coded] = set()
    for part in parts:
        before = None
        for slot in part.slots:
            coded = part.a.coded[slot.a : slot.a_end], part.b.coded[slot.b : slot.b_end]
            surfaces[coded] = part.a.surface(slot.a, slot.a_end), part.b.surface(slot.b, slot.b_end)
            if before and coded == before[1][::-1] and _are_listed(part, before[0], slot):
                listed |= {coded, before[1]}
            before = slot, coded
    turned = [coded for coded in surfaces if all(coded) and coded[::-1] in surfaces and coded not in listed]
    return tuple(surfaces[coded] for coded in turned if all(map(_may_be_a_name, surfaces[coded])))


def exchanged(parts: Sequence[Aligned]) -> tuple[tuple[str, str], ...]:
    """Return the two places of which each begins what only one of the texts has: items at the two ends of a list."""
    only_a = [part.a.surface(slot.a, slot.a_end) for part in parts for slot in part.slots if slot.b == slot.b_end]
    only_b = [part.b.surface(slot.b, slot.b_end) for part in parts for slot in part.slots if slot.a == slot.a_end]
    if len(only_a) != 1 or len(only_b) != 1:
        return ()
    place_a, place_b = _place_of(only_a[0]), _place_of(only_b[0])
    are_two = place_a and place_b and all(place_a not in part.b.coded for part in parts)
    return ((place_a, place_b),) if are_two and all(place_b not in part.a.coded for part in parts) else ()


def _place_of(item: str) -> str:
    return next((item[:size] for size in _PLACE if is_place(item[:size])), "")


def _are_listed(part: Aligned, one: Slot, other: Slot) -> bool:
    """Tell whether nothing but a mark or a word like "and" parts two names."""
    between = part.a.surface(one.a_end, other.a)
    return not between or between.casefold() in ANDS


def _may_be_a_name(words: str) -> bool:
    return words[:1].isupper() if words.isascii() else len(words) > _WORD or word_kind(words) != "doing"


def _taken_apart(changes: Sequence[Change]) -> list[Change]:
    """Give the places of a change that begins or ends with another one to this; what is left is one of its own."""
    known = {change.coded: change for change in map(_whole, changes)}
    for change in list(known.values()):
        pieces = _pieces(change.coded, known)
        if not pieces:
            continue
        del known[change.coded]
        for coded in pieces:
            piece = known.get(coded) or replace(change, a=coded[0], b=coded[1], coded=coded, places=())
            known[coded] = replace(piece, places=(*change.places, *piece.places))
    return list(known.values())


def _whole(change: Change) -> Change:
    """Return a change of the titles with the names as they are written there: 北江, 西江 and not 北, 西."""
    if not change.is_han or not any(place.in_title for place in change.places) or max(map(len, change.coded)) > 1:
        return change
    if any(map(word_kind, _pairs(change))):
        return change
    wide = change.widened()
    return replace(change, a=wide[0], b=wide[1], coded=wide)


def _pairs(change: Change) -> Iterator[str]:
    """Yield what may be a word with the character that differs in it: 遇难, 罹难."""
    for char in (change.a, change.b):
        yield f"{change.left[-1:]}{char}"
        yield f"{char}{change.right[:1]}"


def _pieces(coded: Coded, known: Mapping[Coded, Change]) -> list[Coded]:
    """Return the two changes that one is made of: both known, or one that stands in the titles, and the rest."""
    a, b = coded
    for (one, other), change in known.items():
        if (one, other) == coded or not one or not other:
            continue
        is_titled = change.is_han and any(place.in_title for place in change.places) and min(len(one), len(other)) > 1
        for rest, is_end in (((a[len(one) :], b[len(other) :]), False), ((a[: -len(one)], b[: -len(other)]), True)):
            fits = a.endswith(one) and b.endswith(other) if is_end else a.startswith(one) and b.startswith(other)
            if fits and all(rest) and (is_titled or rest in known):
                return [(one, other), rest]
    return []


def _without_chains(changes: list[Change]) -> list[Change]:
    known = {change.coded for change in changes}
    changes = [change for change in changes if change.coded[::-1] not in known]
    follows = _links([change.widened() for change in changes])
    begins = [at for at in range(len(changes)) if at not in follows.values()]
    if not follows:
        return changes
    chained = [_chained(changes, begin, follows) for begin in begins]
    return [change for change in chained if change.coded[0] != change.coded[1]]


def _links(names: Sequence[tuple[str, str]]) -> dict[int, int]:
    """Return which change goes on where another ends: its name in A is the other's in B."""
    starts = {name_a: at for at, (name_a, _) in enumerate(names) if len(name_a) > 1}
    begun, ended = Counter(name_a for name_a, _ in names), Counter(name_b for _, name_b in names)
    found = {at: starts[name_b] for at, (_, name_b) in enumerate(names) if name_b in starts}
    is_plain = all(begun[names[at][1]] == ended[names[at][1]] == 1 for at in found)
    return found if is_plain else {}


def _chained(changes: Sequence[Change], begin: int, follows: Mapping[int, int]) -> Change:
    first = changes[begin]
    at, places = begin, list(first.places)
    while at in follows:
        at = follows[at]
        places += changes[at].places
    last = changes[at]
    if last is first:
        return first
    return Change(first.a, last.b, (first.coded[0], last.coded[1]), tuple(places), "", "")
