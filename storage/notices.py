"""What a page says of its own report: that it is withdrawn or corrected. The token of a hit begins with it."""

from __future__ import annotations

import re
from enum import StrEnum

__all__ = ["Notice", "notice_of_token", "token_of_notice"]

_WORD = re.compile(r"[a-z]+(?![0-9a-z])")


class Notice(StrEnum):
    """What is said of a report."""

    WITHDRAWAL = "withdrawal"
    CORRECTION = "correction"


_TOKENS = {Notice.WITHDRAWAL: "withdrawn", Notice.CORRECTION: "corrected"}
_NOTICES = {token: notice for notice, token in _TOKENS.items()}


def token_of_notice(notice: Notice, edition: str = "") -> str:
    """Return the token of a notice, with that of the text that came with it, if one did."""
    return f"{_TOKENS[notice]} {edition}".rstrip()


def notice_of_token(token: str) -> Notice | None:
    """Return what a hit with a token says of its report; None for tokens of other hits."""
    word = _WORD.match(token)
    return _NOTICES.get(word[0]) if word else None
