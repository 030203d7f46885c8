"""Reads the pool of texts: a title, a few fields, and lines with a light markup (``##``, ``-``, ``1.``, ``>``)."""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from pathlib import Path

from bench.extraction.page import Article, Block, Group

__all__ = ["load_articles"]

FILES: dict[Group, str] = {"zh": "hans.txt", "zh-Hant": "hant.txt", "en": "en.txt"}
FIELD = re.compile(r"(title|deck|caption|short): (.*)")
MARKS = (
    ("h", re.compile(r"## (.*)")),
    ("ul", re.compile(r"- (.*)")),
    ("ol", re.compile(r"\d\. (.*)")),
    ("quote", re.compile(r"> (.*)")),
    ("table", re.compile(r"\| (.*) \|")),
    ("lead", re.compile(r"\*\*(.*)\*\*")),
)
LISTS = ("ul", "ol", "table")


@cache
def load_articles(group: Group) -> tuple[Article, ...]:
    """Return the texts of a language group, in the order of the file."""
    text = (Path(__file__).parent / "texts" / FILES[group]).read_text(encoding="utf-8")
    return tuple(_article(part) for part in text.split("=== ")[1:])


def _article(part: str) -> Article:
    key, *lines = part.strip().split("\n")
    found = [match.groups() for line in lines if (match := FIELD.fullmatch(line))]
    fields = {str(name): str(value) for name, value in found}
    marked = [_mark(line) for line in lines[len(found) :]]
    blocks: list[Block] = []
    for kind, group in groupby(marked, key=lambda pair: pair[0]):
        texts = tuple(text for _, text in group)
        blocks += [Block(kind=kind, lines=texts)] if kind in LISTS else [Block(kind=kind, lines=(t,)) for t in texts]
    caption = fields.get("caption", "none")
    return Article(
        key=key,
        title=fields["title"],
        deck=fields.get("deck"),
        caption=None if caption == "none" else caption,
        is_short="short" in fields,
        blocks=tuple(blocks),
    )


def _mark(line: str) -> tuple[str, str]:
    for kind, pattern in MARKS:
        if match := pattern.fullmatch(line):
            return kind, match[1]
    return "p", line
