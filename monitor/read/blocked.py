"""Recognise what is served instead of an article: challenges, refusals, withdrawn pages, lists of links."""

from __future__ import annotations

import re

from monitor.types import Rejected
from storage.records import Outcome

from .hygiene import units
from .survey import Survey
from .wordings import any_of

__all__ = ["instead_of_article", "is_list"]

_MAX_CHALLENGE = 160.0
"""Units of running text above which a page is about what it says, not an instance of it."""

_TITLES = re.compile(rf"\s*{any_of('blocked', 'title')}\s*", re.IGNORECASE)
_CHALLENGE = re.compile(any_of("blocked", "challenge"), re.IGNORECASE)
_WITHDRAWN = re.compile(any_of("blocked", "withdrawn"), re.IGNORECASE)


def instead_of_article(page: Survey, title: str | None, text: str) -> Rejected | None:
    """Return why the page is no article at all, judged by its title and by what little it says; else None.

    ``text`` is the body found. A page with real running text is never rejected here: an article may be about
    captchas.
    """
    if units(text) > _MAX_CHALLENGE:
        return None
    if title and _TITLES.fullmatch(title[:80]):
        return Rejected(rejected=Outcome.BLOCKED, detail=f"a page titled {title[:60]!r}")
    visible = "\n".join(block.text for block in page.blocks[:200])[:4000]
    if units(visible) <= 2 * _MAX_CHALLENGE and (found := _CHALLENGE.search(visible)):
        return Rejected(rejected=Outcome.BLOCKED, detail=f"a page that says {found[0][:60]!r}")
    whole = f"{title or ''}\n{visible}"
    if units(visible) <= 2 * _MAX_CHALLENGE and (found := _WITHDRAWN.search(whole)):
        return Rejected(rejected=Outcome.GONE, detail=f"a page that says {found[0][:60]!r}")
    return None


def is_list(page: Survey, start: int, end: int, *, is_declared_article: bool) -> bool:
    """Tell whether a page is a list of links to articles, or a home page.

    ``start <= i < end`` are the blocks of the body. Signs: many links with the length of a title, and running text
    that is scarce beside them or comes in short excerpts, one to a link.
    """
    body = page.blocks[start:end]
    prose = [b.size for b in body if b.is_prose]
    titles = sum(1 for b in page.blocks if b.is_link and 6 <= b.linked <= 60)
    inside = sum(1 for b in body if b.is_link and 6 <= b.linked <= 60)
    if is_declared_article and sum(prose) >= 100:
        return False
    if titles >= 12 and sum(prose) < 60:
        return True
    longest = max(prose, default=0.0)
    if inside >= 5 and inside >= 0.6 * len(prose) and longest < 160:
        return True
    return titles >= 40 and sum(prose) < 4 * titles and longest < 90
