"""Rows as Markdown with bold and links in which no text is markup, for services that disagree with CommonMark.

DingTalk and WeCom have no escapes: a mark that could be markup is shown by its full-width likeness, which is markup
nowhere and reads the same beside Chinese. Feishu has numeric entities.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from alerts.channels._chat import Kind, Row, Run

__all__ = ["as_entity", "full_width", "written_runs"]

_FULL_WIDTH = 0xFEE0  # from ASCII to the Halfwidth and Fullwidth Forms
_MARKUP = re.compile(
    r"[\\`*\[\]<>~]"
    r"|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])"
    r"|&(?=#?\w{1,32};)"
    r"|!$"  # before a link it would make a picture
)
_BLOCK = re.compile(r"^(\s*)([#=|]|[+-](?=[\s-]|$))|^(\s*\d{1,9})([.)])(?=\s|$)")

Disarm = Callable[[str], str]
"""What stands for a mark that could be markup."""


def full_width(mark: str) -> str:
    """Return the full-width likeness of an ASCII mark."""
    return chr(ord(mark) + _FULL_WIDTH)


def as_entity(mark: str) -> str:
    """Return a mark as a numeric entity of HTML."""
    return f"&#{ord(mark)};"


def written_runs(row: Row, disarm: Disarm) -> str:
    """Return the runs of a row; nothing in a heading is bold, for it is so as a whole."""
    is_heading = row.kind is Kind.HEADING
    written = "".join(_text(run, disarm, bold=run.strong and not is_heading) for run in row.runs)
    return written if is_heading else _BLOCK.sub(lambda found: _begun(found, disarm), written)


def _text(run: Run, disarm: Disarm, *, bold: bool) -> str:
    text = _MARKUP.sub(lambda found: disarm(found[0]), run.text)
    if run.link:
        return f"[{text}]({run.link})"
    return f"**{text}**" if bold and text.strip() == text else text


def _begun(found: re.Match[str], disarm: Disarm) -> str:
    """Keep a row from becoming a heading, a list, a table or a rule."""
    return f"{found[1] or ''}{found[3] or ''}{disarm(found[2] or found[4])}"
