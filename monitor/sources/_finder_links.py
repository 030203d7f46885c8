"""The links of a page with where they stand: the structural path, and whether that is in the page's furniture.

Knows markup only: a path is made of tags and classes without indices. Classes that rows of one list do not share
(``first``, ``odd``, ``post-123``, a hashed suffix) are not part of it, so that a list stays one list. Pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urldefrag, urljoin

from lxml import etree

from monitor.sources._finder_shapes import shape_of
from monitor.urls import is_web

__all__ = ["FOOT_AND_NAVIGATION", "MAX_LINKS", "SIDE", "Link", "base_of", "links_of", "text_of"]

MAX_LINKS = 8_000
"""Links looked at; the longest known archive on one page has about 5,000."""
SIDE, ASIDE, FOOT_AND_NAVIGATION = 1, 2, 3
"""How far from the content a link stands: a column, a box about something else, the frame of the site."""

_MAX_DEPTH = 100
_MAX_TEXT = 2_000
_PASSED = frozenset({"b", "strong", "font", "em", "i", "u", "big", "small", "tbody", "center", "html", "body"})
_ROWS = frozenset({"li", "tr", "dd", "dt", "article", "option"})
_STATES = re.compile(
    r"(?:is-|has-)?(?:first|last|odd|even|alt|active|current|cur|on|off|selected|sel|hover|visited|sticky|animated|show)"
    r"(?:-child|-item)?"
)
_HASHES = re.compile(r"(?<=[a-z])(?:__|--|[_-])(?=[\w-]*\d)[A-Za-z0-9]{4,}$|(?:__|_)[A-Za-z0-9]{5,6}$|\d+")
_TRIMMED = re.compile(r"[\s_-]+$")
_NO_PAGES = re.compile(r"\.(?:jpe?g|png|gif|svg|webp|ico|css|js|mp3|mp4|apk|exe|zip|rar|xml|rss|atom|json)$", re.I)
_EDGE = r"(?:^|[\s_-])(?:{})(?=$|[\s_-]|\d)"
_FRAME = re.compile(
    _EDGE.format(
        "(?:sub|left|side|top|main)?nav\\w*|menus?|foot|footer\\w*|breadcrumbs?|crumbs?|weizhi|pagination|pager|paging|"
        "(?:position|location|login|search)(?=$|\\s)|search-?(?:box|bar|form)|page-?(?:nav|num|list)s?|copyright|"
        "friend(?:ly)?-?links?|yqlj|share\\w*|lang(?:uage)?s?|tool-?bar|skip-?link|top-?(?:bar|link)s?|site-?header|"
        "masthead|cookies?"
    )
)
_BOXES = re.compile(
    _EDGE.format(
        "rank\\w*|paihang\\w*|phb|related|relate|relation|recommend\\w*|tuijian|tj|tags?(?=$|\\s)|tag-?(?:cloud|list)|"
        "comments?|widgets?|popular|trending|most-?\\w+|ad|ads|advert\\w*|banners?|promo\\w*|sponsor\\w*|guanggao|"
        "subscri\\w*|categor(?:y|ies)-?(?:list|nav|cloud)|hot|hot-?(?:news|list|rank|words?)|remen|archives?-?list"
    )
)
_COLUMNS = re.compile(_EDGE.format("side\\w*|aside|right\\w*|col-?r|r-?(?:box|col)|fr"))
_TOP = re.compile(r"(?:^|\s)(?:header|head)(?:$|\s)")
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_ROLES = {"navigation": 3, "banner": 3, "contentinfo": 3, "search": 3, "menu": 3, "menubar": 3, "complementary": 2}
_TAGS = {"nav": 3, "footer": 3, "aside": 2}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTENT = frozenset({"article", "main", "li", "section", "tr"})


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One ``<a>``: ``path`` is the structural path down to it, ``away`` how far from the content it stands (0-3)."""

    element: etree._Element
    url: str
    shape: str
    path: str
    away: int
    order: int


def links_of(page: etree._Element, address: str) -> list[Link]:
    """Return the links of a page to other pages, in order; ``address`` is where the page was read."""
    paths = _Paths()
    base = base_of(page, address)
    own = urldefrag(address)[0].rstrip("/")
    links: list[Link] = []
    for element in page.iter("a"):
        url = _url(element, base)
        if url is None or url.rstrip("/") == own:
            continue
        path, away = paths.of(element)
        if path is not None:
            links.append(Link(element, url, shape_of(url), path, away, len(links)))
        if len(links) >= MAX_LINKS:
            break
    return links


def base_of(page: etree._Element, address: str) -> str:
    """Return where the page's relative addresses start."""
    written = next((base.get("href", "") for base in page.iter("base")), "")
    try:
        return urljoin(address, written)
    except ValueError:
        return address


def text_of(element: etree._Element) -> str:
    """Return the visible text of an element as one line of at most 2,000 characters."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext("*"):
        pieces.append(str(piece))
        length += len(pieces[-1])
        if length > _MAX_TEXT:
            break
    return " ".join("".join(pieces).split())[:_MAX_TEXT]


def _url(element: etree._Element, base: str) -> str | None:
    href = "".join(element.get("href", "").split())
    if not href or href.startswith("#") or len(href) > _MAX_TEXT:
        return None
    try:
        url = urldefrag(urljoin(base, href))[0]
    except ValueError:
        return None
    path = url.partition("?")[0]
    if not url.isprintable() or _NO_PAGES.search(path) or path.count("/") < 3 or path.endswith("//"):
        return None
    return url if is_web(url) else None


class _Paths:
    """The paths of elements, each step computed once."""

    def __init__(self) -> None:
        self._known: dict[etree._Element, tuple[str, int, bool] | None] = {}
        self._labels: dict[etree._Element, dict[etree._Element, str]] = {}

    def of(self, element: etree._Element) -> tuple[str | None, int]:
        """Return the path and the distance from the content; None for what is hidden or too deep."""
        chain = [element]
        for parent in element.iterancestors():
            if parent in self._known:
                break
            chain.append(parent)
        if len(chain) > _MAX_DEPTH:
            return None, 0
        for step in reversed(chain):
            self._known[step] = self._extend(step)
        found = self._known[element]
        return (found[0], found[1]) if found else (None, 0)

    def _extend(self, element: etree._Element) -> tuple[str, int, bool] | None:
        parent = element.getparent()
        above = ("", 0, False) if parent is None else self._known.get(parent)
        if above is None or _is_hidden(element):
            return None
        path, away, in_content = above
        tag = str(element.tag)
        away = max(away, _away(element, tag, in_content=in_content))
        label = self._label(element, parent)
        return f"{path}>{label}" if label and path else path or label, away, in_content or tag in _CONTENT

    def _label(self, element: etree._Element, parent: etree._Element | None) -> str:
        if element.tag in _PASSED:
            return ""
        if parent is None:
            return str(element.tag)
        if parent not in self._labels:
            self._labels[parent] = dict(_labels(parent))
        return self._labels[parent].get(element, str(element.tag))


def _labels(parent: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield the children of an element with their tag and the classes that count."""
    by_tag: dict[str, list[etree._Element]] = {}
    for child in parent:
        if isinstance(child.tag, str):
            by_tag.setdefault(child.tag, []).append(child)
    for tag, children in by_tag.items():
        names = [_names(child) for child in children]
        counts = Counter(name for some in names for name in some)
        common = {name for name, count in counts.items() if 10 * count >= 6 * len(children)}
        are_rows = len(children) > 1 and (tag in _ROWS or bool(common) or _are_alike(children))
        for child, some in zip(children, names, strict=True):
            kept = [name for name in some if name in common or not are_rows]
            yield child, ".".join([tag, *kept])


def _are_alike(children: list[etree._Element]) -> bool:
    """Tell whether siblings of one tag are rows of a list by what they hold."""
    if len(children) < 3:
        return False
    forms = Counter(tuple(str(inner.tag) for inner in islice(child, 6)) for child in children)
    form, count = forms.most_common(1)[0]
    return bool(form) and 10 * count >= 7 * len(children)


def _names(element: etree._Element) -> list[str]:
    """Return the classes of an element without states, numbers and hashes."""
    names = (_TRIMMED.sub("", _HASHES.sub("", name)) for name in element.get("class", "").split()[:12])
    return sorted({name for name in names if name and not _STATES.fullmatch(name.lower())})


def _is_hidden(element: etree._Element) -> bool:
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")) is not None


def _away(element: etree._Element, tag: str, *, in_content: bool) -> int:
    """Return how far from the content an element says it is."""
    if tag in {"html", "body"}:
        return 0
    if tag == "header" and not in_content:
        return FOOT_AND_NAVIGATION
    away = max(_TAGS.get(tag, 0), _ROLES.get(element.get("role", ""), 0))
    names = _CAMEL.sub("-", f"{element.get('id', '')} {element.get('class', '')}".strip()).lower()
    if not names or tag == "a":
        return away
    if _FRAME.search(names) or (not in_content and _TOP.search(names)):
        return FOOT_AND_NAVIGATION
    if _BOXES.search(names):
        return max(away, ASIDE)
    return max(away, SIDE if _COLUMNS.search(names) else 0)
