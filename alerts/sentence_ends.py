"""Where sentences and clauses end in Chinese and English.

Pure. A full stop behind an abbreviation (Sen., U.S., Inc.) ends a sentence only where the next word begins one, and
what somebody says ends none where it goes on with who says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["clause_ends", "sentence_ends"]

_END = re.compile(r"""[。！？!?…\n]+["'”’」』）)]*|\.["'”’)]*(?=\s|$)""")
_CLAUSE_END = re.compile(r"[，、；：,;:](?!\d)")
_CLOSING = "\"'”’"
_LONGEST = 10  # code points before a full stop and behind it that are looked at
_NAMED = re.compile(r"\b(?:Mrs?|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Sgt|Capt|Rev|Hon|St|vs)$")
_NUMBERED = re.compile(r"\b(?:Nos?|Art|Sec|Fig|Vol|pp?)$")
_SHORTENED = re.compile(r"\b(?:[A-Za-z]|Inc|Corp|Co|Ltd|Jan|Feb|Aug|Sept?|Oct|Nov|Dec|approx)$")
_OPENER = re.compile(
    r"\s+[\"'“‘(]*(?:The|An?|In|On|At|Its?|He|She|They|We|Th[ie]s|That|Those|But|And|For|As|If|When|While|With|By"
    r"|Under|After|Before|Since|However)\b"
)


def sentence_ends(text: str, low: int, high: int) -> Iterator[int]:
    """Yield the places between ``low`` and ``high``, ``high`` included, behind which a sentence begins."""
    for found in _END.finditer(text, low, min(high + 1, len(text))):  # one more: what follows a full stop decides
        if found.end() <= high and not _goes_on(text, found.start(), found.end()):
            yield found.end()


def clause_ends(text: str, low: int, high: int) -> Iterator[int]:
    """Yield the places between two others behind which a clause of a sentence begins."""
    return (found.end() for found in _CLAUSE_END.finditer(text, low, high))


def _goes_on(text: str, stop: int, end: int) -> bool:
    """Say whether a mark is in the middle of a sentence: after a shortened word, or what somebody says first."""
    before, behind = text[max(0, stop - _LONGEST) : stop], text[end : end + 2 * _LONGEST]
    follows = behind.lstrip()[:1]
    if not follows or "\n" in text[stop:end] or "\n" in behind[: len(behind) - len(behind.lstrip())]:
        return False
    if text[end - 1] in _CLOSING:
        return follows.islower()
    return text[stop] == "." and _is_shortened(before, behind, follows)


def _is_shortened(before: str, behind: str, follows: str) -> bool:
    """Say whether a full stop between two pieces of text belongs to a shortened word that ends no sentence."""
    if _NAMED.search(before) or (follows.isdigit() and _NUMBERED.search(before)):
        return True
    return _SHORTENED.search(before) is not None and _OPENER.match(behind) is None
