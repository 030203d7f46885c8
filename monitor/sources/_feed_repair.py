"""XML that a parser refuses, made such that it reads: what feeds get wrong most.

Cuts away what is illegal or dangerous (control characters, a document type and its entities) and spells bare ``&`` and
``<`` as what they stand for. Knows nothing of feeds but the names of their outermost elements. Pure.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

__all__ = ["clean_xml", "without_declaration"]

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


def without_declaration(text: str) -> str:
    """Return XML without its declaration, which names an encoding that decoded text no longer has."""
    return _DECLARATION.sub("", text, count=1)


def clean_xml(text: str) -> str:
    """Return XML without declaration, document type, illegal characters and references that are not XML's own."""
    legal = _ILLEGAL.sub("", without_declaration(text))
    parts = _outside_and_inside_cdata(_without_doctype(legal).lstrip())
    return "".join(part if is_cdata else _SPECIAL.sub(_reference, part) for part, is_cdata in parts)


def _without_doctype(text: str) -> str:
    start = _DOCTYPE.search(text, 0, _PROLOG)
    if not start or _ROOT_TAG.search(text, 0, start.start()):
        return text  # one that an entry quotes is its text
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
