"""Part paragraphs that were run together when a page was copied: credits, section headings and body in one line.

Touches only lines too long to have been typed as one paragraph with a heading in it, and only where the text itself
shows the seam: a credit label with names set character by character (``都 芃``), a heading that stands twice.
"""

from __future__ import annotations

import re

from storage.fold import fold

from .credit_labels import labels
from .lines import Line

__all__ = ["part"]

_LONG = 200
_PAIRS = re.compile(r"\s*(?:[一-鿿]{0,6}记\s?者)?\s*[一-鿿]\s[一-鿿](?:\s{1,3}[一-鿿]\s[一-鿿])*")
_BANNER = re.compile(r"^\s*【[^】]{2,20}】")
_TWICE = re.compile(r"(?:(?<=[。！？”…）)!?])|^)(?P<heading>[^\s。！？!?…][^。！？!?\n]{4,29})(?P=heading)")
_SECTION = re.compile(r"(?<=[。！？”…）)!?])(?P<mark>[（(【][^）)】]{2,12}[）)】])?(?P<author>◎\s*[一-鿿]\s[一-鿿])")


def part(lines: list[Line]) -> list[Line]:
    """Return the lines with those that hold several parts split at their seams."""
    return [piece for line in lines for piece in (_split(line) if len(line.text) > _LONG else [line])]


def _split(line: Line) -> list[Line]:
    pieces: list[Line] = []
    credited, rest = _leading_credits(line.text)
    pieces.extend(Line(text) for text in credited)
    for text in _at_section_authors(rest):
        pieces.extend(_at_doubled_headings(text) if len(text) > _LONG else [Line(text)])
    return pieces


def _leading_credits(text: str) -> tuple[list[str], str]:
    """Cut the banner and the credits off the beginning of a glued line."""
    found: list[str] = []
    banner = _BANNER.match(text)
    start = banner.end() if banner else 0
    while (names := _credit_end(text[start : start + 80])) is not None:
        found.append(text[start : start + names])
        start += names
    if not found:
        return [], text
    return ([banner[0]] if banner else []) + found, text[start:]


def _credit_end(text: str) -> int | None:
    """Return where the credit that ``text`` begins with ends, or None if it begins with anything else."""
    folded = fold(text, keep_case=True)
    label = next(labels(folded), None)
    names = _PAIRS.match(folded, label.end()) if label and label.start() == 0 else None
    return names.end() if names else None


def _at_section_authors(text: str) -> list[str]:
    pieces: list[str] = []
    start = 0
    for found in _SECTION.finditer(text):
        pieces.append(text[start : found.start()])
        pieces.extend(group for group in (found["mark"], found["author"]) if group)
        start = found.end()
    return [piece for piece in (*pieces, text[start:]) if piece.strip()]


def _at_doubled_headings(text: str) -> list[Line]:
    pieces: list[Line] = []
    start = 0
    for found in _TWICE.finditer(text):
        if text[start : found.start()].strip():
            pieces.append(Line(text[start : found.start()]))
        pieces.append(Line(found["heading"], "heading"))
        start = found.end()
    if text[start:].strip():
        pieces.append(Line(text[start:]))
    return pieces
