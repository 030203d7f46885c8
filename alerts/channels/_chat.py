"""A message as rows of runs, the form from which each chat service writes its own markup.

Reads the Markdown that the renderer makes (headings, quotes, bullets, bold, links) and takes anything else for text,
so that what a title holds stays text whatever it looks like. Knows no service.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import accumulate

from alerts.channels import Message
from alerts.plain import block, cut, line, web_link

__all__ = [
    "Item",
    "Kind",
    "Row",
    "Run",
    "heading",
    "inert_heading",
    "inert_outline",
    "is_numbered",
    "outline",
    "plain_row",
    "without_addresses",
]

_MOST_IN_ROW = 1_000  # code points shown of one row; the renderer's longest stay well below
_MOST_READ = 16_384  # code points of one line that are looked at
_NAMELESS = "newswatch"

_NUMBER = re.compile(r"\d+\. ")
_RULE = re.compile(r"(?:-{3,}|\*{3,}|_{3,})")
_ROW = re.compile(r"(?P<heading>#{1,6})(?: +|$)|(?P<quote>>) ?|(?P<bullet>[-*+]) +")
_TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<strong>\*\*)"
    r"|\[(?P<shown>(?:\\.|[^\[\]\\])*)\]\((?P<link>https?://[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)\)"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_SCHEME = re.compile(r"(?<=[A-Za-z]):(?=//)")
_HOST_DOT = re.compile(r"(?<=\w)\.(?=[^\W\d_]{2})|(?<=www)\.", re.IGNORECASE)  # names of hosts may be Chinese


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
    """Return the items of a message in order, at least one.

    An item begins with its headings, with a rule, or with a row of a list that has a number: a story in one line.
    """
    items: list[list[Row]] = [[]]
    for raw in block(message.markdown).split("\n"):
        text = raw.strip()[:_MOST_READ]
        if _RULE.fullmatch(text):
            items.append([Row(kind=Kind.RULE, runs=())])
        elif row := _row(text):
            is_first = row.kind is Kind.HEADING or (row.kind is Kind.BULLET and is_numbered(row))
            if is_first and any(before.kind is not Kind.HEADING for before in items[-1]):
                items.append([])
            items[-1].append(row)
    told = tuple(tuple(item) for item in items if item)
    says_something = any(run.text.strip() for item in told for row in item for run in row.runs)
    return told if says_something else ((plain_row(heading(message)),),)


def inert_outline(message: Message, *further: Callable[[str], str]) -> tuple[Item, ...]:
    """Return the items with nothing in their texts that a service would make a call or a link of.

    A row is looked at as a whole: an address may go over the border of two runs. ``further`` are more ways of breaking
    what a service reads; each puts one mark in the place of one.
    """
    return tuple(tuple(_inert(row, further) for row in item) for item in outline(message))


def heading(message: Message, limit: int = 100) -> str:
    """Return the subject as one line of at most ``limit`` characters, never empty."""
    return line(message.subject, limit) or _NAMELESS


def inert_heading(message: Message) -> str:
    """Return the heading for a place that has no markup: nothing in it is a call, an address or a tag."""
    return without_addresses(heading(message)).replace("<", "＜").replace(">", "＞")


def is_numbered(row: Row) -> bool:
    """Tell whether a row begins with the number of a story."""
    return _NUMBER.match("".join(run.text for run in row.runs)) is not None


def plain_row(text: str) -> Row:
    """Return a row of text."""
    return Row(kind=Kind.TEXT, runs=(Run(text=text),))


def without_addresses(text: str) -> str:
    """Return text in which no service finds a name to call or an address to link: full-width marks break them."""
    return _HOST_DOT.sub("．", _SCHEME.sub("：", text.replace("@", "＠")))


def _inert(row: Row, further: Iterable[Callable[[str], str]]) -> Row:
    text = "".join(run.text for run in row.runs)
    for broken in (without_addresses, *further):
        text = broken(text)
    ends = accumulate(len(run.text) for run in row.runs)
    places = zip(row.runs, ends, strict=True)
    return replace(row, runs=tuple(replace(run, text=text[end - len(run.text) : end]) for run, end in places))


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
            text = cut(run.text, left)
            left -= len(text)
            yield Run(text=text, strong=run.strong, link=run.link)
