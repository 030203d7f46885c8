"""What is known of words and names: ordinary words, places, names that mean the same, characters that sound alike.

Tables for ``monitor.dedupe.names`` in text files beside this one, with sections ``[name]`` and comment lines that begin
with ``#``. They are read on first use and kept in a few long strings: the writer's process carries them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

__all__ = [
    "any_form",
    "are_districts",
    "are_equivalent",
    "is_common",
    "is_english_word",
    "is_foreign",
    "is_of_places",
    "is_place",
    "looks_alike",
    "opposites",
    "sounds_alike",
    "word_kind",
    "words",
]

_SECTION = re.compile(r"\[([\w -]+)\]")
_OFTEN = 3  # names of places, of 4,600
_PARTICLES = frozenset(
    "的了在是和与及将已也都又就对为以于等被把从向由到并但而或其该此各每不未没很更最较再还只仅约近超共可能会要需应让使给着过地得所之"
    "者们中后前内外上下里时年月日今明昨再个名位家次项种条件元本我你他她它这那某此两一二三四五六七八九十百千万亿多几第"
)


def any_form(section: str) -> str:
    """Return the regular expression of one section of the forms that names have."""
    return "".join(_lines("forms", section))


def words(section: str) -> frozenset[str]:
    """Return the words of one section of the forms that names have."""
    return frozenset(_text("forms", section).split())


def word_kind(text: str) -> str | None:
    """Return what Chinese ``text`` is made of: "doing" (verbs, adverbs and the like), "thing" (nouns), None if names.

    It is cut into particles and ordinary words of two characters, from the left; a noun among them makes it a thing.
    """
    ends: dict[int, str] = {0: "particle"}
    for start in range(len(text)):
        if (so_far := ends.get(start)) is None:
            continue
        if text[start] in _PARTICLES:
            ends.setdefault(start + 1, so_far)
        pair = text[start : start + 2]
        if kind := _pair_kind(pair):
            ends.setdefault(start + 2, "thing" if "thing" in (kind, so_far) else kind)
    found = ends.get(len(text))
    return "doing" if found == "particle" else found


def is_english_word(word: str) -> bool:
    """Tell whether ``word`` is among the frequent English words."""
    return f" {word.casefold()} " in _text("english", "words")


def is_foreign(text: str) -> bool:
    """Tell whether all characters are such as foreign names are written with."""
    return _foreign().issuperset(text)


def is_of_places(char: str) -> bool:
    """Tell whether names of counties and districts are often written with a character."""
    return char in _of_places()


def is_place(name: str) -> bool:
    """Tell whether ``name`` is a listed place; English ones in their usual capitals."""
    return name in _places()


def are_districts(a: str, b: str) -> bool:
    """Tell whether two names are listed counties, districts or cities, and no two names of one (长清县, 长清区)."""
    return a[:-1] != b[:-1] and all(name[:-1] in _districts().get(name[-1:], ()) for name in (a, b))


def are_equivalent(a: str, b: str) -> bool:
    """Tell whether two names (casefolded, spaces as underscores) are listed as meaning the same."""
    rows = _same().get(a)
    return rows is not None and not rows.isdisjoint(_same().get(b, ()))


def is_common(char: str) -> bool:
    """Tell whether a Chinese character is in common use: one of 4,550."""
    return char in _text("sounds", "sounds")


def sounds_alike(a: str, b: str) -> bool:
    """Tell whether two Chinese characters are read alike but for the tone."""
    return any(a in line and b in line for line in _lines("sounds", "sounds"))


def looks_alike(a: str, b: str) -> bool:
    """Tell whether scanners take two Chinese characters for one another."""
    return any(a in line and b in line for line in _lines("sounds", "looks"))


def opposites(section: str) -> tuple[str, ...]:
    """Return the lines of one section of the words that turn a statement round."""
    return _lines("opposites", section)


def _pair_kind(pair: str) -> str | None:
    if len(pair) < 2:
        return None
    if pair[1] in _words("doings").get(pair[0], ""):
        return "doing"
    return "thing" if pair[1] in _words("things").get(pair[0], "") else None


@cache
def _words(section: str) -> dict[str, str]:
    return {line[0]: line[1:] for line in _lines("words", section)}


@cache
def _foreign() -> frozenset[str]:
    return frozenset(any_form("transliterates"))


@cache
def _places() -> frozenset[str]:
    return frozenset(" ".join(_text("places", section) for section in ("china", "world", "english")).split())


@cache
def _districts() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _lines("districts", "districts"):
        found.setdefault(line[0], set()).update(line[1:].split())
    return {head: frozenset(names) for head, names in found.items()}


@cache
def _of_places() -> frozenset[str]:
    times = Counter(char for names in _districts().values() for name in names for char in name)
    return frozenset(char for char, count in times.items() if count >= _OFTEN)


@cache
def _same() -> dict[str, frozenset[int]]:
    rows: dict[str, set[int]] = {}
    for row, line in enumerate(_lines("same", "names")):
        for name in line.split():
            rows.setdefault(name, set()).add(row)
    return {name: frozenset(found) for name, found in rows.items()}


@cache
def _text(file: str, section: str) -> str:
    return f" {' '.join(_lines(file, section))} "


@cache
def _lines(file: str, section: str) -> tuple[str, ...]:
    """Return the lines of one section of a file."""
    found: list[str] = []
    current = None
    for line in Path(__file__).with_name(f"{file}.txt").read_text(encoding="utf-8").split("\n"):
        if heading := _SECTION.fullmatch(line):
            current = heading[1]
        elif line and current == section and not line.startswith("#"):
            found.append(line)
    return tuple(found)
