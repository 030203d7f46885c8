"""Tell the first article of a page from the next ones that an endless page appends below it.

Knows the shape only: like elements side by side, each with a first-order heading and text of its own; or the first
with the title that the page declares, and the next with a short line and a date above their text. Posts of a live
blog have headings of a lower order, and its title stands above them all: they stay together.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .furniture import squeeze
from .hygiene import units

if TYPE_CHECKING:
    from .blocks import Block, Region, Survey

__all__ = ["first_article"]

_ENOUGH = 60.0
"""Units of running text below a heading that make it the title of an article."""
_ARTICLE = re.compile(r"artic|post|story|news|entry|detail|content", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_TITLE = (5.0, 45.0)
"""Units of a line that may be a title."""
_TOP = 4
"""Blocks at the top of an article that hold its title, and below that its date."""
_DATED = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,2} [A-Z][a-z]{2,8} \d{4}"
)
_ENDS = re.compile("[。！!.；;，,][”’」』\"')）]*$")


def first_article(page: Survey, region: Region) -> Region:
    """Return the part of ``region`` that is its first article; all of it unless there are several.

    The elements of the others are taken out of the tree: trafilatura joins them.
    """
    heads = [i for i in range(region.start, region.end) if page.blocks[i].kind == "h1" and page.blocks[i].junk < 0]
    if len(heads) < 2:
        return _first_of_family(page, region)
    if _are_appended(page, region, heads):
        for later in _from(page, heads[1]):
            later.getparent().remove(later)
        return replace(region, end=heads[1])
    first = _outermost(page, region, heads[0], heads[1])
    second = _outermost(page, region, heads[1], heads[0])
    if first is None or second is None or not _are_alike(first, second):
        return region
    if min(page.prose(part.start, part.end) for part in (first, second)) < _ENOUGH:
        return region
    for later in list(first.element.itersiblings(first.tag)):
        later.getparent().remove(later)
    return first


def _first_of_family(page: Survey, region: Region) -> Region:
    """Return the first of like elements that each hold an article, if it bears the page's own title."""
    title = squeeze(page.tree.findtext(".//title") or "")
    families: dict[tuple[Any, str, str], list[Region]] = {}
    for each in page.regions if title else ():
        if each.start < region.end and region.start < each.end and page.prose(each.start, each.end) >= _ENOUGH:
            key = (each.element.getparent(), each.tag, _DIGITS.sub("", each.names))
            families.setdefault(key, []).append(each)
    for first, *others in families.values():
        if others and _bears(page, first, title) and all(_is_headed(page.blocks[o.start : o.end]) for o in others):
            for other in others:
                other.element.getparent().remove(other.element)
            return first
    return region


def _bears(page: Survey, region: Region, title: str) -> bool:
    top = (squeeze(block.text) for block in page.blocks[region.start : region.end][:_TOP])
    return any(units(text) >= _TITLE[0] and title.startswith(text) for text in top)


def _is_headed(blocks: list[Block]) -> bool:
    """Tell whether blocks begin with a title and, below it, a line with a date."""
    top = [block.text for block in blocks[:_TOP]]
    heads = [i for i, text in enumerate(top) if _TITLE[0] <= units(text) <= _TITLE[1] and not _ENDS.search(text)]
    return bool(heads) and any(units(text) <= _TITLE[1] and _DATED.search(text) for text in top[heads[0] + 1 :])


def _are_appended(page: Survey, region: Region, heads: list[int]) -> bool:
    """Tell whether articles follow each other without an element round each of them."""
    title = squeeze(page.tree.findtext(".//title") or "")
    first, second = heads[:2]
    if not title.startswith(squeeze(page.blocks[first].text)) or not _is_headed(page.blocks[second : second + _TOP]):
        return False
    parts = [(r.element.getparent(), r.start) for r in page.regions if r.tag == "h1" and r.start in (first, second)]
    if len(parts) != 2 or parts[0][0] is not parts[1][0]:
        return False
    return min(page.prose(first, second), page.prose(second, region.end)) >= _ENOUGH


def _from(page: Survey, index: int) -> list[Any]:
    """Return the heading at a block and what follows it in the same element."""
    heading = next(r.element for r in page.regions if r.tag == "h1" and r.start == index)
    return [heading, *heading.itersiblings()]


def _outermost(page: Survey, within: Region, inside: int, outside: int) -> Region | None:
    """Return the largest element that holds one block and not the other."""
    return next(
        (
            r
            for r in page.regions
            if within.start <= r.start <= inside < r.end <= within.end and not r.start <= outside < r.end
        ),
        None,
    )


def _are_alike(first: Region, second: Region) -> bool:
    if first.tag != second.tag or first.element.getparent() is not second.element.getparent():
        return False
    if _DIGITS.sub("", first.names) != _DIGITS.sub("", second.names):
        return False
    return first.tag == "article" or _ARTICLE.search(first.names) is not None
