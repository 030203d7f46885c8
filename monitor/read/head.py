"""What a page declares of itself for machines: meta tags, JSON-LD, the variables of well-known scripts.

One pass over the few elements concerned. Values are returned as they stand; who is believed is decided in
``metadata``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .hygiene import scrub, tidy_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Head", "read_head"]

_MAX_SCRIPT = 400_000
_MAX_NODES = 3000
_ARTICLE_TYPES = frozenset(
    {
        "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle",
        "BackgroundNewsArticle", "ReviewNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "TechArticle",
        "ScholarlyArticle", "SocialMediaPosting", "WebPage",
    }
)  # fmt: skip
_WECHAT = {
    "date": re.compile(r"""\b(?:var\s+)?(?:ct|oriCreateTime|create_time)\s*[=:]\s*["'](1\d{9})["']"""),
    "publisher": re.compile(r"""\bvar\s+nickname\s*=\s*(?:htmlDecode\()?\s*["']([^"'\n]{1,60})["']"""),
    "title": re.compile(r"""\bvar\s+msg_title\s*=\s*["']([^"'\n]{1,200})["']"""),
}
_TOUTIAO = re.compile(
    r"""\b(?:publishTime|publish_time|newsTime|pubTime|publishedAt)["']?\s*[:=]\s*["']?([\d][\d\- :.T+Z/]{7,28})"""
)


@dataclass(slots=True)
class Head:
    """The declarations of a page. ``metas`` maps a lower-case name or property to its first value.

    ``linked`` is the page's JSON-LD node of an article, if there is one; ``scripts`` holds what known script
    variables say (``date``, ``late_date``, ``publisher``, ``title``).
    """

    title: str | None = None
    metas: dict[str, str] = field(default_factory=dict)
    linked: dict[str, Any] = field(default_factory=dict)
    scripts: dict[str, str] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    language: str | None = None


def read_head(tree: HtmlElement) -> Head:
    """Collect the declarations of a page."""
    head = Head(language=tree.get("lang") or tree.get("xml:lang"))
    for element in tree.iter("title", "meta", "script", "time"):
        if element.tag == "title":
            head.title = head.title or tidy_line(scrub("".join(element.itertext()))) or None
        elif element.tag == "meta":
            _meta(head, element)
        elif element.tag == "time":
            if value := element.get("datetime"):
                head.times.append(value)
        elif element.text and len(element.text) <= _MAX_SCRIPT:
            _script(head, element.text, (element.get("type") or "").lower())
    return head


def _meta(head: Head, element: HtmlElement) -> None:
    name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
    value = element.get("content")
    if name and value and value.strip():
        head.metas.setdefault(name.strip().lower(), tidy_line(scrub(value[:2000])))


def _script(head: Head, text: str, kind: str) -> None:
    if "ld+json" in kind:
        head.linked = head.linked or _article_node(text)
        return
    if "nickname" in text or "oriCreateTime" in text or "msg_title" in text or " ct " in text or " ct=" in text:
        for name, pattern in _WECHAT.items():
            found = pattern.search(text)
            if found:
                head.scripts.setdefault(name, scrub(found[1]))
    if "late_date" not in head.scripts and (found := _TOUTIAO.search(text)):
        head.scripts["late_date"] = found[1]


def _article_node(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return {}
    nodes = [node for node in _nodes(data) if _types(node) & _ARTICLE_TYPES]
    nodes.sort(key=lambda node: ("WebPage" in _types(node), "datePublished" not in node))
    return nodes[0] if nodes else {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-LD document, breadth first."""
    queue, seen = [data], 0
    while queue and seen < _MAX_NODES:
        node = queue.pop(0)
        seen += 1
        if isinstance(node, list):
            queue.extend(node)
        elif isinstance(node, dict):
            yield node
            queue.extend(
                value
                for key, value in node.items()
                if key in {"@graph", "mainEntity", "mainEntityOfPage", "itemListElement"}
            )


def _types(node: dict[str, Any]) -> frozenset[str]:
    kind = node.get("@type")
    kinds = kind if isinstance(kind, list) else [kind]
    return frozenset(str(k).rsplit("/", 1)[-1] for k in kinds)
