"""Numbers of acts and standards in a list that names their series once: ISO/IEC 42001、42005, EOs 14110 and 14179.

Knows the series and how lists run; which number is whose law comes from a catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from monitor.tag.catalogue import Catalogue
from monitor.tag.gathered import Hit
from monitor.tag.lexicon import Role
from monitor.tag.versions import Extent

__all__ = ["Numbers", "listed_numbers", "numbers_of"]

Numbers = Mapping[tuple[str, str], str]
"""The entity of each number of a series."""

_SERIES = {
    "ISO/IEC": "iso",
    "ISO": "iso",
    "GB/T": "gb",
    "GBT": "gb",
    "Executive Orders": "eo",
    "Executive Order": "eo",
    "EOs": "eo",
    "EO": "eo",
    "Senate Bills": "sb",
    "SBs": "sb",
    "SB": "sb",
}
_NUMBER = re.compile(rf"({'|'.join(_SERIES)}) ?(\d{{2,5}})(?:[:-]\d{{4}})?$")
_FIRST = re.compile(rf"({'|'.join(_SERIES)}) ?(?=\d{{2,5}}(?!\d))")
_ONE = re.compile(r"(\d{2,5})(?:[:-]\d{4})?(?:号|认证|标准)?(?![\d.%]|[年月日亿万])")
_SIGNS = ("ISO", "GB", "EO", "SB", "Executive Order", "Senate Bill")  # what each series holds: cheap, before the search
_JOINT = re.compile(r"[\"')]*(?: ?[、/&加和与及或] ?|以及|, (?:and )?| and | or )(?:第|the )?")


def numbers_of(catalogue: Catalogue) -> Numbers:
    """Return the numbers that the spellings of a catalogue hold: 42001 of ISO/IEC 42001."""
    found = ((_NUMBER.match(text), entity.id) for entity in catalogue for text in (*entity.strong, *entity.ambiguous))
    return {(_SERIES[number[1]], number[2]): owner for number, owner in found if number}


def listed_numbers(letters: str, numbers: Numbers) -> Iterator[Hit]:
    """Yield the numbers in lists of a folded text, where two or more stand behind the name of their series."""
    for first in _FIRST.finditer(letters) if any(sign in letters for sign in _SIGNS) else ():
        found = list(_run(letters, first.end()))
        if len(found) < 2:
            continue
        for number in found:
            entity = numbers.get((_SERIES[first[1]], number[1]))
            if entity is not None:
                yield _hit(entity, f"{first[1]} {number[1]}", number.start(), number.end(1))


def _hit(entity: str, name: str, start: int, end: int) -> Hit:
    return Hit(entity, "regulation", None, Role.STRONG, name, start, end, Extent(end))


def _run(letters: str, at: int) -> Iterator[re.Match[str]]:
    """Yield the numbers of one list, the first of them at ``at``."""
    joint: re.Match[str] | None = None
    while (number := _ONE.match(letters, joint.end() if joint else at)) is not None:
        yield number
        joint = _JOINT.match(letters, number.end())
        if joint is None:
            return
