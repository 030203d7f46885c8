"""Text as Markdown that shows the text and nothing else.

Knows CommonMark and GitHub's additions to it. Expects clean lines (``alerts.plain``).
"""

from __future__ import annotations

import re

__all__ = ["escape", "link", "paragraph", "strong"]

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
    return _BLOCK.sub(lambda found: found[0] + "\\", markdown)


def strong(text: str) -> str:
    """Return ``text`` in bold where its ends let the marks work: beside Chinese they do not next to punctuation."""
    escaped = escape(text)
    return f"**{escaped}**" if text[:1].isalnum() and text[-1:].isalnum() else escaped


def link(text: str, url: str | None) -> str:
    """Return a link that shows ``text``; ``url`` comes from ``alerts.plain.web_link`` (None: the text alone)."""
    return f"[{escape(text)}]({url})" if url else escape(text)
