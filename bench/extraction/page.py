"""What the bench is made of: articles, the invented facts of a page, drafts of pages, and gold answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

__all__ = ["FETCHED_AT", "Article", "Block", "Draft", "Gold", "Group", "Layout", "NotArticle", "Page"]

Group = Literal["zh", "zh-Hant", "en"]
FETCHED_AT = datetime(2024, 6, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph (``p``), heading (``h``), bold line (``lead``), ``quote``, list (``ul``, ``ol``) or ``table``.

    ``lines`` holds one text, the items of a list, or the rows of a table with `` | `` between cells.
    """

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An original text of the pool."""

    key: str
    title: str
    deck: str | None
    caption: str | None
    is_short: bool
    blocks: tuple[Block, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(line for block in self.blocks for line in block.lines)


@dataclass(slots=True, kw_only=True)
class Draft:
    """A page as a layout makes it, with what it says besides the article.

    ``published`` is ISO 8601 as precise as the page. ``authors`` is None where it can be argued who the author is;
    empty where the page names nobody. ``source`` is None where the page declares none; ``account`` is who posted on
    a platform, which may be taken for the source or the publisher. ``furniture`` are lines that
    must not stay in the body, ``neutral`` those that may (captions, pull quotes, decks): they are not scored.
    ``dateline`` stands before the first paragraph; ``lines`` are those of the body where they are not the article's.
    """

    html: str
    published: str | None
    authors: tuple[str, ...] | None = ()
    editors: tuple[str, ...] = ()
    source: str | None = None
    publisher: str | None = None
    account: str | None = None
    furniture: tuple[str, ...] = ()
    neutral: tuple[str, ...] = ()
    dateline: str = ""
    lines: tuple[str, ...] = ()
    next_page: str | None = None
    title: str | None = None
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """What a careful editor would take from a page. ``leads`` are bold lines that may be headings or not."""

    title: str
    lines: tuple[str, ...]
    headings: frozenset[str]
    leads: frozenset[str]
    published: str | None
    authors: frozenset[str] | None
    editors: frozenset[str]
    source: str | None
    publisher: str | None
    account: str | None
    furniture: tuple[str, ...]
    neutral: tuple[str, ...]
    next_page: str | None

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article on a page: bytes as a server sends them, and the gold.

    ``scrambled`` pages carry meaningless class names and ids: rules that know the site cannot help there.
    """

    layout: str
    key: str
    group: Group
    held_out: bool
    scrambled: bool
    url: str
    content_type: str
    charset: str
    body: bytes
    gold: Gold


@dataclass(frozen=True, slots=True, kw_only=True)
class NotArticle:
    """A page without an article, and the outcomes that a reader may give; the first is the best."""

    name: str
    group: Group
    held_out: bool
    url: str
    content_type: str
    body: bytes
    expected: tuple[str, ...]
    charset: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a kind of site renders an article; ``menu`` is the number of columns of its site map."""

    name: str
    group: Group
    render: Callable[..., Draft]
    held_out: bool = False
    charset: str = "utf-8"
    content_type: str = "text/html; charset=utf-8"
    only: tuple[str, ...] = ()
    menu: int = 8
