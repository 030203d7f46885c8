"""Drop from a candidate's lines what the survey of the page knows to be lists of links, promotion or teasers.

Serves both candidates, so that a box that trafilatura takes for text goes by the same signs as in our own.
"""

from __future__ import annotations

import re

from .furniture import furniture_rule
from .hygiene import units
from .lines import Line
from .survey import Block, Survey

__all__ = ["is_dropped", "is_label_of_links", "sift"]

_LONGEST_BOX = 60.0
"""Units of a line that a promotional box may hold; a longer one is taken for text under a misleading name."""
_LINKED_TEXT = 25.0
"""Units outside links that make a line of links worth keeping."""
_PROMOTION = re.compile(
    r"newsletter|promo|sign-?up|subscri|relat|recommend|read-?more|most-|trending|outbrain|taboola|advert|sponsor|"
    r"social|shar(?:e|ing)|cookie|consent|comment|follow",
    re.IGNORECASE,
)


def is_dropped(block: Block) -> bool:
    """Tell whether a block of the body is left out of its text: furniture, or nothing but links."""
    return block.junk >= 0 or (block.is_link and block.size <= _LINKED_TEXT)


def is_label_of_links(blocks: list[Block], index: int, end: int) -> bool:
    """Tell whether a block only heads a list of links to other articles: a label such as ``Related`` above a link."""
    if index + 1 >= end or not is_dropped(blocks[index + 1]):
        return False
    return furniture_rule(blocks[index].text, "section") is not None


def sift(page: Survey, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines without promotion, teasers, lists of links and the labels above such lists."""
    blocks = {b.text: b for b in reversed(page.blocks)} | {b.text: b for b in page.blocks if b.junk in page.lists}
    found = [blocks.get(line.text) for line in lines]
    links = [block is not None and block.is_link and block.size <= _LINKED_TEXT for block in found]
    gone = [
        (block is not None and _is_promotion(page, block)) or (link and _has_fellow(lines, links, index))
        for index, (block, link) in enumerate(zip(found, links, strict=True))
    ]
    for index in range(len(lines) - 1):
        gone[index] = gone[index] or (gone[index + 1] and furniture_rule(lines[index].text, "section") is not None)
    return tuple(line for line, is_gone in zip(lines, gone, strict=True) if not is_gone)


def _is_promotion(page: Survey, block: Block) -> bool:
    if block.junk < 0 or units(block.text) > _LONGEST_BOX:
        return False
    region = page.regions[block.junk]
    return block.junk in page.lists or _PROMOTION.search(region.names) is not None


def _has_fellow(lines: tuple[Line, ...], links: list[bool], index: int) -> bool:
    """Tell whether a line of links is one of several, or stands below the label of a list."""
    if index and furniture_rule(lines[index - 1].text, "section"):
        return True
    return any(links[max(0, index - 1) : index] + links[index + 1 : index + 2])
