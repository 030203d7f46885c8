"""The parts of a text that say who printed it and when: credit lines, counters, datelines, bylines.

Every outlet that prints a report writes its own, so they tell two printings apart and never two reports. What a credit
line is, is known to ``monitor.read``; this file adds the stretches at the start of running text.
"""

from __future__ import annotations

import re

from monitor.read.credits import read_credits
from monitor.read.furniture import furniture_rule

__all__ = ["in_credits", "is_of_one_printing", "without_imprint"]

_LONGEST_LINE = 120
_EDGE_LINES = 4  # non-empty lines at either end among which credits stand
_DATE = r"(?:\d{4}\s*年\s*)?(?:\d{1,2}\s*月\s*)?\d{1,2}\s*日\s*"
# 7月13日电, but not 7月13日电话会议; 13日讯, but not 13日讯问.
_SENT = r"(?:电(?![话视影力子商网池器梯站脑报台路流压动信气源缆竞价量])|讯(?![问息号飞])|消息|报道)"
_DATELINE = re.compile(rf"{_DATE}{_SENT}")
_WIRE = re.compile(r"[a-z]{3,9}\.?\s+\d{1,2}(?:,\s*\d{4})?\s*\([a-z][a-z .]{1,24}\)\s*[-–—]", re.IGNORECASE)
_PASSING = re.compile(
    r"阅读|浏览|点击|播放|评论|跟贴|点赞|编辑|责编|icp|公网安备|\d:\d\d|views?\b|comments?\b", re.IGNORECASE
)
_REACH = 24  # characters before a number that its dateline may begin
_LEAD = re.compile(
    rf"\s*(?:[【\[(《]?[^。，,；：:！？\n]{{0,24}}?(?:{_DATE})?{_SENT}|【[^】\n]{{1,20}}[报网社刊台讯]】)"
    r"(?:\s*[(（【\[][^)）】\]\n]{0,30}[)）】\]])?"
)
_WIRE_LEAD = re.compile(r"\s*(?:[A-Z][\w.,'/ -]{0,60})?\([A-Z][A-Za-z. ]{1,24}\)\s*[-–—]+")


def in_credits(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` stands in a line that is nothing but credits, counters or furniture."""
    return _is_credit(_line_of(text, start, end))


def is_of_one_printing(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` is what no two printings share.

    That is the date of a dateline (北京7月13日电), and all in a credit line of counters, editors or clock times.
    """
    line = _line_of(text, start, end)
    if _PASSING.search(line) and _is_credit(line):
        return True
    reach = max(text.rfind("\n", max(0, start - _REACH), start) + 1, start - _REACH, 0)
    window = text[reach : end + _REACH]
    found = (match for form in (_DATELINE, _WIRE) for match in form.finditer(window))
    return any(match.start() <= start - reach and end - reach <= match.end() for match in found)


def _line_of(text: str, start: int, end: int) -> str:
    """Return the line of ``text[start:end]``, or more than the longest credit line of it."""
    before = text[max(0, start - _LONGEST_LINE) : start].rpartition("\n")[2]
    after = text[end : end + _LONGEST_LINE].partition("\n")[0]
    return f"{before}{text[start:end]}{after}"


def without_imprint(text: str) -> str:
    """Return ``text`` without the credit lines at its ends and the datelines that its first lines open with."""
    lines = [line for line in text.split("\n") if line.strip()]
    end = max(len(lines) - _EDGE_LINES, _EDGE_LINES)
    head = [_without_lead(line) for line in lines[:_EDGE_LINES] if not _is_credit(line, boxed=True)]
    tail = [line for line in lines[end:] if not _is_credit(line, boxed=True)]
    return "\n".join([*head, *lines[_EDGE_LINES:end], *tail])


def _without_lead(line: str) -> str:
    lead = _LEAD.match(line) or _WIRE_LEAD.match(line)
    return line[lead.end() :] if lead else line


def _is_credit(line: str, *, boxed: bool = False) -> bool:
    """Tell whether a whole line is credits or furniture; ``boxed`` lines stand where pages keep their byline."""
    if len(line) > _LONGEST_LINE:
        return False
    return read_credits(line, boxed=boxed) is not None or furniture_rule(line, "tail") is not None
