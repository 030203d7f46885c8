"""What is said of a name as of a program: its service breaks, it is asked, paid for, written with.

Reads the folded text right before and behind a name, or behind the list it stands in, and gives what it finds as a
reason with points. The words stand in ``said_chinese.txt`` and ``said_english.txt``. Knows no entity.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monitor.tag.squeeze import is_han
from monitor.tag.word_tables import Row, read_rows

__all__ = ["is_borne", "is_named_for_product", "is_read_as_chinese", "reasons", "said_of"]

_FOLDER = Path(__file__).parent

_REACH = 48  # characters before a name that a verb and what it takes may fill
_AROUND = 12  # characters each side that tell the language of a sentence
_MOST = 3  # points of a row
_TOGETHER = 2  # points of rows that say little: they are one kind of evidence
_NO_PERSON = "it, not he or she"
_BORNE = frozenset(
    {
        "Alpaca", "Aya", "Bailing", "Bert", "Claude", "Codex", "Emu", "Ernie", "Gemma", "Genie", "Hermes",
        "Kandinsky", "Kimi", "Luma", "Mengzi", "Moss", "Nova", "Pi", "Pika", "Rinna", "Sora", "Swallow",
        "Takane", "Titan", "Vega", "Yi",
    }
)  # fmt: skip
"""Names that people, animals or gods bear as well: they too answer, write and are asked."""

_ITS_MAKERS_TOO = frozenset(
    {"Manus", "Perplexity", "Perplexity AI", "Suno", "Suno AI", "Udio", "Sarvam", "Ideogram", "Recraft"}
)


def is_borne(name: str) -> bool:
    """Say whether people bear the name as well."""
    return name in _BORNE


def is_named_for_product(name: str) -> bool:
    """Say whether the maker goes by the name too, or is known for nothing else: what it does speaks of the product."""
    return name in _ITS_MAKERS_TOO


def is_read_as_chinese(letters: str, start: int, stop: int) -> bool:
    """Say whether Chinese stands around a place."""
    return any(map(is_han, letters[max(0, start - _AROUND) : stop + _AROUND]))


def said_of(letters: str, start: int, stop: int, *, borne: bool) -> tuple[str, int] | None:
    """Return what is said of ``letters[start:stop]`` as of a program, and its points, 1 to 3.

    What people do too counts less for a name that people bear. Two reasons that say little make two points together;
    for a name that people bear only where one of them rules people out.
    """
    found = _found(letters, start, stop, borne=borne)
    if not found:
        return None
    best = max(found, key=lambda why: found[why])
    may_add = not borne or _NO_PERSON in found
    return best, max(found[best], min(_TOGETHER, sum(found.values()))) if may_add else found[best]


def _found(letters: str, start: int, stop: int, *, borne: bool) -> dict[str, int]:
    """Return the reasons with their points; nothing is sought any more once one of the most is found."""
    found: dict[str, int] = {}
    before = letters[max(0, start - _REACH) : start]
    table = _table("chinese" if is_read_as_chinese(letters, start, stop) else "english")
    rows = table.rows if table.any_behind.match(letters, stop) else table.before_alone
    for said in rows:
        points = said.borne if borne else said.points
        if points > found.get(said.why, 0) and _fits(said, before, letters, stop):
            found[said.why] = points
            if points == _MOST:
                break
    return found


def _fits(said: Row, before: str, letters: str, stop: int) -> bool:
    if said.behind is not None and said.behind.match(letters, stop) is None:
        return False
    return said.before is None or said.before.search(before) is not None


@cache
def reasons() -> frozenset[str]:
    """Return all reasons that ``said_of`` may give."""
    return frozenset(said.why for language in ("chinese", "english") for said in _table(language).rows)


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of a language; those that ask nothing of what stands behind; and what any of the others asks."""

    rows: tuple[Row, ...]
    before_alone: tuple[Row, ...]
    any_behind: re.Pattern[str]


@cache
def _table(language: str) -> _Table:
    rows = read_rows(_FOLDER / f"said_{language}.txt")
    behind = "|".join(f"(?:{row.behind.pattern})" for row in rows if row.behind is not None)
    return _Table(rows, tuple(row for row in rows if row.behind is None), re.compile(behind))
