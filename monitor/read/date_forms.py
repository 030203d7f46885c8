"""The forms in which pages write dates, as patterns. What a match means is decided in ``dates``."""

from __future__ import annotations

import re

from .zones import ZONE

__all__ = [
    "CLOCK_BEFORE", "COMPACT", "EPOCH", "FORMS", "HAN_DIGITS", "MAY_HOLD_DATE", "MONTHS", "MONTH_FORMS", "NOT_A_DATE",
    "PHRASE_BEFORE", "RELATIVE", "SHORT_FORMS", "SPOKEN_BEHIND", "URL_FORMS", "YEARLESS",
]  # fmt: skip

HAN_DIGITS = {
    c: d for d, cs in enumerate(("〇零○Ｏ", "一", "二", "三", "四", "五", "六", "七", "八", "九")) for c in cs
}
_MONTH_NAMES = (
    "january jan januar janvier januari enero gennaio janeiro jän jänner",
    "february feb februar février fevrier februari febrero febbraio fevereiro",
    "march mar märz maerz mars maart marzo março",
    "april apr avril abril aprile",
    "may mai mei mayo maggio maio",
    "june jun juni juin junio giugno junho",
    "july jul juli juillet julio luglio julho",
    "august aug août aout augustus agosto",
    "september sep sept septembre septiembre settembre setembro",
    "october oct oktober okt octobre octubre ottobre outubro",
    "november nov novembre noviembre novembro",
    "december dec dezember dez décembre decembre diciembre dicembre dezembro",
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
"""The number of a month by its name, in lower case, in the languages of western Europe."""

_HALF = "上午|下午|凌晨|清晨|早上|早晨|中午|傍晚|晚上|晚间|晚|午前|午後|오전|오후"
_TIME = (
    rf"(?:(?P<half>{_HALF})\s*)?(?P<hour>\d{{1,2}})\s*(?:[:时時点點시]|(?<=\d)[.h](?=\d\d\s*[ap]?\.?m|\d\d\s*uhr|\d\d\s*(?:gmt|utc|bst|cet|cest|aest|aedt|[ecmp][ds]t)\b))\s*"
    r"(?P<minute>\d{2})(?:\s*[:分분]\s*(?P<second>\d{2})(?:[.,]\d+)?)?(?:秒|分|분|초)?"
    rf"(?:\s*(?P<ampm>[ap]\.?m\b\.?))?(?:\s*\(?(?P<zone>{ZONE}))?"
)
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?"
_CLOCK = (
    rf"(?:[\sT,|·•/\-]*(?:(?:at|um|à|星期.|周.|週.|\(.{{1,3}}\)|{_WEEKDAY}|[一-鿿]{{2}}[时時][间間]):?[\sT,.]*){{0,2}}"
    rf"{_TIME})?"
)
CLOCK_BEFORE = re.compile(rf"(?<![\d:]){_TIME}\)?[\s,|]*(?:on\s+)?(?:{_WEEKDAY})?[\s,]*$", re.IGNORECASE)
"""A time that stands before its date: ``8:30 AM EDT, Mon July 3, 2023``; to be searched in what is before a date."""

_MONTH = r"(?P<month>\d{1,2})"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
_NAMED = rf"\b(?P<name>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_HAN = "〇零○Ｏ一二三四五六七八九"


def _compiled(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


FORMS = _compiled(
    rf"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*[年년./-]\s*{_MONTH}\s*[月월./-]\s*{_DAY}(?:\s*[日号號일]|\.)?" + _CLOCK,
    rf"(?P<han>[二一][{_HAN}]{{3}})年(?P<hanmonth>[一二三四五六七八九十]{{1,2}})月"
    r"(?P<handay>[一二三四五六七八九十廿卅]{1,3})[日号號]" + _CLOCK,
    rf"(?:中\s?[华華]\s?)?民\s?[国國]\s*(?P<minguo>\d{{2,3}})\s*年\s*{_MONTH}\s*月\s*{_DAY}\s*日" + _CLOCK,
    rf"(?:中[华華])?民[国國]\s*(?P<minguohan>[{_HAN}十百]{{2,6}})年(?P<hanmonth>[一二三四五六七八九十]{{1,2}})月"
    r"(?P<handay>[一二三四五六七八九十廿卅]{1,3})[日号號]",
    rf"{_NAMED}\s+{_DAY}(?:st|nd|rd|th)?,?\s+{_YEAR}" + _CLOCK,
    rf"(?<!\d){_DAY}(?:st|nd|rd|th|er|\.)?[\s-]+(?:de\s+)?{_NAMED},?[\s-]+(?:de\s+)?{_YEAR}" + _CLOCK,
    rf"{_NAMED}\s+{_DAY}\s+{_TIME}\s+{_YEAR}",  # what Java and C print: Sun Jul 02 08:30:00 CST 2023
    rf"(?<![\d.]){_DAY}\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}" + _CLOCK,
    rf"(?<![\d/])(?P<first>\d{{1,2}})/(?P<next>\d{{1,2}})/{_YEAR}" + _CLOCK,
    r"(?<![\d.])(?P<year>20\d\d)\s+(?P<month>\d\d)\s?/\s?(?P<day>\d\d)(?![\d/])" + _CLOCK,
)
"""Dates with day, month and year. Of 07/02/2023 the page's region says which is the month."""

SHORT_FORMS = _compiled(
    rf"(?<![\d./-])(?P<minguo>1[01]\d)\s*[年./-]\s*{_MONTH}\s*[月./-]\s*{_DAY}(?![-/.\d])日?" + _CLOCK,
    rf"(?<![\d./-])(?<!\d:)(?P<short>\d\d)-(?P<month>\d\d)-{_DAY}(?![-/.\d])" + _CLOCK,
    rf"(?<![\d./年-])(?<!\d:)(?P<month>\d{{1,2}})(?:月|-)\s*{_DAY}日?" + _CLOCK,
    r"(?<![\d./年-])(?<!\d:)(?P<month>\d{1,2})/(?P<day>\d{1,2})(?![\d/])" + _CLOCK,
    rf"{_NAMED}\s+{_DAY}(?:st|nd|rd|th)?,?(?!\s*(?:19|20)\d\d)" + _CLOCK,
    rf"(?<![\d.:]){_DAY}(?:st|nd|rd|th)?\s{_NAMED},?(?!\s*(?:19|20)\d\d)" + _CLOCK,
)
"""Dates with two digits of a year, a year of the Republic without its name, or none: read only where a page states
its own date."""

YEARLESS = frozenset(SHORT_FORMS[2:])

MONTH_FORMS = _compiled(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)\s*(?:年|년|[-/.])\s*(?P<month>1[0-2]|0?[1-9])(?!\d)(?!\s*[월月]?\s*[-/.\d])",
    rf"{_NAMED},?\s+{_YEAR}",
)
"""Dates of which only month and year are given."""

RELATIVE = re.compile(
    r"(?P<just>刚刚|刚才|剛剛|剛才|just now)"
    r"|(?P<n>\d{1,3}|半|an?(?=\s)|half an)\s*个?個?\s*"
    r"(?P<unit>秒钟?|秒鐘|分钟|分鐘|分|小时|小時|时间|時間|天|日|周|週|星期|礼拜|"
    r"seconds?|secs?|minutes?|mins?|hours?|hrs?|hr|days?|weeks?|[mhd](?=\s*ago))\s*(?:之?前|以前|ago)"
    r"|(?P<word>今天|今日|今晨|今早|昨天|昨日|昨晚|昨夜|前天|前日|\btoday\b|\byesterday\b)" + _CLOCK,
    re.IGNORECASE,
)
_STATED = (
    "发[布表稿]|刊[发登]|更新|修改|编辑|上传|来[自源]|阅读|浏览|评论|分享|收藏|点赞|回复|转[发载]|"
    "發[佈布表稿]|刊[發登]|編輯|上傳|來[自源]|閱讀|瀏覽|評論|收藏|點讚|回覆|轉[發載]"
)
SPOKEN_BEHIND = re.compile(rf"(?!{_STATED})[一-鿿]|[,，!！?？。]\s*[一-鿿]|发[布表][一-鿿]|發[佈布表][一-鿿]")
"""What follows ``今日``, ``刚刚`` or ``3天前`` as a word of a headline or a name: ``今日公布``, ``今日头条``."""
PHRASE_BEFORE = re.compile(
    rf"[一-鿿](?<![于於在间間期])(?<!(?:{_STATED}))$"
    r"|(?<![A-Za-z])(?!(?:published|posted|updated|modified|revised|edited|on|at|by|date)\s)[A-Za-z][\w'’\-]*\s$",
    re.IGNORECASE,
)
"""The end of a phrase that goes on with ``今日`` or ``today``, unless it is the label of a date."""
MAY_HOLD_DATE = re.compile(r"\d|[年刚剛今昨前]|just now|yesterday|today|\bago\b", re.IGNORECASE)
NOT_A_DATE = re.compile(
    r"(?:截[至止]|有效期|自|至|到|施行|实施|生效|as of|until|since|©|copyright)(?:时间|日期)?[:：]?\s*$", re.IGNORECASE
)
"""What stands before a day that is no day of publication."""

EPOCH = re.compile(r"1[0-9]{9}(?:\.\d+|[0-9]{3})?")
COMPACT = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])"
    r"(?:[T ]?([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d)?(Z|[+-]\d\d:?\d\d)?)?(?!\d)"
)
URL_FORMS = (
    re.compile(r"[/_-]t?((?:19|20)\d\d)([01]\d)([0-3]\d)(?=[/_.-]|[A-Z]|\d{0,12}(?:\.|_|/|$))"),
    re.compile(r"[/_-]((?:19|20)\d\d)[/_-]([01]?\d)[/_-]?([0-3]\d)(?=[/_.-]|$)"),
    re.compile(r"[/_-]((?:19|20)\d\d)/(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/([0-3]?\d)(?=[/_.-]|$)"),
)
"""Days in the path of an address: ``/20200911/``, ``t20230713_1``, ``/2024/0424/``, ``/2023-07/13/``."""
