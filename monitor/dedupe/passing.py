"""Numbers of a page that change by themselves: quotes of shares as of now, and how many read it.

A page that is read again has others each time, and none of them corrects what it reports.
"""

from __future__ import annotations

import re

__all__ = ["without_passing"]

_SENTENCE = re.compile(r"[^。！？!?\n]*?(?:[。！？!?\n]|\.(?=\s|$)|$)")
_PASSES = re.compile(r"\d[\d.,%]*|[涨漲跌升降]|\b(?:up|down|rose|fell|gained|lost|higher|lower)\b", re.IGNORECASE)
_NOW = (
    r"截[至止](?:[本记]?[发發成][稿文]|[发發]布|目前|[当當]前|\d+[时時:])|[发發]稿[时時前]|[盘盤][前中后後]|"
    r"\bas of (?:press time|publication|(?:this )?writing|now)|\bat (?:press time|the time of (?:writing|publication))|"
    r"\b(?:pre-?market|after-hours) trad(?:e|ing)\b|\bin premarket\b"
)
_QUOTE = (
    r"股[价價]|[报報](?:价|價|\d)|[上下]?[涨漲跌](?:幅|超|逾|近|停|至|[了约約]?\d)|市值|股[报報]|"
    r"\b(?:shares?|stocks?)\b|\b(?:rose|fell|up|down|gained|lost|dropped|slid|climbed|jumped|trad(?:ed|ing)) "
)
_READ = (
    r"(?:本文|本[页頁站]|此文|[该該][文帖]|文章)[^，,]{0,6}?\d[\d.,]*[万萬wk]?\+?\s*[人次]+(?:次|都?在)?"
    r"(?:[阅閱][读讀]|浏览|瀏覽|[点點][赞讚击擊]|[评評][论論]|[转轉][发發]|收藏|看[过過]?)|"
    r"\bthis (?:story|article|page|post|report|video) (?:has|was) (?:now )?(?:been )?"
    r"(?:read|viewed|shared|opened|watched)\b"
)
_IS_QUOTE = re.compile(rf"(?=.*(?:{_NOW}))(?=.*(?:{_QUOTE}))", re.IGNORECASE | re.DOTALL)
_IS_READ = re.compile(_READ, re.IGNORECASE)


def without_passing(text: str) -> str:
    """Return a text without numbers, ups and downs in sentences that quote shares as of now or count its readers."""
    return _SENTENCE.sub(lambda found: _stilled(found.group()), text)


def _stilled(sentence: str) -> str:
    if not (_IS_READ.search(sentence) or _IS_QUOTE.match(sentence)):
        return sentence
    return _PASSES.sub("", sentence)
