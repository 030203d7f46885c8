"""The part of a page that is watched: bytes in, bytes out. Pure and picklable; runs in a worker process.

Knows selectors and lines to ignore, and when two forms of a page say the same. Reading is done later, by
``monitor.read.whole``, from what is cut out here.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from monitor.types import Rejected
from storage.records import Outcome

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Cut", "cut_page"]

_MAX_PARTS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """What is read of a page, and its version: equal versions say the same in every line."""

    payload: bytes
    payload_type: str | None
    version: str


def cut_page(body: bytes, content_type: str | None, select: str | None, ignore: str | None) -> Cut | Rejected:
    """Return the watched part of a page; without ``select`` and ``ignore`` that is the page as it was sent.

    A page on which ``select`` finds nothing is rejected. What is no page at all is passed on, to be judged when read.
    """
    from monitor.read.charset import decode
    from monitor.read.hygiene import scrub
    from monitor.read.sniff import is_plain_text, refuse
    from monitor.read.survey import parse
    from monitor.read.whole import standing

    decoded = None if refuse(body, content_type) or is_plain_text(content_type, None) else decode(body, content_type)
    tree = parse(scrub(decoded.text)) if decoded else None
    if tree is None:
        return _as_sent(body, content_type) if select is None else _nothing(select, "the answer is no page")
    payload, payload_type = body, content_type
    if select is not None or ignore is not None:
        cut = _cut(tree, select, ignore)
        if cut is None:
            return _nothing(select or "", f"the page's title is {_title(tree)[:80]!r}")
        tree, payload, payload_type = cut, _written(cut), "text/html; charset=utf-8"
    stays = standing(tree)
    if not stays.lines:
        return _as_sent(payload, payload_type)
    said = "\n".join((stays.title or "", *stays.lines))
    return Cut(payload=payload, payload_type=payload_type, version=hashlib.sha256(said.encode()).hexdigest())


def _as_sent(body: bytes, content_type: str | None) -> Cut:
    return Cut(payload=body, payload_type=content_type, version=hashlib.sha256(body).hexdigest())


def _nothing(select: str, found: str) -> Rejected:
    return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"the selector {select!r} matched nothing ({found})")


def _cut(tree: HtmlElement, select: str | None, ignore: str | None) -> HtmlElement | None:
    from monitor.read.survey import parse

    if ignore is not None:
        _silence(tree, re.compile(ignore))
    if select is None:
        return tree
    parts = _parts(tree, select)
    if not parts:
        return None
    inner = "\n".join(f"<div>{part}</div>" for part in parts)
    return parse(f"<html><head><title>{escape(_title(tree))}</title></head><body><main>{inner}</main></body></html>")


def _silence(tree: HtmlElement, pattern: re.Pattern[str]) -> None:
    """Take the text of lines that a pattern finds itself in out of the tree."""
    from monitor.read.visible import visible_lines

    for line in visible_lines(tree):
        if pattern.search(line.text):
            for element, part in line.places:
                setattr(element, part, " ")


def _parts(tree: HtmlElement, select: str) -> list[str]:
    """Return the markup of what a selector finds, outermost elements only."""
    from lxml import etree

    from monitor.sources._listing import compile_selector

    try:
        found: Any = compile_selector(select)(tree)
    except etree.XPathError:
        return []
    if not isinstance(found, list):
        found = [found]
    elements = [one for one in found[:_MAX_PARTS] if isinstance(one, etree._Element)]
    if not elements:
        return [escape(text) for text in map(str, found[:_MAX_PARTS]) if text.strip()]
    chosen = set(elements)
    outer = [one for one in elements if not any(parent in chosen for parent in one.iterancestors())]
    return [_markup(one) for one in outer]


def _markup(element: Any) -> str:
    """Return an element as markup that is content wherever it stands: a menu that was asked for is no frame."""
    from lxml import etree

    if element.tag in {"nav", "footer", "header", "aside", "body", "html"}:
        element.tag = "div"
    for name in ("class", "id", "role", "hidden", "style"):
        element.attrib.pop(name, None)
    markup = str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))
    if element.tag in {"tr", "td", "th", "tbody", "thead", "tfoot"}:
        return f"<table>{markup}</table>"
    return f"<ul>{markup}</ul>" if element.tag == "li" else markup


def _written(tree: HtmlElement) -> bytes:
    from lxml import etree

    return etree.tostring(tree, encoding="utf-8", method="html", doctype="<!DOCTYPE html>")


def _title(tree: HtmlElement) -> str:
    return next((" ".join(str(node.text_content()).split()) for node in tree.iter("title")), "")
