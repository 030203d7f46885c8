"""What is asked of one text again and again while its names are judged in rounds: each question is answered once.

Reads the text through the rules of its neighbours; decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from monitor.tag.bearers import is_borne_here
from monitor.tag.said import said_of
from monitor.tag.segment import is_word

__all__ = ["Asked", "asked_of"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions about places ``(start, end)`` of one folded text.

    ``is_word``: is it a word of its own; ``is_borne``: does somebody or some thing bear the name; ``said``: what is
    said of it as of a program, where the third argument tells whether people bear such a name.
    """

    is_word: Callable[[int, int], bool]
    is_borne: Callable[[int, int], bool]
    said: Callable[[int, int, bool], tuple[str, int] | None]


def asked_of(letters: str) -> Asked:
    """Return the questions about a folded text."""

    @cache
    def said(start: int, stop: int, borne: bool) -> tuple[str, int] | None:
        return said_of(letters, start, stop, borne=borne)

    return Asked(cache(partial(is_word, letters)), cache(partial(is_borne_here, letters)), said)
