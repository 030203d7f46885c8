"""Dates as texts write them: Chinese, Taiwan's years of the Republic, English, and 今天, 明年, today.

Finds them in a folded piece of text and completes a missing year. Does not know what a date is of.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

__all__ = ["Lean", "WrittenDate", "completed", "find_dates"]


class Lean(Enum):
    """Where a date without a year may lie, seen from the day of publication."""

    PAST = "past"
    NEAREST = "nearest"
    FUTURE = "future"


_REPUBLIC = 1911  # year 1 of the Republic of China is 1912
_FAR_DAYS = 183  # of the years a date without one may have, the nearest to the day of publication
_LATE_DAYS = 7  # a text may be dated some days before what it tells of: zones, and wrong clocks
_NEWS_DAYS = 10  # days before publication that are told without a year beside older dates with one
_YEAR_REACH = 120  # characters between a date without a year and the one that lends it its own
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DIGITS = {digit: number for number, digit in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}

_CHINESE = re.compile(
    r"""(?=[\d民今明去本同次翌当上下这周星元即昨〇零○一二三四五六七八九])(?:
    (?P<year_day>(?:(?P<ny>(?:19|20)\d\d)年|(?P<nsaid>[今明去本次翌])年)?元旦)
    |(?P<at_once>即日起?(?=起?(?:正式|全面|开始)*(?:施行|实施|生效)))
    |(?P<weeks>[上本这下])?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![)至到和、起]|\ ?\()(?<!\(周.)
    |(?:民国\ ?(?P<republic>\d{2,3})\ ?年|(?<!\d)(?P<bare>1[01]\d)\ ?年(?=\ ?\d)
        |(?<!\d)(?P<y>(?:19|20)\d\d)\ ?年(?!第|版|度|工作|立法)
        |(?P<said>[今明去本同次翌当]年)|(?P<month_said>[本上下]个?月|当月|同月))
      (?:底|末|初)?\ ?(?:(?P<m>\d{1,2})\ ?月份?(?:\ ?(?P<d>\d{1,2})\ ?[日号])?|(?P<d_said>\d{1,2})\ ?[日号](?=\D|$))?
    |(?<![\d.])(?P<m2>\d{1,2})\ ?月份?(?:\ ?(?P<d2>\d{1,2})\ ?[日号])?
    |(?<![\d.年月第〕\]-])(?P<d3>\d{1,2})\ ?日(?!内|内瓦|常|本|元|均|期)
    |
        (?P<cy>[〇零○一二三四五六七八九]{4})年(?:(?P<cm>[一二三四五六七八九十]{1,2})月(?:(?P<cd>[一二三四五六七八九十]{1,3})日)?)?
    |(?<!\d)(?P<iy>20\d\d)(?P<sep>[-./])(?P<im>\d{1,2})(?P=sep)(?P<id>\d{1,2})(?!\d)
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
    rf"""\b(?P<m>{_MONTH})\ (?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:,?\ (?P<y>(?:19|20)\d\d)\b)?
    |(?P<y2>(?:19|20)\d\d)\b)
    |\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\ of)?\ (?P<m2>{_MONTH})(?:,?\ (?P<y3>(?:19|20)\d\d)\b)?
    |(?<!\d)(?P<iy>20\d\d)-(?P<im>\d{{1,2}})-(?P<id>\d{{1,2}})(?!\d)
    |\b(?:in|since|from|during|until|by|of)\ (?:early\ |late\ |mid-)?(?P<y4>(?:19|20)\d\d)\b(?![-/])
    |\b(?:in|since|until|by|of)\ (?:early\ |late\ |mid-)?(?P<m5>{_MONTH})(?!\.?\ \d)
    |\b(?P<word>today|yesterday|tomorrow)\b
    |\b(?:(?P<weeks>last|this|next|the\ (?:previous|following))\ )?
        (?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day\b(?!,?\ (?:{_MONTH}|\d))
    |\b(?P<turn>last|this|next)\ (?P<m4>{_MONTH})(?!\.?\ \d)""",
    re.VERBOSE,
)
_DATELINE = re.compile(r"\s?[电讯](?![子话信视力动商影])")  # 新华社北京9月30日电
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
    """Return the dates of a folded piece of text in order; what no calendar holds is none."""
    pattern, read = (_ENGLISH, _read_english) if english else (_CHINESE, _read_chinese)
    found = (read(match) for match in pattern.finditer(letters))
    return [one for one in found if one and _is_possible(one) and not _DATELINE.match(letters, one.end)]


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
    found = WrittenDate(
        start=start,
        end=end,
        month=_number(part["m"] or part["m2"]),
        day=_number(part["d"] or part["d2"] or part["d3"] or part["d_said"]),
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


def completed(dates: Sequence[WrittenDate], at: int, published: date | None, lean: Lean) -> str | None:
    """Return ``dates[at]`` in ISO 8601 as far as it is known, or None where its year is not.

    ``dates`` are those of its sentence and what stands before; a date with a year lends it to the one behind it.
    ``published`` is the day of publication in the zone of the page.
    """
    found = dates[at]
    if found.year is not None:
        return _iso(found.year, found.month, found.day)
    if found.weekday is not None:
        return _on_weekday(found.weekday, found.weeks, published, lean)
    if found.days is not None:
        return (published + timedelta(days=found.days)).isoformat() if published else None
    year = _lent(dates, at, published, lean)
    if year is not None:
        return _iso(year, found.month, found.day)
    if published is None:
        return None
    if found.years is not None:
        return _iso(published.year + found.years, found.month, found.day)
    if found.months is not None:
        return _in_month(found, published, lean)
    return _nearest(found, published, found.turn or lean)


def _on_weekday(weekday: int, weeks: int | None, published: date | None, lean: Lean) -> str | None:
    """Return a day of the week: of the week that is told, else the last one, or the next for what is to come."""
    if published is None:
        return None
    away = weekday - published.weekday()
    if weeks is not None:
        return (published + timedelta(days=away + 7 * weeks)).isoformat()
    days = away % 7 if lean is Lean.FUTURE else -(-away % 7)
    return (published + timedelta(days=days)).isoformat()


def _lent(dates: Sequence[WrittenDate], at: int, published: date | None, lean: Lean) -> int | None:
    """Return the year that the date before lends: its own, or the next where the month would lie before it."""
    found = dates[at]
    lender = next((one for one in reversed(dates[max(0, at - 4) : at]) if one.year is not None), None)
    if lender is None or lender.year is None or found.start - lender.end > _YEAR_REACH:
        return None
    if found.follows is not None:
        return lender.year + found.follows
    if found.years is not None or found.months is not None or found.month is None or found.turn is not None:
        return None
    if published is not None and (lender.year < published.year - 1 or _is_news(found, published)):
        return None  # a look back at an older rule lends its year to nobody, nor to what has just happened
    year = lender.year + (lean is not Lean.PAST and lender.month is not None and found.month < lender.month)
    is_over = lean is Lean.FUTURE and published is not None and _day(year, found) < published.replace(day=1)
    return None if is_over else year


def _is_news(found: WrittenDate, published: date) -> bool:
    away = published - _day(published.year, found)
    return found.day is not None and 0 <= away.days <= _NEWS_DAYS


def _in_month(found: WrittenDate, published: date, lean: Lean) -> str | None:
    """Return a day of the month of publication; a day yet to come is one of the month before, if it is past."""
    months = published.year * 12 + published.month - 1 + (found.months or 0)
    is_bare = lean is Lean.PAST and found.day is not None and found.months == 0
    if is_bare and found.day is not None and found.day > published.day + 1:
        months -= 1
    return _iso(months // 12, months % 12 + 1, found.day)


def _nearest(found: WrittenDate, published: date, lean: Lean) -> str | None:
    if found.month is None:
        return None
    near = {year: _day(year, found) - published for year in range(published.year - 1, published.year + 2)}
    if lean is Lean.PAST:
        near = {year: away for year, away in near.items() if away.days <= _LATE_DAYS}
    elif lean is Lean.FUTURE:
        near = {year: away for year, away in near.items() if away.days >= -_LATE_DAYS - 31 * (found.day is None)}
    elif abs(near[published.year].days) <= _FAR_DAYS:
        return _iso(published.year, found.month, found.day)
    year = min(near, key=lambda year: abs(near[year].days))
    return _iso(year, found.month, found.day)


def _day(year: int, found: WrittenDate) -> date:
    month = found.month or 1
    return date(year, month, min(found.day or 1, monthrange(year, month)[1]))


def _iso(year: int, month: int | None, day: int | None) -> str | None:
    if not 1000 <= year <= 9999:
        return None
    if month is None:
        return f"{year:04}"
    if day is None:
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}" if day <= monthrange(year, month)[1] else None
