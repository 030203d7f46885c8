"""Tell the headings of news in brief, which are links, from links to other articles between paragraphs.

Each link of the one heads its own paragraphs, from the first line to the last; those of the other interrupt a text.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .blocks import HEADINGS, Block

__all__ = ["headings_of_briefs"]

_LONGEST = 60.0
_PARAGRAPH = 15.0
_NUMBERED = re.compile(r"^\s*[(（【]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[.、．)）】:：]")
_FEWEST_HEADINGS = 2
_FEWEST_LINES = 3
_PER_HEADING = 3.0
_PER_LINE = 1.5
"""Paragraphs to a link, on average, at most."""
_INTRODUCTION = 2


def headings_of_briefs(blocks: list[Block], start: int, end: int) -> frozenset[int]:
    """Return which of the blocks ``start <= i < end`` are linked lines that head their own paragraphs."""
    inner = [i for i in range(start, end) if blocks[i].junk < 0]
    heads = [i for i, below in pairwise(inner) if _heads(blocks[i], blocks[below])]
    marked = [i for i in heads if blocks[i].kind in HEADINGS or blocks[i].kind == "bold" or _is_numbered(blocks[i])]
    if len(marked) >= _FEWEST_HEADINGS and _fit(blocks, inner, marked, _PER_HEADING, _INTRODUCTION):
        return frozenset(marked)
    if len(heads) >= _FEWEST_LINES and _fit(blocks, inner, heads, _PER_LINE, 1):
        return frozenset(heads)
    return frozenset()


def _heads(block: Block, below: Block) -> bool:
    return block.is_link and block.linked <= _LONGEST and not below.is_link and below.size >= _PARAGRAPH


def _is_numbered(block: Block) -> bool:
    return _NUMBERED.match(block.text) is not None


def _fit(blocks: list[Block], inner: list[int], heads: list[int], most: float, introduction: int) -> bool:
    prose = [i for i in inner if blocks[i].is_prose]
    above = sum(i < heads[0] for i in prose)
    return above <= introduction and len(prose) - above <= most * len(heads)
