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
_FIRST_LINES = 6
_LONG_HEADING = 10.0
"""Units of a heading that is the title of an article and not the name of a section."""
_MIN_STORY = 40.0
_ENOUGH_STORY = 60.0
"""Units of a paragraph, and of paragraphs, that tell a story: those of a notice speak to its reader."""
_READER = re.compile(r"[您你]|\byou(?:r|rs|'re|’re|'ve|’ve)?\b", re.IGNORECASE)

_TITLES = re.compile(rf"\s*{any_of('blocked', 'title')}\s*", re.IGNORECASE)
_CHALLENGE = re.compile(any_of("blocked", "challenge"), re.IGNORECASE)
_WITHDRAWN = re.compile(any_of("blocked", "withdrawn"), re.IGNORECASE)
_NOTHING = re.compile(any_of("blocked", "nothing"), re.IGNORECASE)
_LOGIN = re.compile(any_of("blocked", "login"), re.IGNORECASE)
_ACCOUNT = re.compile(any_of("blocked", "account"), re.IGNORECASE)


def instead_of_article(page: Survey, title: str | None, text: str) -> Rejected | None:
    """Return why the page is no article at all, judged by its title and by what little it says; else None.

    ``text`` is the body found. A page with real running text is never rejected here: an article may be about
    captchas. Text that speaks to its reader is what notices are made of, and does not count.
    """
    own = [units(line) for line in text.split("\n") if not _READER.search(line)]
    if sum(size for size in own if size >= _MIN_STORY) >= _ENOUGH_STORY:
        return None
    if title and units(title) <= _MAX_TEASER and (found := _WITHDRAWN.search(title)):
        return Rejected(rejected=Outcome.GONE, detail=f"a page titled {found[0][:60]!r}")
    if sum(own) > _MAX_CHALLENGE:
        return None
    if title and _TITLES.fullmatch(title[:80]):
        return Rejected(rejected=Outcome.BLOCKED, detail=f"a page titled {title[:60]!r}")
    notice = _notice(page, title)
    if found := _CHALLENGE.search(notice):
        return Rejected(rejected=Outcome.BLOCKED, detail=f"a page that says {found[0][:60]!r}")
    if found := _WITHDRAWN.search(f"{title or ''}\n{notice}"):
        return Rejected(rejected=Outcome.GONE, detail=f"a page that says {found[0][:60]!r}")
    if max(own, default=0.0) < _MIN_STORY and (found := _NOTHING.search(notice)):
        return Rejected(rejected=Outcome.NOT_ARTICLE, detail=f"a page that says {found[0][:60]!r}")
    return _login_wall(page, title, text) or _shell(page)


def _notice(page: Survey, title: str | None) -> str:
    """Return the text that may be a notice: all of a page that says little, else its title's and first short lines."""
    visible = "\n".join(block.text for block in page.blocks[:200])[:4000]
    if units(visible) <= 2 * _MAX_CHALLENGE:
        return visible
    shown = [block for block in page.blocks[:200] if block.junk < 0 and not block.is_link]
    return "\n".join(block.text for block in shown[:_FIRST_LINES] if block.size <= _MAX_ASIDE)


def _shell(page: Survey) -> Rejected | None:
    """Return the rejection of a page without any text: one that its script would have filled."""
    if page.blocks:
        return None
    asked = " ".join(" ".join(str(text) for text in box.itertext()) for box in page.tree.iter("noscript"))[:2000]
    if found := _CHALLENGE.search(asked):
        return Rejected(rejected=Outcome.BLOCKED, detail=f"a page that says {found[0][:60]!r}")
    return Rejected(rejected=Outcome.NOT_ARTICLE, detail="a page without text")


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
    listed = sum(page.blocks[i].size for i in range(start, end) if i in page.listed and page.blocks[i].is_prose)
    if listed > 0.5 * sum(prose) and sum(_is_title_link(page.blocks[i]) for i in page.listed) >= _MANY_LINKS:
        return True
    if sum(_is_title_link(b) for b in body) >= max(5.0, 0.6 * len(prose)) and max(prose, default=0.0) < _MAX_EXCERPT:
        return True
    links = sum(_is_title_link(b) for b in page.blocks)
    if is_titled or (_is_headed(page, start) and max(prose, default=0.0) >= _MAX_ASIDE):
        return links >= 12 and sum(prose) < 30
    return links >= 12 and sum(prose) < max(60.0, 4.0 * links) and max(prose, default=0.0) < _MAX_EXCERPT


def _is_headed(page: Survey, start: int) -> bool:
    """Tell whether a heading that is no link stands at the body or right above it."""
    above = page.blocks[max(0, start - _FIRST_LINES) : start + 1]
    return any(b.kind in {"h1", "h2"} and not b.is_link and b.junk < 0 and b.size >= _LONG_HEADING for b in above)


def _is_title_link(block: Block) -> bool:
    return block.is_link and 6 <= block.linked <= 60
