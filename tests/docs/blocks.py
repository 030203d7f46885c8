"""The fenced blocks of a Markdown page, with the markers that say how each is checked.

A marker is an HTML comment on the line before a fence:

``<!-- not run: REASON -->``      the block cannot run here; the reason is listed by a test
``<!-- file: NAME -->``           the block is the content of a file that later blocks use
``<!-- prints: COMMAND -->``      a JSON block with the keys that the command really prints
``<!-- written by: GLOB -->``     the block is a file that the commands before it wrote
``<!-- exit: N -->``              the one command of the block ends with status N

Any other comment (``<!-- run -->``) is a name for the block. Knows Markdown's fences only; runs nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["ROOT", "Block", "blocks", "headings", "pages", "replace_block"]

ROOT = Path(__file__).parents[2]

_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,})(?P<language>[a-z]*)\s*$")
_MARKER = re.compile(r"^<!--\s*(?P<name>[a-z ]+?)(?::\s*(?P<value>.*?))?\s*-->$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block; ``line`` is that of its opening fence, counted from 1."""

    page: Path
    line: int
    language: str
    marker: str
    value: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def pages() -> tuple[Path, ...]:
    """Return the pages for readers: README in each language, the change log and everything under ``docs``."""
    return (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))


def blocks(page: Path) -> tuple[Block, ...]:
    """Return the fenced blocks of a page, in order."""
    return tuple(_blocks(page))


def headings(page: Path) -> tuple[str, ...]:
    """Return the headings of a page outside of its blocks, with their number signs."""
    found, fence = [], None
    for line in page.read_text(encoding="utf-8").splitlines():
        if fence is None and line.startswith("#"):
            found.append(line.strip())
        if line.startswith(("```", "~~~")):
            fence = None if fence and line.startswith(fence) else fence or line[:3]
    return tuple(found)


def replace_block(block: Block, text: str) -> None:
    """Write ``text`` in the place of the block's content."""
    lines = block.page.read_text(encoding="utf-8").splitlines()
    length = len(block.text.splitlines())
    lines[block.line : block.line + length] = text.splitlines()
    block.page.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _blocks(page: Path) -> Iterator[Block]:
    lines = page.read_text(encoding="utf-8").splitlines()
    number = 0
    while number < len(lines):
        opening = _FENCE.match(lines[number])
        if opening is None:
            number += 1
            continue
        end = lines.index(opening["fence"], number + 1)
        marker = _MARKER.match(lines[number - 1]) if number else None
        yield Block(
            page=page,
            line=number + 1,
            language=opening["language"],
            marker=marker["name"] if marker else "",
            value=(marker["value"] or "") if marker else "",
            text="\n".join(lines[number + 1 : end]),
        )
        number = end + 1
