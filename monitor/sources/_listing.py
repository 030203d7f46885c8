"""One list page: bytes in, items out, by selectors. Pure and picklable; runs in a worker process.

Knows rows, links, titles and dates; which selectors a page needs is the configuration's. XPath expressions run without
extension functions. A page that the selectors do not fit is looked at by the automatic finder, for a proposal only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from lxml import etree

from monitor.sources._charset import decode
from monitor.sources._entry import Entry, Found, items_of
from monitor.sources._finder import Patterns, look
from monitor.sources._finder_selector import selector_of
from monitor.sources._parsed import Document
from monitor.types import Rejected
from storage.records import Outcome

__all__ = [
    "Matched",
    "Selectors",
    "compile_selector",
    "escaped",
    "parse_listing",
    "parse_page",
]

_XPATH = "xpath:"
_CUT_MARKS = ("...", "…")
_ROW_CHARACTERS = 2_000
_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Selectors:
    """Where to look, as written: CSS, or XPath after ``xpath:``. All but ``item`` start at the row.

    Of several ``item`` the first that finds rows with addresses counts.
    """

    item: str | tuple[str, ...]
    link: str = "a[href]"
    title: str | None = None
    date: str | None = None


def compile_selector(selector: str) -> etree.XPath:
    """Return the XPath of a selector; raise ValueError that says what is wrong with it."""
    try:
        return etree.XPath(_to_xpath(selector), regexp=False, smart_strings=False)
    except etree.XPathSyntaxError as error:
        raise ValueError(f"not an XPath expression: {selector!r}: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What selectors found: the items, the ``item`` that found them, and how many rows it matched."""

    found: Found
    item: str
    rows: int


def parse_listing(
    body: bytes,
    content_type: str | None,
    document: Document,
    fetched_at: datetime,
    selectors: Selectors,
    cap: int,
    patterns: Patterns = Patterns(),  # noqa: B008 - frozen
) -> Matched | Rejected:
    """Return the items of at most ``cap`` rows of a page; a page that the selectors do not fit is rejected."""
    page = parse_page(decode(body, content_type))
    if page is None:
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail="expected an HTML page, found nothing that holds markup")
    items = (selectors.item,) if isinstance(selectors.item, str) else selectors.item
    reasons: list[str] = []
    for item in items:
        matched = _read_rows(page, replace(selectors, item=item), document, fetched_at, cap, patterns)
        if isinstance(matched, Matched):
            return matched
        reasons.append(matched)
    proposed = _proposal(page, document.base, fetched_at, patterns)
    detail = f"{'; '.join(reasons)}{_called(page)}{proposed}"
    return Rejected(rejected=Outcome.NOT_ARTICLE, detail=detail)


def _read_rows(
    page: etree._Element,
    selectors: Selectors,
    document: Document,
    fetched_at: datetime,
    cap: int,
    patterns: Patterns = Patterns(),  # noqa: B008 - frozen
) -> Matched | str:
    """Return what selectors with one ``item`` find on a page, or why they find nothing."""
    item = str(selectors.item)
    try:
        rows = [row for row in _select(item, page) if isinstance(row, etree._Element)]
        entries = [_entry(row, selectors) for row in rows[:cap]]
    except (etree.XPathError, ValueError) as error:
        return f"a selector cannot be evaluated: {error}"
    found = items_of((entry for entry in entries if entry.link), document, fetched_at, origin="list")
    kept = tuple(one for one in found.items if patterns.allow(one.url))
    if kept:
        beyond = (f"only the first {cap} of {len(rows)} rows were taken",) if len(rows) > cap else ()
        return Matched(found=Found(items=kept, skipped=(*beyond, *found.skipped)), item=item, rows=len(rows))
    if not rows:
        return f"the selector {item!r} matched nothing"
    if found.items:
        return f"the selector {item!r} matched {len(rows)} rows, but match and skip leave none of their addresses"
    return f"the selector {item!r} matched {len(rows)} rows, but {selectors.link!r} found no address in them"


def _proposal(page: etree._Element, address: str, now: datetime, patterns: Patterns) -> str:
    """Return what the automatic finder would have taken, as the end of a sentence; "" if it found no list."""
    choice = look(page, address, now, patterns).best()
    if choice is None or not choice.is_convincing:
        return ""
    example = choice.rows[0].title[:_SHOWN]
    selector = selector_of(page, choice.core.rows)
    return f"; rows that look like the list: {selector!r} ({len(choice.rows)} links such as {example!r})"


def parse_page(text: str) -> etree._Element | None:
    """Return the tree of a page, None for a text without markup."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None


def escaped(title: str) -> str:
    """Return a plain title as an entry holds it: as markup."""
    return title.replace("&", "&amp;").replace("<", "&lt;")


def _to_xpath(selector: str) -> str:
    if selector.startswith(_XPATH):
        return selector.removeprefix(_XPATH)
    from cssselect import HTMLTranslator, SelectorError

    try:
        return str(HTMLTranslator().css_to_xpath(selector))
    except SelectorError as error:
        raise ValueError(f"not a CSS selector: {selector!r}: {error} (XPath needs the prefix 'xpath:')") from error


def _select(selector: str, node: etree._Element) -> list[Any]:
    """Return what a selector finds: elements, or the texts of attributes and strings."""
    found = compile_selector(selector)(node)
    return found if isinstance(found, list) else [found]


def _entry(row: etree._Element, selectors: Selectors) -> Entry:
    link = _first(_select(selectors.link, row))
    href = link.get("href", "") if isinstance(link, etree._Element) else str(link or "")
    title = _first(_select(selectors.title, row)) if selectors.title else link
    date = _first(_select(selectors.date, row)) if selectors.date else None
    return Entry(title=_title(title), link=href.strip(), base=_base(row), published=_date(date))


def _first(found: Iterable[Any]) -> Any:
    return next(iter(found), None)


def _text(found: Any) -> str:
    if isinstance(found, etree._Element):
        return " ".join("".join(map(str, found.itertext())).split())[:_ROW_CHARACTERS]
    return str(found)[:_ROW_CHARACTERS] if found is not None else ""


def _title(found: Any) -> str:
    """Return a title; one that the page shows cut is taken whole from the ``title`` attribute."""
    text = _text(found)
    whole = found.get("title", "").strip() if isinstance(found, etree._Element) else ""
    title = whole if whole and (not text or text.endswith(_CUT_MARKS)) else text
    return escaped(title)


def _date(found: Any) -> str:
    exact = found.get("datetime") if isinstance(found, etree._Element) else None
    return exact or _text(found)


def _base(node: etree._Element) -> str:
    """Return where the page says that its relative addresses start."""
    return next((base.get("href", "") for base in node.getroottree().iter("base")), "")


def _called(page: etree._Element) -> str:
    title = next((_text(node) for node in page.iter("title")), "")
    return f" (the page's title is {title[:80]!r})" if title else ""
