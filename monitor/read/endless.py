"""Tell the first article of a page from the next ones that an endless page appends below it.

Knows the shape only: like elements side by side, each with a first-order heading and text of its own. Posts of a
live blog have headings of a lower order and stay together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .blocks import Region, Survey

__all__ = ["first_article"]

_ENOUGH = 60.0
"""Units of running text below a heading that make it the title of an article."""
_ARTICLE = re.compile(r"artic|post|story|news|entry|detail|content", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


def first_article(page: Survey, region: Region) -> Region:
    """Return the part of ``region`` that is its first article; all of it unless there are several.

    The elements of the others are taken out of the tree: trafilatura joins them.
    """
    heads = [i for i in range(region.start, region.end) if page.blocks[i].kind == "h1" and page.blocks[i].junk < 0]
    if len(heads) < 2:
        return region
    first = _outermost(page, region, heads[0], heads[1])
    second = _outermost(page, region, heads[1], heads[0])
    if first is None or second is None or not _are_alike(first, second):
        return region
    if min(page.prose(part.start, part.end) for part in (first, second)) < _ENOUGH:
        return region
    for later in list(first.element.itersiblings(first.tag)):
        later.getparent().remove(later)
    return first


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
