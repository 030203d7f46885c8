"""A message as rows of runs, the form from which each chat service writes its own markup.

Reads the Markdown that the renderer makes (headings, quotes, bullets, bold, links) and takes anything else for text,
so that what a title holds stays text whatever it looks like. Knows no service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from alerts.channels import Message
from alerts.channels._clusters import cut_whole
from alerts.plain import block, line, web_link

__all__ = ["Item", "Kind", "Row", "Run", "heading", "inert_heading", "outline", "plain_row", "without_addresses"]

_MOST_IN_ROW = 1_000  # code points shown of one row; the renderer's longest stay well below
_MOST_READ = 16_384  # code points of one line that are looked at
_NAMELESS = "newswatch"

_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})")
_ROW = re.compile(r"(?P<heading>#{1,6})(?: +|$)|(?P<quote>>) ?|(?P<bullet>[-*+]) +")
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<strong>\*\*)"
    r"|\[(?P<shown>(?:\\.|[^\[\]\\])*)\]\((?P<link>https?://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"(?<=[A-Za-z]):(?=//)")
_HOST_DOT = re.compile(r"(?<=[A-Za-z0-9])\.(?=[A-Za-z]{2})|(?<=www)\.", re.IGNORECASE)


class Kind(Enum):
    """What a row is; a rule has no runs."""

    HEADING = "heading"
    QUOTE = "quote"
    BULLET = "bullet"
    TEXT = "text"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Text without any markup, shown in one way; ``link`` is a web address in ASCII."""

    text: str
    strong: bool = False
    link: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a message."""

    kind: Kind
    runs: tuple[Run, ...]


Item = tuple[Row, ...]
"""Rows that belong together: a story with what is said of it."""


def outline(message: Message) -> tuple[Item, ...]:
    """Return the items of a message in order, at least one; an item begins with its headings or with a rule."""
    items: list[list[Row]] = [[]]
    for raw in block(message.markdown).split("\n"):
        text = raw.strip()[:_MOST_READ]
        if _RULE.fullmatch(text):
            items.append([Row(kind=Kind.RULE, runs=())])
        elif row := _row(text):
            if row.kind is Kind.HEADING and any(before.kind is not Kind.HEADING for before in items[-1]):
                items.append([])
            items[-1].append(row)
    told = tuple(tuple(item) for item in items if item)
    says_something = any(run.text.strip() for item in told for row in item for run in row.runs)
    return told if says_something else ((plain_row(heading(message)),),)


def heading(message: Message, limit: int = 100) -> str:
    """Return the subject as one line of at most ``limit`` characters, never empty."""
    return line(message.subject, limit) or _NAMELESS


def inert_heading(message: Message) -> str:
    """Return the heading for a place that has no markup: nothing in it is a call, an address or a tag."""
    return without_addresses(heading(message)).replace("<", "＜").replace(">", "＞")


def plain_row(text: str) -> Row:
    """Return a row of text."""
    return Row(kind=Kind.TEXT, runs=(Run(text=text),))


def without_addresses(text: str) -> str:
    """Return text in which no service finds a name to call or an address to link: full-width marks break them."""
    return _HOST_DOT.sub("．", _SCHEME.sub("：", text.replace("@", "＠")))


def _row(text: str) -> Row | None:
    found = _ROW.match(text)
    kind = Kind(found.lastgroup) if found else Kind.TEXT
    runs = tuple(_shortened(_runs(text[found.end() :] if found else text)))
    return Row(kind=kind, runs=runs) if runs else None


def _runs(text: str) -> Iterator[Run]:
    strong, pending, at = False, "", 0
    for found in _TOKEN.finditer(text):
        pending += text[at : found.start()]
        at = found.end()
        if found["escaped"]:
            pending += found["escaped"]
            continue
        yield Run(text=pending, strong=strong)
        pending = ""
        if found["strong"]:
            strong = not strong
        else:
            yield Run(text=_ESCAPE.sub(r"\1", found["shown"]), strong=strong, link=web_link(found["link"]))
    yield Run(text=pending + text[at:], strong=strong)


def _shortened(runs: Iterator[Run]) -> Iterator[Run]:
    left = _MOST_IN_ROW
    for run in runs:
        if run.text and left > 0:
            text = cut_whole(run.text, left)
            left -= len(text)
            yield Run(text=text, strong=run.strong, link=run.link)
