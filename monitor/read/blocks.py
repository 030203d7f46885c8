"""What a survey of a page finds: its text as blocks, and which stretch of blocks each element spans."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .hygiene import units

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["HEADINGS", "Block", "Region", "Survey"]

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SENTENCE = re.compile("[。！？；，、]|[.,!?;:](?:\\s|$)|[،؟।။]")


@dataclass(slots=True)
class Block:
    """A run of text between two block borders.

    ``size`` is the length in units (see ``hygiene.units``) outside links, ``linked`` that inside; ``kind`` is ``p``,
    ``h1``-``h6``, ``li``, ``td``, ``row`` (of a table of data) or ``bold``; ``junk`` the number of the outermost
    furniture element around it, or -1. ``spaced`` is the text of a short block with a space between its inline
    elements.
    """

    text: str
    kind: str
    size: float
    linked: float
    junk: int = -1
    spaced: str = ""

    @property
    def is_link(self) -> bool:
        """Tell whether most of the block is link text."""
        return self.linked > self.size

    @property
    def is_prose(self) -> bool:
        """Tell whether the block reads like running text."""
        if self.is_link or self.kind in HEADINGS:
            return False
        return self.size >= 25 or (self.size >= 8 and _SENTENCE.search(self.text) is not None)


@dataclass(slots=True)
class Region:
    """An element and the blocks ``start <= i < end`` inside it. ``names`` is its id and classes, ``tag`` its name."""

    element: HtmlElement
    tag: str
    names: str
    start: int
    end: int


@dataclass(slots=True)
class Survey:
    """The blocks of a page in order and the block elements that span them.

    ``lists`` are the numbers (``Block.junk``) of the lists of teasers or comments and of the boxes of promotion,
    ``comments`` those that are comments for sure, ``listed`` the blocks in lists.
    ``depth`` is how deep the block elements nest, ``widest`` the most cells in a table row. ``labelled`` are short
    elements whose class says what they hold: (block, ``account``, ``source`` or ``byline``, text).
    """

    tree: HtmlElement
    labelled: list[tuple[int, str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    lists: set[int] = field(default_factory=set)
    comments: set[int] = field(default_factory=set)
    listed: set[int] = field(default_factory=set)
    depth: int = 0
    widest: int = 0

    def prose(self, start: int = 0, end: int | None = None) -> float:
        """Return the units of running text outside furniture within the blocks ``start <= i < end``."""
        return sum(b.size for b in self.blocks[start:end] if b.junk < 0 and b.is_prose)

    @property
    def is_cjk(self) -> bool:
        """Tell whether the page's running text is Chinese, Japanese or Korean."""
        prose = [b.text for b in self.blocks if b.is_prose] or [b.text for b in self.blocks]
        sample = "".join(prose)[:20_000]
        return units(sample) > len(sample) * 0.5
