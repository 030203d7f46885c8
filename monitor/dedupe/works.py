"""Works and regulations in brackets (《…》) of which a page that was edited names another one in the same place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from monitor.dedupe.body import Body
from monitor.dedupe.names_same import is_cut_from
from monitor.read.normalize import squeeze

__all__ = ["other_works"]

_WORK = re.compile(r"《([^《》\n]{2,60})》")
_BESIDE = 2  # letters on one side by which a place is known again
_REACH = 8
_ALIKE = 0.8
_MOST = 20  # titles of each text


def other_works(a: Body, b: Body) -> tuple[tuple[str, str], ...]:
    """Return the titles that stand for each other behind, or before, the same letters, and are nowhere in the other."""
    old, new = list(_works(a)), list(_works(b))
    then, now = ({title for title, _ in works} for works in (old, new))
    gone = [one for one in old if one[0] not in now][:_MOST]
    came = [one for one in new if one[0] not in then][:_MOST]
    found = ((x, y) for x, places in gone for y, others in came if places & others and _are_two(x, y))
    return tuple(dict.fromkeys(found))


def _works(body: Body) -> Iterator[tuple[str, frozenset[tuple[str, str]]]]:
    """Yield titles, each with the letters before and behind it."""
    for found in _WORK.finditer(body.prepared):
        before = squeeze(body.prepared[max(0, found.start() - _REACH) : found.start()])[-_BESIDE:]
        behind = squeeze(body.prepared[found.end() : found.end() + _REACH])[:_BESIDE]
        yield found[1], frozenset((side, text) for side, text in (("<", before), (">", behind)) if text)


def _are_two(a: str, b: str) -> bool:
    """Tell whether two titles are no short form of one another, nor one in a little other words."""
    alike = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return alike < _ALIKE and not is_cut_from(*sorted((a, b), key=len))
