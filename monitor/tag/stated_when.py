"""Which of the dates of a sentence is that of a verb.

Chinese puts it before the verb, in its clause or at the head of an earlier one; English behind, or at the head.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from monitor.tag.stated_dates import WrittenDate
from monitor.tag.stated_names import Name
from monitor.tag.stated_sentence import Deed, Sentence

__all__ = ["ADVERBIAL", "date_of"]

ADVERBIAL = 8  # characters beside a date in a clause that says when and nothing else
_DATE_REACH = 80
_DATES_BACK = 3  # dates before a verb that may be its own
_STARTS = re.compile("[之日]*起|正式|施行|实施|生效|公布|发布")
_LEADS = re.compile(r"[ ,]*(?:announced (?:the |its )?)?")  # on May 13 announced the repeal of
_ANNOUNCED = re.compile(
    "[^,;。《》]{0,8}(?:(?:发布|发出|刊登|发表)(?:公告|通知|声明|通报|消息|决定|命令)|宣布|签署命令)(?:称|说|指出|表示)?[,:]|"
    "(?:上午|下午|晚间?)?(?:在[^,;。《》]{2,12})?(?:闭幕|开幕|举行|召开|结束)[^,;。《》]{0,8},"
)
_EVENT = re.compile("在[^,;。《》]{4,40}(?:上|期间|现场)")  # 在2024年…大会上
_JOINED = re.compile("(?:并|和|且|及|、|并于|并正式|并联合)*")
_AND_EFFECT = re.compile(
    r" and (?:took effect|takes effect|(?:entered|came|comes) into (?:force|effect)|became effective|"
    r"published|promulgated)"
)
_OPENING = re.compile(
    r"[\"'\s•·*■●▪-]*(?:on|in|since|as of|effective|early on)?\s*(?:mon|tues|wednes|thurs|fri|satur|sun)?(?:day)?,?\s*"
)


def date_of(
    sentence: Sentence,
    verb: re.Match[str],
    names: Sequence[Name],
    deeds: Sequence[Deed],
    *,
    is_object: bool,
    is_attributive: bool,
) -> int | None:
    behind = _date_behind(sentence, names[-1].end if is_object else verb.end())
    if behind is None and is_object:
        behind = _date_behind(sentence, verb.end())
    inside = _date_inside(sentence, verb)
    if inside is not None:
        return inside
    if sentence.is_english:
        joined = _AND_EFFECT.match(sentence.letters, verb.end())
        if behind is None and joined is not None:
            behind = _date_behind(sentence, joined.end())
        if behind is None:
            behind = _date_right_before(sentence, verb.start())
        return behind if behind is not None else _opening_date(sentence, deeds)
    before = _date_before(sentence, verb, deeds, is_attributive=is_attributive)
    return behind if before is None and not is_object else before


def _date_behind(sentence: Sentence, end: int) -> int | None:
    index = bisect_left([date.start for date in sentence.dates], end)
    if index == len(sentence.dates) or sentence.dates[index].start - end > _DATE_REACH:
        return None
    gap = sentence.letters[end : sentence.dates[index].start]
    is_next_verbs = not sentence.is_english and _STARTS.match(sentence.letters, sentence.dates[index].end)
    return index if sentence.grammar.date_gap.fullmatch(gap) and not is_next_verbs else None


def _date_inside(sentence: Sentence, verb: re.Match[str]) -> int | None:
    """Return the date that a verb was found with: 行政院今(31)日院會通過."""
    index = bisect_left([date.start for date in sentence.dates], verb.start())
    return index if index < len(sentence.dates) and sentence.dates[index].end <= verb.end() else None


def _date_right_before(sentence: Sentence, at: int) -> int | None:
    index = bisect_left([date.start for date in sentence.dates], at) - 1
    return index if index >= 0 and _LEADS.fullmatch(sentence.letters, sentence.dates[index].end, at) else None


def _opening_date(sentence: Sentence, deeds: Sequence[Deed]) -> int | None:
    """Return the date that an English sentence opens with, if no deed has it yet."""
    if not sentence.dates or any(deed.date is not None for deed in deeds):
        return None
    return 0 if _OPENING.fullmatch(sentence.letters[: sentence.dates[0].start]) else None


def _date_before(sentence: Sentence, verb: re.Match[str], deeds: Sequence[Deed], *, is_attributive: bool) -> int | None:
    """Return the nearest date on the left that is a verb's own, or shared with the verb that it is joined to."""
    barrier = _barrier(sentence, verb.start(), deeds)
    last = bisect_left([date.start for date in sentence.dates], verb.start()) - 1
    for index in range(last, max(-1, last - _DATES_BACK), -1):
        date = sentence.dates[index]
        if date.start < barrier:
            return None
        if _governs(sentence, date, verb.start(), is_attributive=is_attributive):
            return index
    return None


def _barrier(sentence: Sentence, at: int, deeds: Sequence[Deed]) -> int:
    """Return the end of the last deed whose dates are not shared with the verb at an offset."""
    for deed in reversed(deeds):
        is_joined = _JOINED.fullmatch(sentence.letters[deed.end : at]) is not None
        is_attribute = deed.is_object and sentence.letters[deed.end : deed.end + 1] == "的" and deed.date is None
        if not is_joined and not is_attribute:
            return deed.end
        at = deed.start if is_joined else at
    return 0


def _governs(sentence: Sentence, date: WrittenDate, at: int, *, is_attributive: bool) -> bool:
    """Say whether a date stands in the clause of the verb at an offset, or opens an earlier clause of the sentence."""
    start, _ = sentence.clause(at)
    if date.month is None and date.year is not None and _EVENT.match(sentence.letters, date.start - 1, at):
        return False
    if date.start >= start:
        return not is_attributive or not any(date.end <= name.start < at for name in sentence.names)
    if is_attributive:
        return False
    opened, closed = sentence.clause(date.start)
    if _ANNOUNCED.fullmatch(sentence.letters, date.end, closed):
        return True
    return date.start - opened <= ADVERBIAL // 2 or closed - opened - (date.end - date.start) <= ADVERBIAL + 2
