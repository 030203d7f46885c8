"""Text as Markdown that shows the text and nothing else.

Knows CommonMark and GitHub's additions to it. Expects clean lines (``alerts.plain``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

__all__ = ["escape", "link", "paragraph", "runs"]

_SPECIAL = re.compile(r"[\\`*_\[\]<>~|]")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_BLOCK = re.compile(r"^(\d{0,9})(?=[#+=.)-])|(?=#$)")
_AUTOLINK = re.compile(r"(?<=:)//|(?<=www)\.", re.IGNORECASE)


def escape(text: str) -> str:
    """Return ``text`` with every character escaped that could be markup: emphasis, links, HTML, bare addresses."""
    text = _SPECIAL.sub(lambda found: "\\" + found[0], text)
    text = _ENTITY.sub(r"\\&", text)
    return _AUTOLINK.sub(lambda found: "\\" + found[0].replace("//", "/\\/"), text)


def paragraph(markdown: str) -> str:
    """Return escaped text for the start of a block: it will not become a heading, a list or a rule."""
    return _BLOCK.sub(lambda found: found[0] + "\\", markdown.lstrip(" "))


def runs(pieces: Iterable[tuple[str, bool]]) -> str:
    """Return the pieces of a line, in bold those that are marked and whose ends let the marks work.

    Beside Chinese they do not next to punctuation. What is not in bold is escaped as one: an address may go over
    the border of two pieces.
    """
    spoken = ((text, is_marked and text[:1].isalnum() and text[-1:].isalnum()) for text, is_marked in pieces)
    together = ((is_strong, "".join(text for text, _ in group)) for is_strong, group in groupby(spoken, itemgetter(1)))
    return "".join(f"**{escape(text)}**" if is_strong else escape(text) for is_strong, text in together)


def link(text: str, url: str | None) -> str:
    """Return a link that shows ``text``; ``url`` comes from ``alerts.plain.web_link`` (None: the text alone)."""
    return f"[{escape(text)}]({url})" if url else escape(text)
