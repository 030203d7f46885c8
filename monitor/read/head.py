"""What a page declares of itself for machines: meta tags, JSON-LD, microdata, links, the variables of scripts.

One pass over the few elements concerned. Values are returned as they stand; who is believed is decided in
``metadata``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .hygiene import scrub, tidy_line
from .linked import Node, choose_node, read_nodes
from .states import holds_date

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Head", "read_head"]

_MAX_SCRIPT = 400_000
_MAX_STATE = 2_000_000
_MAX_LINKS = 5_000
_WECHAT = {
    "date": re.compile(
        r"""\b(?:ct|oriCreateTime|ori_create_time|create_time|createTime)\s*[=:]\s*(?:JsDecode\()?"""
        r"""["'](1\d{9}|20\d\d-\d\d-\d\d \d\d:\d\d(?::\d\d)?)["']"""
    ),
    "publisher": re.compile(
        r"""\b(?:nickname|nick_name)\s*[=:]\s*(?:(?:htmlDecode|JsDecode)\()?\s*["']([^"'\n]{1,60})["']"""
    ),
    "title": re.compile(r"""\bmsg_title\s*[=:]\s*["']([^"\n]{1,200}?)["'](?:\.html|[;,\s)])"""),
}
_VARIABLE = re.compile(
    r"""\b(?:var|let|const|window\.)\s*(?:publish_?time|publish_?date|pub_?time|pub_?date|news_?time|create_?time|post_?time|"""
    r"""release_?time)\s*=\s*["']?(\d[\d\- :.T+Z/年月日]{7,28})""",
    re.IGNORECASE,
)


_SCRIPT_STEMS = (
    "publish", "pub_", "pubtime", "pubdate", "news_time", "newstime", "createtime", "create_time", "posttime",
    "post_time", "releasetime", "release_time", "date_published", "datepublished", "display_date", "displaydate",
    "nickname", "nick_name", "msg_title", " ct ", " ct=",
)  # fmt: skip
"""What a script must hold to be searched: looking for one of them is far cheaper than the patterns."""
_AUTHOR_CLASSES = frozenset({"author-name", "author", "byline-name", "byline"})
_STAMP_WORDS = (
    "publish", "pubtime", "pub-time", "pub_time", "pubdate", "pub-date", "pub_date", "posted", "entry-date",
    "post-date", "article-date", "article-time", "news-time", "date-time",
)  # fmt: skip
_STAMP_CLASSES = frozenset({"date", "time", "timestamp"})
_STAMP_TAGS = frozenset({"span", "div", "p", "em", "i", "li", "abbr", "a"})
_MAY_BE_MARKED = re.compile("author|byline|publish|pub[-_]?[td]|posted|date|time")
_OF_OTHERS = re.compile(
    r"relat|recommend|sidebar|comment|aside|widget|list|nav|foot|hot|rank|popular|latest|teaser|card|more",
    re.IGNORECASE,
)
_TIMES = ("time", "relative-time", "local-time", "time-ago", "timeago", "abbr")
"""Elements that say when: the standard one, and what scripts replace by ``2 hours ago``."""
_DATED_TITLES = "//span[starts-with(@title, '20')]/@title | //em[starts-with(@title, '20')]/@title"
"""The whole date of which an element shows only ``昨天 08:30``."""
_MOST_MARKED = 40
_MOST_TIPS = 8
_LONGEST_MARKED = 80
_ITEMPROPS = frozenset({"datepublished", "datemodified", "dateupdate", "datecreated", "author", "headline"})
_POSTED = re.compile("publi|posted|pubdate|entry-date|post-date", re.IGNORECASE)
_NOT_POSTED = re.compile("updat|modif|revis|event|expire|comment|reply|clock|now", re.IGNORECASE)
_AUTHOR_METAS = frozenset({"author", "article:author", "citation_author", "dc.creator", "parsely-author", "byl"})


@dataclass(slots=True)
class Head:
    """The declarations of a page. ``metas`` maps a lower-case name or property to its first value.

    ``linked`` is the page's JSON-LD node of its article, if there is one; ``scripts`` holds what known script
    variables say (``date``, ``variable``, ``publisher``, ``title``) and ``states`` the scripts that hold a date of
    publication somewhere; ``props`` maps the lower-case itemprop of microdata to its value; ``times`` are the
    ``datetime`` of time elements, those below the heading of the title first; ``tips`` are the dates in ``title``
    attributes; ``authors`` the values of meta tags that may stand several times; ``links`` the addresses of ``rel``
    canonical and next; ``bylines`` the texts of ``rel=author``
    links and author elements, ``stamps`` those of elements whose class says they hold the date of publication;
    ``host`` the name of the page's host.
    """

    title: str | None = None
    metas: dict[str, str] = field(default_factory=dict)
    linked: Node = field(default_factory=dict)
    scripts: dict[str, str] = field(default_factory=dict)
    states: list[str] = field(default_factory=list)
    props: dict[str, str] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    tips: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    bylines: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    language: str | None = None
    host: str = ""


def read_head(tree: HtmlElement, url: str = "") -> Head:
    """Collect the declarations of a page; its ``url`` tells which of several articles it is."""
    return _Reader(tree).read(url)


class _Reader:
    """The state of the pass: what was found so far, and whether the first heading has been passed."""

    def __init__(self, tree: HtmlElement) -> None:
        self._tree = tree
        self._head = Head(language=tree.get("lang") or tree.get("xml:lang"))
        self._nodes: list[Node] = []
        self._times: list[tuple[int, str]] = []  # the number of headings above, and the time
        self._headings: list[str] = []

    def read(self, url: str) -> Head:
        head = self._head
        for element in self._tree.iter("title", "meta", "link", "script", "h1", *_TIMES):
            self._read_one(element)
        self._read_microdata()
        self._read_marked()
        head.host = _host(url)
        if value := self._tree.get("data-publishtime") or self._tree.get("data-publish-time"):
            head.props.setdefault("datepublished", value)
        own = self._own_heading()
        head.tips = [str(title) for title in self._tree.xpath(_DATED_TITLES)[:_MOST_TIPS]]
        head.times = [text for at, text in self._times if at == own] + [text for at, text in self._times if at != own]
        addresses = [url, head.links.get("canonical", ""), head.metas.get("og:url", "")]
        titles = [head.metas.get("og:title"), head.title]
        head.linked = choose_node(self._nodes, addresses, [text for text in titles if text])
        return head

    def _read_one(self, element: HtmlElement) -> None:
        head = self._head
        if element.tag == "title":
            if not any(parent.tag == "svg" for parent in element.iterancestors()):
                head.title = head.title or tidy_line(scrub("".join(element.itertext()))) or None
        elif element.tag == "meta":
            self._meta(element)
        elif element.tag == "link":
            self._link(element)
        elif element.tag == "h1":
            self._headings.append(_bare("".join(str(text) for text in element.itertext())[:400]))
        elif element.tag in _TIMES:
            self._time(element)
        elif element.text:
            self._script(element.text, (element.get("type") or "").lower())

    def _meta(self, element: HtmlElement) -> None:
        names = element.get("property"), element.get("name"), element.get("itemprop"), element.get("http-equiv")
        value = element.get("content")
        if not value or not value.strip():
            return
        tidy = tidy_line(scrub(value[:2000]))
        for name in {name.strip().lower() for name in names if name}:
            self._head.metas.setdefault(name, tidy)
            if name in _AUTHOR_METAS and len(self._head.authors) < 20:
                self._head.authors.append(tidy)

    def _link(self, element: HtmlElement) -> None:
        href = (element.get("href") or "").strip()
        for rel in (element.get("rel") or "").lower().split():
            if href and rel in {"canonical", "next", "amphtml"}:
                self._head.links.setdefault(rel, href)

    def _time(self, element: HtmlElement) -> None:
        value = element.get("datetime") or (tidy_line(str(element.text or "")[:_LONGEST_MARKED]))
        if not any(c.isdigit() for c in value):
            return
        names = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('id') or ''}"
        if _NOT_POSTED.search(names) and not _POSTED.search(names):
            self._head.modified.append(value)
        else:
            self._times.append((len(self._headings), value))

    def _own_heading(self) -> int:
        """Return the number of the heading that the title of the document contains, the first one's if none is."""
        titles = [_bare(text) for text in (self._head.title, self._head.metas.get("og:title")) if text]
        headings = enumerate(self._headings, 1)
        return next((at for at, text in headings if len(text) > 3 and any(text in title for title in titles)), 1)

    def _script(self, text: str, kind: str) -> None:
        if "ld+json" in kind:
            if len(text) <= _MAX_STATE:
                self._nodes.extend(read_nodes(text))
            return
        lowered = text.lower() if len(text) <= _MAX_STATE else ""
        if not any(stem in lowered for stem in _SCRIPT_STEMS):
            return
        if len(text) <= _MAX_SCRIPT:
            _read_variables(self._head, text)
        if len(text) <= _MAX_STATE and len(self._head.states) < 4 and holds_date(text):
            self._head.states.append(text)

    def _read_microdata(self) -> None:
        for element in self._tree.xpath("//*[@itemprop and not(self::meta)]")[:_MAX_LINKS]:
            for name in element.get("itemprop").lower().split():
                if name in _ITEMPROPS and name not in self._head.props:
                    self._head.props[name] = _value(element)
        for name in _ITEMPROPS & self._head.metas.keys():
            self._head.props.setdefault(name, self._head.metas[name])

    def _read_marked(self) -> None:
        """Find the short texts of elements whose class or relation says that they hold the author or the date."""
        bylines: list[HtmlElement] = []
        stamps: list[HtmlElement] = []
        for element in self._tree.xpath("//*[@class or @rel]"):
            names = f"{element.get('class') or ''} {element.get('rel') or ''}"
            if not _MAY_BE_MARKED.search(names) or not isinstance(element.tag, str):
                continue
            if _is_author(element):
                bylines.append(element)
            if _is_stamp(element):
                stamps.append(element)
        self._head.bylines = _texts(bylines)
        self._head.stamps = [text for text in _texts(stamps) if any(c.isdigit() for c in text)]


def _is_author(element: HtmlElement) -> bool:
    return "author" in (element.get("rel") or "").split() or bool(_classes(element) & _AUTHOR_CLASSES)


def _is_stamp(element: HtmlElement) -> bool:
    if element.tag not in _STAMP_TAGS:
        return False
    return any(word in (element.get("class") or "") for word in _STAMP_WORDS) or bool(
        _classes(element) & _STAMP_CLASSES
    )


def _classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _texts(elements: list[HtmlElement]) -> list[str]:
    """Return the short texts of the first elements, outside of lists of other articles and of comments."""
    found: list[str] = []
    for element in elements[:_MOST_MARKED]:
        text = tidy_line(" ".join(str(text) for text in element.itertext())[:200])
        if not 2 <= len(text) <= _LONGEST_MARKED:
            continue
        names = " ".join(f"{parent.get('class') or ''} {parent.get('id') or ''}" for parent in element.iterancestors())
        if not _OF_OTHERS.search(names):
            found.append(text)
    return list(dict.fromkeys(found))


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _value(element: HtmlElement) -> str:
    """Return the value of a microdata property: its content or datetime, the name within, or its text."""
    stated = element.get("content") or element.get("datetime")
    if stated:
        return tidy_line(stated[:400])
    named = element.xpath(".//*[@itemprop='name']")
    source = named[0] if named else element
    return tidy_line(source.get("content") or "".join(str(text) for text in source.itertext())[:400])


def _read_variables(head: Head, text: str) -> None:
    if any(mark in text for mark in ("nickname", "nick_name", "oriCreateTime", "msg_title", " ct ", " ct=")):
        for name, pattern in _WECHAT.items():
            if found := pattern.search(text):
                head.scripts.setdefault(name, scrub(found[1]))
    if "variable" not in head.scripts and (found := _VARIABLE.search(text)):
        head.scripts["variable"] = found[1]
