"""Read a page as it stands, for one that is watched: its title and every visible line, lists and tables included.

What belongs to the site's frame and what changes by itself is left out and recorded. Knows no configuration: the part
that is watched is cut out before (``monitor.sources.page``). Pure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from monitor.types import Extracted, Hints, Rejected
from storage.records import Outcome, Removed

from .article import read_page
from .blocked import instead_of_article
from .charset import decode
from .hygiene import scrub, tidy_line
from .language import language_and_script
from .sniff import is_plain_text, refuse
from .survey import parse, survey
from .visible import MAX_LINES, visible_lines
from .volatile import steady_part

if TYPE_CHECKING:
    from lxml.html import HtmlElement

__all__ = ["Standing", "read_whole", "said_instead", "standing"]

_MAX_RECORDED = 300
_MAX_TITLE = 300
_LONGEST_NOTICE = 2_000  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The lines of a page that stay until somebody changes them; ``headings`` are some of them."""

    title: str | None
    lines: tuple[str, ...]
    headings: tuple[str, ...]
    removed: tuple[Removed, ...]
    is_cut: bool


def read_whole(
    body: bytes,
    url: str,
    content_type: str | None = None,
    *,
    hints: Hints = Hints(),  # noqa: B008 - frozen
    fetched_at: datetime | None = None,
) -> Extracted | Rejected:
    """Read a page as it stands; a wall, a withdrawn page and one without a visible line are rejected.

    Who wrote it, and when, is what the page says of itself if it is an article; its address is the watched one.
    """
    if rejected := refuse(body, content_type):
        return rejected
    decoded = decode(body, content_type)
    if decoded is None:
        return Rejected(rejected=Outcome.UNDECODABLE, detail=f"{len(body)} bytes that no known charset explains")
    if is_plain_text(content_type, None):
        return _extracted(_plain(scrub(decoded.text)), None, hints)
    tree = parse(scrub(decoded.text))
    if tree is None:
        return Rejected(rejected=Outcome.UNSUPPORTED, detail="expected a page, found no markup")
    found = standing(tree)
    if rejected := instead_of_article(survey(tree), found.title, "\n".join(found.lines)):
        return rejected
    article = read_page(body, url, content_type, hints=hints, fetched_at=fetched_at)
    return _extracted(found, article if isinstance(article, Extracted) else None, hints)


def said_instead(body: bytes, content_type: str | None = None, *, is_plain: bool = False) -> str:
    """Return the visible lines of a page or a text, one a line; "" where there are none, or more than a notice has."""
    decoded = decode(body, content_type)
    text = scrub(decoded.text) if decoded else ""
    tree = None if is_plain else parse(text)
    found = standing(tree) if tree is not None else _plain(text if is_plain else "")
    said = "\n".join(found.lines)
    return said if len(said) <= _LONGEST_NOTICE else ""


def standing(tree: HtmlElement) -> Standing:
    """Return what of a page stays until somebody changes it."""
    lines: list[str] = []
    headings: list[str] = []
    removed: list[Removed] = []
    visible, title = visible_lines(tree), _title(tree)
    is_told = False
    for line in visible:
        if line.frame:
            removed.append(Removed(rule="frame", text=line.text))
            continue
        text, volatile = steady_part(line)
        if line.kind == "heading" and text == title and not is_told:
            is_told = True  # the title is not part of the text
            continue
        removed += [Removed(rule=rule, text=piece, above=len(lines)) for rule, piece in volatile]
        if text:
            lines.append(text)
            headings += [text] if line.kind == "heading" else []
    return Standing(
        title=title,
        lines=tuple(lines),
        headings=tuple(headings),
        removed=tuple(removed[:_MAX_RECORDED]),
        is_cut=len(visible) >= MAX_LINES,
    )


def _plain(text: str) -> Standing:
    lines = [line for line in map(tidy_line, text.split("\n")) if line][:MAX_LINES]
    return Standing(title=None, lines=tuple(lines), headings=(), removed=(), is_cut=len(lines) >= MAX_LINES)


def _title(tree: HtmlElement) -> str | None:
    """Return the page's only first heading, or else its title."""
    firsts = [text for element in tree.iter("h1") if (text := tidy_line(str(element.text_content())))]
    if len(firsts) == 1:
        return firsts[0][:_MAX_TITLE]
    titles = (tidy_line(str(element.text_content())) for element in tree.iter("title"))
    return next((title[:_MAX_TITLE] for title in titles if title), None)


def _extracted(found: Standing, article: Extracted | None, hints: Hints) -> Extracted | Rejected:
    if not found.lines:
        return Rejected(rejected=Outcome.TOO_SHORT, detail="no visible line outside of menus, head and foot")
    text = "\n".join(found.lines)
    language, script = language_and_script(text)
    facts = article or Extracted(title=None, text=text)
    return replace(
        facts,
        title=facts.title or found.title or hints.title,
        text=text,
        deck=None,
        language=language,
        script=script,
        headings=found.headings,
        flags=("truncated",) if found.is_cut else (),
        removed=found.removed,
        url=None,
        derived=None,
        canonical_url=None,
        next_page=None,
    )
