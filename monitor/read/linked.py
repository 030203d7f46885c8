"""The JSON-LD of a page: which of its nodes is the article that the page shows.

Pages describe related articles, their site and their list of crumbs in the same breath; the node of this page is told
by its address, then by its headline. What is no valid JSON is searched for the few fields that matter.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from .hygiene import tidy_line

__all__ = ["Node", "choose_node", "names_of", "read_nodes"]

Node = dict[str, Any]

_MAX_NODES = 3000
_ARTICLE_TYPES = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "TechArticle",
        "ScholarlyArticle", "SocialMediaPosting", "AdvertiserContentArticle", "SatiricalArticle", "WebPage",
        "MedicalWebPage", "VideoObject",
    }
)  # fmt: skip
_LESSER = frozenset({"WebPage", "MedicalWebPage", "VideoObject"})
_CHILDREN = ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "blogPost", "hasPart")
_OF_OTHERS = frozenset({"itemListElement", "item", "blogPost", "hasPart"})
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.*?\*/)+|(?:-->|//\s*\]\]>|\]\]>)\s*$", re.DOTALL)
_COMMA = re.compile(r",\s*(?=[}\]])")
_FIELD = re.compile(
    r'"(?P<key>headline|datePublished|dateModified|dateCreated)"\s*:\s*"(?P<value>(?:[^"\\\n]|\\.){1,300})"'
)
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,200}?"name"\s*:\s*"(?P<name>(?:[^"\\\n]|\\.){1,80})"')
_BARE = re.compile(r"[\W_]+")


def read_nodes(text: str) -> list[Node]:
    """Return the nodes of one script that describe articles; those of lists of other articles are marked ``listed``.

    References to other nodes of the script (``{"@id": ...}``) are resolved for author and publisher.
    """
    data = _loaded(text)
    if data is None:
        salvaged = _salvaged(text)
        return [salvaged] if salvaged else []
    every = list(_nodes(data))
    known = {node["@id"]: node for node, _ in every if isinstance(node.get("@id"), str) and len(node) > 1}
    return [
        {**node, **_resolved(node, known), **({"listed": True} if is_listed else {})}
        for node, is_listed in every
        if _types(node) & _ARTICLE_TYPES
    ]


def _loaded(text: str) -> Any:
    stripped = _WRAPPING.sub("", text).strip().rstrip(";")
    for candidate in (stripped, _COMMA.sub("", stripped)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _salvaged(text: str) -> Node:
    """Return the fields of the first article in what is no valid JSON."""
    if not any(f'"{kind}"' in text for kind in _ARTICLE_TYPES - _LESSER):
        return {}
    node: Node = {}
    for found in _FIELD.finditer(text):
        node.setdefault(found["key"], found["value"].replace('\\"', '"').replace("\\/", "/"))
    if author := _AUTHOR.search(text):
        node["author"] = author["name"]
    return node


def _nodes(data: Any) -> Iterator[tuple[Node, bool]]:
    """Yield the objects of a document, breadth first, and whether each stands in a list of other things."""
    queue: list[tuple[Any, bool]] = [(data, False)]
    at = 0
    while at < len(queue) and at < _MAX_NODES:
        node, is_listed = queue[at]
        at += 1
        if isinstance(node, list):
            queue.extend((item, is_listed) for item in node[:_MAX_NODES])
        elif isinstance(node, dict):
            yield node, is_listed
            queue.extend((node[key], is_listed or key in _OF_OTHERS) for key in _CHILDREN if key in node)


def _resolved(node: Node, known: dict[str, Node]) -> Node:
    return {key: _resolve(node[key], known) for key in ("author", "publisher", "creator") if key in node}


def _resolve(value: Any, known: dict[str, Node]) -> Any:
    if isinstance(value, list):
        return [_resolve(item, known) for item in value[:20]]
    if isinstance(value, dict) and "name" not in value and isinstance(value.get("@id"), str):
        return known.get(value["@id"], value)
    return value


def _types(node: Node) -> frozenset[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return frozenset(str(k).rsplit("/", 1)[-1] for k in kinds)


def choose_node(nodes: list[Node], addresses: Iterable[str], titles: Iterable[str]) -> Node:
    """Return the node of the article of this page, or an empty one.

    ``addresses`` are the page's own; ``titles`` what else it declares as its title.
    """
    paths = {path for address in addresses if (path := _path(address))}
    bare = [text for text in map(_bare, titles) if text]
    ranked = sorted(nodes, key=lambda node: _rank(node, paths, bare))
    best = ranked[0] if ranked else {}
    return {} if best.get("listed") and not (_is_at(best, paths) or _is_titled(best, bare)) else best


def _rank(node: Node, paths: set[str], titles: list[str]) -> tuple[bool, ...]:
    return (
        bool(_types(node) & _LESSER),
        not _is_at(node, paths),
        not _is_titled(node, titles),
        bool(node.get("listed")),
        "datePublished" not in node,
    )


def _is_at(node: Node, paths: set[str]) -> bool:
    page = node.get("mainEntityOfPage")
    page = page.get("@id") or page.get("url") if isinstance(page, dict) else page
    return any(isinstance(value, str) and _path(value) in paths for value in (node.get("url"), page, node.get("@id")))


def _is_titled(node: Node, titles: list[str]) -> bool:
    headline = node.get("headline") or node.get("name")
    bare = _bare(headline) if isinstance(headline, str) else ""
    return len(bare) >= 4 and any(bare in title or title in bare for title in titles if len(title) >= 4)


def _path(address: str) -> str:
    """Return the path and query of an address: what tells the pages of one site apart; "" for its home page."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    path = parts.path.rstrip("/")
    return f"{path}?{parts.query}" if path else ""


def _bare(text: str) -> str:
    return _BARE.sub("", unescape(text)).lower()


def names_of(value: Any, *, only_persons: bool = False) -> list[str]:
    """Return the names in the value of ``author`` or ``publisher``: one string, one node, or a list of either."""
    found: list[str] = []
    for node in (value if isinstance(value, list) else [value])[:20]:
        if isinstance(node, dict) and only_persons and "Organization" in "".join(_types(node)):
            continue
        name = node.get("name") if isinstance(node, dict) else node
        texts = name if isinstance(name, list) else [name]
        found += [tidy_line(unescape(text))[:400] for text in texts if isinstance(text, str) and text.strip()]
    return found
