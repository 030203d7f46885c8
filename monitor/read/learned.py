"""Furniture that no list can name: lines which the articles of one host repeat near their edges.

Which lines were seen how often is counted elsewhere (``storage.lines``); here is which lines may count, and how those
that are learned leave a text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import blake2b

from monitor.types import Extracted
from storage.records import Removed

from .furniture import squeeze
from .hygiene import units

__all__ = ["RULE", "drop_learned", "edge_lines", "line_hash"]

RULE = "learned"
_HEAD_LINES = 4
_TAIL_LINES = 8
_SHORTEST = 6
"""Characters: shorter ones are closing words of notices (特此公告) as often as furniture."""
_LONGEST = 200
_MOST = 1 / 3
"""The share of a text beyond which its repeated lines are a template, not furniture round it."""
_STRUCTURE = re.compile(r"第[一二三四五六七八九十百零\d]+[章节条编]|[(]?[一二三四五六七八九十\d]+[、.)]|.*:$")
"""Lines that give a text its order, and lines that open a list or a letter, are repeated by right."""
_PROSE = 30
"""Units from which a line with the end of a sentence is a paragraph of the text unless it is the last one."""
_SENTENCE_END = re.compile(r"[。！？!?]|[a-z\d)\"”’][.](?=\s|$)")


def line_hash(line: str) -> int:
    """Return the signed 64-bit hash of a line, the same for any script, width, case and spacing."""
    return int.from_bytes(blake2b(squeeze(line).encode(), digest_size=8).digest(), signed=True)


def edge_lines(article: Extracted) -> tuple[int, ...]:
    """Return the hashes of the lines from which furniture is learned: the first 4 and the last 8 of a text.

    Paragraphs above another one are the text. Lines that were taken away as learned count too, or they would be
    forgotten.
    """
    lines = article.text.split("\n")
    last = next((index for index in reversed(range(len(lines))) if _is_prose(lines[index])), 0)
    near = [line for i, line in enumerate(lines) if _is_near(i, lines) and (i >= last or not _is_prose(line))]
    near += [line.text for line in article.removed if line.rule == RULE]
    return tuple(dict.fromkeys(line_hash(text) for text in near if _may_be_furniture(text)))


def drop_learned(article: Extracted, learned: frozenset[int]) -> Extracted:
    """Return the article without the learned lines at the edges of its text, each recorded as removed.

    Where they make up more than a third of the text, nothing goes.
    """
    lines = article.text.split("\n")
    gone = _leaving(lines, learned)
    if not gone or sum(units(lines[index]) for index in gone) > _MOST * units(article.text):
        return article
    taken = {lines[index] for index in gone}
    return replace(
        article,
        text="\n".join(line for index, line in enumerate(lines) if index not in gone),
        headings=tuple(line for line in article.headings if line not in taken),
        removed=(
            *(_moved(line, gone) for line in article.removed),
            *(Removed(rule=RULE, text=lines[index], above=index - count) for count, index in enumerate(gone)),
        ),
    )


def _leaving(lines: list[str], learned: frozenset[int]) -> list[int]:
    """Return which lines are learned ones at an edge; a paragraph is none while one stays below it."""
    gone = []
    stays_below = False
    for index in reversed(range(len(lines))):
        line, is_prose = lines[index], _is_prose(lines[index])
        is_learned = _is_near(index, lines) and _may_be_furniture(line) and line_hash(line) in learned
        if is_learned and not (is_prose and stays_below):
            gone.append(index)
        else:
            stays_below = stays_below or is_prose
    return gone[::-1]


def _is_near(index: int, lines: list[str]) -> bool:
    return index < _HEAD_LINES or index >= len(lines) - _TAIL_LINES


def _is_prose(line: str) -> bool:
    return units(line) >= _PROSE and _SENTENCE_END.search(line) is not None


def _moved(line: Removed, gone: list[int]) -> Removed:
    """Return an earlier removal with the lines above it counted anew."""
    if line.above is None:
        return line
    return replace(line, above=line.above - sum(1 for index in gone if index < line.above))


def _may_be_furniture(text: str) -> bool:
    if len(text) > _LONGEST:
        return False
    key = squeeze(text)
    return len(key) >= _SHORTEST and not _STRUCTURE.match(key)
