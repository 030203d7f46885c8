"""Choose the stretch of a page that is the article.

Three candidates: a container that a known layout names, the element whose blocks weigh most (running text counts
for it, link lists and stray labels against it; after Pasternack & Roth 2009, "Extracting article text from the
web with maximum subsequence segmentation"), and, where the page is not Chinese, Japanese or Korean, trafilatura.
On CJK pages containers beat trafilatura (readability .935, GNE .924 against .873 in F1); on English news it is the
other way round (.947, .782 against .962).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import accumulate

from .briefs import headings_of_briefs
from .endless import first_article
from .layouts import is_container, is_named_by_id
from .lines import Line
from .sift import is_dropped, is_label_of_links, sift
from .survey import Block, Region, Survey
from .trafilatura_body import trafilatura_lines

__all__ = ["Body", "find_body"]

_KEEP = 0.95
"""A smaller element is taken if it keeps this share of the best one's weight."""
_AGREED = 0.6
"""The share of the text about which two candidates agree that see the same article."""
_SAME = 0.9
_FEWEST_LOST = 2
"""Headings and items that trafilatura loses from what is otherwise our text, from which on ours is taken."""
_PARTS = frozenset({"heading", "item", "row"})
_NEAR_ABOVE = 12
_NEAR_BELOW = 4
"""Blocks that may part our own candidate from a line of the article: a picture and the byline, a stray label."""
_MOST = 0.85
_MOST_BY_ID = 0.5
"""A container inside another is taken if it holds this share of the outer one's running text."""
_DEEPEST = 100
_WIDEST = 300
"""Block elements nested deeper, and table rows wider, than on pages that people wrote; trafilatura takes the square."""
_VERSE = frozenset({"p", "pre", "div", "blockquote", "td", "section"})
_FEWEST_VERSES = 6
_WORTH_IT = 20.0
"""Units of text that a page must hold before trafilatura is asked: empty nests of elements cost it seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The lines of the article, the blocks ``start <= i < end`` they were taken from, and the candidate's name."""

    lines: tuple[Line, ...]
    start: int
    end: int
    chosen: str


def find_body(page: Survey) -> Body:
    """Return the best candidate; its lines are empty if the page has no running text."""
    region, chosen = _region(page)
    start, end = (region.start, region.end) if region else (0, 0)
    briefs = headings_of_briefs(page.blocks, start, end)
    start, end = _trim(page.blocks, start, end, briefs)
    own = tuple(
        _line(page.blocks[i])
        for i in range(start, end)
        if i in briefs or not (is_dropped(page.blocks[i]) or is_label_of_links(page.blocks, i, end))
    )
    if _may_ask_trafilatura(page):
        other = _near(page.blocks, sift(page, trafilatura_lines(page.tree)), start, end)
        if _length(other) >= 0.6 * _length(own):
            other = _within(own, other) if _is_poorer(other, own) else other
            start = _first_of(other, page.blocks, start, end)
            return Body(lines=other, start=start, end=end, chosen="trafilatura")
    return Body(lines=own, start=start, end=end, chosen=chosen)


def _near(blocks: list[Block], lines: tuple[Line, ...], start: int, end: int) -> tuple[Line, ...]:
    """Return the lines without those that stand far from our own candidate, if both agree about most of the text.

    What trafilatura finds beyond it are comments, widgets and the site's own words.
    """
    places: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if block.text not in places or not start <= places[block.text] < end:
            places[block.text] = index
    found = [places.get(line.text, start) for line in lines]
    inside = sum(len(line.text) for line, place in zip(lines, found, strict=True) if start <= place < end)
    if inside < _AGREED * _length(lines):
        return lines
    near = range(start - _NEAR_ABOVE, end + _NEAR_BELOW)
    return tuple(line for line, place in zip(lines, found, strict=True) if place in near)


def _is_poorer(lines: tuple[Line, ...], own: tuple[Line, ...]) -> bool:
    """Tell whether ``lines`` are our own candidate without most of its headings and items."""
    texts, ours = {line.text for line in lines}, {line.text for line in own}
    if sum(len(text) for text in texts - ours) > (1 - _SAME) * _length(lines):
        return False
    return any(_loses(texts, [line for line in own if line.kind in kinds]) for kinds in (_PARTS, {"heading"}))


def _loses(texts: set[str], parts: list[Line]) -> bool:
    lost = sum(line.text not in texts for line in parts)
    return lost >= _FEWEST_LOST and 2 * lost > len(parts)


def _within(own: tuple[Line, ...], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return our own lines from the first to the last that ``lines`` hold too, and the items of a list at the end."""
    texts = {line.text for line in lines}
    shared = [index for index, line in enumerate(own) if line.text in texts]
    end = shared[-1] + 1
    while end < len(own) and own[end].kind in {"item", "row"}:
        end += 1
    return own[shared[0] : end]


def _may_ask_trafilatura(page: Survey) -> bool:
    if page.is_cjk or page.depth > _DEEPEST or page.widest > _WIDEST:
        return False
    return sum(block.size for block in page.blocks) >= _WORTH_IT


def _first_of(lines: tuple[Line, ...], blocks: list[Block], start: int, end: int) -> int:
    """Return the first block that ``lines`` hold: those above it stand around the body, not in it."""
    texts = {line.text for line in lines}
    return next((index for index in range(start, end) if blocks[index].text in texts), start)


def _length(lines: tuple[Line, ...]) -> int:
    return sum(len(line.text) for line in lines)


def _line(block: Block) -> Line:
    return Line(text=block.text, kind=_KINDS.get(block.kind, "text"))


_STOP = re.compile('[。！？.!?][”」』"]?$')
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_KINDS = dict.fromkeys((*_HEADS, "bold"), "heading") | {"li": "item", "row": "row"}


def _region(page: Survey) -> tuple[Region | None, str]:
    rows = sum(b.size for b in page.blocks if b.kind == "row" and b.junk < 0 and not b.is_link)
    row = 1.0 if rows > 2 * page.prose() else 0.0
    weights = list(accumulate((_weight(b, row) for b in page.blocks), initial=0.0))
    dense = _densest(page.regions, weights)
    if dense is None or page.prose(dense.start, dense.end) < _WORTH_IT:
        dense = _verse(page) or dense
    if dense is None:
        return None, "none"
    dense = first_article(page, _grown(page, dense, weights))
    named = _named(page, dense)
    return (named, "layout") if named else (dense, "density")


def _verse(page: Survey) -> Region | None:
    """Return the longest element that holds nothing but short lines, parted by line breaks: a poem or a song."""
    found = [
        region
        for region in page.regions
        if region.tag in _VERSE
        and region.end - region.start >= _FEWEST_VERSES
        and all(b.junk < 0 and b.kind == "p" and not b.linked for b in page.blocks[region.start : region.end])
        and not any(region.element.iterchildren("p", "div", "ul", "ol", "table", "form", "section", "input", "select"))
    ]
    return max(found, key=lambda region: region.end - region.start, default=None)


def _grown(page: Survey, region: Region, weights: list[float]) -> Region:
    """Return the heaviest stretch round a lone paragraph among its fellows.

    An element that holds the paragraphs of an article and, with nothing round them, lists of links is outweighed by
    one of its paragraphs.
    """
    parent = region.element.getparent()
    around = next((r for r in page.regions if r.element is parent), None)
    if region.end - region.start > 1 or around is None:
        return region
    start, end = region.start, region.end
    best = total = 0.0
    for index in range(end, around.end):
        total += _worth(page.blocks[index], weights[index + 1] - weights[index])
        if total >= best and not page.blocks[index].is_link:
            best, end = total, index + 1
    best = total = 0.0
    for index in reversed(range(around.start, start)):
        total += _worth(page.blocks[index], weights[index + 1] - weights[index])
        if total >= best and not page.blocks[index].is_link:
            best, start = total, index
    return replace(around, start=start, end=end)


def _worth(block: Block, weight: float) -> float:
    """Return the weight of a block beside a paragraph: short sentences may close a text."""
    return max(weight, 0.0) if block.junk < 0 and not block.is_link and _STOP.search(block.text) else weight


def _weight(block: Block, row: float) -> float:
    """Return what a block is worth to a candidate; ``row`` is the worth of a unit of tabular data."""
    if block.junk >= 0:
        return -1.0
    if block.is_link:
        return -min(block.linked, 20.0) - 4.0
    if block.is_prose:
        return block.size
    if block.kind == "row":
        return row * block.size
    return -1.0 if block.kind in _HEADS or block.kind == "bold" else -4.0


def _densest(regions: list[Region], weights: list[float]) -> Region | None:
    def weigh(region: Region) -> float:
        return weights[region.end] - weights[region.start]

    best = max(regions, key=weigh, default=None)
    if best is None or weigh(best) <= 0:
        return None
    enough = [r for r in regions if r.start >= best.start and r.end <= best.end and weigh(r) >= _KEEP * weigh(best)]
    return min(reversed(enough), key=lambda r: r.end - r.start)


def _named(page: Survey, dense: Region) -> Region | None:
    """Return the named container that agrees with the densest element about most of the text.

    That is the largest one, or what is named inside it and holds most of it: names of outer parts of a page look
    like those of bodies.
    """
    named = [
        (page.prose(r.start, r.end), r)
        for r in page.regions
        if dense.start <= r.start < r.end <= dense.end and is_container(r.names, r.element.get("itemprop"))
    ]
    prose, best = max(named, key=lambda pair: pair[0], default=(0.0, None))
    if best is None or prose < _AGREED * page.prose(dense.start, dense.end):
        return None
    for inner, region in named:
        share = _MOST_BY_ID if is_named_by_id(region.names) else _MOST
        if best.start <= region.start and region.end <= best.end and inner >= share * prose:
            prose, best = inner, region
    return best


def _trim(blocks: list[Block], start: int, end: int, kept: frozenset[int]) -> tuple[int, int]:
    """Leave out link lists and furniture at both ends."""
    while start < end and start not in kept and (blocks[start].junk >= 0 or blocks[start].is_link):
        start += 1
    while end > start and (blocks[end - 1].junk >= 0 or blocks[end - 1].is_link):
        end -= 1
    return start, end
