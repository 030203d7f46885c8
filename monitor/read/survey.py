"""One walk over a page: its text as blocks, and which stretch of blocks each element spans.

Everything that is asked of a page later (where is the article, what stands above it, is this a list) is asked of
the blocks, so the tree is walked once. Judges nothing but what markup says plainly: links, headings, hidden parts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .blocks import HEADINGS, Block, Region, Survey
from .boxes import mark_boxes
from .hygiene import tidy_line, units
from .rows import CELL, is_data_row
from .teasers import mark_teasers

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Block", "Region", "Survey", "parse", "survey"]

_MAX_BLOCKS = 60_000
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{10000,}")
_MANY_ATTRIBUTES = 2000
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
_JUNK_TAGS = frozenset({"nav", "aside", "footer", "form", "figure", "figcaption", "menu"})
_BOLD = frozenset({"b", "strong"})
_JUNK = re.compile(
    r"(?:^|[\s_-])(?:comments?|commentlist|pinglun|reply|replies|shares?|sharing|share-?bar|bdsharebuttonbox|social|"
    r"related|relate|relation|recommend\w*|tuijian|xgyd|xgxw|hot(?:news|list|rank|words?)?|rank\w*|paihang\w*|sidebar|"
    r"side|aside|nav\w*|menus?|breadcrumbs?|crumbs?|position|weizhi|foot\w*|copyright|login\w*|regist\w*|modal|popup|"
    r"toolbar|tags?|tag-?list|keywords?|banner|ads?|advert\w*|guanggao|subscri\w*|newsletter|promo\w*|pag(?:er|ination)|"
    r"page_?nav|qr-?code|ewm|erweima|cookies?|consent|gdpr|disclaimer|mianze|shengming|statement|fankui|jubao|"
    r"download|app-?(?:download|guide)|prevnext|prev|next|shangxia|mod-?side|right(?:bar|side|col)?|r_?box|"
    r"author-?(?:card|info|box)|follow|feedback|most-?(?:read|popular)|trending|outbrain|taboola|skip-?link|"
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
_BLOCK_STYLE = re.compile(r"display\s*:\s*block", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n(?=[ \t\u3000\xa0]{2}|\u3000)|\n\s*\n")
_ENDS = ("。", "！", "？", "”", "…", ".", "!", "?")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_MOST = 0.4
_MOST_OF_LISTS = 0.6
_ALL_BUT_HIDDEN = 0.8
_ENOUGH_BESIDE = 40.0
"""Units of running text beside comments, from which on these are not the article whatever their share."""


_HEAD_ELEMENTS = frozenset({"title", "meta", "link", "script", "style", "base", "noscript", "template", "object"})


def parse(text: str) -> HtmlElement | None:
    """Return the tree of an HTML text, or None if there is nothing in it.

    Elements with thousands of attributes lose them: libxml2 takes the square of their number.
    """
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        body = _LONG_TAG.sub(_without_attributes, text).encode("utf-8", "replace")
        tree = html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None
    return _with_body(tree) if isinstance(tree.tag, str) else None


def _with_body(tree: HtmlElement) -> HtmlElement:
    """Move what cannot stand in a head to the body: pages may leave both tags out, and libxml2 knows HTML 4 only."""
    head = tree.find("head")
    strays = [] if head is None else list(head)
    first = next((at for at, child in enumerate(strays) if child.tag not in _HEAD_ELEMENTS), None)
    if head is None or first is None:
        return tree
    body = tree.find("body")
    if body is None:
        body = tree.makeelement("body")
        head.addnext(body)
    for at, child in enumerate(strays[first:]):
        body.insert(at, child)
    return tree


def _without_attributes(tag: re.Match[str]) -> str:
    words = tag[0].split()
    return words[0] if len(words) > _MANY_ATTRIBUTES else tag[0]


def survey(tree: HtmlElement) -> Survey:
    """Walk the tree once and return its blocks and regions."""
    walker = _Walker(tree)
    walker.walk()
    mark_teasers(walker.survey)
    mark_boxes(walker.survey)
    return _reprieve(walker.survey, walker.hidden)


def _reprieve(page: Survey, hidden: set[int]) -> Survey:
    """Free what was called furniture but holds most of the page's running text: class names lie.

    Elements of one name are judged together. What the page does not show is freed only if it shows next to nothing
    else.
    """
    sizes: dict[tuple[str, str], float] = {}
    named = {-1: ("", "")} | {junk: _name_of(page, junk) for junk in {block.junk for block in page.blocks} - {-1}}
    for block in page.blocks:
        if block.is_prose:
            sizes[named[block.junk]] = sizes.get(named[block.junk], 0.0) + block.size
    total = sum(sizes.values())
    beside = total - sum(sizes.get(name, 0.0) for name in {named[junk] for junk in page.comments if junk in named})
    kept = page.comments if beside >= _ENOUGH_BESIDE else set()
    free = {
        junk
        for junk, name in named.items()
        if junk >= 0 and junk not in kept and sizes.get(name, 0.0) > _share(page, junk, hidden) * total
    }
    for block in page.blocks:
        if block.junk in free:
            block.junk = -1
    return page


def _share(page: Survey, junk: int, hidden: set[int]) -> float:
    """Return the share of a page's running text from which on an element was wrongly called furniture."""
    if junk in hidden:
        return _ALL_BUT_HIDDEN
    return _MOST_OF_LISTS if junk in page.lists else _MOST


def _name_of(page: Survey, junk: int) -> tuple[str, str]:
    """Return what elements of furniture are judged together by; one without a name stands for itself."""
    region = page.regions[junk]
    return region.tag, region.names or str(junk)


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
        self._pre: int = 0
        self.hidden: set[int] = set()

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
        elif tag in {"td", "th"}:
            self._cell()
        elif tag in {"p", "div", "br", "li"}:
            self._pieces.append(" ")
        elif _parts_text(element, tag, self._pieces):
            self._flush()
        if "class" in element.attrib and not self._junk and len(element) <= 3:
            self._label(element)
        if tag == "tr":
            self.survey.widest = max(self.survey.widest, len(element))
            self._row += bool(self._row) or is_data_row(element)
        elif tag == "a":
            self._links += 1
        elif tag in _BOLD:
            self._bolds += 1
        self._text(element.text)

    def _end(self, element: HtmlElement, tag: str) -> None:
        if tag == "tr" and self._row:
            self._end_row()
        if tag == "a":
            self._links = max(0, self._links - 1)
        elif tag in _BOLD:
            self._bolds = max(0, self._bolds - 1)
        elif tag in _BLOCKS and not self._row:
            self._flush()
            self._leave(element, tag)
        elif "style" in element.attrib and _BLOCK_STYLE.search(element.attrib["style"]) and not self._row:
            self._flush()
        self._text(element.tail)

    def _end_row(self) -> None:
        if self._row == 1:
            self._flush()
        self._row -= 1

    def _cell(self) -> None:
        """Part two cells of a row, unless the first only labels the second."""
        before = next((text for piece in reversed(self._pieces) if (text := piece.rstrip())), "")
        if before.endswith((":", "：")):
            self._pieces.append(" ")
        elif before and before != CELL.rstrip():
            self._pieces.append(CELL)

    def _label(self, element: HtmlElement) -> None:
        label, is_byline = _labels(element.attrib["class"])
        if label:
            text = tidy_line("".join(str(text) for text in element.itertext())[:200])
            if 2 <= len(text) <= 40:
                self.survey.labelled.append((len(self.survey.blocks), label, text))
        if is_byline:
            text = tidy_line(" ".join(str(text) for text in element.itertext())[:200])
            if 4 <= len(text) <= _LONGEST_BYLINE:
                self.survey.labelled.append((len(self.survey.blocks), "byline", text))

    def _enter(self, element: HtmlElement, tag: str) -> None:
        if tag in {"br", "hr"}:
            return
        attributes = element.attrib
        self._pre += tag == "pre"
        names = f"{attributes.get('id', '')} {attributes.get('class', '')}".strip()
        regions = self.survey.regions
        if not self._junk:
            hidden = "hidden" in attributes or _HIDDEN.search(attributes.get("style", "")) is not None
            if hidden or (_is_junk(tag, names) and not (tag == "figure" and element.find(".//table") is not None)):
                self._junk.append((element, len(regions)))
            if hidden:
                self.hidden.add(len(regions))
        regions.append(Region(element=element, tag=tag, names=names, start=len(self.survey.blocks), end=-1))
        self._open.append(len(regions) - 1)
        self.survey.depth = max(self.survey.depth, len(self._open))
        self._kinds.append(tag if tag in HEADINGS or tag in {"li", "td", "th", "dd"} else self._kinds[-1])

    def _leave(self, element: HtmlElement, tag: str) -> None:
        if tag in {"br", "hr"} or not self._open:
            return
        self.survey.regions[self._open.pop()].end = len(self.survey.blocks)
        self._kinds.pop()
        self._pre -= tag == "pre"
        if self._junk and self._junk[-1][0] is element:
            self._junk.pop()

    def _text(self, text: str | None) -> None:
        if not text:
            return
        if self._pre and "\n" in text:
            *paragraphs, text = _PARAGRAPH.split(text)
            for paragraph in paragraphs:
                self._pieces.append(paragraph)
                self._flush()
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
            linked = units(tidy_line("".join(self._linked))) if self._linked else 0.0
            kind = self._kinds[-1]
            if self._row:
                kind = "row"
            elif kind in {"p", "li", "td"} and self._bold >= 0.95 * len(text):
                kind = "bold"
            junk = self._junk[0][1] if self._junk else -1
            spaced = (
                tidy_line(" ".join(piece for piece in self._pieces if piece != CELL).replace("\n", " "))
                if len(text) <= _SHORT and len(self._pieces) > 1
                else text
            )
            size = max(0.0, units(text) - linked)
            self.survey.blocks.append(Block(text=text, kind=kind, size=size, linked=linked, junk=junk, spaced=spaced))
        self._pieces.clear()
        self._linked.clear()
        self._bold = 0


def _parts_text(element: HtmlElement, tag: str, before: list[str]) -> bool:
    """Tell whether an inline element begins a paragraph: by its style, or as an image behind a whole sentence."""
    if tag == "img":
        return bool(before) and before[-1].rstrip().endswith(_ENDS)
    style = element.attrib.get("style")
    return style is not None and _BLOCK_STYLE.search(style) is not None


def _is_junk(tag: str, names: str) -> bool:
    if tag in {"html", "body"} or tag in HEADINGS:  # names of headings say what they look like
        return False
    return tag in _JUNK_TAGS or (bool(names) and _is_junk_name(names))


@lru_cache(maxsize=4096)  # elements of a page and of a site share their names
def _is_junk_name(names: str) -> bool:
    return _JUNK.search(names) is not None


@lru_cache(maxsize=4096)
def _labels(names: str) -> tuple[str | None, bool]:
    """Return which label the classes of an element are, if any, and whether they name a byline."""
    found = _LABELLED.search(names)
    return (found.lastgroup if found else None), _BYLINE.search(names) is not None
