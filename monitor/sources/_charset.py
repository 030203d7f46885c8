"""From bytes to text when labels lie: feeds and list pages of any charset.

The order: byte order mark, then UTF-8 that spells Chinese or Japanese (bytes of another charset hardly ever do so),
then the label of the HTTP header, then the label in the document, then strict UTF-8, then GB18030; where all fail, what
``monitor.read.charset`` makes of the bytes if that is less damaged. A label is believed
only as far as the bytes allow. gb2312 and gbk mean gb18030, iso-8859-1 means windows-1252 and so on, as in the WHATWG
Encoding Standard section 4.2. Pure; never raises on any bytes.
"""

from __future__ import annotations

import codecs
import re

__all__ = ["decode", "may_be_utf8"]

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BARE_UTF16 = ((b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"))
_LABEL_BYTES = 4_096
_LABEL = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_HTTP_LABEL = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_CODECS = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "gb_2312-80": "gb18030", "gb18030": "gb18030",
    "cp936": "gb18030", "hz-gb-2312": "hz", "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254",
    "utf8": "utf-8", "unicode": "utf-8", "utf-16": "utf-8", "utf-16le": "utf-8", "utf-16be": "utf-8",
}  # fmt: skip
_NO_CHARSETS = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "utf-7"})
_EAST_ASIAN = re.compile("[\u3001-\u30ff\u3400-\u9fff]")
_WIDE = frozenset({"utf-8", "gb18030", "big5hkscs", "cp932", "cp949", "hz", "euc_jp", "iso2022_jp"})


def decode(body: bytes, content_type: str | None = None) -> str:
    """Return the text of a document; bytes that stand for nothing become U+FFFD."""
    for bom, codec in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(codec, "replace")
    for start, codec in _BARE_UTF16:
        if body.startswith(start):
            return body.decode(codec, "replace")
    labels = [codec for codec in (_http_codec(content_type), _inner_codec(body)) if codec]
    utf8 = _strictly(body, "utf-8")
    if utf8 is not None and _EAST_ASIAN.search(utf8):
        return utf8
    # A single-byte codec decodes anything, so its label says nothing against bytes that are valid UTF-8.
    wide = [codec for codec in labels if codec in _WIDE]
    text = next((text for codec in wide if (text := _strictly(body, codec)) is not None), utf8)
    if text is None and not labels:
        text = _strictly(body, "gb18030")
    return text if text is not None else _damaged(body, labels[0] if labels else "gb18030", content_type)


def may_be_utf8(body: bytes, content_type: str | None = None) -> bool:
    """Say whether no mark and no label speaks against UTF-8, so that bytes which are valid UTF-8 need no decoding."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff", *(start for start, _ in _BARE_UTF16))):
        return False
    return {_http_codec(content_type), _inner_codec(body)} <= {None, "utf-8"}


def _damaged(body: bytes, codec: str, content_type: str | None) -> str:
    """Return the text of bytes that no label explains: damaged bytes of the label, or whole ones of another charset."""
    from monitor.read.charset import decode as decode_page

    text = body.decode(codec, "replace")
    guessed = decode_page(body, content_type)
    return guessed.text if guessed and guessed.broken <= text.count("\ufffd") / len(text) else text


def _http_codec(content_type: str | None) -> str | None:
    found = _HTTP_LABEL.search(content_type or "")
    return _codec(found[1]) if found else None


def _inner_codec(body: bytes) -> str | None:
    found = _LABEL.search(body[:_LABEL_BYTES])
    return _codec(found[1].decode("ascii")) if found else None


def _codec(label: str) -> str | None:
    """Return the Python codec for a label, None for one that is unknown or does not stand for a text encoding."""
    name = label.lower()
    try:
        info = codecs.lookup(_CODECS.get(name, name))
    except LookupError:
        return None
    is_charset = getattr(info, "_is_text_encoding", True) and info.name not in _NO_CHARSETS
    return info.name if is_charset else None


def _strictly(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeError:
        return None
