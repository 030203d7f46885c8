"""Which lines of an article head a section."""

from __future__ import annotations

import re
from collections import Counter

from .hygiene import units
from .lines import Line

__all__ = ["find_headings"]

_LONGEST = 32.0
_SHORT = 12.0
_PARAGRAPH = 25.0
_NEVER = frozenset({"item", "row"})
_BRACKETED = re.compile(r"^[【\[(（<〈《].{2,24}[】\])）>〉》]$")
_ASIDE = re.compile(
    r"^[(（](?:(?:此|本|附|全文|完|注|如|见|图|根据|来源).*|[^()（）]*(?:发布|印发|公开|报道|整理|译|注|摄|图|无正文))[)）]$"
)
"""A remark about the text, where others in brackets name a part of it."""
_TURN = re.compile(r"^(\S{1,8}?)[:：]")
_ENDS = re.compile('[。，,；;：:、…—-]$|[.](?:["”])?$')
_INSIDE = re.compile("[。；;]|[，,].*[，,]|\\. ")


def find_headings(lines: list[Line]) -> tuple[str, ...]:
    """Return the headings in order: what the markup calls one, else short lines without a full stop above prose."""
    marked = {i for i, line in enumerate(lines) if line.kind == "heading" and _may_head(line.text)}
    speakers = _speakers(lines)
    found = marked | {i for i in range(len(lines) - 1) if _looks_like_heading(lines, i, speakers)}
    return tuple(lines[i].text for i in sorted(found))


def _may_head(text: str) -> bool:
    return units(text) <= 2 * _LONGEST and not _ASIDE.match(text)


def _speakers(lines: list[Line]) -> set[str]:
    """Return who speaks more than once in an interview (``南都:``): turns are no headings."""
    turns = Counter(found[1] for line in lines if (found := _TURN.match(line.text)))
    return {speaker for speaker, count in turns.items() if count > 1}


def _looks_like_heading(lines: list[Line], index: int, speakers: set[str]) -> bool:
    text = lines[index].text
    if lines[index].kind in _NEVER:
        return False
    if _ASIDE.match(text):
        return False
    if _BRACKETED.match(text):
        return True
    if not 2 <= units(text) <= _LONGEST or _ENDS.search(text) or _INSIDE.search(text):
        return False
    turn = _TURN.match(text)
    if turn and turn[1] in speakers:
        return False
    following = lines[index + 1]
    if following.kind in _NEVER:
        return units(text) <= _SHORT
    return units(following.text) >= max(_PARAGRAPH if units(text) <= _SHORT else 40.0, 1.5 * units(text))
