"""Why a page has no list of articles, in one sentence that says what to do.

Knows articles, walls and pages that scripts build. Pure.
"""

from __future__ import annotations

from lxml import etree

from monitor.read.hygiene import units
from monitor.sources._finder_groups import Choice
from monitor.sources._finder_links import FOOT_AND_NAVIGATION, text_of
from monitor.types import Rejected
from storage.records import Outcome

__all__ = ["instead_of_list", "why_no_list"]

_PROSE = ("p", "td", "div", "section", "article", "span", "font")
_PARAGRAPH = 40.0  # units of a paragraph, own text without links
_MANY_WORDS = 400.0
_TEXT, _MENU_TEXT = 1.5, 6.0  # how many times the titles of the rows
_MIN_ARTICLE = 60.0
_MENU_DATED = 0.8
_ARTICLE = "the page is an article; give the address of a page that lists articles, or watch it with kind page"
_FEW_LINKS = 15
_LITTLE_TEXT = 120.0


def instead_of_list(
    page: etree._Element, body: bytes, content_type: str | None, address: str, choice: Choice
) -> Rejected | None:
    """Return why rows that look like a list are none: the page is withdrawn, or an article that links to others.

    It is an article if its text outweighs the rows (excerpts in rows are no such text: only what stands outside of them
    counts) or if it can be read as one. A menu of dated posts is a list all the same: documentation has its news there.
    """
    from monitor.read.article import read_page

    beside = _prose_beside(page, choice)
    listed = sum(units(row.title) for row in choice.rows)
    is_menu = choice.core.away == FOOT_AND_NAVIGATION and choice.core.dated_rows >= _MENU_DATED
    if beside > _MANY_WORDS and beside > listed * (_MENU_TEXT if is_menu else _TEXT):
        return _rejected(_ARTICLE, page)
    found = read_page(body, address, content_type)
    if isinstance(found, Rejected):
        return found if found.rejected in {Outcome.GONE, Outcome.BLOCKED} else None
    if is_menu or units(found.text) < _MIN_ARTICLE:
        return None
    titles = {row.title for row in choice.rows}
    of_rows = sum(units(line) for line in found.text.split("\n") if any(title in line for title in titles))
    return _rejected(_ARTICLE, page) if 2 * of_rows < units(found.text) else None


def why_no_list(page: etree._Element, text: str, links: int) -> Rejected:
    """Return why nothing on a page looks like a list: a wall is ``blocked``, anything else has no list."""
    wall = _wall(text)
    if wall:
        return wall
    scripts = sum(1 for _ in page.iter("script"))
    said = units(text_of(body)) if (body := page.find("body")) is not None else 0.0
    if scripts and links <= _FEW_LINKS and said <= _LITTLE_TEXT:
        why = f"the page is built by scripts ({links} links, {scripts} scripts): look for its JSON with kind api"
    else:
        why = f"none of its {links} links stand in rows like articles do; name the rows with item"
    return _rejected(why, page)


def _rejected(why: str, page: etree._Element) -> Rejected:
    return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"no list of links found; {why}{_called(page)}")


def _wall(text: str) -> Rejected | None:
    from monitor.read.blocked import instead_of_article
    from monitor.read.survey import parse, survey

    tree = parse(text)
    if tree is None:
        return None
    title = next((text_of(node) for node in tree.iter("title")), None)
    found = instead_of_article(survey(tree), title, "")
    return found if found and found.rejected is Outcome.BLOCKED else None


def _called(page: etree._Element) -> str:
    title = next((text_of(node) for node in page.iter("title")), "")
    return f" (the page's title is {title[:80]!r})" if title else ""


def _prose_beside(page: etree._Element, choice: Choice) -> float:
    """Return the units of paragraphs outside of the rows; links are no prose."""
    rows = {row.element for row in choice.rows}
    total = 0.0
    for element in page.iter(*_PROSE):
        own = [element.text or "", *(child.tail or "" for child in element)]
        size = units(" ".join(" ".join(own).split()))
        if size < _PARAGRAPH or element in rows or any(parent in rows for parent in element.iterancestors()):
            continue
        total += size
    return total
