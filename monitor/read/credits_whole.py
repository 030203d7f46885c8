"""Read the credit lines that are told by their whole form, without a label."""

from __future__ import annotations

import re

from .credits_said import Credits, merge
from .names import DOUBLE_SURNAMES, SURNAMES, is_outlet, outlet, people

__all__ = ["read_whole"]

_SURNAME = "".join(sorted(SURNAMES))
_NAME = rf"(?:(?:{'|'.join(sorted(DOUBLE_SURNAMES))})[一-鿿]{{1,2}}|[{_SURNAME}][一-鿿]{{1,2}})"
_NAMES_FIRST = re.compile(
    rf"^(?:(?P<outlet>\S{{2,12}}(?:报|报道|网|社|刊|台|新闻|财经|"
    rf"周刊))\s+)?(?P<names>{_NAME}(?:[、 ]{_NAME}){{0,4}})\s*"
    r"(?:[/|丨\s]\s*[一-鿿]{0,4}(?:[、/][一-鿿]{2,4}){0,3}(?:综合|即时|现场|连线|外电|特稿|摄影)*报[道导]"
    r"|[/|丨]\s*(?:撰?文|图文|文图|编译|译|整理)|\s(?:编译|整理|撰文))$"
)
"""Whole lines in which the names come first: ``张三／综合报导``, ``张三/文``, ``某某报 张三 北京报道``."""
_NAME_AND_OUTLET = re.compile(rf"^(?P<names>{_NAME}(?:[、 ]{_NAME}){{0,3}})\s*[/|]\s*(?P<outlet>[一-鿿\w]{{3,10}})$")
_REPOST = re.compile(
    r"^(?:\S{1,6}注[:,]\s*)?(?:本文|文章|原文)\s*(?:转载?自|来源于|来源(?=微信|公众)|来自于?|首发于|出自)\s*:?\s*(?:(?:微信)?公众号)?\s*[:\"《]*\s*"
    r"(?P<source>[^\s\"》()，,。:]{2,20})[\"》]*(?:\s*\([^()]{0,40}\))?"
    r"(?P<clauses>(?:\s*[,;、]?\s*[^。,;]{2,40}){0,6}?)\s*。?$"
)
_CLAUSE = re.compile(
    r"\s*(?:(?:原文)?(?P<author>作者|撰文|采写|文)|(?P<editor>(?:责任)?编辑|责编|校对|审校|编译|翻译)|"
    r"(?P<skip>题图|头图|封面|图片|配图|原标题|原题|标题))(?:来自|来源)?\s*[:为/|]\s*(?P<names>.+)"
)
_LICENCE = re.compile("授权|转载|发布|编辑|整理|改编|版权|首发|刊载|有删[改减节]")
"""The sentence that introduces a repost: ``本文来自微信公众号“某某”（ID：x），作者：张三，经授权发布。``"""
_TITLED = re.compile(
    r"(?P<name>[A-Z][\w.'’\-]+(?: [A-Z][\w.'’\-]*){1,3}), (?:[A-Z][\w&/\- ]{0,40} )?"
    r"(?:[Rr]eporter|[Cc]orrespondent|[Ee]ditor|[Ww]riter|[Cc]olumnist|[Cc]ontributor|[Jj]ournalist)"
)
"""A name with its office, as English bylines have it without a label: ``Jane Doe, Senior Reporter``."""


def read_whole(line: str, folded: str) -> Credits | None:
    """Read the lines that are told by their whole form, without a label."""
    if found := _NAMES_FIRST.match(folded):
        named = _original(line, found, "outlet")
        return Credits(authors=people(_original(line, found, "names")), source=outlet(named) if named else None)
    if (found := _NAME_AND_OUTLET.match(folded)) and is_outlet(_original(line, found, "outlet")):
        return Credits(authors=people(_original(line, found, "names")), source=outlet(_original(line, found, "outlet")))
    if found := _REPOST.match(folded):
        source = outlet(_original(line, found, "source"))
        clauses = _clauses(line, folded, found.start("clauses"))
        return merge(Credits(source=source), clauses) if source and clauses else None
    if found := _TITLED.fullmatch(line):
        return Credits(authors=people(found["name"]))
    return None


def _clauses(line: str, folded: str, start: int) -> Credits | None:
    """Return whom the clauses behind the source of a repost name; None if one of them is no clause of a credit."""
    credit = Credits()
    for part in re.finditer(r"[^,;。]+", folded[start:]):
        found = _CLAUSE.fullmatch(part[0])
        if found and not found["skip"]:
            names = people(line[start + part.start() + found.start("names") : start + part.end()])
            credit = merge(credit, Credits(authors=names) if found["author"] else Credits(editors=names))
        elif not found and part[0].strip() and not _LICENCE.search(part[0]):
            return None
    return credit


def _original(line: str, found: re.Match[str], group: str) -> str:
    """Return a group of a match in a folded line as the line itself writes it."""
    start, end = found.span(group)
    return line[start:end] if start >= 0 else ""
