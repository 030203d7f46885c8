"""The entries of sitemap XML, read as a stream: nothing of a large map stays in memory but its entries.

Knows elements, not what they mean. The parser recovers from what is not well-formed and says that it did; a document
type never reaches it, entities are not resolved and nothing is loaded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from monitor.sources._entry import Entry
from monitor.sources._feed_repair import clean_xml

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["MAX_ENTRIES", "Listed", "read_sitemap"]

MAX_ENTRIES = 100_000
"""Twice what the protocol allows in one map."""
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]{0,40}:)?([A-Za-z_][\w.-]{0,60})[\s>/]")
_ENTRIES = frozenset({"url", "sitemap"})
_FOREIGN = frozenset({"image", "video", "xhtml", "mobile", "pagemap"})
_ENTRY_END = re.compile(r"</(?:[\w.-]{1,40}:)?(?:url|sitemap)\s*>", re.IGNORECASE)
_MAX_TEXT = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a map lists: ``root`` is the name of its outermost element, "" where there is none.

    In an entry ``link`` is the loc, ``updated`` the lastmod, ``published`` and ``title`` those of the news extension.
    """

    root: str
    entries: tuple[Entry, ...] = ()
    faults: tuple[str, ...] = ()


def read_sitemap(text: str) -> Listed:
    """Return what XML lists; for a root that is no sitemap's the root alone."""
    cleaned = clean_xml(text)
    first = _ROOT.search(cleaned)
    root = first[1].lower() if first else ""
    if root not in ("urlset", "sitemapindex"):
        return Listed(root=root)
    from lxml import etree

    whole, faults = _whole_entries(cleaned, root)
    stream = etree.iterparse(
        BytesIO(whole.encode("utf-8", "replace")), events=("end",), recover=True, resolve_entities=False,
        no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8",
    )  # fmt: skip
    entries: list[Entry] = []
    try:
        for _, node in stream:
            if _name(node) not in _ENTRIES or _prefix(node) in _FOREIGN:
                continue
            if len(entries) >= MAX_ENTRIES:
                faults.append(f"only the first {MAX_ENTRIES} entries were read")
                break
            entries.append(_entry(node))
            _forget(node)
    except etree.XMLSyntaxError as error:
        faults.append(_fault(str(error), len(entries)))
    return Listed(root=root, entries=tuple(entries), faults=(*faults, *_recovered(stream, len(entries)))[:1])


def _whole_entries(text: str, root: str) -> tuple[str, list[str]]:
    """Return XML up to the end of its last whole entry if it was cut off: half an address would be another page's."""
    if re.search(rf"</(?:[\w.-]{{1,40}}:)?{root}\s*>|<[^<>]{{1,2000}}/>\s*$", text[-_MAX_TEXT:], re.IGNORECASE):
        return text, []
    last = max((end.end() for end in _ENTRY_END.finditer(text)), default=0)
    return text[:last] or f"<{root}/>", ["the XML ends too early"]


def _entry(node: etree._Element) -> Entry:
    """Read the direct children of an entry, and those of its news element."""
    texts: dict[str, str] = {}
    for child in node:
        name, prefix = _name(child), _prefix(child)
        if prefix in _FOREIGN:
            continue
        if name == "news" and len(child):
            texts.update((f"news {_name(inner)}", _text(inner)) for inner in child)
        elif name in ("publication_date", "title"):
            texts.setdefault(f"news {name}", _text(child))
        else:
            texts.setdefault(name, _text(child))
    return Entry(
        title=texts.get("news title", ""),
        link=texts.get("loc", ""),
        published=texts.get("news publication_date", ""),
        updated=texts.get("lastmod", ""),
    )


def _forget(node: etree._Element) -> None:
    """Take what was read out of the tree that the parser builds."""
    node.clear()
    parent = node.getparent()
    while parent is not None and node.getprevious() is not None:
        del parent[0]


def _recovered(stream: etree.iterparse, entries: int) -> tuple[str, ...]:
    """Name the first fault that the parser recovered from; undeclared prefixes are none."""
    told = (error for error in stream.error_log if error.type_name != "NS_ERR_UNDEFINED_NAMESPACE")
    first = next(told, None)
    return (_fault(first.message, entries),) if first is not None else ()


def _fault(message: str, entries: int) -> str:
    return f"the XML is damaged ({' '.join(message[:120].split())}); {entries} entries could be read"


def _name(node: etree._Element) -> str:
    """Return an element's name in lower case without namespace or prefix."""
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _prefix(node: etree._Element) -> str:
    """Return an element's prefix in lower case, declared or not."""
    undeclared = node.tag.partition(":")[0] if isinstance(node.tag, str) and ":" in node.tag[:20] else ""
    return (node.prefix or ("" if undeclared.startswith("{") else undeclared)).lower()


def _text(node: etree._Element) -> str:
    return "".join(map(str, node.itertext()))[:_MAX_TEXT].strip()
