"""Dates as texts write them: Chinese, Taiwan's years of the Republic, English, and 今天, 明年, today.

Finds them in a folded piece of text. Does not know what a date is of, nor the year of one without
(``stated_years``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from enum import Enum

__all__ = ["Lean", "WrittenDate", "find_dates"]


class Lean(Enum):
    """Where a date without a year may lie, seen from the day of publication."""

    PAST = "past"
    NEAREST = "nearest"
    FUTURE = "future"


_REPUBLIC = 1911  # year 1 of the Republic of China is 1912
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS = {digit: number for number, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}

_CHINESE = re.compile(
    r"""(?=[\d民今明去本同次翌当上下这周星元即昨〇零○一二三四五六七八九十])(?:
    (?P<year_day>(?:(?P<ny>(?:19|20)\d\d)年|(?P<nsaid>[今明去本次翌])年)?元旦)
    |(?P<at_once>即日起?(?=起?(?:正式|全面|开始)*(?:施行|实施|生效|适用)))
    |(?P<weeks>[上本这下])?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![)至到和、起]|\ ?\()(?<!\(周.)
    |(?:民国\ ?(?P<republic>\d{2,3})\ ?年|(?<!\d)(?P<bare>1[01]\d)\ ?年(?=\ ?\d)
        |(?<!\d)(?P<y>(?:19|20)\d\d)\ ?年(?!第|版|度|工作|立法)
        |(?P<said>[今明去本同次翌当]年)|(?P<month_said>[本上下]个?月|当月|同月))
      (?:底|末|初)?\ ?(?:(?P<m>\d{1,2})\ ?月份?(?:\ ?(?P<d>\d{1,2})\ ?[日号])?
        |(?P<mh>[一二三四五六七八九十]{1,2})月份?(?:(?P<dh>[一二三四五六七八九十]{1,3})[日号])?
        |(?P<d_said>\d{1,2})\ ?[日号](?=\D|$))?
    |(?<![\d.])(?P<m2>\d{1,2})\ ?月份?(?:\ ?(?P<d2>\d{1,2})\ ?[日号])?
    |(?<![\d.年月第〕\]-])(?P<d3>\d{1,2})\ ?日(?!内|内瓦|常|本|元|均|期)
    |
        (?P<cy>[〇零○一二三四五六七八九]{4})年(?:(?P<cm>[一二三四五六七八九十]{1,2})月(?:(?P<cd>[一二三四五六七八九十]{1,3})日)?)?
    |(?<!\d)(?P<iy>20\d\d)(?P<sep>[-./])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?!\d)
    |[今昨明][日天]?\ ?\((?P<m3>\d{1,2}|[一二三四五六七八九十]{1,2})月
        (?P<d4>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]\)
    |(?P<hm>[一二三四五六七八九十]{1,2})月(?P<hd>[一二三四五六七八九十]{1,3})日
    |(?P<near>[今昨明])\ ?\((?P<nd>\d{1,2})\)\ ?日
    |(?P<word>[今昨明](?:日|天|(?=起|公布|发布|通过|施行|实施|生效|上路|三读|印发|联合|正式))))""",
    re.VERBOSE,
)
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?"
)
_MONTH += r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
_ENGLISH = re.compile(
    rf"""(?<![a-z\d])(?:(?P<m>{_MONTH})\ (?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\ (?P<y>(?:19|20)\d\d)\b)?
    |(?P<y2>(?:19|20)\d\d)\b)
    |(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\ of)?\ (?P<m2>{_MONTH})(?:,?\ (?P<y3>(?:19|20)\d\d)\b)?
    |(?P<iy>20\d\d)-(?P<im>\d{{1,2}})-(?P<id>\d{{1,2}})(?!\d)
    |(?:in|since|from|during|until|by|of)\ (?:early\ |late\ |mid-)?(?P<y4>(?:19|20)\d\d)\b(?![-/])
    |(?:in|since|until|by|of)\ (?:early\ |late\ |mid-)?(?P<m5>{_MONTH})(?!\.?\ \d)
    |(?P<word>today|yesterday|tomorrow)\b(?!,?\ (?:on\ )?(?:\d{{1,2}}\ {_MONTH}|{_MONTH}\ \d))
    |(?:(?P<weeks>last|this|next|the\ (?:previous|following))\ )?
        (?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day\b(?!,?\ (?:{_MONTH}|\d))
    |(?P<turn>last|this|next)\ (?P<m4>{_MONTH})(?!\.?\ \d))""",
    re.VERBOSE,
)
_DATELINE = re.compile(r"\s?(?:[电讯](?![子话信视力动商影])|消息|报道)")  # 新华社北京9月30日电
_OF_PAGE = re.compile(r"(?:(?:发布|更新|刊发|发稿|发表)(?:日期|时间)|\b(?:published|updated|posted)(?: on)?): ?$")
_LABEL_REACH = 14
_WORDS = {"今": 0, "昨": -1, "明": 1, "today": 0, "yesterday": -1, "tomorrow": 1}
_WEEKDAYS = {name: at for at, name in enumerate(("mon", "tues", "wednes", "thurs", "fri", "satur", "sun"))}
_WEEKDAYS |= {name: at for at, name in enumerate("一二三四五六日")} | {"天": 6}
_WEEKS = {"last": -1, "上": -1, "next": 1, "下": 1, "本": 0, "这": 0}
_TURNS = {"last": Lean.PAST, "this": Lean.NEAREST, "next": Lean.FUTURE}
_YEARS = {"今": 0, "本": 0, "明": 1, "去": -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A date at ``start`` to ``end``, as far as it is written.

    ``years`` counts from the year of publication (明年: 1), ``months`` from its month, ``days`` from its day;
    ``follows`` says that the year is that of the date before, or the next (同年: 0, 次年: 1). ``weekday`` is 0 for
    Monday, in the week ``weeks`` from that of publication if it is told. ``turn`` is where a month lies (next January).
    """

    start: int
    end: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    years: int | None = None
    months: int | None = None
    days: int | None = None
    follows: int | None = None
    weekday: int | None = None
    weeks: int | None = None
    turn: Lean | None = None


def find_dates(letters: str, *, english: bool) -> list[WrittenDate]:
    """Return the dates of a folded piece of text in order; what no calendar holds is none, nor what dates the page."""
    pattern, read = (_ENGLISH, _read_english) if english else (_CHINESE, _read_chinese)
    found = (read(match) for match in pattern.finditer(letters))
    return [one for one in found if one and _is_possible(one) and not _is_of_page(letters, one)]


def _is_of_page(letters: str, found: WrittenDate) -> bool:
    """Say whether a date is that of the report: of its dateline, 9月30日电, or behind 发布时间."""
    if _DATELINE.match(letters, found.end):
        return True
    return ":" in letters and _OF_PAGE.search(letters, max(0, found.start - _LABEL_REACH), found.start) is not None


def _read_english(match: re.Match[str]) -> WrittenDate | None:
    part = match.groupdict()
    start, end = match.span()
    if part["word"]:
        return WrittenDate(start=start, end=end, days=_WORDS[part["word"]])
    if part["weekday"]:
        return _weekday(match)
    if part["m5"]:
        return WrittenDate(start=match.start("m5"), end=end, month=_MONTHS.index(part["m5"][:3]) + 1)
    if part["turn"]:
        month = _MONTHS.index(part["m4"][:3]) + 1
        return WrittenDate(start=start, end=end, month=month, turn=_TURNS[part["turn"]])
    if part["y4"]:
        return WrittenDate(start=match.start("y4"), end=end, year=int(part["y4"]))
    if part["iy"]:
        return WrittenDate(start=start, end=end, year=int(part["iy"]), month=int(part["im"]), day=int(part["id"]))
    month = _MONTHS.index((part["m"] or part["m2"])[:3]) + 1
    year, day = part["y"] or part["y2"] or part["y3"], part["d"] or part["d2"]
    return WrittenDate(start=start, end=end, year=_number(year), month=month, day=_number(day))


def _read_chinese(match: re.Match[str]) -> WrittenDate | None:
    part = match.groupdict()
    start, end = match.span()
    if part["word"]:
        return WrittenDate(start=start, end=end, days=_WORDS[part["word"][0]])
    if part["at_once"]:
        return WrittenDate(start=start, end=end, days=0)
    if part["weekday"]:
        return _weekday(match)
    if part["year_day"]:
        new_year = WrittenDate(start=start, end=end, year=_number(part["ny"]), month=1, day=1)
        return _said(new_year, part["nsaid"]) if part["nsaid"] else new_year
    if part["iy"]:
        return WrittenDate(start=start, end=end, year=int(part["iy"]), month=int(part["im"]), day=int(part["id"]))
    if part["near"]:
        return WrittenDate(start=start, end=end, months=0, day=int(part["nd"]))
    if part["cy"]:
        year = int("".join(str(_DIGITS[digit]) for digit in part["cy"]))
        return WrittenDate(start=start, end=end, year=year, month=_spelled(part["cm"]), day=_spelled(part["cd"]))
    if part["hm"] or part["m3"]:
        month, day = _counted(part["hm"] or part["m3"]), _counted(part["hd"] or part["d4"])
        return WrittenDate(start=start, end=end, month=month, day=day)
    found = WrittenDate(
        start=start,
        end=end,
        month=_number(part["m"] or part["m2"]) or _spelled(part["mh"]),
        day=_number(part["d"] or part["d2"] or part["d3"] or part["d_said"]) or _spelled(part["dh"]),
    )
    republic = part["republic"] or part["bare"]
    if republic or part["y"]:
        return replace(found, year=int(republic) + _REPUBLIC if republic else int(part["y"]))
    if part["month_said"]:
        return replace(found, months={"上": -1, "下": 1}.get(part["month_said"][0], 0))
    if part["said"]:
        return _said(found, part["said"][0])
    return replace(found, months=0) if part["d3"] else found


def _weekday(match: re.Match[str]) -> WrittenDate:
    start, end = match.span()
    return WrittenDate(
        start=start, end=end, weekday=_WEEKDAYS[match["weekday"]], weeks=_WEEKS.get(match["weeks"] or "")
    )


def _said(found: WrittenDate, word: str) -> WrittenDate:
    if word in _YEARS:
        return replace(found, years=_YEARS[word])
    return replace(found, follows=1 if word in "次翌" else 0)


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _counted(words: str) -> int | None:
    return int(words) if words.isdecimal() else _spelled(words)


def _spelled(words: str | None) -> int | None:
    """Return the number that Chinese numerals below a hundred spell."""
    if not words:
        return None
    tens, ten, ones = words.rpartition("十")
    return (10 * (_DIGITS.get(tens, 1) if tens else 1) if ten else 0) + (_DIGITS.get(ones, 0) if ones else 0)


def _is_possible(found: WrittenDate) -> bool:
    if found.month is not None and not 1 <= found.month <= 12:
        return False
    return found.day is None or 1 <= found.day <= (31 if found.month is None else monthrange(2000, found.month)[1])
