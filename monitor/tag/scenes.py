"""What the sentence around a name speaks of: software, or pets, sports, stages, stars, food and other scenes.

The words stand in ``scenes.txt``, by scene. Finds them; knows no entity and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["other_scenes", "speaks_of_devices", "speaks_of_software"]

_SOFTWARE = "software"
_DEVICES = "devices"
_FILE = Path(__file__).with_name("scenes.txt")
_MOST = 2


def speaks_of_software(text: str) -> str | None:
    """Return the first word of a sentence that belongs to the use of programs."""
    return next((word for word, scene in _found(text) if scene == _SOFTWARE), None)


def speaks_of_devices(text: str) -> str | None:
    """Return the first word of a sentence that belongs to phones and pages, on which anything may be."""
    return next((word for word, scene in _found(text) if scene == _DEVICES), None)


def other_scenes(text: str) -> tuple[str, ...]:
    """Return two words at most of a sentence that belong to other scenes than software."""
    words = dict.fromkeys(word for word, scene in _found(text) if scene not in {_SOFTWARE, _DEVICES})
    return tuple(words)[:_MOST]


def _found(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of scenes in a text, each with its scene."""
    automaton, words = _scenes()
    lowered = text.lower()
    lowered = lowered if len(lowered) == len(text) else text
    for index, start, end in automaton.find_matches_as_indexes(lowered):
        word, scene = words[index]
        if not word.isascii() or _stands_alone(lowered, start, end):
            yield word, scene


def _stands_alone(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return not any(char.isascii() and char.isalnum() for char in around)


@cache
def _scenes() -> tuple[Any, tuple[tuple[str, str], ...]]:
    from ahocorasick_rs import AhoCorasick, MatchKind

    words: dict[str, str] = {}
    scene = _SOFTWARE
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            scene = line.strip("[]")
        elif not line.startswith("#"):
            words.update((word.strip(), scene) for word in line.split(","))
    return AhoCorasick(list(words), matchkind=MatchKind.LeftmostLongest), tuple(words.items())
