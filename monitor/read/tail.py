"""Where an article ends among its lines, and what the lines below it are. Looks at lines; takes none away."""

from __future__ import annotations

import re

from .credits import read_credits
from .furniture import furniture_rule
from .hygiene import units
from .lines import Line

__all__ = ["ends_article", "tail_rule", "tail_start"]

_TAIL_LINES = 40
_PARAGRAPH = 25.0
_STRAYS = 2
_STRAY_MAX = 16.0
_SENTENCE_INSIDE = re.compile("[，,。！？；]")
_SIGNED_ON = re.compile(
    r"[\d〇零一二三四五六七八九]{4}\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日"
)
"""The day on which a notice was signed stands below it and belongs to it."""
_WORDS_END = re.compile("[。；;，,、…：:]$|[。]")


def tail_rule(text: str) -> str | None:
    """Return the name of the rule by which a line is furniture or a credit below an article, or None."""
    if _SIGNED_ON.fullmatch(text):
        return None
    rule = furniture_rule(text, "tail")
    return rule or ("credit" if read_credits(text) else None)


def ends_article(lines: list[Line], index: int) -> bool:
    """Tell whether the article is over at a line: it heads something else, or three lines of furniture begin."""
    text = lines[index].text
    if furniture_rule(text, "section") and len(text) < 40:
        above = sum(units(line.text) for line in lines[:index])
        below = sum(units(line.text) for line in lines[index + 1 :])
        return below <= above
    return index + 2 < len(lines) and all(tail_rule(line.text) for line in lines[index : index + 3])


def tail_start(lines: list[Line]) -> int:
    """Return where the tail of furniture begins: its first line that a rule knows, strays among them bridged.

    A stray is a short line without a sentence; no more than ``_STRAYS`` follow each other, and the known lines of a
    tail that holds any outnumber them.
    """
    start, known, strays, since = len(lines), 0, 0, 0
    first = next((i for i, line in enumerate(lines) if units(line.text) >= _PARAGRAPH), 0)
    for index in reversed(range(max(first + 1, len(lines) - _TAIL_LINES), len(lines))):
        if tail_rule(lines[index].text):
            known, strays, since = known + 1, strays + since, 0
            if known > strays:
                start = index
        elif since < _STRAYS and known and _is_stray(lines[index].text):
            since += 1
        else:
            break
    return start


def _is_stray(text: str) -> bool:
    return units(text) <= _STRAY_MAX and not _WORDS_END.search(text) and not _SENTENCE_INSIDE.search(text)
