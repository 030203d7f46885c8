"""The wordings that pages use, as regular expressions in text files beside this one.

A file holds sections ``[name]`` with one pattern a line; ``#`` begins a comment line. Adding a line is all it takes
to know one more wording. ``taiwan.txt`` has the same form and holds pairs instead (``monitor.read.regional``).
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

__all__ = ["any_of", "sections"]

_SECTION = re.compile(r"\[([a-z]+(?: [a-z-]+)?)\]")


@cache
def sections(file: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the sections of ``file`` (its name without ``.txt``) in order, each with its patterns."""
    found: list[tuple[str, list[str]]] = []
    for line in Path(__file__).with_name(f"{file}.txt").read_text(encoding="utf-8").split("\n"):
        section = _SECTION.fullmatch(line)
        if section:
            found.append((section[1], []))
        elif line and not line.startswith("#"):
            found[-1][1].append(line)
    return tuple((name, tuple(patterns)) for name, patterns in found)


def any_of(file: str, section: str) -> str:
    """Return one pattern that matches what any pattern of a section does."""
    patterns = [pattern for name, listed in sections(file) if name == section for pattern in listed]
    return f"(?:{'|'.join(patterns)})"
