"""Read an article from plain text or Markdown: its lines, and the title if the first of them is one."""

from __future__ import annotations

import re

from .clean import is_furniture
from .hygiene import tidy_line, units
from .lines import Line

__all__ = ["split_text"]

_MARKDOWN_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.+?)\s*#*\s*$")
_MARKUP = re.compile(r"\*\*(.+?)\*\*|__(.+?)__|!?\[([^\]]*)\]\([^)]*\)|^\s{0,3}>\s?|^\s*[-*+]\s+(?=\S)|`([^`]+)`")
_TITLE_ENDS = re.compile("[。；;，,、：:…]$|[。；;]")
_BULLET = re.compile(r"^\s*[●■◆▲•★▶►◼\-*]")
_MAX_TITLE_UNITS = 60.0


def split_text(text: str, *, is_markdown: bool = False) -> tuple[str | None, list[Line]]:
    """Return the title, or None, and the lines that follow it."""
    lines = [_markdown(line) if is_markdown else Line(line) for line in text.split("\n")]
    lines = [Line(tidy, line.kind) for line in lines if (tidy := tidy_line(line.text))]
    if len(lines) > 1 and _is_title(lines[0], lines[1:]):
        return lines[0].text, lines[1:]
    return None, lines


def _is_title(first: Line, rest: list[Line]) -> bool:
    """Tell whether the first line is a title: short, no sentence, no furniture, and more text below than in it."""
    if not 3 <= units(first.text) <= _MAX_TITLE_UNITS or len(first.text) > 200:
        return False
    if _TITLE_ENDS.search(first.text) or _BULLET.match(first.text) or is_furniture(first.text):
        return False
    if first.text.endswith(".") and first.kind != "heading":
        return False
    return sum(units(line.text) for line in rest) > 2 * units(first.text)


def _markdown(line: str) -> Line:
    heading = _MARKDOWN_HEADING.match(line)
    text = heading[2] if heading else line
    plain = _MARKUP.sub(lambda m: next((group for group in m.groups() if group), ""), text)
    return Line(plain, "heading" if heading else "text")
