"""Acts in a list that says Acts once, at its end: the Digital Services and Digital Markets Acts.

Knows how such lists run; which act is tracked comes from a catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from monitor.tag.gathered import Hit
from monitor.tag.lexicon import Role
from monitor.tag.settings import EntitySettings
from monitor.tag.versions import Extent

__all__ = ["acts_of", "listed_acts"]

_LOOK_BACK = 120
_WORDS = r"[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){0,4}"
_ACT = re.compile(rf"({_WORDS}) Act")
_ACTS = re.compile(r" Acts\b")
_LIST = re.compile(rf"(?:{_WORDS}(?:,? and |, )){{1,4}}{_WORDS}$")
_ITEM = re.compile(_WORDS)


def acts_of(entities: Iterable[EntitySettings]) -> dict[str, str]:
    """Return the entity of each act that always counts, by what stands before its last word: Digital Services."""
    found = ((_ACT.fullmatch(text), entity.id) for entity in entities for text in entity.strong)
    return {act[1]: owner for act, owner in found if act}


def listed_acts(letters: str, acts: Mapping[str, str]) -> Iterator[Hit]:
    """Yield the acts in lists of a folded text of which the last item alone has the word; that one with it."""
    for last in _ACTS.finditer(letters):
        found = _LIST.search(letters, max(0, last.start() - _LOOK_BACK), last.start())
        for item in _ITEM.finditer(letters, found.start(), found.end()) if found else ():
            entity = acts.get(item[0])
            if entity is not None:
                end = last.end() if item.end() == last.start() else item.end()
                yield Hit(entity, "regulation", None, Role.STRONG, f"{item[0]} Act", item.start(), end, Extent(end))
