"""The JSON in an answer: the answer itself, JSONP, or a value inside a page.

Knows where a value stands; what it means is ``monitor.sources._api``'s. Pure and picklable; runs in a worker process.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from monitor.sources._charset import decode

__all__ = ["Place", "compile_script", "json_of", "page_of", "select_texts"]

_REGEX = "regex:"
_SELECTOR_START = re.compile(r"xpath:|script\b|[#.\[]")
_JSONP = re.compile(
    r"(?:/\*.{0,200}?\*/|[\s;])*(?:while\s*\(1\);|for\s*\(;;\);|\)\]\}'?,?|[\w$.]{1,100}\s*\()\s*", re.DOTALL
)
_BEFORE_VALUE = re.compile(r"""["'\s\]]{0,20}[:=,(]?\s{0,200}(?:JSON\.parse\s*\(\s*)?(?:decodeURIComponent\s*\(\s*)?""")
_UNDEFINED = re.compile(r'("(?:[^"\\]|\\.)*+(?:"|\Z))|\b(?:undefined|NaN|-?Infinity)\b', re.DOTALL)
_SCRIPT_STRING = re.compile(r""""((?:[^"\\\n]|\\.)*+)"|'((?:[^'\\\n]|\\.)*+)'""")
_HTML = re.compile(r"<(?:!doctype|html|head|body|div|script|meta|\?xml)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,200})", re.IGNORECASE)
_MAX_PLACES = 50
_MAX_REPAIRED = 2_000_000  # characters: a repair costs time at each of the places
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the JSON stands: the whole answer, behind ``script`` (a marker or a selector), or in an attribute.

    ``script`` is a selector where it starts like one (``script``, ``#``, ``.``, ``[``, ``xpath:``), an expression
    after ``regex:``, else a text that stands before the value. ``attribute`` is a selector and an attribute's name.
    """

    script: str | None = None
    attribute: tuple[str, str] | None = None


def compile_script(script: str) -> str:
    """Return ``script`` if it is a marker, an expression or a selector; raise ValueError for one that cannot be."""
    if script.startswith(_REGEX):
        try:
            re.compile(script.removeprefix(_REGEX))
        except re.error as error:
            raise ValueError(f"not a regular expression: {script!r}: {error}") from error
    elif _SELECTOR_START.match(script):
        from monitor.sources._listing import compile_selector

        compile_selector(script)
    return script


def json_of(body: bytes, content_type: str | None, place: Place) -> Any:
    """Return the value; raise ValueError that says what was found instead."""
    text = decode(body, content_type).lstrip("\ufeff \t\r\n\0")
    if not text:
        raise ValueError("nothing: the answer is empty")
    if place.attribute is not None:
        return _in_attribute(text, *place.attribute)
    if place.script is not None:
        return _in_script(text, place.script)
    return _whole(text)


def page_of(text: str) -> Any:
    """Return the tree of a page; raise ValueError where there is none."""
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        page = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("nothing that holds markup") from error
    if page is None:
        raise ValueError("nothing that holds markup")
    return page


def select_texts(page: Any, selector: str, attribute: str | None = None) -> Iterator[str]:
    """Yield the texts of what a selector finds, or of an attribute of it; raise ValueError for one that fails."""
    from lxml import etree

    from monitor.sources._listing import compile_selector

    try:
        found = compile_selector(selector)(page)
    except etree.XPathError as error:
        raise ValueError(f"a selector that cannot be evaluated: {selector!r}: {error}") from error
    for node in found if isinstance(found, list) else [found]:
        if not isinstance(node, etree._Element):
            yield str(node)
        elif attribute is None:
            yield "".join(map(str, node.itertext()))
        elif (value := node.get(attribute)) is not None:
            yield value


def _whole(text: str) -> Any:
    wrapped = _JSONP.match(text) if text[0] not in '{["' else None
    try:
        if wrapped is None:
            return json.loads(text)
        return _DECODER.raw_decode(text, wrapped.end())[0]
    except (ValueError, RecursionError) as error:
        raise ValueError(_name_it(text, error)) from error


def _in_attribute(text: str, selector: str, name: str) -> Any:
    values = list(select_texts(page_of(text), selector, name))
    if not values:
        raise ValueError(f"no element {selector!r} with an attribute {name!r}{_titled(text)}")
    for value in values[:_MAX_PLACES]:
        found = _value_at(value, 0)
        if found is not None:
            return found
    raise ValueError(f"no JSON in the attribute {name!r} of {selector!r}: {values[0][:60]!r}")


def _in_script(text: str, script: str) -> Any:
    if _SELECTOR_START.match(script):
        places = [(found, at) for found in select_texts(page_of(text), script) for at in _starts(found)]
    else:
        marker = re.compile(script.removeprefix(_REGEX) if script.startswith(_REGEX) else re.escape(script))
        places = [(text, found.end()) for found in marker.finditer(text)]
    for held, at in places[:_MAX_PLACES]:
        value = _value_at(held, at)
        if value is not None:
            return value
    what = "no JSON behind it" if places else "it is not there"
    raise ValueError(f"an answer without the JSON that {script!r} should lead to: {what}{_titled(text)}")


def _starts(script: str) -> list[int]:
    """Return where values may begin in the text of a script: at its start, and behind each assignment."""
    return [0, *(found.end() for found in re.finditer(r"=\s*(?=[{\[\"'J])", script))]


def _value_at(text: str, at: int) -> Any:
    """Return the object or list that begins at a place, or that a string beginning there holds; None for neither."""
    start = _BEFORE_VALUE.match(text, at)
    at = start.end() if start else at
    if text[at : at + 1] in ("{", "[") and (value := _parsed(text, at)) is not None:
        return value
    before = at - 1 if text[at - 1 : at] in ('"', "'") and at else at
    string = _SCRIPT_STRING.match(text, before)
    inner = _unescaped(string[0]) if string else None
    return _parsed(inner, 0) if inner and inner[:1] in ("{", "[") else None


def _parsed(text: str, at: int) -> Any:
    """Return the balanced value at a place of a script; what only JavaScript knows becomes null."""
    try:
        return _DECODER.raw_decode(text, at)[0]
    except (ValueError, RecursionError):
        cleaned = _UNDEFINED.sub(lambda found: found[1] or "null", text[at : at + _MAX_REPAIRED])
    try:
        return _DECODER.raw_decode(cleaned)[0]
    except (ValueError, RecursionError):
        return None


def _unescaped(string: str) -> str | None:
    """Return what a string of a script means: escapes as in JSON, or a percent-encoded text."""
    body = string[1:-1]
    if body.startswith(("%7B", "%5B", "%7b", "%5b")):
        from urllib.parse import unquote

        return unquote(body)
    if string[0] == "'":
        body = body.replace("\\'", "'").replace('"', '\\"') if '\\"' not in body else body.replace("\\'", "'")
    try:
        return str(json.loads(f'"{_without_foreign(body)}"', strict=False))
    except ValueError:
        return None


def _without_foreign(body: str) -> str:
    """Write the escapes of JavaScript that JSON does not know (``\\x22``, ``\\-``) as ones that it does."""
    known = re.sub(r"\\x([0-9A-Fa-f]{2})", r"\\u00\1", body)
    return re.sub(r"(?<!\\)((?:\\\\)*)\\(?![\"\\/bfnrtu])", r"\1", known)


def _name_it(text: str, error: Exception) -> str:
    if _HTML.match(text):
        return f"an HTML page or XML{_titled(text)}; `embedded` can name where a page holds JSON"
    if text[0] in "{[":
        return f"JSON that cannot be read: {error}"[:200]
    return f"no JSON: {' '.join(text[:60].split())!r}"


def _titled(text: str) -> str:
    title = _TITLE.search(text[:65_536])
    return f" (the page's title is {' '.join(title[1].split())[:80]!r})" if title else ""
