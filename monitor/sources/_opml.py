"""Lists of feeds as OPML, the form in which readers exchange them. Pure.

Reads OPML 1.0 and 2.0 with outlines at any depth and writes 2.0 (http://opml.org/spec2.opml). No entity is expanded and
nothing is loaded; a list is bounded in bytes and in feeds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from monitor.sources._entry import plain_title

if TYPE_CHECKING:
    from lxml.etree import _Element

__all__ = ["MAX_BYTES", "MAX_FEEDS", "Listed", "read_opml", "write_opml"]

MAX_BYTES = 10_000_000
MAX_FEEDS = 5_000
_MAX_DEPTH = 50
_NAME = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A feed of a list: its address as written, its name, the titles of the outlines around it from outside in.

    An outline that names no feed and holds no other outline has the address "".
    """

    url: str
    name: str = ""
    groups: tuple[str, ...] = ()


def read_opml(data: bytes) -> tuple[Listed, ...]:
    """Return the feeds of a list in order; raise ValueError that says what was found instead of one."""
    from lxml import etree

    if len(data) > MAX_BYTES:
        raise ValueError(f"expected at most {MAX_BYTES:,} bytes, found {len(data):,}")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"expected an OPML list, found no valid XML: {(error.msg or '')[:200]}") from error
    except ValueError as error:
        raise ValueError(f"expected an OPML list, found no valid XML: {str(error)[:200]}") from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(dtd.iterentities()):
        raise ValueError("expected an OPML list, found a DOCTYPE that defines entities")
    if _tag(root) != "opml":
        raise ValueError(f"expected an OPML list, found XML whose outermost element is <{_tag(root)[:40]}>")
    return _gather(root)


def write_opml(feeds: Iterable[Listed], *, title: str, now: datetime) -> bytes:
    """Return an OPML 2.0 document; feeds stand under an outline for each of their groups, in order."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "title").text = _written(title)
    etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = etree.SubElement(root, "body")
    outlines: dict[tuple[str, ...], _Element] = {(): body}
    for feed in feeds:
        parent = body
        for depth in range(1, len(feed.groups) + 1):
            path = feed.groups[:depth]
            if path not in outlines:
                name = _written(path[-1])
                outlines[path] = etree.SubElement(parent, "outline", text=name, title=name)
            parent = outlines[path]
        name = _written(feed.name) or feed.url
        etree.SubElement(parent, "outline", type="rss", text=name, title=name, xmlUrl=feed.url)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _written(text: str) -> str:
    """Return a text as a title that XML can hold."""
    return plain_title(text).replace("\ufffe", "").replace("\uffff", "")


def _gather(root: _Element) -> tuple[Listed, ...]:
    """Walk the outlines without recursion."""
    found: list[Listed] = []
    waiting: list[tuple[_Element, tuple[str, ...]]] = [(root, ())]
    while waiting:
        node, groups = waiting.pop()
        attributes = {name.lower(): value for name, value in node.attrib.items() if isinstance(name, str)}
        name = plain_title(str(attributes.get("title") or attributes.get("text") or ""))[:_NAME]
        url = "".join(str(attributes.get("xmlurl") or "").split())
        if _tag(node) == "outline" and (url or not len(node)):
            found.append(Listed(url=url, name=name, groups=groups))
            if len(found) > MAX_FEEDS:
                raise ValueError(f"expected at most {MAX_FEEDS:,} feeds, found more")
        inside = (*groups, name) if _tag(node) == "outline" and name and not url else groups
        if len(inside) <= _MAX_DEPTH:
            waiting.extend((child, inside) for child in reversed(node))
    return tuple(found)


def _tag(node: _Element) -> str:
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""
