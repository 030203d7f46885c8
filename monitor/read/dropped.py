"""Name the furniture that the choice of a body left out before any line was cleaned.

Knows which blocks stood inside the body and right beside it; decides nothing about the article.
"""

from __future__ import annotations

from collections.abc import Iterable

from storage.records import Removed

from .body import Body
from .credits import read_credits
from .furniture import furniture_rule
from .lines import Line
from .survey import Block

__all__ = ["dropped_lines"]

_BESIDE = 8
"""Blocks above and below the body that may still be its furniture, as long as one follows the other."""


_AHEAD = 40
"""Kept lines among which the next block of the body is looked for."""


def dropped_lines(blocks: list[Block], found: Body, title: str | None, text: list[Line]) -> list[Removed]:
    """Return the credits and furniture that stood inside a body or right beside it, in the order of the page.

    Lines that the body still holds are left to cleaning; ``title`` is not furniture. ``text`` are the lines of the
    article: what stood inside of the body is given its place among them.
    """
    kept = {line.text for line in found.lines}
    above = _run(reversed(blocks[max(0, found.start - _BESIDE) : found.start]), "head")
    inside = [(block, _rule(block, "tail")) for block in blocks[found.start : found.end]]
    below = _run(blocks[found.end : found.end + _BESIDE], "tail")
    places = [None] * len(above) + _places([block for block, _ in inside], text) + [None] * len(below)
    named = zip([*reversed(above), *inside, *below], places, strict=True)
    return [
        Removed(rule=rule, text=block.text, above=place)
        for (block, rule), place in named
        if rule and block.text not in kept and block.text != title
    ]


def _places(blocks: list[Block], text: list[Line]) -> list[int | None]:
    """Return how many lines of the article stand above each block, by following the lines through the blocks."""
    places: list[int | None] = []
    place = 0
    for block in blocks:
        places.append(place)
        ahead = range(place, min(place + _AHEAD, len(text)))
        place = next((index + 1 for index in ahead if text[index].text == block.text), place)
    return places


def _run(blocks: Iterable[Block], place: str) -> list[tuple[Block, str]]:
    """Return the blocks up to the first that no rule knows."""
    run: list[tuple[Block, str]] = []
    for block in blocks:
        rule = _rule(block, place)
        if rule is None:
            break
        run.append((block, rule))
    return run


def _rule(block: Block, place: str) -> str | None:
    if read_credits(block.spaced or block.text, boxed=place == "head"):
        return "credit"
    return furniture_rule(block.text, place)
