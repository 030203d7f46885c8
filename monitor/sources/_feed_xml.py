"""Entries from the XML feed formats: RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0.

Names are compared without their namespace, so a missing or wrong declaration changes nothing; the parser recovers from
what is not well-formed. A document type and its entities are cut away before parsing. Dates stay as they were written,
which the feed libraries do not offer: their parsed form loses precision and zone. Pure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from monitor.sources._entry import Entry

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["XmlFeed", "clean_xml", "read_xml"]

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_FOREIGN = frozenset({"media", "itunes", "googleplay"})  # their titles and descriptions are those of pictures and sound
_ENTRY_TAGS = frozenset({"item", "entry"})
_DECLARATION = re.compile(r"^[\s\ufeff]*<\?xml[^>]{0,500}\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_DOCTYPE_BODY = re.compile(  # possessive: a hostile document type must not make it backtrack
    r"""<!DOCTYPE[^\[>]{0,2000}+"""
    r"""(?:\[(?>[^\]"'<]++|"[^"]*+"|'[^']*+'|<(?!!--)|<!--(?:(?!-->).)*+-->)*+\]\s*+)?>""",
    re.DOTALL | re.IGNORECASE,
)
_ROOT_TAG = re.compile(
    r"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|rdf|feed|channel|html|opml|urlset|sitemapindex)[\s>]", re.IGNORECASE
)
_PROLOG = 65_536
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile(r"&(?:(#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};)|([A-Za-z][A-Za-z0-9]{1,31});)?|<(?![A-Za-z_:/!?])")
# By number, because the recovering parser loses named references after the first error of a document.
_NUMBERED = {"amp": "&#38;", "lt": "&#60;", "gt": "&#62;", "quot": "&#34;", "apos": "&#39;"}
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MAX_BASES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlFeed:
    """A feed as read: ``root`` is the name of its outermost element; ``total`` counts entries beyond the cap too."""

    root: str
    entries: tuple[Entry, ...]
    total: int
    ttl: str = ""

    @property
    def is_feed(self) -> bool:
        """Say whether the outermost element is that of a feed."""
        return self.root in _ROOTS


def clean_xml(text: str) -> str:
    """Return XML without declaration, document type, illegal characters and references that are not XML's own."""
    legal = _ILLEGAL.sub("", _DECLARATION.sub("", text, count=1))
    parts = _outside_and_inside_cdata(_without_doctype(legal).lstrip())
    return "".join(part if is_cdata else _SPECIAL.sub(_reference, part) for part, is_cdata in parts)


def read_xml(text: str, cap: int) -> XmlFeed | None:
    """Return the feed in cleaned XML with at most ``cap`` entries; None where there is no XML at all."""
    from lxml import etree  # the process that asks for feeds loads this file, and not the parser

    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        return None
    if root is None:
        return None
    nodes = [node for node in root.iter() if _name(node) in _ENTRY_TAGS]
    ttl = next((_text(node) for node in root.iter("ttl")), "")
    return XmlFeed(root=_name(root), entries=tuple(map(_entry, nodes[:cap])), total=len(nodes), ttl=ttl[:20])


def _without_doctype(text: str) -> str:
    start = _DOCTYPE.search(text, 0, _PROLOG)
    if not start:
        return text
    whole = _DOCTYPE_BODY.match(text, start.start())
    end = whole.end() if whole else None
    if end is None:
        root = _ROOT_TAG.search(text, start.end())
        end = root.start() if root else len(text)
    return text[: start.start()] + text[end:]


def _outside_and_inside_cdata(text: str) -> Iterator[tuple[str, bool]]:
    position = 0
    while (start := text.find(_CDATA, position)) >= 0 and (end := text.find(_CDATA_END, start)) >= 0:
        end += len(_CDATA_END)
        yield text[position:start], False
        yield text[start:end], True
        position = end
    yield text[position:], False


def _reference(found: re.Match[str]) -> str:
    """Write what XML knows by number, resolve what HTML knows, and take any other ``&`` or ``<`` for itself."""
    number, name = found[1], found[2]
    if number:
        return found[0] if not _ILLEGAL.search(_character(number)) else ""
    if name in _NUMBERED:
        return _NUMBERED[name]
    meaning = html.unescape(found[0]) if name else found[0]
    return meaning.replace("&", _NUMBERED["amp"]).replace("<", _NUMBERED["lt"])


def _character(number: str) -> str:
    value = int(number[2:-1], 16) if number[1] in "xX" else int(number[1:-1])
    return chr(value) if value <= 0x10FFFF else "\0"


def _entry(node: etree._Element) -> Entry:
    """Read the direct children of an entry; of several with one name the first that says something counts."""
    texts: dict[str, str] = {}
    authors: list[str] = []
    link = ""
    for child in node:
        name = "" if _prefix(child) in _FOREIGN else _name(child)
        if name == "link":
            link = link or _link(child)
        elif name in ("author", "creator"):
            authors.append(_person(child))
        elif name and not texts.get(name):
            texts[name] = _content(child)
    identity = texts.get("guid") or texts.get("id") or ""
    return Entry(
        title=texts.get("title", ""),
        link=texts.get("origlink") or link or _permalink(node, identity),
        id=identity,
        base=_base(node),
        published=_first(texts, "pubdate", "published", "issued", "date", "created"),
        updated=_first(texts, "updated", "modified"),
        authors=tuple(filter(None, authors)),
        content=_first(texts, "encoded", "content", "description", "summary"),
    )


def _name(node: etree._Element) -> str:
    """Return an element's name in lower case without namespace or prefix; "" for anything else."""
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _prefix(node: etree._Element) -> str:
    """Return an element's prefix, declared or not."""
    return node.prefix or (node.tag.partition(":")[0] if isinstance(node.tag, str) and ":" in node.tag[:20] else "")


def _text(node: etree._Element) -> str:
    return "".join(node.itertext()).strip()  # type: ignore[arg-type]


def _content(node: etree._Element) -> str:
    """Return an element's text; markup that stands in it unescaped (Atom's xhtml) stays markup."""
    if len(node) == 0:
        return (node.text or "").strip()
    if _name(node) == "title":
        return _text(node)
    from lxml import etree

    inner = (etree.tostring(child, encoding="unicode") for child in node)
    return (html.escape(node.text or "", quote=False) + "".join(inner)).strip()


def _link(node: etree._Element) -> str:
    """Return the address of an RSS link (its text) or of an Atom link that leads to the page."""
    target = node.get("href")
    if target is None:
        return _text(node)
    return target if node.get("rel", "alternate") == "alternate" else ""


def _permalink(node: etree._Element, identity: str) -> str:
    """Return the identity where it is the page's address: a guid not marked otherwise, or an Atom id."""
    marked = any(_name(child) == "guid" and child.get("isPermaLink", "").lower() == "false" for child in node)
    about = next((value for key, value in node.attrib.items() if str(key).endswith("}about")), "")
    candidate = about if not identity else "" if marked else identity
    return str(candidate) if str(candidate).lower().startswith(("http://", "https://")) else ""


def _person(node: etree._Element) -> str:
    """Return a person's name: Atom's ``name``, or RSS's text without its mail address."""
    named = next((child for child in node if _name(child) == "name"), None)
    if named is not None:
        return _text(named)
    text = _text(node)
    in_brackets = re.fullmatch(r"\S+@\S+\s+\((.{1,100})\)", text)
    return in_brackets[1] if in_brackets else "" if "@" in text and " " not in text else text


def _base(node: etree._Element) -> str:
    """Return the base that the document gives for relative addresses: xml:base, resolved from the outside in."""
    bases = [base for step in (node, *node.iterancestors()) if (base := step.get(_BASE))]
    return reduce(urljoin, reversed(bases[:_MAX_BASES]), "")


def _first(texts: dict[str, str], *names: str) -> str:
    return next((texts[name] for name in names if texts.get(name)), "")
