"""One walk over a page: its text as blocks, and which stretch of blocks each element spans.

Everything that is asked of a page later (where is the article, what stands above it, is this a list) is asked of
the blocks, so the tree is walked once. Judges nothing but what markup says plainly: links, headings, hidden parts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .hygiene import tidy_line, units

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Block", "Region", "Survey", "parse", "survey"]

_MAX_BLOCKS = 60_000
_SHORT = 200
_LONGEST_BYLINE = 120
_SKIP = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "audio",
        "video", "canvas", "map", "head", "select", "option", "datalist", "button", "textarea", "input", "meter",
        "progress", "dialog", "rp", "rt", "frameset",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "html", "body", "div", "p", "section", "article", "main", "header", "footer", "aside", "nav", "h1", "h2",
        "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tfoot", "tr", "td",
        "th", "caption", "form", "fieldset", "blockquote", "pre", "address", "figure", "figcaption", "center",
        "details", "summary", "hr", "br", "option", "legend", "hgroup", "search", "menu", "dir", "ucaptitle",
        "ucapcontent", "founder-content",
    }
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_JUNK_TAGS = frozenset({"nav", "aside", "footer", "form", "figure", "figcaption", "menu"})
_BOLD = frozenset({"b", "strong"})
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|pinglun|reply|replies|shares?|sharing|share-?bar|bdsharebuttonbox|social|"
    r"related|relate|relation|recommend\w*|tuijian|xgyd|xgxw|hot(?:news|list|rank|words?)?|rank\w*|paihang\w*|sidebar|"
    r"side|aside|nav\w*|menus?|breadcrumbs?|crumbs?|position|weizhi|foot\w*|copyright|login\w*|regist\w*|modal|popup|"
    r"toolbar|tags?|tag-?list|keywords?|banner|ads?|advert\w*|guanggao|subscri\w*|newsletter|promo\w*|pag(?:er|ination)|"
    r"page_?nav|qr-?code|ewm|erweima|cookies?|consent|gdpr|disclaimer|mianze|shengming|statement|fankui|jubao|"
    r"download|app-?(?:download|guide)|prevnext|prev|next|shangxia|mod-?side|right(?:bar|side|col)?|r_?box|"
    r"author-?(?:card|info|box)|follow|feedback|paywall|most-?(?:read|popular)|trending|outbrain|taboola|skip-?link|"
    r"screen-reader-text|visually-hidden|sr-only|caption|gallery|slideshow|print|tool|tools|fontsize|zhengwen_?next)"
    r"(?:$|[\s_-]|\d)",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:^|[\s_-])(?:(?P<account>author-?name|authorname|account-?name|media-?name|medianame|nick-?name|user-?name|source-?name|"
    r"sourcename|mp-?name|auther|article-?author)|(?P<source>source|laiyuan|ly|article-?source|media|from|origin|come-?from))(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:by-?line|byline-?(?:names?|authors?)|authors?)(?:$|\s)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SENTENCE = re.compile("[。！？；，、]|[.,!?;:](?:\\s|$)|[،؟।။]")


@dataclass(slots=True)
class Block:
    """A run of text between two block borders.

    ``size`` is the length in units (see ``hygiene.units``) outside links, ``linked`` that inside; ``kind`` is ``p``,
    ``h1``-``h6``, ``li``, ``td`` or ``bold``; ``junk`` the number of the outermost furniture element around it, or
    -1. ``spaced`` is the text of a short block with a space between its inline elements.
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
        if self.is_link or self.kind in _HEADINGS:
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

    ``depth`` is how deep the block elements nest. ``labelled`` are short elements whose class says what they hold:
    (block, ``account``, ``source`` or ``byline``, text).
    """

    tree: HtmlElement
    labelled: list[tuple[int, str, str]] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    depth: int = 0

    def prose(self, start: int = 0, end: int | None = None) -> float:
        """Return the units of running text outside furniture within the blocks ``start <= i < end``."""
        return sum(b.size for b in self.blocks[start:end] if b.junk < 0 and b.is_prose)

    @property
    def is_cjk(self) -> bool:
        """Tell whether the page's running text is Chinese, Japanese or Korean."""
        prose = [b.text for b in self.blocks if b.is_prose] or [b.text for b in self.blocks]
        sample = "".join(prose)[:20_000]
        return units(sample) > len(sample) * 0.5


def parse(text: str) -> HtmlElement | None:
    """Return the tree of an HTML text, or None if there is nothing in it."""
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree.tag, str) else None


def survey(tree: HtmlElement) -> Survey:
    """Walk the tree once and return its blocks and regions."""
    walker = _Walker(tree)
    walker.walk()
    return _reprieve(walker.survey)


def _reprieve(page: Survey) -> Survey:
    """Free what was called furniture but holds most of the page's running text: class names lie."""
    sizes: dict[int, float] = {}
    for block in page.blocks:
        if block.is_prose:
            sizes[block.junk] = sizes.get(block.junk, 0.0) + block.size
    total = sum(sizes.values())
    free = {junk for junk, size in sizes.items() if junk >= 0 and size > 0.4 * total}
    for block in page.blocks:
        if block.junk in free:
            block.junk = -1
    return page


class _Walker:
    """The state of the walk: the text gathered since the last border, and the elements that are open."""

    def __init__(self, tree: HtmlElement) -> None:
        self.survey = Survey(tree=tree)
        self._pieces: list[str] = []
        self._linked: list[str] = []
        self._bold: int = 0
        self._open: list[int] = []  # indices of open regions
        self._junk: list[tuple[object, int]] = []  # furniture elements that are open
        self._links = self._bolds = self._row = 0
        self._kinds: list[str] = ["p"]

    def walk(self) -> None:
        from lxml import etree

        walk = etree.iterwalk(self.survey.tree, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                if tag in _SKIP:
                    walk.skip_subtree()
                    continue
                self._start(element, tag)
            elif tag in _SKIP:
                self._text(element.tail)
            else:
                self._end(element, tag)
            if len(self.survey.blocks) > _MAX_BLOCKS:
                break
        self._flush()
        for index in self._open:
            self.survey.regions[index].end = len(self.survey.blocks)

    def _start(self, element: HtmlElement, tag: str) -> None:
        if tag in _BLOCKS and not self._row:
            self._flush()
            self._enter(element, tag)
        elif tag in {"td", "th", "p", "div", "br", "li"}:
            self._pieces.append(" ")
        if "class" in element.attrib and not self._junk and len(element) <= 3:
            self._label(element)
        if tag == "tr" and not self._row and _is_data_row(element):
            self._row = 1
        elif tag == "tr" and self._row:
            self._row += 1
        elif tag == "a":
            self._links += 1
        elif tag in _BOLD:
            self._bolds += 1
        self._text(element.text)

    def _end(self, element: HtmlElement, tag: str) -> None:
        if tag == "tr" and self._row:
            self._row -= 1
        if tag == "a":
            self._links = max(0, self._links - 1)
        elif tag in _BOLD:
            self._bolds = max(0, self._bolds - 1)
        elif tag in _BLOCKS and not self._row:
            self._flush()
            self._leave(element, tag)
        self._text(element.tail)

    def _label(self, element: HtmlElement) -> None:
        found = _LABELLED.search(element.attrib["class"])
        if found:
            text = tidy_line("".join(str(text) for text in element.itertext())[:200])
            if 2 <= len(text) <= 40:
                self.survey.labelled.append((len(self.survey.blocks), found.lastgroup or "", text))

        if _BYLINE.search(element.attrib["class"]):
            text = tidy_line(" ".join(str(text) for text in element.itertext())[:200])
            if 4 <= len(text) <= _LONGEST_BYLINE:
                self.survey.labelled.append((len(self.survey.blocks), "byline", text))

    def _enter(self, element: HtmlElement, tag: str) -> None:
        if tag in {"br", "hr"}:
            return
        attributes = element.attrib
        names = f"{attributes.get('id', '')} {attributes.get('class', '')}".strip()
        regions = self.survey.regions
        if not self._junk and _is_junk(tag, names, attributes.get("style", ""), "hidden" in attributes):
            self._junk.append((element, len(regions)))
        regions.append(Region(element=element, tag=tag, names=names, start=len(self.survey.blocks), end=-1))
        self._open.append(len(regions) - 1)
        self.survey.depth = max(self.survey.depth, len(self._open))
        self._kinds.append(tag if tag in _HEADINGS or tag in {"li", "td", "th", "dd"} else self._kinds[-1])

    def _leave(self, element: HtmlElement, tag: str) -> None:
        if tag in {"br", "hr"} or not self._open:
            return
        self.survey.regions[self._open.pop()].end = len(self.survey.blocks)
        self._kinds.pop()
        if self._junk and self._junk[-1][0] is element:
            self._junk.pop()

    def _text(self, text: str | None) -> None:
        if not text:
            return
        self._pieces.append(text)
        if self._links:
            self._linked.append(text)
        if self._bolds:
            self._bold += len(text.strip())

    def _flush(self) -> None:
        if not self._pieces:
            return
        text = tidy_line("".join(self._pieces))
        if text:
            linked = units(tidy_line("".join(self._linked)))
            kind = self._kinds[-1]
            if kind in {"p", "li", "td"} and self._bold >= 0.95 * len(text):
                kind = "bold"
            junk = self._junk[0][1] if self._junk else -1
            spaced = (
                tidy_line(" ".join(self._pieces).replace("\n", " "))
                if len(text) <= _SHORT and len(self._pieces) > 1
                else text
            )
            size = max(0.0, units(text) - linked)
            self.survey.blocks.append(Block(text=text, kind=kind, size=size, linked=linked, junk=junk, spaced=spaced))
        self._pieces.clear()
        self._linked.clear()
        self._bold = 0


def _is_junk(tag: str, names: str, style: str, hidden: bool) -> bool:
    if tag in {"html", "body"}:
        return False
    if hidden or tag in _JUNK_TAGS or (style and _HIDDEN.search(style)):
        return True
    return bool(names) and _JUNK.search(names) is not None


def _is_data_row(row: HtmlElement) -> bool:
    """Tell whether a table row holds data, to be read as one line, and not a part of the page's layout."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2 or row.find(".//table") is not None:
        return False
    return all(_is_short(cell) for cell in cells)


def _is_short(cell: HtmlElement) -> bool:
    length = 0
    for text in _texts(cell):
        length += len(text.strip())
        if length > 120:
            return False
    return True


def _texts(element: HtmlElement) -> Iterator[str]:
    for text in element.itertext():
        yield str(text)
