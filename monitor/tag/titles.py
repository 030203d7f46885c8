"""Titles in book marks, nested ones too: 《关于修改〈网络安全法〉的决定》.

Finds them in a folded text; does not know which are tracked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["MAX_TITLE", "Title", "find_titles", "is_field_of_law", "is_law_in_english", "is_law_in_general"]

_MARK = re.compile("[《》〈〉]")
MAX_TITLE = 150
"""Characters of a title with its marks, at most."""
_LAW_WORD = re.compile(
    "[律治庭宝医盲]|规(?![定范划避制])|制(?![定订约裁])|学(?!习)|务(?![必实求须])|官(?!方)|院(?![方长系校士])|师(?!傅)|"
    "定(?=代表|义务|责任|职责|程序)"
)

_OF_LAWYERS = re.compile(
    r" (?:practices?|firms?|professors?|schools?|courses?|clinics?|journals?|experts?|scholars?|specialists?|"
    r"conferences?|degrees?|students?|groups?|teams?|blogs?|newsletters?|podcasts?|and policy|and ethics)\b"
)
_FIELD = re.compile(
    r"\b(?:professors?|experts?|scholars?|specialists?|lecturers?|courses?|seminars?|degrees?|lectures?|teaches|taught|"
    r"chair|practices?|specializ\w+|specialis\w+) (?:(?:of|in|on) )?(?:[A-Z][a-z]+ ){0,2}$"
)
_ONE_LAW = re.compile(
    r"(?:\b(?:[Tt]he|[Ii]ts|[Tt]heir|[Tt]his|[Tt]hat|[Aa]n?|[Oo]ur|[Nn]ew|[Ff]irst|[Dd]raft)|[A-Za-z]'s?) "
    r"(?:[\w-]+ ){0,3}[\"']?$"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title: ``start`` and ``end`` with its marks, ``inner_start`` and ``inner_end`` without."""

    start: int
    end: int

    @property
    def inner_start(self) -> int:
        """Return the offset of the first character of the title."""
        return self.start + 1

    @property
    def inner_end(self) -> int:
        """Return the offset behind the last character of the title."""
        return self.end - 1


def is_law_in_general(letters: str, end: int) -> bool:
    """Say whether 法 right before ``end`` begins another word: AI法规, 数据安全法律, AI法官; in 法规定 it does not."""
    return letters[end - 1 : end] == "法" and _LAW_WORD.match(letters, end) is not None


def is_law_in_english(letters: str, start: int, end: int) -> bool:
    """Say whether ``law`` in small letters before ``end`` is a field (she teaches AI law) and not some act."""
    if not letters.endswith(" law", start, end):
        return False
    return _OF_LAWYERS.match(letters, end) is not None or not _ONE_LAW.search(letters[max(0, start - 40) : start])


def is_field_of_law(letters: str, start: int, end: int) -> bool:
    """Say whether ``law`` in small letters before ``end`` is a field, whoever's: a professor of Korean AI law."""
    if not letters.endswith(" law", start, end):
        return False
    return _OF_LAWYERS.match(letters, end) is not None or _FIELD.search(letters[max(0, start - 40) : start]) is not None


def find_titles(letters: str) -> list[Title]:
    """Return the titles of a folded text, ordered by start; one left open is none."""
    if "》" not in letters and "〉" not in letters:
        return []
    titles: list[Title] = []
    opened: list[int] = []
    for mark in _MARK.finditer(letters):
        if mark[0] in "《〈":
            opened.append(mark.start())
        elif opened:
            start = opened.pop()
            if mark.end() - start <= MAX_TITLE:
                titles.append(Title(start, mark.end()))
    return sorted(titles, key=lambda title: title.start)
