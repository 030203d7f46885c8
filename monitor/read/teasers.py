"""Find the teasers and comments on a page by their shape: the same small element again and again, each with a link.

Class names tell such lists apart only on the sites whose names are known. Comments may do without a link, but not
without saying how old they are or offering an answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .blocks import Region, Survey

__all__ = ["mark_teasers"]

_FEWEST = 3
"""Like elements in one parent that make a list."""
_MAX_BLOCKS = 8
_MAX_PROSE = 100.0
"""Units of running text in the longest teaser or comment; a section of an article with a linked heading is longer."""
_MOST = 0.7
_MAX_NAME = 10.0
_MAX_MARK = 24.0
"""Units of the line below a comment that says how old it is."""
_COMMENT = re.compile(
    r"\d\s*(?:楼|樓)(?:\s|$)|\d\s*(?:秒|分[钟鐘]|小[时時]|天|周|個?月|个月|年)前|^(?:回[复覆復]|[点點]?[赞讚]|[举舉][报報]|支持|反[对對]|[·|()\d\s])+$|"
    r"\b(?:second|minute|hour|day|week|month|year)s? ago\b|^(?:repl(?:y|ies)|likes?|report|share|[·|()\d\s])+$",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d{1,2}[-/月]\d{1,2}日?\s*\d{1,2}:\d\d|\d{4}[-/年]\d{1,2}|[a-z]{3,9}\.? \d{1,2},? \d{4}", re.IGNORECASE
)
_TAGS = frozenset({"div", "li", "article", "section", "dl", "dd", "tr"})


def mark_teasers(page: Survey) -> None:
    """Mark the blocks of such lists as furniture, each list as one piece.

    An element that is too long for a teaser goes with its list where most of the list are teasers.
    """
    groups: dict[tuple[Any, str, str], list[int]] = {}
    for number, region in enumerate(page.regions):
        if region.tag in _TAGS and 2 <= region.end - region.start <= _MAX_BLOCKS:
            groups.setdefault((region.element.getparent(), region.tag, region.names), []).append(number)
    for numbers in groups.values():
        teasers = [number for number in numbers if _is_teaser(page, page.regions[number])]
        if len(teasers) < _FEWEST:
            continue
        page.lists.add(numbers[0])
        if sum(_is_comment(page, page.regions[number]) for number in teasers) > _MOST * len(teasers):
            page.comments.add(numbers[0])
        for number in numbers if len(teasers) > _MOST * len(numbers) else teasers:
            _mark(page, page.regions[number], numbers[0])


def _is_teaser(page: Survey, region: Region) -> bool:
    blocks = page.blocks[region.start : region.end]
    if not any(block.is_link or (block.size <= _MAX_MARK and _COMMENT.search(block.text)) for block in blocks):
        return False
    return sum(b.size for b in blocks if b.is_prose) <= _MAX_PROSE


def _is_comment(page: Survey, region: Region) -> bool:
    """Tell whether a teaser is a comment: it begins with a name and says how old it is, or offers an answer.

    A name that is a link may go with a date.
    """
    first, *rest = page.blocks[region.start : region.end]
    if first.size + first.linked > _MAX_NAME or any(block.linked > _MAX_NAME for block in rest if block.is_link):
        return False
    marks = [block.text for block in rest if block.size <= _MAX_MARK]
    return any(_COMMENT.search(text) for text in marks) or (first.is_link and any(_TIME.search(text) for text in marks))


def _mark(page: Survey, region: Region, number: int) -> None:
    page.listed.update(range(region.start, region.end))
    for block in page.blocks[region.start : region.end]:
        if block.junk < 0:
            block.junk = number
