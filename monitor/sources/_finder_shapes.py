"""The shape of an address: what all articles of one list have in common, whatever their numbers and names.

Knows hosts, paths and queries as text. Pure.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from monitor import sites

__all__ = ["are_kin", "dates_itself", "looks_like_article", "shape_of", "site_of", "without_words"]

_RUN = re.compile(r"\d+")
_HEX = re.compile(r"(?=[0-9a-f]*[a-f])(?=[0-9a-f]*\d)[0-9a-f]{8,}|[0-9a-f]{4,}(?:-[0-9a-f]{4,}){2,}", re.IGNORECASE)
_ID = re.compile(r"(?=[A-Za-z_-]*\d)(?=\d*[A-Za-z_-])[A-Za-z0-9_-]{10,}")
_WORD = re.compile(r"[^\W\d_]+")
_EXTENSION = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,5}$")
_PAGES = (".html", ".htm", ".shtml", ".xhtml", ".jhtml", ".php", ".aspx", ".asp", ".jsp", ".jspx", ".pdf", ".do")
_DATED = re.compile(r"(?<!\d)(?:19|20)\d\d[-/_]?(?:0[1-9]|1[0-2])(?:[-/_]?(?:[0-2]\d|3[01]))?(?!\d)")
_LONG_WORD = 12


@lru_cache(maxsize=20_000)
def shape_of(url: str) -> str:
    """Return the shape: digits as ``N``, hex and mixed ids as ``H``, names of several words as ``S``.

    ``http://a.example/2023-07/13/c_1690898326795531.htm`` is ``a.example/N-N/N/c_N.htm``. A query gives the names
    of its keys and the shapes of their values, sorted.
    """
    parts = urlsplit(url)
    segments = [segment for segment in parts.path.split("/") if segment]
    shapes = [_segment(segment, is_last=number == len(segments)) for number, segment in enumerate(segments, 1)]
    if len(shapes) > 1 and _is_plain_word(shapes[-1]):
        shapes[-1] = "S"  # /blog/intro stands beside /blog/hello-world
    query = sorted(f"{key}={_value(value)}" for key, value in parse_qsl(parts.query, keep_blank_values=True)[:20])
    return "/".join([parts.netloc.lower(), *shapes]) + ("?" + "&".join(query) if query else "")


def site_of(url: str) -> str:
    """Return the registrable part of the host, as far as its form tells: ``people.com.cn``, ``example.org``."""
    try:
        return sites.site_of(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def are_kin(one: str, other: str) -> bool:
    """Tell whether two shapes may be those of one site's articles: they end alike after as many steps."""
    if one == other:
        return True
    path, _, query = one.partition("?")
    other_path, _, other_query = other.partition("?")
    mine, theirs = path.split("/"), other_path.split("/")
    if site_of(f"http://{mine[0]}/") != site_of(f"http://{theirs[0]}/"):
        return False
    keys, other_keys = ([pair.partition("=")[0] for pair in text.split("&")] for text in (query, other_query))
    if len(mine) == 1 or len(theirs) == 1 or keys != other_keys:
        return False
    return _varying(mine) == _varying(theirs)


def without_words(shape: str) -> str:
    """Return a shape with every step of the path that is a plain word as ``w``, but the last of them."""
    path, mark, query = shape.partition("?")
    host, *segments = path.split("/")
    inner = ["w" if _is_plain_word(segment) else segment for segment in segments[:-1]]
    return "/".join([host, *inner, *segments[-1:]]) + mark + query


def dates_itself(url: str) -> bool:
    """Tell whether the address holds a year and a month."""
    return _DATED.search(urlsplit(url).path) is not None


def looks_like_article(url: str) -> bool:
    """Tell whether the address looks like one of many: a number, an id, several words, or the ending of a page."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    stem = _EXTENSION.sub("", last).lower()
    if stem in {"", "index", "list", "default", "home", "main"}:
        return bool(_RUN.search(parts.query))
    has_name = "-" in last or last.count("_") > 1 or "%" in last or len(stem) > _LONG_WORD
    return has_name or bool(_RUN.search(last + parts.query)) or last.lower().endswith(_PAGES)


def _segment(segment: str, *, is_last: bool) -> str:
    name = unquote(segment)
    ending = _EXTENSION.search(name) if is_last else None
    stem = name[: ending.start()] if ending else name
    return _value(stem) + (ending[0].lower() if ending else "")


def _value(text: str) -> str:
    """Return the shape of a name: words with hyphens are a slug however many numbers they hold."""
    if _HEX.fullmatch(text):
        return "H"
    digits, words = sum(c.isdigit() for c in text), _WORD.findall(text)
    letters = sum(map(len, words))
    if not letters:
        return _RUN.sub("N", text)
    if ("-" in text or "_" in text or " " in text) and letters > digits and (len(words) > 2 or not digits):
        return "S"
    if "-" in text and letters > 2:
        return "S"
    if not text.isascii() or (letters > 2 * digits and letters >= 2 * _LONG_WORD):
        return "S"
    if digits and letters > 3 and _ID.fullmatch(text) and len(_RUN.findall(text)) > 2:
        return "H"
    return _RUN.sub("N", text)


def _is_plain_word(shape: str) -> bool:
    return shape.isalpha() and shape not in {"N", "H", "S", "index", "default", "list"}


def _varying(segments: list[str]) -> tuple[str, ...]:
    """Return what tells shapes apart when the names of channels do not count: numbers, ids and the last step."""
    inner = tuple(segment for segment in segments[1:-1] if re.fullmatch(r"[NHS_.-]*[NHS][NHS_.-]*", segment))
    return (*inner, segments[-1])
