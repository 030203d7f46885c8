"""The parts of a text that say who printed it and when: credit lines, counters, datelines, bylines.

Every outlet that prints a report writes its own, so they tell two printings apart and never two reports. What a credit
line is, is known to ``monitor.read``; this file adds the stretches at the start of running text.
"""

from __future__ import annotations

import re

from monitor.dedupe.counters import is_counter
from monitor.read.credits import read_credits
from monitor.read.furniture import furniture_rule

__all__ = ["is_of_one_printing", "without_imprint", "without_lead"]

_LONGEST_LINE = 120
_LONGEST_NOTICE = 160  # Copyright 2025 ... This material may not be published, ...
_EDGE_LINES = 4  # non-empty lines at either end among which credits stand
_DATE = r"(?:\d{4}\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日\s*"
# 7月13日电, but not 7月13日电话会议; 13日讯, but not 13日讯问.
_SENT = r"(?:电(?![话视影力子商网池器梯站脑报台路流压动信气源缆竞价量])|讯(?![问息号飞])|消息|报道)"
_DATELINE = re.compile(rf"{_DATE}{_SENT}")
_WIRE = re.compile(r"[a-z]{3,9}\.?\s+\d{1,2}(?:,\s*\d{4})?\s*\([a-z][a-z .]{1,24}\)\s*[-–—]", re.IGNORECASE)
_FOOT_LINE = 80  # characters
_FOOT = 400
_FACT = re.compile(
    r"[^\d:]{0,10}(?:截[止至]|施行|生效|实施|失效|废止|有效期|期限|金额|罚款|罚金|价格|售价|费用|票价|地点|名额|人数|开庭|会议时间)"
    r"[^\d:]{0,6}:"
)
"""A label of what a notice is about, in a line of its own."""
_PROSE = re.compile(r"[。！？；，]|,(?!\d)|[.!?][\"')\]]*(?:\s|$)")
_SENTENCE_END = re.compile(r"[。！？；]|[.!?][\"')\]]*(?:\s*$|\s+[A-Z])")
_CLOCK = re.compile(r"\d\s?:\s?\d\d")
_SIGNED_ON = re.compile(r"\s*(?:\d{4}|二[〇零]\w\w)年\w{1,3}月\w{1,3}日\s*")  # 2023年4月3日: how a notice ends
_REACH = 24  # characters before a number that its dateline may begin
_LEAD = re.compile(
    rf"\s*(?:[【\[(《]?[^。，,；：:！？\n]{{0,24}}?(?:{_DATE})?{_SENT}|【[^】\n]{{1,20}}[报网社刊台讯]】)"
    r"(?:\s*[(（【\[][^)）】\]\n]{0,30}[)）】\]])?"
)
_SIGNED = re.compile(r"[社网台刊日据]|报(?!道)|记者(?!会)|综合|消息|【")  # who sends or when: no 华电 of 华电国际
_PARTICLE = r"(?:van|von|der|den|de|del|la|le|di|da|du|al|el|bin|[A-Z]\.)"
_PERSON = rf"[A-Z][\w'’.-]+(?: {_PARTICLE}(?= ))*[ -](?:al-|el-|O['’])?[A-Z][\w'’-]+"
_BYLINE = re.compile(
    rf"\s*(?:By {_PERSON}(?:(?:,| and|, and) (?:{_PERSON})){{0,3}}(?=\s+[A-Z\d\"“'‘]|\s*$)"
    rf"|(?:[A-Z][\w.&'’-]*\s){{0,5}}(?:reporter|correspondent|staff writer)s? {_PERSON}"
    r" in [A-Z][\w .'’-]{1,30}?\s?[—–-]+)"
)
_ENGLISH_CREDIT = re.compile(
    r"\W*(?:listen to (?:this )?(?:article|story|report)\b|(?:copyright|©|\(c\))\W*(?:19|20)\d\d\b"
    r"|(?:additional |extra )?(?:reporting|editing|writing) by\b|our standards:|all rights reserved"
    r"|[^.!?\n]{2,60} contributed (?:reporting )?to this (?:report|article|story)\b"
    r"|\d[\d,.]*k? (?:shares|comments|views|likes)\b)",
    re.IGNORECASE,
)
_WIRE_LEAD = re.compile(r"\s*(?:[A-Z][\w.,'/ -]{0,60})?\([A-Z][A-Za-z. ]{1,24}\)\s*[-–—]+")


def is_of_one_printing(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` stands where no two printings of a report have the same figures.

    That is a line that is nothing but credits, counters or furniture; a line with a time of day that is no sentence;
    one of the last short lines that are none (prices, counters); and the date of a dateline (北京7月13日电).
    """
    line = _line_of(text, start, end)
    return (
        _is_credit(line)
        or is_counter(line.strip())
        or (_CLOCK.search(line) is not None and len(line) <= _LONGEST_LINE and not _SENTENCE_END.search(line))
        or _is_foot(text, start, end, line)
        or _is_in_dateline(text, start, end)
    )


def _is_foot(text: str, start: int, end: int, line: str) -> bool:
    if (
        _FACT.match(line)
        or len(text) - end >= _FOOT
        or text.find("\n", 0, start) < 0
        or text[end:].strip().count("\n") >= _EDGE_LINES
    ):
        return False
    return len(line) <= _FOOT_LINE and not _PROSE.search(line) and not _SIGNED_ON.fullmatch(line)


def _is_in_dateline(text: str, start: int, end: int) -> bool:
    reach = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    window = text[reach : end + _REACH]
    forms = [form for sign, form in (("日", _DATELINE), ("(", _WIRE)) if sign in window]
    found = (match for form in forms for match in form.finditer(window))
    return any(match.start() <= start - reach and end - reach <= match.end() for match in found)


def _line_of(text: str, start: int, end: int) -> str:
    """Return the line of ``text[start:end]``, or more than the longest credit line of it."""
    before = text[max(0, start - _LONGEST_NOTICE) : start].rpartition("\n")[2]
    after = text[end : end + _LONGEST_NOTICE].partition("\n")[0]
    return f"{before}{text[start:end]}{after}"


def without_imprint(text: str) -> str:
    """Return ``text`` without the credit lines at its ends and the datelines that its first lines open with."""
    lines = [line for line in text.split("\n") if line.strip()]
    end = max(len(lines) - _EDGE_LINES, _EDGE_LINES)
    head = [without_lead(line) for line in lines[:_EDGE_LINES] if not _is_credit(line, boxed=True)]
    tail = [line for line in lines[end:] if not _is_credit(line, boxed=True)]
    return "\n".join([*head, *lines[_EDGE_LINES:end], *tail])


def without_lead(line: str) -> str:
    """Return a line without the dateline or the byline that it opens with."""
    lead = _LEAD.match(line)
    if lead is None or not _SIGNED.search(lead[0]):
        lead = _WIRE_LEAD.match(line) or _BYLINE.match(line)
    return line[lead.end() :] if lead else line


def _is_credit(line: str, *, boxed: bool = False) -> bool:
    """Tell whether a whole line is credits or furniture; ``boxed`` lines stand where pages keep their byline."""
    if len(line) <= _LONGEST_NOTICE and _ENGLISH_CREDIT.match(line):
        return True
    return len(line) <= _LONGEST_LINE and (
        read_credits(line, boxed=boxed) is not None or furniture_rule(line, "tail") is not None
    )
