"""Find the boxes that sites put between the paragraphs of an article: promotion, and cards of other articles.

A box is an element unlike the paragraphs beside it. It is furniture if it talks its reader into something, is headed
by the label of a list, bears a date of its own, or repeats a headline that the page links to elsewhere. Wording alone
would not do: a paragraph may speak of newsletters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from .blocks import HEADINGS
from .furniture import furniture_rule, squeeze
from .hygiene import tidy_line, units
from .wordings import any_of

if TYPE_CHECKING:
    from .blocks import Block, Region, Survey

__all__ = ["mark_boxes"]

_FEWEST = 3
"""Paragraphs of one kind beside which another kind of element is odd."""
_MAX_BLOCKS = 6
_MAX_UNITS = 60.0
_HEADLINE = (5.0, 40.0)
"""Units of a headline: shorter lines stand on a page twice by chance."""
_CONTENT = HEADINGS | {"ul", "ol", "li", "dl", "table", "tbody", "tr", "td", "th", "blockquote", "pre", "figure", "hr"}
_PROMOTION = re.compile(any_of("furniture", "box promotion"))
_DATE = re.compile(
    r"\W*(?:\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|[a-z]{3,9}\.? \d{1,2},? \d{4}|\d{1,2} [a-z]{3,9}\.? \d{4})"
    r"[\s\d:apm.]*\W*",
    re.IGNORECASE,
)


def mark_boxes(page: Survey) -> None:
    """Mark the blocks of such boxes as furniture, each box as one piece."""
    elsewhere: frozenset[str] | None = None
    for number, region in _odd(page):
        blocks = page.blocks[region.start : region.end]
        is_box = _is_box(blocks)
        if not is_box and len(blocks) > 1 and any(_is_headline(block) for block in blocks):
            elsewhere = _linked_texts(page) if elsewhere is None else elsewhere
            is_box = any(_is_headline(block) and block.text in elsewhere for block in blocks)
        if is_box:
            page.lists.add(number)
            for block in blocks:
                block.junk = number if block.junk < 0 else block.junk


def _odd(page: Survey) -> Iterator[tuple[int, Region]]:
    """Yield the small elements below a paragraph that are unlike the paragraphs beside them."""
    families: dict[Any, list[int]] = {}
    for number, region in enumerate(page.regions):
        families.setdefault(region.element.getparent(), []).append(number)
    for numbers in families.values():
        if len(numbers) > _FEWEST:
            yield from _odd_ones(page, numbers)


def _odd_ones(page: Survey, numbers: list[int]) -> Iterator[tuple[int, Region]]:
    like: dict[tuple[str, str], int] = {}
    for number in numbers:
        region = page.regions[number]
        if region.tag not in _CONTENT and any(block.is_prose for block in page.blocks[region.start : region.end]):
            like[region.tag, region.names] = like.get((region.tag, region.names), 0) + 1
    usual = {kind for kind, count in like.items() if count >= _FEWEST}
    is_below = False
    for number in numbers if usual else ():
        region = page.regions[number]
        kind = (region.tag, region.names)
        is_below = is_below or kind in usual
        if not is_below or kind in usual or region.tag in _CONTENT or not _is_small(page, region):
            continue
        if region.tag not in {tag for tag, _ in usual} or not _is_sentence(page.blocks[region.start : region.end]):
            yield number, region


def _is_small(page: Survey, region: Region) -> bool:
    if not 1 <= region.end - region.start <= _MAX_BLOCKS:
        return False
    return sum(block.size + block.linked for block in page.blocks[region.start : region.end]) <= _MAX_UNITS


def _is_sentence(blocks: list[Block]) -> bool:
    """Tell whether an element is one Chinese sentence: a paragraph in another style, even where it speaks of apps."""
    return len(blocks) == 1 and blocks[0].text.endswith("。")


def _is_box(blocks: list[Block]) -> bool:
    if any(_PROMOTION.search(squeeze(block.text)) for block in blocks):
        return True
    if furniture_rule(blocks[0].text, "section"):
        return True
    is_headed = any(block.kind in HEADINGS or block.is_link for block in blocks)
    return len(blocks) > 1 and is_headed and any(_DATE.fullmatch(block.text) for block in blocks)


def _is_headline(block: Block) -> bool:
    return _HEADLINE[0] <= block.size <= _HEADLINE[1]


def _linked_texts(page: Survey) -> frozenset[str]:
    """Return the texts of the links that lead away from the page."""
    return frozenset(_texts(page.tree.iter("a")))


def _texts(links: Iterable[Any]) -> Iterator[str]:
    for link in links:
        if "#" not in link.get("href", "#"):
            text = tidy_line("".join(str(piece) for piece in link.itertext())[:400])
            if units(text) >= _HEADLINE[0]:
                yield text
