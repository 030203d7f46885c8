"""What a flash (快讯) says: a brief item without the credit, the dateline and the heading of the outlet that prints it.

In a brief item these are a third of the letters, and glued to its only sentence. Takes off what stands at the two ends
and in lines of its own; the words between are never touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .credits import read_credits
from .furniture import furniture_rule
from .normalize import prepare, squeeze

__all__ = ["LONGEST_FLASH", "Flash", "flash_of"]

LONGEST_FLASH = 240
"""Letters and digits of a text that is read as a flash, its credits among them."""

_LONGEST_LINE = 120  # characters of a credit line
_BOXED = re.compile(
    r"(?:[^>\n。]{1,30}>){2}|\W*(?:listen to this|copyright|[^.!?\n]{2,60} contributed (?:reporting )?to this)\b",
    re.IGNORECASE,
)
_ROUNDS = 4  # a heading, a dateline and a reporter may follow each other
_LEAST = 10  # letters that must be left
_DATE = r"(?:\d{4}\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日\s*"
# 7月13日电, but not 7月13日电话会议; 13日讯, but not 13日讯问.
_SENT = r"(?:专?电|快?讯|消息|报道|获悉)(?=[\s,:(【\[]|$)"
_WHO = r"[^。,;:!?\n【】()\[\]]"
_BEHIND = r"(?:\s*\([^()\n]{0,30}\))?[\s,:]*"
_LEADS = tuple(
    re.compile(form)
    for form in (
        r"\s*[【\[](?P<heading>[^】\]\n]{1,40})[】\]]\s*",
        r"\s*(?:快讯|突发|最新消息|最新|滚动|breaking(?: news)?|news alert|news flash|flash|just in)\s*[:!|丨]\s*",
        r"\s*(?:\w{0,6}[报社网台刊]|彭博社?|路透社?|央视新闻|reuters|bloomberg)\s*:\s*",
        rf"\s*(?:据)?{_WHO}{{0,24}}?{_DATE}(?:{_SENT}{_BEHIND}|[|丨–—-]+\s*)",
        rf"\s*(?:据)?(?!{_WHO}{{0,18}}(?:(?<!e)公司|电网|集团))(?:{_WHO}{{1,12}}?(?:[报社网台刊]|新闻|财经|app)|金十数据|e公司)"
        rf"{_WHO}{{0,6}}?{_SENT}{_BEHIND}",
        r"\s*\w{2,6}快讯[\s,:]+",
        rf"\s*\w{{0,8}}记者{_WHO}{{2,20}}报道[\s,:]+",
        r"\s*\([^()\n]{0,10}(?:记者|编辑|通讯员)[^()\n]{0,24}\)\s*",
        rf"\s*(?:本[报网刊台]){_SENT}{_BEHIND}",
        r"\s*(?:[a-z][\w.,'/ -]{0,60})?\([a-z][a-z. ]{1,24}\)\s*[-–—]+\s*",
        rf"\s*{_DATE},\s*",
    )
)
_COLUMN = re.compile(r".{0,12}(?:快讯|电报|[讯报社网刊台]|新闻|财经|突发|最新|独家|要闻|滚动)")
_LABELS = r"(?:责任编辑|责编|编辑|校对|来源|文章来源|稿源|消息来源|作者|记者|source|editor)"
_TAILS = tuple(
    re.compile(form)
    for form in (
        r"[\s。.]*[(\[【](?:完|全文完|end|[^()\[\]【】\n]{0,14}(?:社|报|网|台|新闻|财经|通讯|杂志|app|客户端)"
        r"|(?:[^()\[\]【】\n]{0,10})?(?:记者|编辑|责编|来源|作者|校对)[^()\[\]【】\n]{0,24}"
        r"|(?:reporting|writing|editing) by[^()\n]{2,120}|reuters|ap|afp|bloomberg)\s*[)\]】]\W*$",
        r"(?<=[。.!?)\]】])\s*[(【\[][^()【】\[\]\d\n]{1,16}[)】\]]\W*$",
        rf"(?:(?<=[。.!?!)\s])|^){_LABELS}\s*:\s*[^。,;:\n]{{1,24}}\W*$",
        r"\s*(?:[-–—]{1,2}\s*(?:reuters|ap|afp|bloomberg|[^\W\d]{2,6}[社报网台])|(?:©|\(c\)|copyright)[^\n。]{0,40})\W*$",
        r"\s*(?:阅读原文|查看原文|点击查看更多|查看更多|read more)\W*$",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """A flash without its credits: ``text`` as prepared, ``said`` its letters and digits.

    ``heading`` are the letters of what stood before it in brackets, ``day`` the month and the day of its dateline.
    """

    text: str
    said: str
    heading: str
    day: tuple[int, int] | None


def flash_of(text: str) -> Flash:
    """Return what a brief text says; a text without credits is left as it is."""
    told = "\n".join(line for line in text.split("\n") if not _is_credit(line))
    rest = prepare(told if _is_enough(told) else text).strip()
    heading, day = "", None
    for _ in range(_ROUNDS):
        lead = next(filter(None, (form.match(rest) for form in _LEADS)), None)
        if lead is None or not _is_enough(rest[lead.end() :]):
            break
        found = lead.groupdict()
        heading += _heading(found.get("heading") or "")
        day = day or _day(found)
        rest = rest[lead.end() :]
    rest = _without_tails(rest)
    return Flash(text=rest, said=squeeze(rest), heading=heading, day=day)


def _heading(found: str) -> str:
    """Return the letters of a heading, none of one that names the outlet or the column."""
    return "" if _COLUMN.fullmatch(found.strip()) else squeeze(found)


def _without_tails(rest: str) -> str:
    for _ in range(_ROUNDS):
        tail = next(filter(None, (form.search(rest) for form in _TAILS)), None)
        if tail is None or not _is_enough(rest[: tail.start()]):
            break
        rest = rest[: tail.start()]
    return rest


def _is_credit(line: str) -> bool:
    if len(line) > _LONGEST_LINE:
        return False
    is_furniture = furniture_rule(line, "head") or furniture_rule(line, "tail") or _BOXED.match(line)
    return bool(is_furniture) or read_credits(line, boxed=True) is not None


def _is_enough(rest: str) -> bool:
    return sum(map(str.isalnum, rest)) >= _LEAST


def _day(found: dict[str, str | None]) -> tuple[int, int] | None:
    month, day = found.get("month"), found.get("day")
    return (int(month), int(day)) if month and day else None
