"""Long CDATA sections lifted out of XML before it is parsed, and put back where somebody asks for their text.

Most bytes of a feed are the contents of its entries, which are handed on as they are or not looked at. A parser would
check and copy every one of them. Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Sections", "alone", "lift", "put_back"]

_OPEN, _CLOSE = b"<![CDATA[", b"]]>"
_LONG = 256  # bytes: below that, a section costs less to parse than to lift
_MARK = "\uf8ffcdata:{}\uf8ff"
_MARKED = re.compile(r"\uf8ffcdata:(\d{1,9})\uf8ff")
_CONTROLS = bytes({*range(0x20)} - set(b"\t\n\r"))
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections lifted out of ``data``, by their first and last byte; nothing is copied until it is asked for."""

    data: bytes = b""
    places: tuple[tuple[int, int], ...] = ()


def lift(data: bytes) -> tuple[bytes, Sections]:
    """Return XML with marks in place of its long CDATA sections, and the sections.

    XML in which a section may begin inside of a comment or an instruction comes back whole.
    """
    kept: list[bytes] = []
    places: list[tuple[int, int]] = []
    position = 0
    while (opened := data.find(_OPEN, position)) >= 0:
        closed = data.find(_CLOSE, opened)
        gap = data[position:opened]
        if closed < 0 or _is_open(gap):
            return data, Sections()
        start, position = opened + len(_OPEN), closed + len(_CLOSE)
        if closed - start < _LONG:
            kept += (gap, data[opened:position])
        else:
            kept += (gap, _MARK.format(len(places)).encode())
            places.append((start, closed))
    return b"".join((*kept, data[position:])), Sections(data, tuple(places))


def put_back(text: str, sections: Sections) -> str:
    """Return text with the sections that its marks stand for."""
    if "\uf8ff" not in text:
        return text
    return _MARKED.sub(lambda mark: _text(sections, int(mark[1])) or mark[0], text)


def alone(text: str, sections: Sections) -> bytes | None:
    """Return the bytes of the one section that a text consists of; None for any other text."""
    mark = _MARKED.fullmatch(text.strip())
    if mark is None or int(mark[1]) >= len(sections.places):
        return None
    start, end = sections.places[int(mark[1])]
    return sections.data[start:end]


def _is_open(gap: bytes) -> bool:
    """Tell whether a comment or an instruction is still open at the end."""
    comment = b"<!--" in gap and gap.rfind(b"<!--") > gap.rfind(b"-->")
    return comment or (b"<?" in gap and gap.rfind(b"<?") > gap.rfind(b"?>"))


def _text(sections: Sections, number: int) -> str:
    if number >= len(sections.places):
        return ""
    start, end = sections.places[number]
    data = sections.data[start:end]
    text = data.decode("utf-8", "replace")
    is_legal = len(data.translate(None, _CONTROLS)) == len(data) and "\ufffe" not in text and "\uffff" not in text
    return text if is_legal else _ILLEGAL.sub("", text)  # which takes a hundred times as long
