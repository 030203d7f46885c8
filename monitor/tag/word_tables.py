"""Tables of words in text files: lists with names, and rows of what stands before and behind a name.

A list is ``NAME = one|two``, gone on with on lines that begin with ``|``; a line that begins with ``#`` is a comment.
A row has its reason and points on the first line (``its service in trouble: 3 3``), then ``before`` and ``behind``,
indented. All are regular expressions over folded letters, in which ``<<NAME>>`` stands for a list. Knows no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from monitor.tag.squeeze import HAN

__all__ = ["Row", "read_lists", "read_rows"]

_LIST = re.compile(r"([A-Z][A-Z_]*) = (.+)")
_HEAD = re.compile(r"(\S.*): (\d) (\d)")
_SIDE = re.compile(r"    (before|behind)  (.+)")
_NAMED = re.compile(r"<<([A-Z_]+)>>")
_QUOTE_BEFORE = r"[\"'(《 ]*$"
_QUOTE_BEHIND = rf"[\"')》]*(?: (?=[{HAN}]))?"  # many write a space between foreign letters and Chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What stands before and behind a name (both, where both are given), why that tells, and the points.

    ``borne`` are the points for a name that people bear as well. ``before`` is sought in small letters, which takes a
    third of what letters of any case do: its escapes may not be capitals.
    """

    why: str
    points: int
    borne: int
    before: re.Pattern[str] | None
    behind: re.Pattern[str] | None


def read_lists(path: Path) -> dict[str, str]:
    """Return the lists of a file as alternatives, each with the lists before it put in."""
    lists: dict[str, str] = {}
    for line in _lines(path):
        found = _LIST.fullmatch(line)
        if found:
            lists[found[1]] = _filled(found[2], lists)
    return lists


def read_rows(path: Path) -> tuple[Row, ...]:
    """Return the rows of a file, in its order."""
    lists = read_lists(path)
    heads: list[re.Match[str]] = []
    sides: list[dict[str, str]] = []
    for line in _lines(path):
        head, side = _HEAD.fullmatch(line), _SIDE.fullmatch(line)
        if head:
            heads.append(head)
            sides.append({})
        elif side:
            sides[-1][side[1]] = _filled(side[2], lists)
    return tuple(_row(head, found) for head, found in zip(heads, sides, strict=True))


def _row(head: re.Match[str], sides: dict[str, str]) -> Row:
    before, behind = sides.get("before"), sides.get("behind")
    return Row(
        why=head[1],
        points=int(head[2]),
        borne=int(head[3]),
        before=re.compile(rf"(?:{before.lower()}){_QUOTE_BEFORE}") if before else None,
        behind=re.compile(rf"{_QUOTE_BEHIND}(?:{behind})") if behind else None,
    )


def _lines(path: Path) -> Iterator[str]:
    """Yield the lines of a file, those that go on joined to what they go on with."""
    whole = re.sub(r"\n *\|", "|", path.read_text(encoding="utf-8"))
    return (line for line in whole.splitlines() if not line.startswith("#"))


def _filled(text: str, lists: dict[str, str]) -> str:
    return _NAMED.sub(lambda found: f"(?:{lists[found[1]]})", text)
