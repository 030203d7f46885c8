"""The date of a row as it is written, wherever in the row it stands.

Knows dates that are a text of their own, spelt in pieces, or among other words; running text is not looked at. What a
date means is read elsewhere (``monitor.sources._dates``). Pure.
"""

from __future__ import annotations

import re

from lxml import etree

__all__ = ["AT_END", "AT_START", "DATE_NAME", "NOT_SAID", "WHOLE", "date_in", "date_of", "pieces_of"]

NOT_SAID = frozenset({"script", "style", "noscript", "svg", "template", "button"})
"""Elements whose text nobody sees or that are no text."""

_MAX_PIECES = 60
_MAX_LABEL = 60
DATE_NAME = re.compile(
    r"(?:^|[\s_-])(?:\w*date|\w*time|posted|published|pub|rq|riqi|sj|shijian)(?=$|[\s_-]|\d)", re.IGNORECASE
)
_CLOCK = r"(?:[T\s]{0,3}\d{1,2}[:：]\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_FULL = rf"(?:19|20)\d\d\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*\d{{1,2}}(?!\d)\s*日?{_CLOCK}?"
_ENGLISH = (
    rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\b\d{{1,2}}(?:st|nd|rd|th)?[\s-]{_MONTH},?[\s-]\d{{4}}"
    rf"(?:\s+\d{{1,2}}:\d{{2}})?"
)
_AGO = r"(?:\d{1,4}|半)\s*个?\s*(?:秒钟?|分钟?|小时|天|周)\s*[之以]?前|刚刚|[今昨前][天日]\s*(?:\d{1,2}[:：]\d{2})?"
_SHORT = rf"\d{{1,2}}\s*[-/.月]\s*\d{{1,2}}\s*日?{_CLOCK}?"
_WRAPPED = r"[\s\[(（【]*(?:(?:发布|更新|发表)?(?:时间|日期)\s*[:：]\s*)?(?:{})[\s\])）】]*"
WHOLE = re.compile(_WRAPPED.format(f"{_FULL}|{_ENGLISH}|{_AGO}|{_SHORT}"), re.IGNORECASE)
_INSIDE = re.compile(f"{_FULL}|{_ENGLISH}", re.IGNORECASE)
_AGO_INSIDE = re.compile(_AGO)
_DAY = re.compile(r"\d{1,2}")
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*月?")
_MONTH_ONLY = re.compile(rf"(\d{{1,2}})\s*月|({_MONTH})", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
AT_END = re.compile(rf"[\s\[(（【|-]*(?:{_FULL}|{_ENGLISH})[\s\])）】]*$", re.IGNORECASE)
AT_START = re.compile(rf"^[\[(（【]?\s*(?:{_FULL}|{_SHORT})\s*[\])）】|]?\s*[:：]?\s*(?=\S)", re.IGNORECASE)


def date_in(row: etree._Element) -> str:
    """Return the date that a row holds outside of its running text."""
    for element in row.iter("time"):
        exact = element.get("datetime", "").strip()
        if exact:
            return exact
    for element in row.iter("span", "div", "p", "td", "em", "i", "time", "li", "dd", "small", "b", "strong", "label"):
        if element is not row and (element.tag == "time" or DATE_NAME.search(element.get("class", ""))):
            found = date_of(pieces_of(element))
            if found:
                return found
    return date_of(pieces_of(row))


def pieces_of(element: etree._Element) -> list[str]:
    """Return the texts of an element, one for each text node."""
    pieces: list[str] = []
    for inner in element.iter("*"):
        texts = (inner.text if inner.tag not in NOT_SAID else None, inner.tail if inner is not element else None)
        pieces += [text for text in (" ".join(text.split()) for text in texts if text) if text]
        if len(pieces) > _MAX_PIECES:
            break
    return pieces


def date_of(pieces: list[str]) -> str:
    """Return the date among texts: one that is nothing else first, then one in pieces, then one among other words."""
    whole = next((piece for piece in pieces if len(piece) <= _MAX_LABEL and WHOLE.fullmatch(piece)), "")
    if whole:
        return whole
    if joined := _joined(pieces):
        return joined
    for piece in pieces:
        if len(piece) <= _MAX_LABEL and (found := _INSIDE.search(piece)):
            return found[0]
    return next((f[0] for piece in pieces if len(piece) <= _MAX_LABEL // 2 and (f := _AGO_INSIDE.search(piece))), "")


def _joined(pieces: list[str]) -> str:
    """Return the date that a row spells in two or three texts: the day in large figures, year and month beside it."""
    for number, piece in enumerate(pieces):
        if not _DAY.fullmatch(piece) or not 1 <= int(piece) <= 31:
            continue
        beside = pieces[max(0, number - 2) : number] + pieces[number + 1 : number + 3]
        month = next((found for text in beside if (found := _YEAR_MONTH.fullmatch(text))), None)
        if month:
            return f"{month[1]}-{month[2]}-{piece}"
        named = next((found for text in beside if (found := _MONTH_ONLY.fullmatch(text))), None)
        year = next((text for text in beside if _YEAR.fullmatch(text)), "")
        if named and named[1]:
            return f"{year}-{named[1]}-{piece}" if year else f"{named[1]}月{piece}日"
        if named and year:
            return f"{named[2]} {piece}, {year}"
    return ""
