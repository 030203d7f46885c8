"""Words that stand for a regulation, and English titles of untracked ones: 该法, 前者, ``the law``, the Example Act.

Works on a sentence whose tracked names are found. Knows no verbs, no dates.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from monitor.tag.stated_names import Name, is_oblique_english

__all__ = ["with_references"]

_LOOK_BACK = 8  # names before a word that may stand for one of them

_ONLY_MARKS = re.compile(
    r"(?:[\s,\"')]|\([^()]{0,40}\)|by (?:state )?(?:sens?\.|reps?\.|senator|assembly[a-z]+) [a-z.' -]{3,40})*"
)
_AMENDED_WORD = re.compile("修[订正改]|revised|amended|amendment|revision")
_REFERRING = re.compile(
    "修[订正改]决定(?=自|将|已|于|由|经|\\d)|(?:修[订正改]后的|新修[订正改]的)(?:法律|法规|办法|规定|条例|标准|法|条文)|"
    "(?:本|该|这部|这项|这一|此|上述)(?:法案|法规|法律|办法|规定|条例|标准|草案|指南|指引|决定|行政令|"
    "行政命令|方案|法|令|规范)"
    "|(?:^|(?<=[,。:\\s]))(?:新法|新规|全法|法案|草案|决定|条例|办法|规定|标准|指南|其)(?=自|将|已|于|正式|预计|今|明|同|由|经|\\d)"
)
# The words are sought from their first letter: a pattern that begins with an edge is tried at every character.
_REFERRING_ENGLISH = re.compile(
    r"t(?<=\bt)h(?:e|is) (?:new |landmark |final |draft |revised |amended )?(?:law|act|legislation|bill|regulation|"
    r"measures?|rules?|order|statute|standard|"
    r"provisions|directive|code|framework|policy|amendments?|revisions?)\b(?! (?:of|to)\b)|"
    r"[itw](?<=\b.)(?:(?<=i)t|(?<=t)hey|(?<=w)hich)\b"
    r"(?= (?:will|shall|took|takes?|came|comes?|enter|went|goes?|was|were|is|are|bec[ao]me|has|have|had|"
    r"passed|passes|cleared|died|lapsed|failed|received|applie[sd]))|i(?:(?<=adopted i)|(?<=approved i)|(?<=passed i)|"
    r"(?<=signed i)|(?<=published i)|(?<=vetoed i)|(?<=repealed i))t\b"
)
_ONE_OF_TWO = re.compile(
    r"[前后]者|t(?<=\bt)he (?:former|latter)\b(?= (?:has|have|had|was|were|is|will|shall|took|takes?|came|comes?|"
    r"entered|enters|applie[sd]|apply|became|becomes|since|from|on|in)\b|,)"
)
_NAME_ENGLISH = re.compile(
    r"\b(?!Public Law)(?:[A-Z][\w&.'’-]* (?:(?:of|and|for|on|in|the|to) ){0,2}){1,9}?"
    r"(?:Act|Regulations?|Directive|Bill|Law|Convention|Code of Practice|Framework|Measures|Provisions|Standard)\b"
    r"|\b(?:Executive Order|E\.?O\.?|SB|AB|HB|H\.R\.|S\.B\.|Directive|Regulation \(EU\)) ?\d[\dA-Z/-]*"
)
_BILL = re.compile(r"\bbill\b|^[sah]\.?[br]\.? ?\d")
_BOTH = re.compile("(?:二|两)者(?=均|都|将|同)")
_APPOSED = re.compile(r",? (?:(?:also )?known as |called |or )?(?:the )?[\"']?")
_NO_TITLE = re.compile(
    r"^(?:The|This|That|Its?) \w+$|"
    r"\b(?:Administration|Ministry|Bureau|Office|Agency|"
    r"Authority|Institute|Department|Commission|Committee) (?:of|for|on)\b"
)
_HEADS = (
    "办法",
    "规定",
    "条例",
    "标准",
    "草案",
    "指南",
    "指引",
    "决定",
    "规范",
    "方案",
    "行政令",
    "行政命令",
    "法",
    "令",
)


def with_references(
    letters: str, names: Sequence[Name], before: Sequence[Name], topic: str | None, *, original: str | None
) -> list[Name]:
    """Return the names of a sentence with the words that stand for one, in order.

    ``before`` are the names of the text before the sentence; ``topic`` is the only regulation that the article
    mentions. ``original`` is the sentence with its capitals, for an English one: its untracked titles are added.
    """
    found = list(names)
    if original is not None:
        titles = (match for match in _NAME_ENGLISH.finditer(original) if not _NO_TITLE.search(match[0]))
        _add(found, [_titled(letters, match, names) for match in titles])
    _add(found, _one_of_two(letters, found, before))
    _add(found, _both(letters, found, before))
    pattern = _REFERRING if original is None else _REFERRING_ENGLISH
    full = list(found)
    _add(found, [_reference(match, full, before, topic) for match in pattern.finditer(letters)])
    return found


def _one_of_two(letters: str, names: Sequence[Name], before: Sequence[Name]) -> list[Name]:
    """Return what 前者, 后者, ``the former`` and ``the latter`` stand for, in order, where two were named before."""
    found = []
    for match in _ONE_OF_TWO.finditer(letters):
        left = [*before[-_LOOK_BACK:], *(one for one in names if one.end <= match.start())]
        two = list({one.title: one for one in reversed(left) if not one.is_reference}.values())[:2]
        if len(two) == 2:
            meant = two[1 if match[0] in ("前者", "the former") else 0]
            word = Name(start=match.start(), end=match.end(), title=match[0], entity=meant.entity, is_reference=True)
            found.append(word)
    return found


def _both(letters: str, names: Sequence[Name], before: Sequence[Name]) -> list[Name]:
    """Return what 二者均 stands for: two names side by side, each in its half of the word."""
    found = []
    for match in _BOTH.finditer(letters):
        left = [*before[-_LOOK_BACK:], *(one for one in names if one.end <= match.start())]
        two = list({one.title: one for one in left if not one.is_reference}.values())[-2:]
        if len(two) == 2:
            middle = match.start() + 1
            for name, start, end in ((two[0], match.start(), middle), (two[1], middle, match.end())):
                found.append(Name(start=start, end=end, title=match[0], entity=name.entity, is_reference=True))
    return found


def _apposed(letters: str, end: int, names: Sequence[Name]) -> str | None:
    """Return what a number says once more: SB 149, the Utah Artificial Intelligence Policy Act."""
    name = next((one for one in names if one.start >= end), None)
    return name.entity if name and _APPOSED.fullmatch(letters, end, name.start) else None


def _add(found: list[Name], more: Iterable[Name]) -> None:
    """Put the names that overlap none of ``found``, which is ordered and stays so."""
    starts = [one.start for one in found]
    for name in more:
        at = bisect_left(starts, name.end)
        if not at or found[at - 1].end <= name.start:
            found.append(name)
    found.sort(key=lambda one: one.start)


def _titled(letters: str, match: re.Match[str], names: Sequence[Name]) -> Name:
    start, end = match.span()
    entity = _apposed(letters, end, names) if _BILL.search(letters[start:end]) else None
    is_oblique = is_oblique_english(letters, start)
    return Name(start=start, end=end, title=letters[start:end], entity=entity, is_oblique=is_oblique)


def _reference(match: re.Match[str], names: Sequence[Name], before: Sequence[Name], topic: str | None) -> Name:
    left = [*before[-_LOOK_BACK:], *names[: bisect_left([one.start for one in names], match.start())][-_LOOK_BACK:]]
    head = next((head for head in _HEADS if match[0].endswith(head)), "")
    is_han = bool(head) and match[0] not in ("法案", "新法", "全法")
    fitting = [one for one in left if one.title.endswith((head, "法案") if head == "法" else head)] if is_han else left
    if match[0].endswith(" bill"):
        fitting = [one for one in left if _BILL.search(one.title)] or fitting
    if match[0] in ("新规", "新法"):
        fitting = [one for one in left if one.is_amended or _AMENDED_WORD.search(one.title)] or fitting
    entity = fitting[-1].entity if fitting else topic
    if match[0] == "which" and fitting and not _ONLY_MARKS.fullmatch(match.string, fitting[-1].end, match.start()):
        entity = None
    return Name(
        start=match.start(),
        end=match.end(),
        title=match[0],
        entity=entity,
        is_reference=True,
        is_amended=_AMENDED_WORD.search(match[0]) is not None and not match[0].endswith("决定"),
    )
