"""Recognise what is served instead of an article: challenges, refusals, withdrawn pages, lists of links."""

from __future__ import annotations

import re

from monitor.types import Rejected
from storage.records import Outcome

from .hygiene import units
from .survey import Block, Survey
from .wordings import any_of

__all__ = ["instead_of_article", "is_list"]

_MAX_CHALLENGE = 160.0
"""Units of running text above which a page is about what it says, not an instance of it."""

_MAX_EXCERPT = 120.0
"""Units of the longest paragraph that may be the excerpt of another page."""

_MAX_TEASER = 40.0
"""Units of running text up to which a page that asks for a login is the wall, not the article behind it."""
_MAX_SCRAP = 20.0
"""Units of running text up to which a page has no article that a login box could be furniture of."""
_MAX_ASIDE = 60.0
"""Units of the longest line that only talks its reader into logging in; longer ones are news about accounts."""
_MANY_LINKS = 12

_TITLES = re.compile(rf"\s*{any_of('blocked', 'title')}\s*", re.IGNORECASE)
_CHALLENGE = re.compile(any_of("blocked", "challenge"), re.IGNORECASE)
_WITHDRAWN = re.compile(any_of("blocked", "withdrawn"), re.IGNORECASE)
_LOGIN = re.compile(any_of("blocked", "login"), re.IGNORECASE)
_ACCOUNT = re.compile(any_of("blocked", "account"), re.IGNORECASE)


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
    return _login_wall(page, title, text)


def _login_wall(page: Survey, title: str | None, text: str) -> Rejected | None:
    """Return the rejection of a page that asks its reader to log in and shows next to nothing else."""
    article = sum(units(line) for line in text.split("\n") if units(line) > _MAX_ASIDE or not _ACCOUNT.search(line))
    if found := _LOGIN.search(f"{title or ''}\n{text}"):
        beside = article < _MAX_TEASER
    else:
        found = _LOGIN.search("\n".join(b.text for b in page.blocks[:200] if not b.is_link)[:4000])
        beside = article < _MAX_SCRAP and sum(_is_title_link(b) for b in page.blocks) < _MANY_LINKS
    if beside and found:
        return Rejected(rejected=Outcome.BLOCKED, detail=f"a page that says {found[0][:60]!r}")
    if beside and any((box.get("type") or "").lower() == "password" for box in page.tree.iter("input")):
        return Rejected(rejected=Outcome.BLOCKED, detail="a form that asks for a password, and no article")
    return None


def is_list(page: Survey, start: int, end: int, *, is_declared: bool, is_titled: bool) -> bool:
    """Tell whether a page is a list of links to articles, or a home page.

    ``start <= i < end`` are the blocks of the body; ``is_declared`` says that the page calls itself an article,
    ``is_titled`` that its title stands above the body. Signs of a list: many links as long as titles, and running
    text that is scarce beside them or comes in short excerpts, one to a link.
    """
    body = [b for b in page.blocks[start:end] if b.junk < 0]
    prose = [b.size for b in body if b.is_prose]
    if is_declared and sum(prose) >= _MAX_EXCERPT:
        return False
    if sum(_is_title_link(b) for b in body) >= max(5.0, 0.6 * len(prose)) and max(prose, default=0.0) < _MAX_EXCERPT:
        return True
    links = sum(_is_title_link(b) for b in page.blocks)
    if is_titled:
        return links >= 12 and sum(prose) < 30
    return links >= 12 and sum(prose) < max(60.0, 4.0 * links) and max(prose, default=0.0) < _MAX_EXCERPT


def _is_title_link(block: Block) -> bool:
    return block.is_link and 6 <= block.linked <= 60
