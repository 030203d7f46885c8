"""From the bytes of a page to its characters.

The order is that of browsers (WHATWG Encoding and HTML standards: byte order mark, transport, declaration in the
first 1,024 bytes), corrected where Chinese sites are known to lie: gb2312 and gbk mean gb18030, big5 means
Big5-HKSCS, and a body that is UTF-8 by every byte is UTF-8 whatever a legacy label says.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Decoded", "decode"]

MAX_BROKEN = 0.001
"""Share of U+FFFD above which the next charset is tried."""
MAX_TOLERATED = 0.01
"""Share of U+FFFD up to which the best of them is still used, if none is clean."""

_PRESCAN = 1024
_LATE_SCAN = 8192
_SAMPLE = 65536
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_ALIASES = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "big5": "big5hkscs",
    "cp950": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
}
_TEXT_CODECS = frozenset(
    {
        "utf-8", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "big5hkscs", "cp932", "euc_jp", "iso2022_jp",
        "cp949", "johab", "koi8-r", "koi8-u", "cp866", "cp874", "mac-roman", "mac-cyrillic", "cp1250", "cp1251",
        "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "iso8859-2", "iso8859-3", "iso8859-4",
        "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-15",
        "iso8859-16",
    }
)  # fmt: skip
_WEAK = frozenset({"cp1252"})  # what servers say when nobody told them
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.+-]{2,40})""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}encoding\s*=\s*["']([\w:.+-]{2,40})""", re.IGNORECASE)
_COMMON = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年这個們來為國說時會對於"
)
_HAN = re.compile("[\u4e00-\u9fff]")
_BROKEN = "\ufffd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A decoded body. ``broken`` is the share of characters that the charset could not explain (0-1)."""

    text: str
    charset: str
    broken: float


def decode(body: bytes, content_type: str | None = None) -> Decoded | None:
    """Return the text of ``body``, or None if no charset explains it.

    ``content_type`` is the text of the HTTP header.
    """
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return _tolerated(_as(body[len(bom) :], charset))
    best: Decoded | None = None
    for charset in _candidates(body, content_type):
        decoded = _as(body, charset)
        if decoded.broken <= MAX_BROKEN or (
            decoded.broken and decoded.text.count(_BROKEN) == 1
        ):  # one: a body cut within a character
            return decoded
        best = decoded if best is None or decoded.broken < best.broken else best
    return _tolerated(best)


def _tolerated(decoded: Decoded | None) -> Decoded | None:
    return decoded if decoded is not None and decoded.broken <= MAX_TOLERATED else None


def _as(body: bytes, charset: str) -> Decoded:
    try:
        return Decoded(text=body.decode(charset), charset=charset, broken=0.0)
    except UnicodeDecodeError:
        text = body.decode(charset, "replace")
    return Decoded(text=text, charset=charset, broken=text.count(_BROKEN) / max(len(text), 1))


def _candidates(body: bytes, content_type: str | None) -> Iterator[str]:
    """Yield the charsets worth a try, likeliest first."""
    if _is_utf8(body):
        yield "utf-8"
    labels = [_label(_CHARSET, (content_type or "").encode("latin-1", "replace")), *_declared(body)]
    known = [label for label in labels if label]
    yield from (label for label in known if label not in _WEAK)
    if not body.isascii():
        yield from _by_trial(body)
    yield from (label for label in known if label in _WEAK)
    yield from _guessed(body)


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(body) - 3 and error.start > _PRESCAN  # only the last character is cut
    return b"\x1b$" not in body[:_SAMPLE]  # ISO-2022-JP is seven-bit


def _declared(body: bytes) -> Iterator[str | None]:
    head = body[:_PRESCAN]
    yield _label(_XML_ENCODING, head)
    label = _label(_CHARSET, head) or _label(_CHARSET, body[_PRESCAN:_LATE_SCAN])
    yield "utf-8" if label and label.startswith("utf-16") else label  # it could not have been read otherwise


def _label(pattern: re.Pattern[bytes], data: bytes) -> str | None:
    found = pattern.search(data)
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode("ascii", "replace")).name
    except (LookupError, ValueError):
        return None
    name = _ALIASES.get(name, name)
    return name if name in _TEXT_CODECS else None


def _by_trial(body: bytes) -> Iterator[str]:
    """Yield the Chinese charsets under which the bytes read like Chinese, the better one first."""
    sample = body[:_SAMPLE]
    scores = {charset: _chinese_score(sample, charset) for charset in ("gb18030", "big5hkscs")}
    yield from (charset for charset in sorted(scores, key=lambda c: -scores[c]) if scores[charset] >= 0.5)


def _chinese_score(sample: bytes, charset: str) -> float:
    """Return how much of the non-ASCII text is frequent Chinese: running text scores above 0.5."""
    text = sample.decode(charset, "replace")
    foreign = sum(1 for c in text if c > "\x7f")
    if not foreign:
        return 0.0
    han = _HAN.findall(text)
    frequent = sum(1 for c in han if _is_first_level(c, charset))
    common = sum(1 for c in han if c in _COMMON)
    return (frequent + 3 * common) / foreign - 5 * text.count(_BROKEN) / foreign


def _is_first_level(character: str, charset: str) -> bool:
    lead = character.encode(charset, "replace")[0]
    return 0xB0 <= lead <= 0xD7 if charset == "gb18030" else 0xA4 <= lead <= 0xC6


def _guessed(body: bytes) -> Iterator[str]:
    from charset_normalizer import from_bytes

    best = from_bytes(body[:_SAMPLE]).best()
    if best is not None:
        name = codecs.lookup(best.encoding).name
        yield _ALIASES.get(name, name)
