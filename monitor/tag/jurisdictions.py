"""Countries, unions, states and provinces that make laws: what texts call them, and which is part of which.

Finds them in a folded text; does not know whose a law is. The names are in ``jurisdictions.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.tag.squeeze import is_latin

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

__all__ = ["Seat", "code_of", "find_seats", "is_within"]

_TABLE = Path(__file__).with_name("jurisdictions.txt")
_ONLY_LOOKS = "-"
_SHORT = {
    "美": "us",
    "英": "gb",
    "法": "fr",
    "德": "de",
    "日": "jp",
    "韩": "kr",
    "俄": "ru",
    "欧": "eu",
    "澳": "au",
    "越": "vn",
    "意": "it",
}
_LANDS = {"星": "sg", "马": "my", "菲": "ph", "澳": "au", "加": "ca", "纽": "nz", "柬": "kh", "缅": "mm"}
_LAND = re.compile(f"国(?<=[{''.join(_LANDS)}]国)(?![内外际家])(国会|政府|内阁|总理|首相|法院|高等法院|卫生部|财政部)?")
"""Short names of countries in Taiwan's and Singapore's press: 星国国会, 马国; 三星国内 is none."""
_BEHIND_SHORT = ("《", "参议院", "参院", "众议院", "众院", "议会", "内阁", "首相", "总理")
_SHORT_BEFORE_TITLE = re.compile("|".join(f"{word}(?<=[{''.join(_SHORT)}]{word})" for word in _BEHIND_SHORT))
_BEFORE_SHORT = ",。;:!?、和与及\n "
_IN_WORD = "三明卫五群行罗巴司参增追施叠南吴攀"  # before the letter: 三星, 明星, 卫星, 罗马, 参加


@dataclass(frozen=True, slots=True)
class Seat:
    """A jurisdiction named at ``letters[start:end]``."""

    code: str
    start: int
    end: int


def find_seats(letters: str) -> list[Seat]:
    """Return the jurisdictions that a folded text names, in order; those in longer names of other things are none."""
    automaton, codes = _automaton()
    found = [
        Seat(codes[index], start, end)
        for index, start, end in automaton.find_matches_as_indexes(letters)
        if codes[index] != _ONLY_LOOKS and _stands_free(letters, start, end)
    ]
    found += [
        Seat(_SHORT[letters[mark - 1]], mark - 1, mark)
        for mark in (one.start() for one in _SHORT_BEFORE_TITLE.finditer(letters))
        if mark == 1 or letters[mark - 2] in _BEFORE_SHORT
    ]
    found += _short_lands(letters)
    return sorted(found, key=lambda seat: seat.start)


def _short_lands(letters: str) -> Iterator[Seat]:
    """Yield the countries by one letter and 国 that head a clause, or with their parliament and the like behind."""
    for one in _LAND.finditer(letters):
        mark = one.start() - 1
        is_head = mark == 0 or letters[mark - 1] in _BEFORE_SHORT
        if is_head or (one[1] and letters[mark - 1] not in _IN_WORD):
            yield Seat(_LANDS[letters[mark]], mark, mark + 2)


def code_of(name: str) -> str | None:
    """Return the jurisdiction of a name as the table writes it (Hanoi, 越南)."""
    return _names().get(name)


def is_within(part: str, whole: str) -> bool:
    """Say whether a jurisdiction is another or part of it: California of the United States, Italy of the Union."""
    return part == whole or (part in _parents() and is_within(_parents()[part], whole))


def _stands_free(letters: str, start: int, end: int) -> bool:
    """Say whether a Latin name is no piece of a longer word; Han characters join freely."""
    before, last, after = letters[start - 1 : start], letters[end - 1], letters[end : end + 1]
    if before and is_latin(letters[start]) and (is_latin(before) or before in "-.@"):
        return False
    return not (after and is_latin(last) and is_latin(after))


@cache
def _rows() -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return tuple((row[0], tuple(name.replace("_", " ") for name in row[1:])) for row in rows)


@cache
def _names() -> dict[str, str]:
    return {name: head.partition("<")[0] for head, names in _rows() for name in names}


@cache
def _parents() -> dict[str, str]:
    split = [head.partition("<") for head, _ in _rows()]
    return {code: whole for code, _, whole in split if whole}


@cache
def _automaton() -> tuple[AhoCorasick, tuple[str, ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    names = _names()
    return AhoCorasick(list(names), matchkind=MatchKind.LeftmostLongest), tuple(names.values())
