"""Put together an article that its site spread over several pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from monitor.types import Extracted
from storage.records import Removed

from .title import same_words

__all__ = ["join_pages"]


def join_pages(first: Extracted, others: Sequence[Extracted]) -> Extracted:
    """Return the article of ``first`` with the text of the other pages, in order.

    A page that brings nothing but lines known already (a server that ignores the page's number) adds nothing. What a
    page says of the whole article is taken from the first one.
    """
    joined = first
    for other in others:
        joined = _joined(joined, other)
    return replace(joined, next_page=others[-1].next_page if others else first.next_page)


def _joined(one: Extracted, other: Extracted) -> Extracted:
    known = set(one.text.split("\n"))
    lines = [line for line in other.text.split("\n") if not _is_title(line, one.title)]
    if all(line in known for line in lines):
        return one
    above = one.text.count("\n") + 1
    return replace(
        one,
        text="\n".join([one.text, *lines]),
        headings=one.headings + tuple(line for line in other.headings if line in lines),
        editors=one.editors + tuple(name for name in other.editors if name not in one.editors),
        authors=one.authors or other.authors,
        source=one.source or other.source,
        flags=tuple(dict.fromkeys(one.flags + other.flags)),
        removed=one.removed + tuple(_moved(line, above) for line in other.removed),
    )


def _is_title(line: str, title: str | None) -> bool:
    return title is not None and same_words(line, title)


def _moved(line: Removed, above: int) -> Removed:
    return line if line.above is None else replace(line, above=line.above + above)
