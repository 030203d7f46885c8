"""Entries from the XML feed formats: RSS 0.9x to 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0, CDF.

Well-formed bytes are read as they are; what is not is repaired first and parsed with recovery. Names are compared
without their namespace, so a missing or wrong declaration changes nothing. Dates stay as they were written, which the
feed libraries do not offer: their parsed form loses precision and zone. Pure.
docs/design/0008-feeds.md has the measurements.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import partial, reduce
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from monitor.sources._entry import Entry
from monitor.sources._feed_cdata import Sections, alone, lift, put_back
from monitor.sources._feed_wishes import Wishes

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["XmlFeed", "read_well_formed", "read_xml"]

_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_FOREIGN = frozenset({"media", "itunes", "googleplay"})  # their titles and descriptions are those of pictures and sound
_ENTRY_TAGS = ("{*}item", "{*}entry", "{*}Item", "{*}Entry", "{*}ITEM", "{*}ENTRY")
_ANY_CASE = frozenset({"item", "entry"})
_CHANNEL = ("{*}ttl", "{*}skipDays", "{*}skipHours", "{*}updatePeriod", "{*}updateFrequency")
_CONTENTS = {"encoded": 0, "content": 1, "description": 2, "summary": 3}
"""Where the text of an entry stands, the fullest first."""
_TEXTS = frozenset(
    {"title", "guid", "id", "origlink", "pubdate", "published", "issued", "date", "created", "updated", "modified",
     "lastmod"}
)  # fmt: skip
_PEOPLE = frozenset({"author", "creator"})
_KNOWN = _TEXTS | _PEOPLE | _CONTENTS.keys() | {"link", "abstract"}
_SAME = {"abstract": "description", "lastmod": "pubdate"}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_MAX_BASES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlFeed:
    """A feed as read: ``root`` is the name of its outermost element; ``total`` counts entries beyond the cap too."""

    root: str
    entries: tuple[Entry, ...]
    total: int
    wishes: Wishes

    @property
    def is_feed(self) -> bool:
        """Say whether the outermost element is that of a feed."""
        return self.root in _ROOTS


def read_well_formed(data: bytes, cap: int) -> XmlFeed | None:
    """Return the feed in well-formed UTF-8 XML without a document type; None for anything else, which needs repair."""
    skeleton, sections = lift(data)
    root = _parse(skeleton, recover=False)
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        return None
    feed = _Reader(sections).feed(root, cap)
    return feed if feed.is_feed and feed.entries else None


def read_xml(text: str, cap: int) -> XmlFeed | None:
    """Return the feed in repaired XML with at most ``cap`` entries; None where there is no XML at all."""
    root = _parse(text.encode("utf-8", "replace"), recover=True)
    return None if root is None else _Reader(Sections()).feed(root, cap)


def _parse(data: bytes, *, recover: bool) -> etree._Element | None:
    from lxml import etree  # the process that asks for feeds loads this file, and not the parser

    parser = etree.XMLParser(
        encoding="utf-8", recover=recover, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True, collect_ids=False,
    )  # fmt: skip
    try:
        root: etree._Element | None = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    return root


class _Reader:
    """Reads the entries of one document; remembers what its tags mean and the sections lifted out of it."""

    def __init__(self, sections: Sections) -> None:
        self._sections = sections
        self._has_bases = False
        self._meanings: dict[object, str] = {}

    def feed(self, root: etree._Element, cap: int) -> XmlFeed:
        """Return the feed under its outermost element."""
        nodes = list(root.iter(*_ENTRY_TAGS)) or [node for node in root.iter() if _name(node) in _ANY_CASE]
        self._has_bases = bool(root.xpath("boolean(//@xml:base)"))
        entries = tuple(map(self._entry, nodes[:cap]))
        return XmlFeed(root=_name(root), entries=entries, total=len(nodes), wishes=_wishes(root))

    def _entry(self, node: etree._Element) -> Entry:
        """Read the direct children of an entry; of several with one name the first that says something counts."""
        texts: dict[str, str] = {}
        people: list[etree._Element] = []
        contents: list[tuple[int, etree._Element]] = []
        link = ""
        meanings = self._meanings
        for child in node:
            tag = child.tag
            name = meanings.get(tag)
            if name is None:
                name = meanings[tag] = _meaning(child)
            if not name:
                continue
            if name == "link":
                link = link or self._link(child)
            elif name in _CONTENTS:
                contents.append((_CONTENTS[name], child))
            elif name in _PEOPLE:
                people.append(child)
            elif not texts.get(name):
                texts[name] = self._content(child)
        identity = texts.get("guid") or texts.get("id") or ""
        return Entry(
            title=texts.get("title") or texts.get("media title") or "",
            link=texts.get("origlink") or link or _permalink(node, identity),
            id=identity,
            base=_base(node) if self._has_bases else "",
            published=_first(texts, "pubdate", "published", "issued", "date", "created"),
            updated=_first(texts, "updated", "modified"),
            authors=tuple(filter(None, map(self._person, people))) if people else (),
            content=partial(self._fullest, contents) if contents else "",
            raw=partial(self._raw, contents) if contents and self._sections.places else None,
        )

    def _fullest(self, contents: list[tuple[int, etree._Element]]) -> str:
        ranked = sorted(contents, key=lambda content: content[0])
        return next((text for _, node in ranked if (text := self._content(node))), "")

    def _raw(self, contents: list[tuple[int, etree._Element]]) -> bytes | None:
        """Return the bytes of the fullest content, if it is one section."""
        _, node = min(contents, key=lambda content: content[0])
        return alone(node.text or "", self._sections) if len(node) == 0 else None

    def _text(self, node: etree._Element) -> str:
        whole = "".join(map(str, node.itertext())) if len(node) else node.text or ""
        return put_back(whole, self._sections).strip()

    def _content(self, node: etree._Element) -> str:
        """Return an element's text; markup that stands in it unescaped (Atom's xhtml) stays markup."""
        if len(node) == 0 or _name(node) == "title":
            return self._text(node)
        from lxml import etree

        inner = (etree.tostring(child, encoding="unicode") for child in node)
        return put_back(html.escape(node.text or "", quote=False) + "".join(inner), self._sections).strip()

    def _link(self, node: etree._Element) -> str:
        """Return the address of an RSS link (its text) or of an Atom link that leads to the page."""
        target = node.get("href")
        if target is None:
            return self._text(node)
        return target if node.get("rel", "alternate") == "alternate" else ""

    def _person(self, node: etree._Element) -> str:
        """Return a person's name: Atom's ``name``, or RSS's text without its mail address."""
        named = next((child for child in node if _name(child) == "name"), None)
        text = self._text(node if named is None else named)
        if named is not None or "@" not in text:
            return text
        in_brackets = re.fullmatch(r"\S+@\S+\s+\((.{1,100})\)", text)
        return in_brackets[1] if in_brackets else text if " " in text else ""


def _wishes(root: etree._Element) -> Wishes:
    """Read what the feed says of when to ask for it: of each element the first."""
    channel = next(root.iterchildren("{*}channel"), root)
    said: dict[str, str] = {}
    for node in channel.iterchildren(*_CHANNEL):
        said.setdefault(_name(node), " ".join(str(text) for text in node.itertext())[:1_000])
    return Wishes(
        ttl=said.get("ttl", ""),
        days=said.get("skipdays", ""),
        hours=said.get("skiphours", ""),
        period=said.get("updateperiod", ""),
        frequency=said.get("updatefrequency", ""),
    )


def _meaning(node: etree._Element) -> str:
    """Return what an element of an entry is for this file; "" for what it does not read."""
    name = _name(node)
    if _prefix(node) in _FOREIGN:
        return "media title" if name == "title" else ""
    return _SAME.get(name, name) if name in _KNOWN else ""


def _name(node: etree._Element) -> str:
    """Return an element's name in lower case without namespace or prefix; "" for anything else."""
    tag = node.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def _prefix(node: etree._Element) -> str:
    """Return an element's prefix, declared or not."""
    return node.prefix or (node.tag.partition(":")[0] if isinstance(node.tag, str) and ":" in node.tag[:20] else "")


def _permalink(node: etree._Element, identity: str) -> str:
    """Return the identity where it is the page's address: a guid not marked otherwise, an Atom id, CDF's ``href``."""
    marked = any(_name(child) == "guid" and child.get("isPermaLink", "").lower() == "false" for child in node)
    about = next((value for key, value in node.attrib.items() if str(key).endswith("}about")), "")
    candidate = node.get("href") or (about if not identity else "" if marked else identity)
    return str(candidate) if str(candidate).lower().startswith(("http://", "https://")) else ""


def _base(node: etree._Element) -> str:
    """Return the base that the document gives for relative addresses: xml:base, resolved from the outside in."""
    bases = [base for step in (node, *node.iterancestors()) if (base := step.get(_BASE))]
    return reduce(urljoin, reversed(bases[:_MAX_BASES]), "")


def _first(texts: dict[str, str], *names: str) -> str:
    for name in names:
        if text := texts.get(name):
            return text
    return ""
