"""The row of a link in a list: its title and its date.

Knows cards that are one link, pictures and headlines with one address, "more" links, dates in every corner of a row,
in the cells of a table and beside a link. Dates are returned as written. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from monitor.read.hygiene import units
from monitor.sources._finder_dates import AT_END, AT_START, DATE_NAME, NOT_SAID, WHOLE, date_in, date_of, pieces_of
from monitor.sources._finder_links import Link, text_of

__all__ = ["Row", "anchor_title", "is_no_title", "is_ranking", "rows_of", "without_dates"]

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = frozenset(
    {"div", "p", "section", "header", "footer", "ul", "ol", "li", "dl", "dt", "dd", "table", "td", *_HEADINGS}
)
_MAX_BESIDE = 4
_MAX_LABEL = 60
_LEAST_TITLE = 3.5  # units: four ideographs or fourteen letters; shorter texts in a card are labels
_FEW, _HEIGHT = 3, 2  # rows too few to show where one ends, and how far up they are taken to reach
_HEADLINE = 5.0
_TITLE_NAME = re.compile(
    r"(?:^|[\s_-])(?:title|tit|headline|heading|biaoti|bt|name|subject)(?=$|[\s_-]|\d)", re.IGNORECASE
)
_MORE = re.compile(
    r"[\s\[(（【<《«»>→…·.]*(?:(?:查看|浏览|显示|点击)?(?:更多|详情|详细|全文|原文)(?:内容|新闻|资讯|动态|信息)?|阅读(?:全文|更多|原文|详情)?|点击(?:查看|进入|阅读)|"
    r"(?:(?:read|see|view|learn|show)\s+)?(?:more|all|details?|full\s+(?:story|article|post))|continue(?:\s+reading)?.*|"
    r"read(?:\s+(?:on|it|now|(?:the\s+)?(?:article|post|story)))?|permalink|查看|进入|下载|展开|分享|评论|原创|转发|回复|置顶|\d+\s*(?:条)?(?:评论|comments?))"
    r"[\s\])）】>》»→…·.+]*",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"[\s\[<«‹»›>|]*(?:\d{1,4}|首\s*页|尾\s*页|末\s*页|[上下前后][一1]?\s*页|共\d+页|prev(?:ious)?(?:\s+page)?|next(?:\s+page)?|first|last|"
    r"(?:older|newer)\s+(?:posts?|entries)|跳转|go)[\s\]>»›«‹|]*",
    re.IGNORECASE,
)
_BULLETS = re.compile(r"^[\s·•■▪◆◇▶►»>●○※★☆|]+|[\s|]+$")
_CUT = re.compile(r"\s*(?:\.{2,}|…+)\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One entry of a list. ``date`` is as written, "" for none; ``is_ad`` says that the row is advertising."""

    link: Link
    element: etree._Element
    title: str
    date: str
    is_ad: bool


def rows_of(chosen: Iterable[Link], every: Iterable[Link]) -> list[Row]:
    """Return one row for each address of ``chosen``, in the order of the page.

    ``every`` are all links of the page: a title may stand in another link with the same address.
    """
    firsts: dict[str, Link] = {}
    for link in chosen:
        firsts.setdefault(link.url, link)
    reach = _Reach(firsts.values())
    same: dict[str, list[Link]] = {}
    for link in every:
        if link.url in firsts:
            same.setdefault(link.url, []).append(link)
    rows = []
    for url, link in firsts.items():
        element = reach.row(link)
        near = [other for other in same[url] if other is link or _within(other.element, element)]
        title = _title(near, element)
        rows.append(Row(link=link, element=element, title=title, date=date_in(element), is_ad=_is_ad(link, element)))
    return without_dates(_with_dates_beside(rows, reach))


def anchor_title(element: etree._Element) -> str:
    """Return what a link calls its target; "" for a picture or a "more" link."""
    text = _card_title(element)
    named = " ".join(element.get("title", "").split())
    stem = _CUT.sub("", text)
    if (
        named
        and not is_no_title(named)
        and (not text or is_no_title(text) or (stem != text and len(named) >= len(stem)))
    ):
        return _bare(named)
    if named.startswith(text) and len(named) > len(text) and units(named) <= _MAX_LABEL:
        return _bare(named)
    return "" if is_no_title(text) else _bare(text)


def is_no_title(text: str) -> bool:
    """Tell whether a link's text only says that there is more, or turns a page."""
    return len(text) < 2 or _MORE.fullmatch(text) is not None or _TURNS.fullmatch(text) is not None


class _Reach:
    """How far up from each link its row goes: as long as nothing of another row lies in it."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._held: dict[etree._Element, str | None] = {}
        self._size = 0
        for link in links:
            self._size += 1
            self._mark(link.element, link.url)
            for parent in link.element.iterancestors():
                self._mark(parent, link.url)

    def _mark(self, element: etree._Element, url: str) -> None:
        self._held[element] = url if self._held.get(element, url) == url else None

    def row(self, link: Link) -> etree._Element:
        """Return the largest element around a link that holds no other row."""
        row = link.element
        for height, parent in enumerate(link.element.iterancestors()):
            is_alone = self._size < _FEW and height >= _HEIGHT
            if is_alone or self._held.get(parent) is None or parent.tag in {"body", "html"}:
                break
            row = parent
        return row

    def is_row(self, element: etree._Element) -> bool:
        """Tell whether an element holds a row."""
        return element in self._held


def _within(element: etree._Element, row: etree._Element) -> bool:
    return element is row or any(parent is row for parent in element.iterancestors())


def _title(near: list[Link], row: etree._Element) -> str:
    """Return the title of a row: a heading that is a link, the best link text, a heading, or what a class calls so."""
    found = [(anchor_title(link.element), link.element) for link in near]
    named = [(title, element) for title, element in found if title]
    for title, element in named:
        if any(parent.tag in _HEADINGS for parent in (element, *_some_ancestors(element, row))):
            return title
    titles = [title for title, _ in named]
    # the first that is long enough: a summary with the same address stands below its title
    own = next((title for title in titles if units(title) >= _HEADLINE), max(titles, key=units, default=""))
    if own:
        return own
    headings = (text_of(inner) for inner in row.iter(*_HEADINGS))
    fallback = next((text for text in headings if text and not is_no_title(text)), "") or _called_title(row)
    pictures = (" ".join(inner.get("alt", "").split()) for link in near for inner in link.element.iter("img"))
    return _bare(fallback) or next((text for text in pictures if units(text) >= _LEAST_TITLE), "")


def _some_ancestors(element: etree._Element, row: etree._Element) -> Iterator[etree._Element]:
    for parent in element.iterancestors():
        if parent is row:
            return
        yield parent


def _called_title(element: etree._Element) -> str:
    for inner in element.iter("div", "p", "span", "strong", "b", "a"):
        if inner is not element and _TITLE_NAME.search(inner.get("class", "")):
            text = text_of(inner)
            if text and not is_no_title(text) and not WHOLE.fullmatch(text):
                return text
    return ""


def _card_title(element: etree._Element) -> str:
    """Return the title within a link that may be a whole card."""
    if not len(element):
        return text_of(element)
    for heading in element.iter(*_HEADINGS):
        text = text_of(heading)
        if text:
            return text
    parts = [part for part in _parts(element) if not WHOLE.fullmatch(part)]
    if len(parts) <= 1:
        return parts[0] if parts else ""
    return _called_title(element) or next((part for part in parts if units(part) >= _LEAST_TITLE), parts[0])


def _parts(element: etree._Element) -> list[str]:
    """Return the texts of a link that stand apart: blocks, or all its elements where it has no text of its own."""
    own = [element.text or "", *(child.tail or "" for child in element)]
    children = [child for child in element if isinstance(child.tag, str) and child.tag not in NOT_SAID]
    if any(text.strip() for text in own) and not any(child.tag in _BLOCKS for child in children):
        kept = [own[0]]
        for child in element:
            text = text_of(child) if child in children else ""
            kept += ["" if _is_label(child, text) else text, child.tail or ""]
        return [" ".join("".join(kept).split())]
    parts = own
    for child in children:
        if child.tag != "time":
            parts += _parts(child) if len(child) else [text_of(child)]
    return [text for text in (" ".join(part.split()) for part in parts) if text]


def _is_label(element: etree._Element, text: str) -> bool:
    """Tell whether an element within a title is a date, a rank or a badge."""
    named = DATE_NAME.search(element.get("class", "")) if isinstance(element.tag, str) else None
    return element.tag == "time" or named is not None or WHOLE.fullmatch(text) is not None or text.isdecimal()


def _bare(title: str) -> str:
    return _BULLETS.sub("", title)


# -------------------------------------------------------------------------------------------------------- dates


def _with_dates_beside(rows: list[Row], reach: _Reach) -> list[Row]:
    """Look beside rows without a date: all dates of one list stand on the same side."""
    bare = [row for row in rows if not row.date]
    if 2 * len(bare) < len(rows):
        return rows
    after = {row.link.url: date_of(list(_beside(row.element, reach, forward=True))) for row in bare}
    before = {row.link.url: date_of(list(_beside(row.element, reach, forward=False))) for row in bare}
    better = after if _count(after) >= _count(before) else before
    return [row if row.date else _dated(row, better[row.link.url]) for row in rows]


def _count(dates: dict[str, str]) -> int:
    return sum(map(bool, dates.values()))


def _beside(element: etree._Element, reach: _Reach, *, forward: bool) -> Iterator[str]:
    """Yield the texts between a row and the next one, or the one before."""
    if forward and element.tail and element.tail.strip():
        yield " ".join(element.tail.split())
    sibling = element.getnext() if forward else element.getprevious()
    for _ in range(_MAX_BESIDE):
        if sibling is None or reach.is_row(sibling):
            if sibling is None and not forward and (parent := element.getparent()) is not None and parent.text:
                yield " ".join(parent.text.split())
            elif sibling is not None and not forward and sibling.tail:
                yield " ".join(sibling.tail.split())
            return
        yield from pieces_of(sibling)
        if sibling.tail and sibling.tail.strip():
            yield " ".join(sibling.tail.split())
        sibling = sibling.getnext() if forward else sibling.getprevious()


def without_dates(rows: list[Row]) -> list[Row]:
    """Take dates off titles where most titles of a list end, or begin, with one."""
    for edge in (AT_END, AT_START):
        found = [edge.search(row.title) for row in rows]
        if rows and 10 * sum(map(bool, found)) >= 6 * len(rows):
            rows = [_untied(row, match) for row, match in zip(rows, found, strict=True)]
    return rows


def _untied(row: Row, match: re.Match[str] | None) -> Row:
    if match is None:
        return row
    title = _bare((row.title[: match.start()] + row.title[match.end() :]).strip())
    date = row.date or match[0].strip(" []()（）【】|:：-")
    return Row(link=row.link, element=row.element, title=title or row.title, date=date, is_ad=row.is_ad)


def _dated(row: Row, date: str) -> Row:
    return Row(link=row.link, element=row.element, title=row.title, date=date, is_ad=row.is_ad)


def is_ranking(rows: Iterable[Row]) -> bool:
    """Tell whether rows are numbered: first texts 1, 2, 3 ..., as in a box of what is read most."""
    firsts = [next(iter(pieces_of(row.element)), "") for row in rows]
    return len(firsts) > 2 and sum(text.strip(".、") == str(n) for n, text in enumerate(firsts, 1)) >= 0.7 * len(firsts)


# ------------------------------------------------------------------------------------------------- advertising

_AD_NAME = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|sponsor\w*|promoted|guanggao|gg|tuiguang)\d{0,2}(?=$|[\s_-])", re.IGNORECASE
)
_AD_LABELS = frozenset({"广告", "推广", "赞助", "廣告", "推廣", "ad", "ads", "sponsored", "promoted", "advertisement"})


def _is_ad(link: Link, row: etree._Element) -> bool:
    if "sponsored" in link.element.get("rel", ""):
        return True
    names = [element.get("class", "") for element in (link.element, row, *_some_ancestors(link.element, row))]
    if any(_AD_NAME.search(name) for name in names):
        return True
    inner = next((one for one in _some_ancestors(link.element, row) if one.tag in {"li", "tr", "dd", "article"}), row)
    return any(piece.strip("[]【】()").lower() in _AD_LABELS for piece in pieces_of(inner))
