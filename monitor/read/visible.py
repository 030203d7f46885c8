"""The visible lines of a page as it stands: paragraphs, headings, one line a list item, one line a table row.

Judges nothing but what markup says plainly: hidden parts, scripts, and the frame of the site (menus, head and foot).
Unlike ``monitor.read.survey`` it keeps lists and tables whole, for pages that are watched. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from .hygiene import tidy_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["CELL", "MAX_LINES", "VisibleLine", "visible_lines"]

MAX_LINES = 20_000
CELL = " | "
"""What stands between the cells of a table row."""

_MAX_ITEM = 400
_MAX_CELL = 400
_REPRIEVE = 0.4
_SKIP = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "applet", "audio",
        "video", "canvas", "map", "head", "select", "option", "datalist", "button", "textarea", "input", "meter",
        "progress", "dialog", "rp", "rt", "frameset",
    }
)  # fmt: skip
_BLOCKS = frozenset(
    {
        "html", "body", "div", "p", "section", "article", "main", "header", "footer", "aside", "nav", "h1", "h2", "h3",
        "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tfoot", "tr", "td", "th",
        "caption", "form", "fieldset", "blockquote", "pre", "address", "figure", "figcaption", "center", "details",
        "summary", "hr", "br", "legend", "hgroup", "menu", "dir",
    }
)  # fmt: skip
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = ("ul", "ol", "table", "dl")
_CONTENT = frozenset({"article", "main", "section"})
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:(?:sub|side|top|main|left)?nav(?:bar|igation)?|menus?|foot|footer|breadcrumbs?|crumbs?|top-?bar|"
    r"site-?header|masthead|copyright|friend(?:ly)?-?links?|cookies?|skip-?link|share-?bar|bdsharebuttonbox)"
    r"(?=$|[\s_-]|\d)"
)
_HEAD = re.compile(r"(?:^|\s)(?:header|head)(?:$|\s)")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

Place = tuple["HtmlElement", str]
"""Where a piece of text stands: an element, and ``text`` or ``tail``."""


@dataclass(frozen=True, slots=True, eq=False)
class VisibleLine:
    """One line: ``kind`` is ``text``, ``heading`` or ``row``; ``frame`` says that it belongs to the site, not the page.

    ``cells`` are the cells of a table row, or the parts of a list item that stand apart.
    """

    cells: tuple[str, ...]
    kind: str
    frame: bool
    places: tuple[Place, ...]

    @property
    def glue(self) -> str:
        """Return what stands between the cells."""
        return CELL if self.kind == "row" else " "

    @property
    def text(self) -> str:
        """Return the line as it is read."""
        return self.glue.join(self.cells)


def visible_lines(tree: HtmlElement) -> list[VisibleLine]:
    """Return at most 20,000 lines in the order of the page.

    What is called a frame but holds two fifths of the page's text is none: names lie.
    """
    walk = _Walk()
    walk.over(tree)
    sizes = Counter[int]()
    for line, frame in walk.lines:
        sizes[frame] += len(line.text)
    total = sizes.total()
    free = {frame for frame, size in sizes.items() if frame < 0 or size > _REPRIEVE * total}
    return [replace(line, frame=False) if frame in free else line for line, frame in walk.lines]


class _Walk:
    """One walk over the tree; a row or a short item in progress holds back line breaks."""

    def __init__(self) -> None:
        self.lines: list[tuple[VisibleLine, int]] = []
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self._cells: list[str] = []
        self._whole: HtmlElement | None = None  # the row or item that becomes one line
        self._frames: list[tuple[HtmlElement, int]] = []
        self._content = 0
        self._heading = 0
        self._number = 0

    def over(self, tree: HtmlElement) -> None:
        from lxml import etree

        walk = etree.iterwalk(tree, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                if tag in _SKIP or _is_hidden(element):
                    walk.skip_subtree()
                else:
                    self._start(element, tag)
            elif tag in _SKIP or _is_hidden(element):
                self._say(element, "tail")
            else:
                self._end(element, tag)
            if len(self.lines) >= MAX_LINES:
                return
        self._flush()

    def _start(self, element: HtmlElement, tag: str) -> None:
        self._number += 1
        if self._whole is None and tag in _BLOCKS:
            self._flush()
            if not self._frames and _is_frame(element, tag, in_content=self._content > 0):
                self._frames.append((element, self._number))
            if (tag == "tr" and _is_data(element)) or (tag == "li" and _is_item(element)):
                self._whole = element
        elif self._whole is not None and tag in {"td", "th"}:
            self._close_cell()
        elif tag in _BLOCKS:
            self._pieces.append(" ")
        self._content += tag in _CONTENT
        self._heading += tag in _HEADINGS
        self._say(element, "text")

    def _end(self, element: HtmlElement, tag: str) -> None:
        if element is self._whole:
            self._close_cell()
            self._whole = None
            self._emit("row" if tag == "tr" else "text")
        elif self._whole is not None and (tag in {"td", "th"} or _stands_apart(element, self._whole)):
            self._close_cell()
        elif self._whole is None and tag in _BLOCKS:
            self._flush()
        elif tag in _BLOCKS:
            self._pieces.append(" ")
        self._content -= tag in _CONTENT
        self._heading -= tag in _HEADINGS
        if self._frames and self._frames[-1][0] is element:
            self._frames.pop()
        self._say(element, "tail")

    def _say(self, element: HtmlElement, part: str) -> None:
        text = element.text if part == "text" else element.tail
        if not text or (part == "tail" and element.getparent() is None):
            return
        self._pieces.append(str(text))
        if not text.isspace():
            self._places.append((element, part))

    def _close_cell(self) -> None:
        text = tidy_line("".join(self._pieces))
        self._pieces.clear()
        if text:
            self._cells.append(text)

    def _flush(self) -> None:
        self._close_cell()
        self._emit("heading" if self._heading else "text")

    def _emit(self, kind: str) -> None:
        if self._cells:
            frame = self._frames[-1][1] if self._frames else -1
            line = VisibleLine(tuple(self._cells), kind, frame=frame >= 0, places=tuple(self._places))
            self.lines.append((line, frame))
        self._cells.clear()
        self._places.clear()


def _stands_apart(element: HtmlElement, whole: HtmlElement) -> bool:
    """Tell whether an element and the next one are parts of a list item: side by side without a word between."""
    if whole.tag != "li":
        return False
    is_part = element.tag in _BLOCKS or (element.getnext() is not None and not (element.tail or "").strip())
    return is_part and element.getparent() is not None


def _is_hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")) is not None


def _is_frame(element: HtmlElement, tag: str, *, in_content: bool) -> bool:
    """Tell whether an element calls itself a part of the site's frame."""
    if tag in {"html", "body", "li", "tr"}:
        return False
    if tag in {"nav", "footer"} or element.get("role", "") in _ROLES:
        return tag != "footer" or not in_content
    if tag == "header":
        return not in_content
    names = f"{element.get('id', '')} {element.get('class', '')}".strip().lower()
    if not names:
        return False
    return _FRAME.search(names) is not None or (not in_content and _HEAD.search(names) is not None)


def _is_data(row: HtmlElement) -> bool:
    """Tell whether a table row holds data and not a part of the page's layout."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if not cells or any(row.find(f".//{tag}") is not None for tag in _LISTS):
        return False
    return all(_is_short(cell, _MAX_CELL) for cell in cells)


def _is_item(item: HtmlElement) -> bool:
    return all(item.find(f".//{tag}") is None for tag in _LISTS) and _is_short(item, _MAX_ITEM)


def _is_short(element: HtmlElement, most: int) -> bool:
    length = 0
    for text in element.itertext():
        length += len(str(text).strip())
        if length > most:
            return False
    return True
