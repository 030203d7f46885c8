"""Which rows of a table hold data, to be read as one line each, and which are a part of the page's layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["CELL", "is_data_row"]

CELL = " | "
"""What parts two cells of a row."""

_SHORT = 120
"""Characters of a cell that any table of data may have."""
_LONG = 600
"""Characters of a cell in a table of several rows whose cells hold text alone."""
_FEW = 3
_LAYOUT = frozenset({"div", "ul", "ol", "form", "h1", "h2", "h3", "h4", "section", "article", "img"})


def is_data_row(row: HtmlElement) -> bool:
    """Tell whether a table row holds data: two cells or more, short ones, or longer ones in a row like the next."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    if len(cells) < 2 or row.find(".//table") is not None:
        return False
    lengths = [_length(cell) for cell in cells]
    if max(lengths) <= _SHORT:
        return True
    return max(lengths) <= _LONG and _has_fellow(row, len(cells)) and all(_is_text_alone(cell) for cell in cells)


def _length(cell: HtmlElement) -> int:
    length = 0
    for text in cell.itertext():
        length += len(str(text).strip())
        if length > _LONG:
            break
    return length


def _has_fellow(row: HtmlElement, cells: int) -> bool:
    fellows = (row.getprevious(), row.getnext())
    return any(fellow is not None and fellow.tag == "tr" and len(fellow) == cells for fellow in fellows)


def _is_text_alone(cell: HtmlElement) -> bool:
    inside = [element.tag for element in cell.iterdescendants()]
    return not _LAYOUT.intersection(inside) and inside.count("p") + inside.count("br") <= _FEW
