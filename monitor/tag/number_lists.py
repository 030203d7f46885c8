"""Acts and standards in a list that names their series once: ISO/IEC 42001、42005, EOs 14110 and 14179, and Acts.

Knows the series and how lists run; which number is whose law comes from a catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from monitor.tag.act_lists import acts_of, listed_acts
from monitor.tag.catalogue import Catalogue
from monitor.tag.gathered import Hit
from monitor.tag.lexicon import Role
from monitor.tag.versions import Extent

__all__ = ["Numbers", "listed_numbers", "numbers_of"]

Numbers = Mapping[str, Mapping[str, str]]
"""The entity of each number, or of the words before Act, in each series."""

_BY_WORDS = "act"

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
_STANDARD = re.compile(r"(?<![A-Za-z])ISO(?:/IEC)? ?\d{4,5}(?!\d)")
_BARE = re.compile(
    r"(?<![\dA-Za-z.,/$€£¥#-])(?<!ISO )(?<!IEC )(?<!GB/T )\d{5}(?![\dA-Za-z%号元人家个万亿年]|[,./-]\d| ?(?:"
    r"people|users|dollars|euros|yuan|pounds|firms|companies|hours|times|certificates|staff|workers|pages)\b)"
)
_ENDS = re.compile(r"[。!?;\n]|[.!?][\"')]* (?=[A-Z\"(])")
_SIGNS = ("ISO", "GB", "EO", "SB", "Executive Order", "Senate Bill")  # what each series holds: cheap, before the search
_JOINT = re.compile(r"[\"')]*(?: ?[、/&加和与及或] ?|以及|, (?:and )?| and | or )(?:第|the )?")


def numbers_of(catalogue: Catalogue) -> Numbers:
    """Return the numbers that the spellings of a catalogue hold, 42001 of ISO/IEC 42001, and its acts."""
    numbers: dict[str, dict[str, str]] = {_BY_WORDS: acts_of(catalogue)}
    for entity in catalogue:
        for number in filter(None, map(_NUMBER.match, (*entity.strong, *entity.ambiguous))):
            numbers.setdefault(_SERIES[number[1]], {})[number[2]] = entity.id
    return numbers


def listed_numbers(letters: str, numbers: Numbers) -> Iterator[Hit]:
    """Yield what stands in lists of a folded text, where two or more share the name of their series.

    So do numbers of standards that a sentence gives by themselves once it named one in full.
    """
    yield from listed_acts(letters, numbers[_BY_WORDS])
    listed = list(_in_series(letters, numbers))
    taken = {hit.start for hit in listed}
    yield from listed
    yield from (hit for hit in _bare_standards(letters, numbers.get("iso", {})) if hit.start not in taken)


def _in_series(letters: str, numbers: Numbers) -> Iterator[Hit]:
    for first in _FIRST.finditer(letters) if any(sign in letters for sign in _SIGNS) else ():
        found = list(_run(letters, first.end()))
        if len(found) < 2:
            continue
        for number in found:
            entity = numbers.get(_SERIES[first[1]], {}).get(number[1])
            if entity is not None:
                yield _hit(entity, f"{first[1]} {number[1]}", number.start(), number.end(1))


def _bare_standards(letters: str, numbers: Mapping[str, str]) -> Iterator[Hit]:
    """Yield the bare numbers of standards behind one in full in its sentence: ISO/IEC 22989 defines, 23053 draws."""
    first = _STANDARD.search(letters) if "ISO" in letters else None
    while first is not None:
        stop = _ENDS.search(letters, first.end())
        end = stop.start() if stop else len(letters)
        bare = (one for one in _BARE.finditer(letters, first.end(), end) if one[0] in numbers)
        yield from (_hit(numbers[one[0]], f"ISO {one[0]}", one.start(), one.end()) for one in bare)
        first = _STANDARD.search(letters, end)


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
