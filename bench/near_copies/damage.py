"""Damages texts as optical character recognition does: by shapes that look alike, digits included."""

from __future__ import annotations

from functools import cache
from random import Random

from bench.near_copies.grammar import TEXTS

__all__ = ["damaged"]


def damaged(text: str, rng: Random, share: float) -> str:
    """Return ``text`` with ``share`` of its letters and digits misread: as a look-alike, a neighbour or nothing."""
    places = [at for at, char in enumerate(text) if char.isalnum()]
    letters = list(text)
    for at in rng.sample(places, int(len(places) * share)):
        letters[at] = _misread(letters[at], rng)
    return "".join(letters)


def _misread(char: str, rng: Random) -> str:
    if others := _look_alikes().get(char):
        return rng.choice(others)
    if char.isdigit():
        return str((int(char) + rng.randint(1, 9)) % 10)
    if "\u4e00" <= char <= "\u9fff":
        return chr(min(max(ord(char) + rng.choice((-2, -1, 1, 2)), 0x4E00), 0x9FA5)) if rng.random() < 0.9 else ""
    return rng.choice("aeioucrnst") if rng.random() < 0.9 else ""


@cache
def _look_alikes() -> dict[str, str]:
    """Return the characters that each is misread as. A line of the file holds some that look alike."""
    mixed: dict[str, str] = {}
    for group in (TEXTS / "misread.txt").read_text(encoding="utf-8").split():
        for char in group:
            mixed[char] = mixed.get(char, "") + group.replace(char, "")
    return mixed
