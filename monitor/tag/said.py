"""What is said of a name as of a program: its service breaks, it is asked, paid for, written with.

Reads the folded text right before and behind a name, or behind the list it stands in, and gives what it finds as a
reason with points. The words stand in ``said_chinese.txt`` and ``said_english.txt``. Knows no entity.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monitor.tag.squeeze import HAN
from monitor.tag.word_tables import Row, read_rows

__all__ = ["NO_PERSON", "is_borne", "is_named_for_product", "is_read_as_chinese", "reasons", "said_of"]

_FOLDER = Path(__file__).parent

_REACH = {"english": 48, "chinese": 20}  # characters before a name that a verb and what it takes may fill
_AROUND = 12  # characters each side that tell the language of a sentence
_HAN = re.compile(f"[{HAN}]")
_AT_ONCE = 8  # rows whose words behind are asked for together: most stand nowhere
_MOST = 3  # points of a row
_TOGETHER = 2  # points of rows that say little: they are one kind of evidence
NO_PERSON = "it, not he or she"
_BORNE = frozenset(
    {
        "Aya", "Bailing", "Bert", "Claude", "Emu", "Ernie", "Gemma", "Genie", "Hermes", "Kandinsky", "Kimi", "Luma",
        "Mengzi", "Moss", "Nova", "Pi", "Pika", "Rinna", "Sora", "Takane", "Titan", "Vega", "Yi",
    }
)  # fmt: skip
"""Names that people, animals or gods bear as well: they too answer, write and are asked."""

_ITS_MAKERS_TOO = frozenset(
    {"Mistral", "Manus", "Perplexity", "Perplexity AI", "Suno", "Suno AI", "Udio", "Sarvam", "Ideogram", "Recraft"}
)


def is_borne(name: str) -> bool:
    """Say whether people bear the name as well."""
    return name in _BORNE


def is_named_for_product(name: str) -> bool:
    """Say whether the maker goes by the name too, or is known for nothing else: what it does speaks of the product."""
    return name in _ITS_MAKERS_TOO


def is_read_as_chinese(letters: str, start: int, stop: int) -> bool:
    """Say whether Chinese stands around a place."""
    return _HAN.search(letters, max(0, start - _AROUND), stop + _AROUND) is not None


def said_of(letters: str, start: int, stop: int, *, borne: bool) -> tuple[str, int] | None:
    """Return what is said of ``letters[start:stop]`` as of a program, and its points, 1 to 3.

    What people do too counts less for a name that people bear. Two reasons that say little make two points together;
    for a name that people bear only where one of them rules people out.
    """
    found = _found(letters, start, stop, borne=borne)
    if not found:
        return None
    best = max(found, key=lambda why: found[why])
    may_add = not borne or NO_PERSON in found
    return best, max(found[best], min(_TOGETHER, sum(found.values()))) if may_add else found[best]


def _found(letters: str, start: int, stop: int, *, borne: bool) -> dict[str, int]:
    """Return the reasons with their points; nothing is sought any more once one of the most is found."""
    found: dict[str, int] = {}
    language = "chinese" if is_read_as_chinese(letters, start, stop) else "english"
    before = letters[max(0, start - _REACH[language]) : start].lower()
    for said in _rows(language, letters, stop):
        points = said.borne if borne else said.points
        if points > found.get(said.why, 0) and _fits(said, before, letters, stop):
            found[said.why] = points
            if points == _MOST:
                break
    return found


def _rows(language: str, letters: str, stop: int) -> Iterator[Row]:
    """Yield the rows of a language, in order, but for those whose words do not stand behind a place."""
    for part in _parts(language):
        yield from part.rows if part.any_behind.match(letters, stop) else part.before_alone


def _fits(said: Row, before: str, letters: str, stop: int) -> bool:
    if said.behind is not None and said.behind.match(letters, stop) is None:
        return False
    return said.before is None or said.before.search(before) is not None


@cache
def reasons() -> frozenset[str]:
    """Return all reasons that ``said_of`` may give."""
    return frozenset(said.why for language in _REACH for part in _parts(language) for said in part.rows)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows of a language; those that ask nothing of what stands behind; and what any of the others asks."""

    rows: tuple[Row, ...]
    before_alone: tuple[Row, ...]
    any_behind: re.Pattern[str]


@cache
def _parts(language: str) -> tuple[_Part, ...]:
    rows = read_rows(_FOLDER / f"said_{language}.txt")
    return tuple(_part(rows[at : at + _AT_ONCE]) for at in range(0, len(rows), _AT_ONCE))


def _part(rows: Sequence[Row]) -> _Part:
    behind = "|".join(f"(?:{row.behind.pattern})" for row in rows if row.behind is not None)
    return _Part(tuple(rows), tuple(row for row in rows if row.behind is None), re.compile(behind))
